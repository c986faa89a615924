import type { SimulatorState } from "#src/console/contract/simulator.js";
import type { VerdictInsight, VoteInsight } from "./observer.js";

type Checklist = SimulatorState["checklist"];

/** What a visitor has tried so far: the checklist of the first minute. */
export class FirstSteps {
  readonly #deeds = new Set<string>();
  readonly #onChange: () => void;
  #list: Checklist = { complained: false, voted: false, digest: false, console: false };

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get list(): Checklist {
    return this.#list;
  }

  check(item: keyof Checklist): void {
    if (this.#list[item]) return;
    this.#list = { ...this.#list, [item]: true };
    this.#onChange();
  }

  /** A visitor does something as a member at an instant of the world. */
  did(memberId: string, at: number): void {
    this.#deeds.add(keyOf(memberId, at));
  }

  /** The bot made something of what members did; counted where a visitor did it. */
  seen(insight: VerdictInsight | VoteInsight): void {
    if (!this.#deeds.has(keyOf(insight.memberId, insight.at))) return;
    if (insight.kind === "vote") this.check("voted");
    else if (insight.complaint) this.check("complained");
  }
}

function keyOf(memberId: string, at: number): string {
  return `${memberId} ${String(at)}`;
}
