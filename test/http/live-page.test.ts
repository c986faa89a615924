import { type ClientRequest, get } from "node:http";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LiveEvent } from "#src/console/contract/live.js";
import { LiveHub } from "#src/http/live/live-hub.js";
import { type Listening, listen } from "#src/http/server.js";
import { type TestEdge, testEdge } from "../support/edge.js";

let edge: TestEdge;
let door: Listening;
beforeEach(async () => {
  edge = await testEdge();
  door = await listen(edge.app, { host: "127.0.0.1", port: 0, mode: "service" });
});
afterEach(async () => {
  await door.close();
  await edge.close();
});

/** One page's stream over the wire. */
class Stream {
  text = "";
  ended = false;
  readonly #request: ClientRequest;

  constructor(cookie: string, lastEventId?: string) {
    this.#request = get({
      host: "127.0.0.1",
      port: door.port,
      path: "/api/v1/events",
      agent: false,
      headers: { cookie, ...(lastEventId === undefined ? {} : { "last-event-id": lastEventId }) },
    });
    this.#request.on("error", () => undefined);
    this.#request.on("response", (response) => {
      response.setEncoding("utf8").on("data", (chunk: string) => {
        this.text += chunk;
      });
      response.on("close", () => {
        this.ended = true;
      });
      response.on("error", () => undefined);
    });
  }

  get ids(): readonly string[] {
    return [...this.text.matchAll(/^id: (\S+)$/gm)].map((match) => match[1] ?? "");
  }

  has(text: string): Promise<void> {
    return until(() => this.text.includes(text));
  }

  cut(): void {
    this.#request.destroy();
  }
}

/** True when no connection is left at the server; lets it work first. */
async function isOver({ connections }: Listening): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, 1));
  return (await connections()) === 0;
}

async function until(met: () => boolean): Promise<void> {
  while (!met()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe("a page that is open", () => {
  it("hears over the wire when a complaint came in, in every tab", async () => {
    const cookie = await edge.signIn();
    const tabs = Array.from({ length: 50 }, () => new Stream(cookie));
    for (const tab of tabs) await tab.has("hello");
    await edge.chat.says("水果群", "小李", "这批草莓全烂了，我要退款");
    for (const tab of tabs) await tab.has('"topics":["groups","cases","overview"]');
    expect(tabs.map((tab) => tab.ids.length)).toEqual(tabs.map(() => tabs[0]?.ids.length));
    for (const tab of tabs) tab.cut();
  });

  it("comes back after its connection was cut and has missed nothing and nothing twice", async () => {
    const cookie = await edge.signIn();
    const first = new Stream(cookie);
    await first.has("hello");
    await edge.chat.says("水果群", "小李", "这批草莓全烂了，我要退款");
    await first.has("cases");
    first.cut();
    const last = first.ids.at(-1) ?? "";
    await edge.signIn();
    const second = new Stream(cookie, last);
    await second.has("sessions");
    const numbers = [...first.ids, ...second.ids].map((id) => Number(id.split("-")[1]));
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
    second.cut();
  });

  it("is closed in the moment in which its session is ended, and the others stay", async () => {
    const mine = await edge.signIn();
    const other = await edge.signIn();
    const streams = [new Stream(mine), new Stream(other)];
    for (const stream of streams) await stream.has("hello");
    await edge.ask(other, "/api/v1/access/sessions", { method: "DELETE" });
    await until(() => streams[0]?.ended === true);
    expect(streams[1]?.ended).toBe(false);
    const refused = await edge.ask(mine, "/api/v1/events");
    expect(refused.status).toBe(401);
    streams[1]?.cut();
  });

  it("is closed at once when the service stops, which does not wait for it", async () => {
    const stopping = new AbortController();
    const stoppable = await testEdge({ stopping: stopping.signal });
    const answer = await stoppable.ask(await stoppable.signIn(), "/api/v1/events");
    const reader = answer.body?.getReader();
    stopping.abort();
    let done = false;
    while (!done) done = (await reader?.read())?.done ?? true;
    expect(done).toBe(true);
    await stoppable.close();
  });

  it("is cut off over the wire when it stops reading, before it holds much memory", async () => {
    let publish: (event: LiveEvent) => void = () => undefined;
    const loud = await testEdge({
      console: {
        ...edge.sources.console,
        watch: (listener) => {
          publish = listener;
          return () => undefined;
        },
      },
    });
    const own = await listen(loud.app, { host: "127.0.0.1", port: 0, mode: "service" });
    const cookie = await loud.signIn();
    const socket = connect(own.port, "127.0.0.1");
    const closed = new Promise((resolve) => socket.on("close", resolve));
    socket.on("error", () => undefined);
    socket.write(
      `GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:${String(own.port)}\r\nCookie: ${cookie}\r\n\r\n`,
    );
    await new Promise((resolve) => socket.once("readable", resolve));
    const long: LiveEvent = { type: "changed", topics: new Array<"cases">(10_000).fill("cases") };
    let sent = 0;
    // A socket's own buffers take some megabytes; then the stream's limit has to bite.
    for (; sent < 2_000 && !(await isOver(own)); sent += 1) publish(long);
    expect(sent).toBeLessThan(2_000);
    socket.resume();
    await closed;
    await own.close();
    await loud.close();
  });

  it("gets headers that keep proxies from holding events back", async () => {
    const answer = await edge.ask(await edge.signIn(), "/api/v1/events");
    expect(answer.headers.get("content-type")).toContain("text/event-stream");
    expect(answer.headers.get("x-accel-buffering")).toBe("no");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    await answer.body?.cancel();
  });

  it("is one of eight hundred at most", () => {
    const hub = new LiveHub();
    for (let index = 0; index < 800; index += 1) {
      expect(hub.full).toBe(false);
      hub.open("s", undefined);
    }
    expect(hub.full).toBe(true);
    hub.close();
    expect(hub.full).toBe(false);
  });
});
