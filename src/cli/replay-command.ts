import { openDataFolder } from "#src/app/open-data.js";
import { Replay } from "#src/app/replay.js";
import { createSimulation, type Simulation } from "#src/app/simulation.js";
import { parseTranscriptLine, type TranscriptLine } from "#src/app/transcript.js";
import { createDetector } from "#src/complaints/detection/detector.js";
import { isAppError } from "#src/shared/app-error.js";
import type { Store } from "#src/store/store.js";
import type { Output } from "./output.js";
import { type InputLine, inputLines } from "./read-lines.js";

export interface ReplayOptions {
  readonly data: string;
  readonly digest: boolean;
}

const PROGRESS_EVERY = 5_000;
const MOST_COMPLAINTS = 20;

/** Reads lines of a transcript; bad ones are named on stderr and counted. */
class Reader {
  readonly #output: Output;
  bad = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  read(line: InputLine): TranscriptLine | null {
    if (line.text.trim() === "") return null;
    try {
      return parseTranscriptLine(line.text);
    } catch (error) {
      if (!isAppError(error)) throw error;
      this.bad += 1;
      if (this.bad <= MOST_COMPLAINTS)
        this.#output.say(`line ${String(line.number)} left out: ${error.message}`);
      return null;
    }
  }
}

/** Plays a transcript into a data folder and prints the counts as the last line of stdout. */
export async function replayFile(
  file: string,
  options: ReplayOptions,
  output: Output,
): Promise<void> {
  const lines = inputLines(file);
  const data = await openDataFolder(options.data);
  try {
    const totals = await replayLines({ lines, store: data.store, output, digest: options.digest });
    await output.line(JSON.stringify(totals));
  } finally {
    await data.close();
  }
}

interface ReplayRun {
  readonly lines: AsyncIterable<InputLine>;
  readonly store: Store;
  readonly output: Output;
  readonly digest: boolean;
  /** Called with the simulation before the first line. */
  readonly onStart?: (simulation: Simulation) => void;
}

/** The totals of a replay: what this call did, and what the store holds now. */
export async function replayLines(run: ReplayRun): Promise<Readonly<Record<string, number>>> {
  const reader = new Reader(run.output);
  let simulation: Simulation | undefined;
  let replay: Replay | undefined;
  let number = 0;
  for await (const line of run.lines) {
    number = line.number;
    const parsed = reader.read(line);
    if (parsed === null) continue;
    if (simulation === undefined || replay === undefined) {
      simulation = await createSimulation({
        store: run.store,
        detector: createDetector(),
        startAt: parsed.at,
        digests: run.digest,
        notice: false,
      });
      run.onStart?.(simulation);
      replay = new Replay(simulation);
    }
    await replay.line(parsed);
    if (number % PROGRESS_EVERY === 0) run.output.say(`${String(number)} lines …`);
  }
  await replay?.finish({ digest: run.digest });
  await simulation?.stop();
  if (reader.bad > 0)
    run.output.say(`${String(reader.bad)} of ${String(number)} lines were left out.`);
  const count = replay?.count ?? { messages: 0, accepted: 0, duplicates: 0 };
  return { ...count, ...(await totalsOf(run.store)) };
}

/** What a store holds in all. */
export function totalsOf(store: Store): Promise<Readonly<Record<string, number>>> {
  return store.read(async (tx) => ({
    cases: await tx.cases.count({}),
    alerts: await tx.outbox.rows.count({ kind: "alert", act: "send" }),
    votes: await tx.responses.rows.count({ rating: true }),
    digests: await tx.digests.count({}),
  }));
}
