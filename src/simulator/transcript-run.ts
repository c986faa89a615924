import type { TranscriptLine } from "#src/app/transcript.js";
import { type Clock, SECOND } from "#src/shared/clock.js";
import type { Life } from "./life.js";

/** How long a piece of a replay may keep the others waiting. */
const CHUNK_MS = 40;
const MOST_LINES = 500;

/** A transcript to be played, and how fast. */
export interface RunOrder {
  readonly name: string;
  readonly lines: readonly TranscriptLine[];
  /** Lines a second; 0 for as fast as it goes. */
  readonly speed: number;
}

/** What a run needs of the world. */
export interface RunStage {
  readonly real: Clock;
  readonly ended: AbortSignal;
  /** Takes a turn of the world. */
  turn(work: (life: Life) => Promise<void>): Promise<void>;
  /** Something of the run's state is another now. */
  changed(): void;
}

/** One transcript being played, line by line or in pieces, with a pause between the turns. */
export class TranscriptRun {
  readonly #order: RunOrder;
  #done = 0;
  #over = false;

  constructor(order: RunOrder) {
    this.#order = order;
  }

  /** How far it is; null when it has ended. */
  get state(): { readonly name: string; readonly done: number; readonly total: number } | null {
    if (this.#over) return null;
    return { name: this.#order.name, done: this.#done, total: this.#order.lines.length };
  }

  /** Ends it after the line in hand. */
  cancel(): void {
    this.#over = true;
  }

  /** Plays to the end, or until it is cancelled. */
  async play(stage: RunStage): Promise<void> {
    const { lines, speed } = this.#order;
    const { real, ended } = stage;
    try {
      while (!this.#over && !ended.aborted && this.#done < lines.length) {
        await stage.turn((life) => this.#piece(life, real));
        stage.changed();
        await real.sleep(speed === 0 ? 0 : SECOND / speed, ended);
      }
    } finally {
      this.#over = true;
    }
  }

  async #piece(life: Life, real: Clock): Promise<void> {
    const { lines, speed } = this.#order;
    const until = real.monotonic() + CHUNK_MS;
    for (const line of lines.slice(this.#done, this.#done + (speed === 0 ? MOST_LINES : 1))) {
      if (this.#over) break;
      await life.play(line);
      this.#done += 1;
      if (real.monotonic() >= until) break;
    }
    await life.flush();
  }
}
