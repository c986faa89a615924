// A whole service in a process of its own, to be killed at any moment. The pretend platform lives in
// the parent: what was said there stays said when this process dies.
import "reflect-metadata";
import { randomUUID } from "node:crypto";
import { SimulatedAdapter } from "#adapters/simulated/simulated-adapter.js";
import type { SimulatedPlatform } from "#adapters/simulated/simulated-chat.js";
import type { SimulatedPayload } from "#adapters/simulated/simulated-payload.js";
import { createApp } from "#src/app/create-app.js";
import { createService } from "#src/app/service.js";
import { createDetector } from "#src/complaints/detection/detector.js";
import { systemClock } from "#src/shared/clock.js";
import { randomIds } from "#src/shared/ids.js";
import { createLogger } from "#src/shared/logger.js";
import type { StoreLocation } from "#src/store/data-source.js";
import { openStore } from "#src/store/store.js";
import type { FromChild, PlatformCall, ToChild } from "./wire.js";

const location = JSON.parse(process.env["HUIYIN_CRASH_STORE"] ?? "null") as StoreLocation;
const answers = new Map<number, (value: string | null) => void>();
let calls = 0;
let deliver: ((payload: SimulatedPayload) => Promise<void>) | undefined;

function say(message: FromChild): void {
  process.send?.(message);
}

function ask(what: PlatformCall): Promise<string | null> {
  calls += 1;
  const call = calls;
  return new Promise((resolve) => {
    answers.set(call, resolve);
    say({ type: "call", call, what });
  });
}

const platform: SimulatedPlatform = {
  post: async (request) => (await ask({ method: "post", request })) ?? "",
  edit: async (room, messageId, text, choices) => {
    await ask({ method: "edit", room, messageId, text, choices });
  },
  find: (room, key) => ask({ method: "find", room, key }),
  roomName: async (room) => room,
  connect: async (listener) => {
    deliver = listener;
    return async () => {
      deliver = undefined;
    };
  },
};

async function receive(number: number, payload: SimulatedPayload): Promise<void> {
  try {
    if (deliver === undefined) throw new Error("not listening");
    await deliver(payload);
    say({ type: "acknowledged", number });
  } catch {
    say({ type: "refused", number });
  }
}

process.on("message", (message: ToChild) => {
  if (message.type === "event") {
    void receive(message.number, message.payload);
    return;
  }
  answers.get(message.call)?.(message.value);
  answers.delete(message.call);
});

const store = await openStore(location);
if (location.dialect === "sqlite") await store.write((tx) => tx.lanes.freeAll());
const app = createApp({
  store,
  clock: systemClock,
  ids: randomIds,
  random: Math.random,
  logger: createLogger("error"),
  detector: createDetector(),
  adapters: [new SimulatedAdapter({ platform, botNames: ["小助手"] })],
  botNames: ["小助手"],
  language: "zh",
  timeZone: "Asia/Shanghai",
  staffRooms: [{ platform: "simulated", conversationId: "staff" }],
  digests: false,
  notice: false,
});
const service = createService({
  app,
  lifeId: randomUUID(),
  seenDays: 14,
  now: () => systemClock.now(),
});
await service.start();
say({ type: "ready" });
