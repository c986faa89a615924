import { StoringInbox } from "#src/inbox/inbox.js";
import { InboxWorker, type InboxWorkerOptions } from "#src/inbox/inbox-worker.js";
import type { MessageEvent } from "#src/platform/inbound-event.js";
import { type ManualClock, manualClock } from "#src/shared/clock.js";
import { silentLogger } from "#src/shared/logger.js";
import type { Store } from "#src/store/store.js";
import { testStore } from "../../support/store.js";

export const NOON = Date.UTC(2026, 10, 20, 4);

/** Something a member says, in a room, as an adapter hands it in. */
export function said(
  id: string,
  more: Partial<MessageEvent> & { room?: string } = {},
): MessageEvent {
  const { room = "阳光里3群", ...rest } = more;
  const conversation = { platform: "simulated", conversationId: room };
  return {
    kind: "message",
    eventId: id,
    at: NOON,
    conversation,
    author: { platform: "simulated", memberId: "王阿姨", name: "王阿姨🍓" },
    text: id,
    message: { conversation, messageId: `m-${id}` },
    mentionsBot: false,
    isDirect: false,
    ...rest,
  };
}

/** A store that counts its commits and can refuse them for a while. */
export interface CountedStore extends Store {
  readonly writes: number;
  refuse: (error: Error | null) => void;
}

export function counted(store: Store): CountedStore {
  let writes = 0;
  let refusal: Error | null = null;
  return {
    dialect: store.dialect,
    get writes() {
      return writes;
    },
    refuse: (error) => {
      refusal = error;
    },
    read: (work) => store.read(work),
    write: async (work) => {
      writes += 1;
      if (refusal !== null) throw refusal;
      return store.write(work);
    },
    onWake: (listener) => store.onWake(listener),
    backup: (file) => store.backup(file),
    close: () => store.close(),
  };
}

export interface InboxScene {
  readonly store: CountedStore;
  readonly clock: ManualClock;
  readonly inbox: StoringInbox;
  readonly worker: InboxWorker;
  readonly another: (parts?: Partial<InboxWorkerOptions>) => InboxWorker;
  /** Ids of the events that were handled and kept, in order. */
  readonly handled: () => Promise<readonly string[]>;
  /** Makes the handler throw for these texts. */
  readonly poison: Set<string>;
  readonly run: () => Promise<readonly string[]>;
}

/** An inbox and its worker on a real store; the handler writes one audit line per event. */
export async function inboxScene(given?: Store, batch?: number): Promise<InboxScene> {
  const store = counted(given ?? (await testStore()));
  const clock = manualClock(NOON);
  const poison = new Set<string>();
  let tokens = 0;
  const another = (parts: Partial<InboxWorkerOptions> = {}): InboxWorker =>
    new InboxWorker({
      store,
      clock,
      logger: silentLogger,
      prefetch: async () => undefined,
      handle: async (tx, event) => {
        await tx.record({ at: event.at, actorId: "test", act: "handled", subject: event.eventId });
        if (event.kind === "message" && poison.has(event.text)) throw new TypeError("poison");
      },
      token: () => {
        tokens += 1;
        return `turn-${String(tokens)}`;
      },
      random: () => 0.5,
      ...parts,
    });
  const worker = another();
  const handled = (): Promise<readonly string[]> =>
    store.read(async (tx) =>
      (await tx.audit.find({ act: "handled" }, { order: { seq: "asc" } })).map(
        (row) => row.subject,
      ),
    );
  return {
    store,
    clock,
    inbox: new StoringInbox({
      store,
      clock,
      ...(batch === undefined ? {} : { batch, backlog: batch }),
    }),
    worker,
    another,
    handled,
    poison,
    run: async () => {
      for (let steps = 0; steps < 100; steps += 1) {
        if ((await worker.step()).handled === 0) return handled();
      }
      throw new Error("the worker finds no end");
    },
  };
}
