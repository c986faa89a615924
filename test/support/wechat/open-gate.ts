import type { Pause, Permission, SendGate } from "#adapters/wechat/send-gate.js";
import type { SendingView } from "#adapters/wechat/session-view.js";

/** A gate that lets everything through, or answers what a test has put before it. */
export class OpenGate implements SendGate {
  /** Answers of the next questions, the first one first; then "now". */
  readonly answers: Permission[] = [];
  readonly asked: { readonly at: number; readonly room: string; readonly kind: string }[] = [];
  sentCount = 0;
  throttledCount = 0;
  readonly pauseMs: number;

  constructor(pauseMs = 30 * 60_000) {
    this.pauseMs = pauseMs;
  }

  async mayI(now: number, room: string, kind: string): Promise<Permission> {
    this.asked.push({ at: now, room, kind });
    return this.answers.shift() ?? { kind: "now" };
  }

  async sent(): Promise<void> {
    this.sentCount += 1;
  }

  async throttled(now: number): Promise<Pause> {
    this.throttledCount += 1;
    return { until: now + this.pauseMs, lengthMs: this.pauseMs };
  }
}

export const FREE_SENDING: SendingView = { on: true, held: null, until: null };
