import type { Clock } from "#src/shared/clock.js";
import type { Logger } from "#src/shared/logger.js";
import { failureReason } from "./retry-policy.js";

/** What one step of a worker did. */
export interface StepResult {
  /** Rows handled; zero means there was nothing due. */
  readonly handled: number;
  /** When there is work again, epoch ms; null when nothing is known to be due. */
  readonly dueAt: number | null;
  /** The step took all it may at once: more waits already, so nothing is gained by resting. */
  readonly full?: boolean;
}

export interface WorkerLoopOptions {
  readonly name: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly step: () => Promise<StepResult>;
  /** Longest sleep between looks; waking is the rule, polling the safety net. */
  readonly pollMs: number;
  /**
   * Rest after a step that found work, ms: what arrives meanwhile shares the next step's commit.
   * None by default.
   */
  readonly lingerMs?: number;
}

/** What the loop does after a step. */
type Next =
  | { readonly kind: "work"; readonly rest: number }
  | { readonly kind: "idle"; readonly pause: number };

/** Runs a worker's steps until it is stopped: wakes at once when told, polls as fallback, backs off on failure. */
export class WorkerLoop {
  readonly #options: WorkerLoopOptions;
  #running: Promise<void> | undefined;
  #stop = new AbortController();
  #nap = new AbortController();
  #woken = false;

  constructor(options: WorkerLoopOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#running !== undefined) return;
    this.#stop = new AbortController();
    this.#running = this.#run(this.#stop.signal);
  }

  /** Something may be due: look now. */
  wake(): void {
    this.#woken = true;
    this.#nap.abort();
  }

  /** Ends after the step in hand. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#nap.abort();
    await this.#running;
    this.#running = undefined;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    while (!signal.aborted) {
      this.#woken = false;
      const next = await this.#step();
      if (signal.aborted) return;
      // Also between two steps that find work the process must get round to its other duties.
      if (next.kind === "work") await clock.sleep(next.rest, signal);
      else if (!this.#woken) await this.#sleep(next.pause, signal);
    }
  }

  async #step(): Promise<Next> {
    const { clock, logger, name, pollMs, lingerMs } = this.#options;
    try {
      const result = await this.#options.step();
      if (result.handled > 0)
        return { kind: "work", rest: result.full === true ? 0 : (lingerMs ?? 0) };
      const pause = result.dueAt === null ? pollMs : Math.max(1, result.dueAt - clock.now());
      return { kind: "idle", pause: Math.min(pollMs, pause) };
    } catch (error) {
      logger.warn(
        { worker: name, reason: failureReason(error), err: error },
        "worker step failed, tried again soon",
      );
      return { kind: "idle", pause: Math.min(pollMs, 1_000) };
    }
  }

  async #sleep(ms: number, signal: AbortSignal): Promise<void> {
    this.#nap = new AbortController();
    if (signal.aborted) return;
    await this.#options.clock.sleep(ms, this.#nap.signal);
  }
}
