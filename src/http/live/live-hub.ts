import { randomUUID } from "node:crypto";
import type { LiveEvent } from "#src/console/contract/live.js";
import { SECOND } from "#src/shared/clock.js";

/** How many past events a page that lost its connection can still get. */
export const RING_SIZE = 2_000;
const PING_MS = 15 * SECOND;
/** A reader this far behind is cut off; its browser connects again and resumes from the ring. */
const MOST_BUFFERED = 1_048_576;
/** Together with the limit of connections: a page more than this waits for another to close. */
const MOST_STREAMS = 800;

interface Stream {
  readonly sessionId: string;
  readonly controller: ReadableStreamDefaultController<Uint8Array>;
  /** Cuts the connection below the stream, where there is one. */
  readonly cut: (() => void) | undefined;
}

interface Kept {
  readonly number: number;
  readonly bytes: Uint8Array;
}

const encoder = new TextEncoder();
const PING = encoder.encode(": ping\n\n");
/** Browsers come back after a second; some would wait for three or five. */
const RETRY = encoder.encode("retry: 1000\n\n");
/** A longer backlog than this would be cut off as a slow reader at once: the page reads anew. */
const LONGEST_BACKLOG = MOST_BUFFERED / 2;

/** What the hub needs to know of the world. */
export interface LiveHubParts {
  /** Names this life of the process: events of another one cannot be resumed. */
  readonly lifeId?: string;
  /** Of these sessions, the ids of those that have ended; asked at each ping. */
  readonly ended?: (sessionIds: readonly string[]) => Promise<readonly string[]>;
}

/**
 * Server-sent events to all pages. An event is written out once, however many pages hear it. Each
 * page may lag behind by a mebibyte before it is cut off.
 */
export class LiveHub {
  readonly #life: string;
  readonly #ended: LiveHubParts["ended"];
  readonly #streams = new Set<Stream>();
  readonly #ring: Kept[] = [];
  #number = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: LiveHubParts = {}) {
    this.#life = parts.lifeId ?? randomUUID().slice(0, 8);
    this.#ended = parts.ended;
  }

  /** Pages that listen at the moment. */
  get size(): number {
    return this.#streams.size;
  }

  /** True when one page more would be too many. */
  get full(): boolean {
    return this.#streams.size >= MOST_STREAMS;
  }

  /** Tells every page. */
  publish(event: LiveEvent): void {
    this.#number += 1;
    const bytes = this.#frame(this.#number, event);
    this.#ring.push({ number: this.#number, bytes });
    // Cut in lumps: shifting one by one would move the whole ring each time.
    if (this.#ring.length >= 2 * RING_SIZE) this.#ring.splice(0, this.#ring.length - RING_SIZE);
    for (const stream of this.#streams) this.#push(stream, bytes);
  }

  /**
   * A page's stream; it begins with what the page missed since `lastEventId`. `cut` ends the
   * connection of a page that does not read.
   */
  open(
    sessionId: string,
    lastEventId: string | undefined,
    cut?: () => void,
  ): ReadableStream<Uint8Array> {
    let opened: Stream | undefined;
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          opened = { sessionId, controller, cut };
          controller.enqueue(RETRY);
          for (const bytes of this.#greeting(lastEventId)) controller.enqueue(bytes);
          this.#streams.add(opened);
          this.#watch();
        },
        cancel: () => {
          if (opened !== undefined) this.#drop(opened);
        },
      },
      { highWaterMark: MOST_BUFFERED, size: (chunk) => chunk?.byteLength ?? 0 },
    );
  }

  /** Ends the streams of sessions that ended. */
  closeSessions(ids: readonly string[]): void {
    for (const stream of this.#streams) if (ids.includes(stream.sessionId)) this.#end(stream);
  }

  /** Ends all streams and the pings. */
  close(): void {
    for (const stream of this.#streams) this.#end(stream);
  }

  #frame(number: number, event: LiveEvent): Uint8Array {
    return encoder.encode(
      `id: ${this.#life}-${String(number)}\ndata: ${JSON.stringify(event)}\n\n`,
    );
  }

  #greeting(lastEventId: string | undefined): readonly Uint8Array[] {
    const hello = this.#frame(this.#number, { type: "hello" });
    if (lastEventId === undefined || lastEventId === "") return [hello];
    const seen = this.#numberOf(lastEventId);
    const oldest = this.#number - Math.min(this.#ring.length, RING_SIZE) + 1;
    if (seen === null || seen > this.#number || seen < oldest - 1) {
      return [this.#frame(this.#number, { type: "reset" })];
    }
    const missed = this.#ring.filter((kept) => kept.number > seen).map((kept) => kept.bytes);
    const backlog = missed.reduce((sum, bytes) => sum + bytes.byteLength, 0);
    return backlog > LONGEST_BACKLOG ? [this.#frame(this.#number, { type: "reset" })] : missed;
  }

  #numberOf(id: string): number | null {
    const prefix = `${this.#life}-`;
    const number = id.startsWith(prefix) ? id.slice(prefix.length) : "";
    return /^\d{1,15}$/.test(number) ? Number(number) : null;
  }

  #push(stream: Stream, bytes: Uint8Array): void {
    if ((stream.controller.desiredSize ?? 0) <= 0) {
      this.#drop(stream);
      // What waits for the slow reader is thrown away, not sent to its end.
      if (stream.cut === undefined) stream.controller.error(new Error("This reader is too slow."));
      else stream.cut();
      return;
    }
    stream.controller.enqueue(bytes);
  }

  #end(stream: Stream): void {
    this.#drop(stream);
    stream.controller.close();
  }

  #drop(stream: Stream): void {
    this.#streams.delete(stream);
    if (this.#streams.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #watch(): void {
    this.#timer ??= setInterval(() => void this.#ping(), PING_MS).unref();
  }

  async #ping(): Promise<void> {
    for (const stream of this.#streams) this.#push(stream, PING);
    const ids = [...new Set([...this.#streams].map((stream) => stream.sessionId))];
    if (this.#ended === undefined || ids.length === 0) return;
    this.closeSessions(await this.#ended(ids).catch(() => []));
  }
}
