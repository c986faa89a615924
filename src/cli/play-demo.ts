import { createReadStream, existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Language } from "#entities/vocabulary.js";
import { Replay } from "#src/app/replay.js";
import { createSimulation, type SimulatedPost, type Simulation } from "#src/app/simulation.js";
import { parseTranscriptLine, type TranscriptLine } from "#src/app/transcript.js";
import { createDetector } from "#src/complaints/detection/detector.js";
import { cliTexts } from "#src/i18n/cli.js";
import { messageKey } from "#src/platform/conversation.js";
import { formatInstant } from "#src/scheduling/zoned-time.js";
import { AppError } from "#src/shared/app-error.js";
import { stableId } from "#src/shared/ids.js";
import { openFreshFolder } from "#src/simulator/demo-folder.js";
import { type Output, printable } from "./output.js";
import { linesOf } from "./read-lines.js";
import { totalsOf } from "./replay-command.js";

export interface PlayOptions {
  readonly data: string;
  /** Lines a second; 0 for as fast as it goes. */
  readonly speed: number;
  readonly story?: string;
}

const ZONE = "Asia/Shanghai";
const STORY = fileURLToPath(new URL("./stories/day.jsonl", import.meta.url));

/** Plays the written day in the terminal: what members say, what the bot sees and says, and the digest. */
export async function playDemo(options: PlayOptions, output: Output): Promise<void> {
  const lines = await readStory(options.story ?? STORY);
  const [first] = lines;
  if (first === undefined) throw new AppError("invalid-input", "The story has no lines.");
  const data = await openFreshFolder(options.data);
  try {
    const simulation = await createSimulation({
      store: data.store,
      detector: createDetector(),
      startAt: first.at,
      notice: false,
    });
    const stage = new Stage(simulation, output);
    await stage.play(lines, options.speed);
    await simulation.stop();
    const totals = await totalsOf(data.store);
    output.say("");
    output.say(
      cliTexts.zh.demoEnd({ lines: lines.length, folder: options.data, ...counts(totals) }),
    );
    output.say(
      cliTexts.en.demoEnd({ lines: lines.length, folder: options.data, ...counts(totals) }),
    );
  } finally {
    await data.close();
  }
}

function counts(totals: Readonly<Record<string, number>>): {
  cases: number;
  votes: number;
  digests: number;
} {
  return {
    cases: totals["cases"] ?? 0,
    votes: totals["votes"] ?? 0,
    digests: totals["digests"] ?? 0,
  };
}

async function readStory(file: string): Promise<readonly TranscriptLine[]> {
  if (!existsSync(file)) throw new AppError("not-found", `There is no story ${file}.`);
  const lines: TranscriptLine[] = [];
  for await (const line of linesOf(createReadStream(file))) {
    if (line.text.trim() !== "") lines.push(parseTranscriptLine(line.text));
  }
  return lines;
}

/** Shows what happens, line by line. */
class Stage {
  readonly #simulation: Simulation;
  readonly #output: Output;
  readonly #names = new Map<string, { readonly name: string; readonly language: Language }>();
  #room = "";

  constructor(simulation: Simulation, output: Output) {
    this.#simulation = simulation;
    this.#output = output;
  }

  async play(lines: readonly TranscriptLine[], speed: number): Promise<void> {
    const unwatch = this.#simulation.chat.watch((post, change) => {
      this.#show(post, change);
    });
    const replay = new Replay(this.#simulation);
    for (const line of lines) {
      await this.#before(line, replay);
      await replay.line(line);
      await replay.flush();
      if (line.kind === "message") await this.#sawWhat(line);
      if (speed > 0) await pause(1_000 / speed);
    }
    await replay.finish({ digest: true });
    unwatch();
  }

  async #before(line: TranscriptLine, replay: Replay): Promise<void> {
    if (line.kind === "group") {
      this.#names.set(line.group, {
        name: line.name ?? line.group,
        language: line.language ?? "zh",
      });
      return;
    }
    // What falls due before this line is shown before it.
    await replay.flush();
    await this.#simulation.advanceTo(Math.max(line.at, this.#simulation.clock.now()));
    if (line.kind !== "message") return;
    this.#enter(line.group);
    this.#output.say(`${this.#time(line.at)}  ${printable(line.member)}  ${printable(line.text)}`);
  }

  #enter(room: string): void {
    if (this.#room === room) return;
    this.#room = room;
    this.#output.say(`\n── ${printable(this.#names.get(room)?.name ?? room)} ──`);
  }

  #time(at: number): string {
    return formatInstant(at, ZONE, "en", "time");
  }

  #show(post: SimulatedPost, change: "posted" | "edited"): void {
    this.#enter(post.room);
    const language = this.#names.get(post.room)?.language ?? "zh";
    const texts = cliTexts[language];
    const who = post.onlyFor === null ? texts.bot : texts.botTo(printable(post.onlyFor));
    const mark = change === "edited" ? texts.edited : "";
    const buttons = post.choices.map((row) =>
      row.choices.map((choice) => `[${choice.label}]`).join(" "),
    );
    const body = [post.text, ...buttons].join("\n").split("\n");
    this.#output.say(`${this.#time(this.#simulation.clock.now())}  ${who}${mark}`);
    for (const row of body) this.#output.say(`       │ ${printable(row)}`);
  }

  /** What the bot made of a line: a vote, a complaint with its evidence, or nothing worth a word. */
  async #sawWhat(line: Extract<TranscriptLine, { kind: "message" }>): Promise<void> {
    const language = this.#names.get(line.group)?.language ?? "zh";
    const texts = cliTexts[language];
    const key = messageKey({
      conversation: { platform: "simulated", conversationId: line.group },
      messageId: line.id,
    });
    const { message, vote, found } = await this.#simulation.app.store.read(async (tx) => {
      const part = await tx.caseMessages.first({ id: key });
      return {
        message: await tx.messages.rows.first({ id: stableId("message", key) }),
        vote: await tx.responses.rows.first({ messageKey: key }),
        found: part === null ? null : await tx.cases.first({ id: part.caseId }),
      };
    });
    if (vote !== null) this.#output.say(`       ↳ ${texts.vote(vote.value)}`);
    if (message === null || found === null) return;
    const evidence = found.verdict.evidence
      .slice(0, 3)
      .map((one) => one.text)
      .filter((text) => text !== "");
    this.#output.say(
      `       ↳ ${texts.complaint({ number: found.number, severity: found.severity, aspects: found.aspects, score: message.score, evidence })}`,
    );
  }
}
