import { createServer, type Server, type Socket } from "node:net";
import { edgeSources } from "#src/app/edge-sources.js";
import { createMetrics } from "#src/app/metrics.js";
import type { LiveEvent } from "#src/console/contract/live.js";
import { Access, createHttpApp, listen, memoryAccessRows } from "#src/http/server.js";
import { systemClock } from "#src/shared/clock.js";
import { createBenchApp } from "./bench-app.js";
import { type ReaderTask, startReaders } from "./fan-out-readers.js";
import { type Bench, type Figure, percentile, rounded } from "./figure.js";

const PAGES = 200;
const ROUNDS = 10;
const EVENTS = 40;
/** Connections, caches and compiled code are warm by then. */
const WARM_ROUNDS = 2;

/** A way to tell 200 readers something, with what it cost so far. */
interface Way {
  readonly tell: () => void;
  readonly next: () => Promise<bigint>;
  readonly ms: number[];
  readonly cpuMs: number[];
  readonly close: () => Promise<void>;
}

const EVENT: LiveEvent = {
  type: "line",
  line: {
    id: "line-1",
    room: "sunshine-3",
    at: 1_800_000_000_000,
    memberId: "li",
    kind: "said",
    text: "昨天订的草莓到现在还没送到，客服一直不回，太离谱了".repeat(3),
    choices: [],
    quote: { lineId: "line-0", memberId: "wang", text: "草莓到了吗" },
    reactions: [{ reaction: "👍", memberIds: ["zhao", "qian"] }],
    recalled: false,
    edited: false,
    onlyFor: null,
    picture: null,
  },
};
const FRAME = Buffer.from(`id: 12345678-100\ndata: ${JSON.stringify(EVENT)}\n\n`);

async function pages(): Promise<Way> {
  const bench = await createBenchApp();
  const access = new Access({ rows: memoryAccessRows(), now: () => systemClock.now() });
  const metrics = createMetrics(bench.store, () => systemClock.now());
  const sources = edgeSources({ app: bench.app, mode: "service", language: "zh", access, metrics });
  let publish: (event: LiveEvent) => void = () => undefined;
  const app = createHttpApp({
    ...sources,
    console: {
      ...sources.console,
      watch: (listener) => {
        publish = listener;
        return () => undefined;
      },
    },
  });
  const door = await listen(app, { host: "127.0.0.1", port: 0, mode: "service" });
  const host = `127.0.0.1:${String(door.port)}`;
  const claim = await fetch(`http://${host}/api/v1/access/claim`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token: access.issueOneTimeLink().split("t=")[1] }),
  });
  const cookie = claim.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const request = `GET /api/v1/events HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`;
  // "retry:" and "hello" greet a page.
  const readers = await startReaders({ port: door.port, count: PAGES, request, greeting: 2 });
  return {
    tell: () => publish(EVENT),
    next: readers.next,
    ms: [],
    cpuMs: [],
    close: async () => {
      readers.close();
      await door.close();
      await bench.close();
    },
  };
}

function portOf(server: Server): number {
  const place = server.address();
  return typeof place === "object" && place !== null ? place.port : 0;
}

async function bareSockets(): Promise<Way> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined).resume());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const task: ReaderTask = { port: portOf(server), count: PAGES, request: "\n", greeting: 0 };
  const readers = await startReaders(task);
  while (sockets.size < PAGES) await new Promise((resolve) => setTimeout(resolve, 5));
  return {
    tell: () => {
      for (const socket of sockets) socket.write(FRAME);
    },
    next: readers.next,
    ms: [],
    cpuMs: [],
    close: async () => {
      readers.close();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One event after the other, each when the last page has the one before. */
async function tellAll(way: Way, counts: boolean): Promise<void> {
  const before = process.cpuUsage();
  for (let event = 0; event < EVENTS; event += 1) {
    const heard = way.next();
    const began = process.hrtime.bigint();
    way.tell();
    const ended = await heard;
    if (counts) way.ms.push(Number(ended - began) / 1e6);
  }
  const { user, system } = process.cpuUsage(before);
  if (counts) way.cpuMs.push((user + system) / 1_000 / EVENTS);
}

function figure(bench: string, value: number, floor: number): Figure {
  const ratio = value / floor;
  return {
    bench,
    value: rounded(value),
    unit: `ms per event to ${String(PAGES)} pages`,
    floor: rounded(floor),
    ratio: rounded(ratio),
    goal: "ratio <= 4",
    met: ratio <= 4,
  };
}

/** How long until 200 open pages have one event, and what it costs the server's process. */
export const liveFanOutBench: Bench = async () => {
  const [live, bare] = [await pages(), await bareSockets()];
  for (let round = 0; round < WARM_ROUNDS + ROUNDS; round += 1) {
    for (const way of [bare, live]) await tellAll(way, round >= WARM_ROUNDS);
  }
  await bare.close();
  await live.close();
  return [
    figure("live-fan-out", percentile(live.ms, 0.5), percentile(bare.ms, 0.5)),
    figure("live-fan-out-cpu", percentile(live.cpuMs, 0.5), percentile(bare.cpuMs, 0.5)),
  ];
};
