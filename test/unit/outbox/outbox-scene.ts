import { SimulatedAdapter } from "#adapters/simulated/simulated-adapter.js";
import { SimulatedChat } from "#adapters/simulated/simulated-chat.js";
import type { OutboxMessage } from "#entities/index.js";
import { OutboxWorker, type OutboxWorkerOptions } from "#src/outbox/outbox-worker.js";
import type { Capabilities } from "#src/platform/capabilities.js";
import type { ConversationRef } from "#src/platform/conversation.js";
import { type ManualClock, manualClock } from "#src/shared/clock.js";
import { silentLogger } from "#src/shared/logger.js";
import type { Saying } from "#src/store/outbox-store.js";
import type { Store } from "#src/store/store.js";
import { testStore } from "../../support/store.js";

/** 2026-11-20 12:00 in Shanghai. */
export const NOON = Date.UTC(2026, 10, 20, 4);
export const SHOP: ConversationRef = { platform: "simulated", conversationId: "阳光里3群" };
export const SECOND_SHOP: ConversationRef = { platform: "simulated", conversationId: "翠湖2群" };
export const STAFF: ConversationRef = { platform: "simulated", conversationId: "staff" };

export interface SceneOptions {
  readonly capabilities?: Partial<Capabilities>;
  readonly chat?: SimulatedChat;
  /** Other parts of the worker, for example no adapters. */
  readonly parts?: Partial<OutboxWorkerOptions>;
}

/** An outbox worker on a real store, a clock moved by hand and the pretend chat. */
export interface OutboxScene {
  readonly store: Store;
  readonly clock: ManualClock;
  readonly chat: SimulatedChat;
  readonly worker: OutboxWorker;
  /** Another worker on the same store and chat: a second process, or the next life of the first. */
  readonly another: (parts?: Partial<OutboxWorkerOptions>) => OutboxWorker;
  /** Orders a message whose text is its key. */
  readonly say: (key: string, more?: Partial<Saying>) => Promise<boolean>;
  /** Steps until nothing is due; returns the texts said so far. */
  readonly run: () => Promise<readonly string[]>;
  /** Moves the clock and runs. */
  readonly later: (ms: number) => Promise<readonly string[]>;
  readonly row: (key: string) => Promise<OutboxMessage>;
}

export async function outboxScene(options: SceneOptions = {}): Promise<OutboxScene> {
  const store = await testStore();
  const clock = manualClock(NOON);
  const chat = options.chat ?? new SimulatedChat();
  const adapter = new SimulatedAdapter({
    platform: chat,
    botNames: ["小助手"],
    capabilities: options.capabilities ?? {},
  });
  let tokens = 0;
  const another = (parts: Partial<OutboxWorkerOptions> = {}): OutboxWorker =>
    new OutboxWorker({
      store,
      clock,
      logger: silentLogger,
      adapters: new Map([["simulated", adapter]]),
      token: () => {
        tokens += 1;
        return `turn-${String(tokens)}`;
      },
      random: () => 0.5,
      onMaybeSent: async (tx, row, at) => {
        const text = `look for ${row.key}`;
        await tx.outbox.say({
          key: `look:${row.key}`,
          kind: "alert",
          to: STAFF,
          message: { text },
          at,
        });
      },
      ...parts,
    });
  const worker = another(options.parts);
  const run = async (): Promise<readonly string[]> => {
    for (let steps = 0; steps < 200; steps += 1) {
      if ((await worker.step()).handled === 0) return chat.posts.map((post) => post.text);
    }
    throw new Error("the worker finds no end");
  };
  return {
    store,
    clock,
    chat,
    worker,
    another,
    run,
    say: (key, more = {}) =>
      store.write((tx) =>
        tx.outbox.say({
          key,
          kind: "reply",
          to: SHOP,
          message: { text: key },
          at: clock.now(),
          ...more,
        }),
      ),
    later: (ms) => {
      clock.advance(ms);
      return run();
    },
    row: async (key) => {
      const found = await store.read((tx) => tx.outbox.rows.first({ key }));
      if (found === null) throw new Error(`there is no row ${key}`);
      return found;
    },
  };
}
