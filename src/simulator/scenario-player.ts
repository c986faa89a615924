import type { Scenario } from "#src/console/contract/simulator.js";
import { simulatorTexts } from "#src/i18n/simulator.js";
import { AppError } from "#src/shared/app-error.js";
import { MINUTE, SECOND } from "#src/shared/clock.js";
import { SCENARIO_IDS, type ScenarioId, type ScenarioLine } from "./story.js";

interface Play {
  readonly startedAt: number;
  readonly prefix: string;
  /** Index of the next line. */
  next: number;
}

/** A line of a running scenario that is due at an instant of the world. */
export interface DueLine {
  readonly at: number;
  readonly line: ScenarioLine;
  readonly index: number;
  readonly prefix: string;
  readonly ownIds: ReadonlySet<string>;
}

/** Which scenarios run, how far they are, and what they do next. */
export class ScenarioPlayer {
  readonly #lines: ReadonlyMap<ScenarioId, readonly ScenarioLine[]>;
  readonly #plays = new Map<ScenarioId, Play>();
  readonly #done = new Map<ScenarioId, number>();
  #started = 0;

  constructor(lines: ReadonlyMap<ScenarioId, readonly ScenarioLine[]>) {
    this.#lines = new Map(
      [...lines].map(([id, all]) => [id, all.toSorted((a, b) => offsetOf(a) - offsetOf(b))]),
    );
  }

  get state(): readonly Scenario[] {
    return SCENARIO_IDS.map((id) => ({
      id,
      ...titlesOf(id),
      running: this.#plays.has(id),
      done: this.#plays.get(id)?.next ?? this.#done.get(id) ?? 0,
      total: this.#lines.get(id)?.length ?? 0,
    }));
  }

  /** Begins a scenario at an instant of the world; one that runs goes on. Throws `not-found` for an unknown one. */
  start(name: string, at: number): void {
    const id = scenarioId(name);
    if (this.#plays.has(id)) return;
    this.#started += 1;
    this.#plays.set(id, { startedAt: at, prefix: `${id}.${String(this.#started)}.`, next: 0 });
    this.#endIfOver(id);
  }

  /** Ends a scenario where it is. Throws `not-found` for an unknown one. */
  stop(name: string): void {
    const id = scenarioId(name);
    this.#done.set(id, this.#plays.get(id)?.next ?? this.#done.get(id) ?? 0);
    this.#plays.delete(id);
  }

  /** The earliest line of all running scenarios that is due at `until` or before, taken off; null when none is. */
  take(until: number): DueLine | null {
    let best: { readonly id: ScenarioId; readonly play: Play; readonly at: number } | null = null;
    for (const [id, play] of this.#plays) {
      const line = this.#lines.get(id)?.[play.next];
      if (line === undefined) continue;
      const at = play.startedAt + offsetOf(line);
      if (at <= until && (best === null || at < best.at)) best = { id, play, at };
    }
    if (best === null) return null;
    const { id, play, at } = best;
    const index = play.next;
    const all = this.#lines.get(id) ?? [];
    const line = all[index];
    if (line === undefined) return null;
    play.next += 1;
    this.#endIfOver(id);
    const ownIds = new Set(all.flatMap((one) => ("text" in one && one.id ? [one.id] : [])));
    return { at, line, index, prefix: play.prefix, ownIds };
  }

  #endIfOver(id: ScenarioId): void {
    const play = this.#plays.get(id);
    if (play !== undefined && play.next >= (this.#lines.get(id)?.length ?? 0)) this.stop(id);
  }
}

function offsetOf({ minute, second }: ScenarioLine): number {
  return minute * MINUTE + second * SECOND;
}

function scenarioId(name: string): ScenarioId {
  const id = SCENARIO_IDS.find((one) => one === name);
  if (id !== undefined) return id;
  throw new AppError("not-found", `There is no scenario "${name}".`, {
    expected: SCENARIO_IDS.join(", "),
  });
}

function titlesOf(id: ScenarioId): Pick<Scenario, "title" | "description"> {
  const { zh, en } = simulatorTexts;
  return {
    title: { zh: zh.scenarios[id].title, en: en.scenarios[id].title },
    description: { zh: zh.scenarios[id].description, en: en.scenarios[id].description },
  };
}
