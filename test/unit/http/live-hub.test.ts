import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LiveEvent } from "#src/console/contract/live.js";
import { LiveHub, RING_SIZE } from "#src/http/live/live-hub.js";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const EVENT: LiveEvent = { type: "changed", topics: ["cases"] };

/** A page that reads as fast as it can, as EventSource would. */
class Page {
  readonly ids: string[] = [];
  readonly events: string[] = [];
  comments = 0;
  ended: "open" | "closed" | "cut" = "open";
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader();
    void this.#read();
  }

  get last(): string {
    return this.ids.at(-1) ?? "";
  }

  leave(): Promise<void> {
    return this.#reader.cancel();
  }

  async #read(): Promise<void> {
    try {
      for (;;) {
        const { done, value } = await this.#reader.read();
        if (done) break;
        for (const frame of new TextDecoder().decode(value).split("\n\n")) this.#take(frame);
      }
      this.ended = "closed";
    } catch {
      this.ended = "cut";
    }
  }

  #take(frame: string): void {
    if (frame.startsWith(":")) this.comments += 1;
    const [id, data] = frame.split("\n");
    if (id?.startsWith("id: ") !== true) return;
    this.ids.push(id.slice(4));
    this.events.push((JSON.parse(data?.slice(6) ?? "null") as LiveEvent).type);
  }
}

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1);

describe("a page that listens", () => {
  it("is greeted, hears what happens, in order and numbered", async () => {
    const hub = new LiveHub({ lifeId: "a" });
    const page = new Page(hub.open("s", undefined));
    hub.publish(EVENT);
    hub.publish(EVENT);
    await settle();
    expect(page.events).toEqual(["hello", "changed", "changed"]);
    expect(page.ids).toEqual(["a-0", "a-1", "a-2"]);
  });

  it("hears a ping every fifteen seconds", async () => {
    const hub = new LiveHub();
    const page = new Page(hub.open("s", undefined));
    await vi.advanceTimersByTimeAsync(46_000);
    expect(page.comments).toBe(3);
  });

  it("is forgotten when it leaves, and pings end with the last one", async () => {
    const hub = new LiveHub();
    const page = new Page(hub.open("s", undefined));
    await settle();
    expect(hub.size).toBe(1);
    await page.leave();
    expect(hub.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("ends when its session ends, here or elsewhere, and no other does", async () => {
    const gone = new Set<string>();
    const hub = new LiveHub({ ended: async (ids) => ids.filter((id) => gone.has(id)) });
    const pages = ["one", "two", "three"].map((id) => new Page(hub.open(id, undefined)));
    hub.closeSessions(["one"]);
    await settle();
    expect(pages.map((page) => page.ended)).toEqual(["closed", "open", "open"]);
    gone.add("two");
    await vi.advanceTimersByTimeAsync(15_000);
    expect(pages.map((page) => page.ended)).toEqual(["closed", "closed", "open"]);
  });
});

describe("a page that lost its connection", () => {
  it("gets exactly what it missed", async () => {
    const hub = new LiveHub({ lifeId: "a" });
    const before = new Page(hub.open("s", undefined));
    hub.publish(EVENT);
    await settle();
    await before.leave();
    for (let index = 0; index < 5; index += 1) hub.publish(EVENT);
    const after = new Page(hub.open("s", before.last));
    hub.publish(EVENT);
    await settle();
    expect([...before.ids, ...after.ids]).toEqual([
      "a-0",
      "a-1",
      "a-2",
      "a-3",
      "a-4",
      "a-5",
      "a-6",
      "a-7",
    ]);
  });

  it("gets nothing twice when it missed nothing", async () => {
    const hub = new LiveHub({ lifeId: "a" });
    hub.publish(EVENT);
    const page = new Page(hub.open("s", "a-1"));
    await settle();
    expect(page.events).toEqual([]);
  });

  it("is told to read all anew when too much happened, and gets all while it fits", async () => {
    const hub = new LiveHub({ lifeId: "a" });
    for (let index = 0; index < 3 * RING_SIZE; index += 1) hub.publish(EVENT);
    const number = 3 * RING_SIZE;
    const fits = new Page(hub.open("s", `a-${String(number - RING_SIZE)}`));
    const late = new Page(hub.open("s", `a-${String(number - RING_SIZE - 1)}`));
    await settle();
    expect(fits.events).toHaveLength(RING_SIZE);
    expect(late.events).toEqual(["reset"]);
    expect(late.last).toBe(`a-${String(number)}`);
  });

  it("is told to read all anew after a restart, and for an id that nobody gave", async () => {
    const hub = new LiveHub({ lifeId: "b" });
    hub.publish(EVENT);
    for (const id of ["a-1", "b-2", "b-", "b--1", "1", "b-1e0", "x".repeat(60)]) {
      const page = new Page(hub.open("s", id));
      await settle();
      expect([id, page.events]).toEqual([id, ["reset"]]);
    }
  });
});

describe("a slow page", () => {
  it("is cut off before it holds much memory, and the others hear on", async () => {
    const hub = new LiveHub();
    const quick = new Page(hub.open("s", undefined));
    const stream = hub.open("s", undefined);
    const long: LiveEvent = { type: "changed", topics: new Array<"cases">(2_000).fill("cases") };
    for (let index = 0; index < 100; index += 1) {
      hub.publish(long);
      await settle();
    }
    expect(hub.size).toBe(1);
    expect(quick.events).toHaveLength(101);
    const slow = new Page(stream);
    await settle();
    expect([slow.ended, slow.events]).toEqual(["cut", []]);
  });
});

describe("an event", () => {
  it("is written out once, however many pages hear it", () => {
    const hub = new LiveHub();
    const pages = Array.from({ length: 200 }, () => hub.open("s", undefined));
    const stringify = vi.spyOn(JSON, "stringify");
    hub.publish(EVENT);
    expect(stringify).toHaveBeenCalledTimes(1);
    expect(pages).toHaveLength(200);
    stringify.mockRestore();
  });
});
