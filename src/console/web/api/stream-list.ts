import type { Page } from "#src/console/contract/common.js";

/** What a list of the stream holds: an id, a room and a moment. */
export interface Streamed {
  readonly id: string;
  readonly room: string;
  readonly at: number;
}

/** Changes within this time are shown at once: a jump of the clock brings hundreds of lines. */
const GATHER_MS = 40;

/**
 * What arrived by the stream, per room. A list on a page is what was read from the server, with
 * this laid over it by id: a thing that comes both ways, or twice, is shown once, as it is now.
 */
export class StreamList<T extends Streamed> {
  readonly #arrived = new Map<string, Map<string, T>>();
  readonly #shown = new Map<string, ReadonlyMap<string, T>>();
  readonly #listeners = new Set<() => void>();
  readonly #none: ReadonlyMap<string, T> = new Map();
  readonly #changed = new Set<string>();
  #soon: ReturnType<typeof setTimeout> | undefined;
  #stamp = 0;

  /** Takes in a new thing, or what an old one looks like now. */
  put(item: T): void {
    const room = this.#arrived.get(item.room) ?? new Map<string, T>();
    this.#arrived.set(item.room, room.set(item.id, item));
    this.#changed.add(item.room);
    this.#soon ??= setTimeout(() => this.#tell(), GATHER_MS);
  }

  /** Takes in the answer to a request, unless the stream was quicker. */
  putIfNew(item: T): void {
    if (this.#arrived.get(item.room)?.has(item.id) !== true) this.put(item);
  }

  /** Forgets everything: after a gap the server is asked again. */
  clear(): void {
    this.#arrived.clear();
    this.#shown.clear();
    this.#tell();
  }

  /** What has arrived for a room; the same object until something changes. */
  readonly of = (room: string): ReadonlyMap<string, T> => this.#shown.get(room) ?? this.#none;

  /** A number that changes whenever anything arrives. */
  readonly stamp = (): number => this.#stamp;

  readonly watch = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #tell(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    for (const room of this.#changed) {
      this.#shown.set(room, new Map(this.#arrived.get(room)));
    }
    this.#changed.clear();
    this.#stamp += 1;
    for (const listener of this.#listeners) listener();
  }
}

/** Pages as read (newest first) and what arrived since, as one list, oldest first, each once. */
export function mergeStream<T extends Streamed>(
  pages: readonly Page<T>[],
  arrived: ReadonlyMap<string, T>,
): readonly T[] {
  const seen = new Set<string>();
  const all: T[] = [];
  for (const page of pages) {
    for (const item of page.items) {
      if (seen.has(item.id)) continue;
      seen.add(item.id);
      all.push(arrived.get(item.id) ?? item);
    }
  }
  all.reverse();
  const oldest = all[0]?.at ?? Number.NEGATIVE_INFINITY;
  const reachesBack = pages.at(-1)?.next === null;
  for (const item of arrived.values()) {
    // A change of a line older than what is loaded waits until one scrolls there.
    if (!seen.has(item.id) && (reachesBack || item.at >= oldest)) all.push(item);
  }
  // Stable: things of one moment stay in the order in which they came.
  return all.sort((one, other) => one.at - other.at);
}
