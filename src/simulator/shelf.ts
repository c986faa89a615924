import type { Page } from "#src/console/contract/common.js";
import { AppError } from "#src/shared/app-error.js";

interface Kept<Item> {
  readonly place: number;
  item: Item;
}

/** What lies on a {@link Shelf}. */
interface Shelved {
  readonly id: string;
  readonly room: string;
}

/** Things of rooms in the order in which they came, the newest so many of each room, found by id. */
export class Shelf<Item extends Shelved> {
  readonly #most: number;
  readonly #rooms = new Map<string, Kept<Item>[]>();
  readonly #byId = new Map<string, Kept<Item>>();
  #places = 0;

  /** Keeps the newest `most` of each room. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Adds a thing, or puts it in the place of the one with the same id. */
  put(item: Item): void {
    const known = this.#byId.get(item.id);
    if (known !== undefined) {
      known.item = item;
      return;
    }
    this.#places += 1;
    const kept = { place: this.#places, item };
    const room = this.#rooms.get(item.room) ?? [];
    this.#rooms.set(item.room, room);
    this.#byId.set(item.id, kept);
    room.push(kept);
    if (room.length <= this.#most) return;
    const oldest = room.shift();
    if (oldest !== undefined) this.#byId.delete(oldest.item.id);
  }

  get(id: string): Item | undefined {
    return this.#byId.get(id)?.item;
  }

  /** The newest of a room that satisfies a condition. */
  last(room: string, matches: (item: Item) => boolean): Item | undefined {
    return this.#rooms.get(room)?.findLast(({ item }) => matches(item))?.item;
  }

  /** Newest first. Throws `invalid-input` for a cursor that is none. */
  page(room: string, page: { readonly before?: string; readonly limit: number }): Page<Item> {
    const before = page.before === undefined ? Number.POSITIVE_INFINITY : placeOf(page.before);
    const all = this.#rooms.get(room) ?? [];
    const end = all.findLastIndex(({ place }) => place < before) + 1;
    const start = Math.max(0, end - page.limit);
    const items = all.slice(start, end).toReversed();
    const oldest = items.at(-1);
    return {
      items: items.map(({ item }) => item),
      next: start === 0 || oldest === undefined ? null : String(oldest.place),
    };
  }
}

function placeOf(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new AppError("invalid-input", "This is no cursor of an earlier page.", {
    field: "before",
    expected: "the `next` of an earlier page",
  });
}
