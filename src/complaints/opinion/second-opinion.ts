import type { OpinionAnswer, OpinionFault } from "./answer.js";
import type { Question } from "./question.js";

/** One request to the other model: its answer, or why there is none. Never throws. */
export type AskModel = (
  question: Question,
  deadline: AbortSignal,
) => Promise<OpinionAnswer | OpinionFault>;

/** What comes of asking. */
export type Asked =
  | { readonly kind: "answered"; readonly answer: OpinionAnswer }
  | { readonly kind: "failed"; readonly fault: OpinionFault };

export interface SecondOpinionOptions {
  readonly ask: AskModel;
  /** Both tries together take at most this long, ms. */
  readonly timeoutMs: number;
  /** Epoch ms. */
  readonly now: () => number;
}

/** So many questions in a row without a usable answer, and the other side is left alone. */
export const FAULTS_BEFORE_REST = 5;
/** For so long; then one question tries whether it is back. */
export const REST_MS = 10 * 60_000;
/** What may be better a moment later; a late or a wrong answer is not asked for again. */
const WORTH_A_SECOND_TRY: ReadonlySet<OpinionFault> = new Set(["unreachable", "status"]);

/**
 * Asks another model, strictly: one time-out for everything, one more try at most, and a rest after
 * several failures in a row. The count of failures is of this process alone, on purpose: a start
 * tries anew, at the price of a few requests out of the day's budget.
 */
export class SecondOpinion {
  readonly #options: SecondOpinionOptions;
  #faults = 0;
  #restsUntil = 0;
  #inHand: AbortController | undefined;

  constructor(options: SecondOpinionOptions) {
    this.#options = options;
  }

  get timeoutMs(): number {
    return this.#options.timeoutMs;
  }

  /** Nothing is asked before this instant, epoch ms; in the past when it may be asked. */
  get restsUntil(): number {
    return this.#restsUntil;
  }

  /** Asks. `mayRetry` is called before a second request is made, and prevents it by answering no. */
  async ask(question: Question, mayRetry: () => Promise<boolean>): Promise<Asked> {
    const { ask, timeoutMs } = this.#options;
    this.#inHand = new AbortController();
    const deadline = AbortSignal.any([AbortSignal.timeout(timeoutMs), this.#inHand.signal]);
    let answer = await ask(question, deadline);
    const again = typeof answer === "string" && WORTH_A_SECOND_TRY.has(answer);
    if (again && !deadline.aborted && (await mayRetry())) answer = await ask(question, deadline);
    if (typeof answer === "string") return this.#failed(answer);
    this.#faults = 0;
    return { kind: "answered", answer };
  }

  /** Gives up the question that is in hand, if there is one. */
  interrupt(): void {
    this.#inHand?.abort();
  }

  #failed(fault: OpinionFault): Asked {
    this.#faults += 1;
    if (this.#faults >= FAULTS_BEFORE_REST) this.#restsUntil = this.#options.now() + REST_MS;
    return { kind: "failed", fault };
  }
}
