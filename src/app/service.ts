import { finishForgetting } from "#src/directory/forget-contacts.js";
import { failureReason } from "#src/queue/retry-policy.js";
import { WorkerLoop, type WorkerLoopOptions } from "#src/queue/worker-loop.js";
import { startTicker, type Tick, type Ticker } from "#src/scheduling/cron-ticker.js";
import { DAY, MINUTE, SECOND } from "#src/shared/clock.js";
import { stableId } from "#src/shared/ids.js";
import type { QueueName, Transaction } from "#src/store/transaction.js";
import type { App } from "./create-app.js";
import type { DataCare } from "./data-care.js";
import { sweepRelay } from "./relay-tray.js";
import type { Watchdog } from "./watchdog.js";

/** How long the texts of ordinary messages stay as context of the next verdicts. */
export const CONTEXT_MS = 30 * MINUTE;
const POLL_MS = SECOND;
/** A busy inbox rests this long between batches, so that one commit serves more messages. */
const LINGER_MS = 20;

export interface ServiceOptions {
  readonly app: App;
  /** Names this life of the service in the offline line of digests. */
  readonly lifeId: string;
  readonly seenDays: number;
  readonly now: () => number;
  /** Looks after the disk and the files of the data. */
  readonly care?: DataCare;
  /** Looks after the sessions of the platforms. */
  readonly watchdog?: Watchdog;
}

/** A running service: workers, ticks and adapters. */
export interface Service {
  start(): Promise<void>;
  /** Stops listening, finishes what is in hand and ends; nothing accepted is lost. */
  stop(): Promise<void>;
}

/** Keeps the application going: node-cron gives the beat, the workers wake on commits. */
export function createService(options: ServiceOptions): Service {
  const { app } = options;
  const { opinionWorker } = app;
  const loops: Partial<Record<QueueName, WorkerLoop>> = {
    inbox: loop(app, "inbox", () => app.inboxWorker.step(), LINGER_MS),
    firing: loop(app, "firing", () => app.firingWorker.step()),
    outbox: loop(app, "outbox", () => app.outboxWorker.step()),
    ...(opinionWorker === null
      ? {}
      : { opinion: loop(app, "opinion", () => opinionWorker.step()) }),
  };
  const all = Object.values(loops);
  let ticker: Ticker | undefined;
  let unhook: (() => void) | undefined;
  return {
    async start() {
      unhook = app.store.onWake((queues) => {
        for (const queue of queues) loops[queue]?.wake();
      });
      await beat(options);
      for (const one of all) one.start();
      ticker = startTicker(ticks(options), (tick, error) => {
        app.logger.warn(
          { tick, reason: failureReason(error), err: error },
          "a tick failed, tried again at the next",
        );
      });
      for (const adapter of app.adapters.values()) await adapter.start(app.inbox);
    },
    async stop() {
      await ticker?.stop();
      ticker = undefined;
      // First the ears, so that nothing new comes in; then what was heard is stored; then the hands.
      for (const adapter of app.adapters.values()) await adapter.stop();
      await app.inbox.settled();
      const stopped = Promise.all(all.map((one) => one.stop()));
      opinionWorker?.interrupt();
      await stopped;
      unhook?.();
      await beat(options).catch(() => undefined);
    },
  };
}

function loop(app: App, name: string, step: WorkerLoopOptions["step"], lingerMs = 0): WorkerLoop {
  const { clock, logger } = app;
  return new WorkerLoop({ name, clock, logger, pollMs: POLL_MS, step, lingerMs });
}

function ticks(options: ServiceOptions): readonly Tick[] {
  const { app, now, seenDays, watchdog, care } = options;
  // Taking away must work on a full disk as well.
  const takeAway = <Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> =>
    care === undefined ? app.store.write(work) : care.spend(() => app.store.write(work));
  return [
    ...(care === undefined
      ? []
      : [{ name: "data", pattern: "* * * * * *", work: async () => care.look() }]),
    { name: "schedules", pattern: "* * * * * *", work: () => app.scheduler.tick(now()) },
    { name: "heartbeat", pattern: "*/15 * * * * *", work: () => beat(options) },
    ...(watchdog === undefined
      ? []
      : [{ name: "watchdog", pattern: "7-59/15 * * * * *", work: () => watchdog.look() }]),
    {
      name: "texts",
      pattern: "30 * * * * *",
      work: () => takeAway((tx) => tx.messages.sweepTexts(now() - CONTEXT_MS)),
    },
    {
      name: "erasures",
      pattern: "50 * * * * *",
      work: () => takeAway((tx) => finishForgetting(tx, now())),
    },
    {
      name: "relay",
      pattern: "33 4 * * * *",
      work: () => takeAway((tx) => sweepRelay(tx, now())),
    },
    {
      name: "seen marks",
      pattern: "17 23 * * * *",
      work: () => takeAway((tx) => tx.inbox.sweep(now() - seenDays * DAY)),
    },
  ];
}

/** Notes that the service is alive; a gap between two lives is told as offline time. */
async function beat(options: ServiceOptions): Promise<void> {
  const at = options.now();
  const id = stableId("span", options.lifeId);
  await options.app.store.write(async (tx) => {
    const changed = await tx.spans.update({ id }, { lastBeatAt: at });
    if (changed === 0) await tx.spans.insertNew([{ id, startedAt: at, lastBeatAt: at }], "id");
  });
}
