import type { Clock } from "#src/shared/clock.js";
import type { SessionState } from "./session-view.js";

/** Where the log-in stands, without what is said and to whom. */
export interface SessionFacts {
  readonly state: SessionState;
  readonly qr: string | null;
  readonly since: number;
  readonly heardAt: number | null;
  /** The puppet gives signs of life by itself, so that their absence means something. */
  readonly beats: boolean;
  /** What is wrong and what to do; empty when all is well. */
  readonly detail: string;
}

const DETAILS: Readonly<Record<SessionState, string>> = {
  off: "The WeChat adapter is not listening.",
  starting: "WeChat is being connected; nobody is logged in yet.",
  scan: "Nobody is logged in to WeChat. Scan the code that the terminal and the console show.",
  in: "",
  out: "The WeChat account was logged out. A new code to scan appears in the terminal and the console.",
};

/** Follows one account from the start of the puppet over the scan to the log-in, and out again. */
export class WechatSession {
  readonly #clock: Clock;
  #facts: SessionFacts;

  constructor(clock: Clock) {
    this.#clock = clock;
    const since = clock.now();
    this.#facts = {
      state: "off",
      qr: null,
      since,
      heardAt: null,
      beats: false,
      detail: DETAILS.off,
    };
  }

  get facts(): SessionFacts {
    return this.#facts;
  }

  /** Goes over to another state, with its usual words or these. */
  become(
    state: SessionState,
    given: { readonly qr?: string; readonly detail?: string } = {},
  ): void {
    const { state: before, since } = this.#facts;
    this.#facts = {
      ...this.#facts,
      state,
      qr: given.qr ?? null,
      since: state === before ? since : this.#clock.now(),
      detail: given.detail ?? DETAILS[state],
    };
  }

  /** A sign of life: something that happened, or a beat that the puppet gives by itself. */
  heard(by: "event" | "beat"): void {
    const beats = this.#facts.beats || by === "beat";
    this.#facts = { ...this.#facts, heardAt: this.#clock.now(), beats };
  }
}
