import { z } from "zod";
import { ROLES } from "#entities/vocabulary.js";
import { currentEnvironment, type Environment } from "#src/app/config.js";
import { type LineOpinion, lineOpinion, type ShownOpinion } from "#src/app/second-opinion.js";
import { createDetector } from "#src/complaints/detection/detector.js";
import type {
  ContextLine,
  DetectionMode,
  Detector,
  Verdict,
} from "#src/complaints/detection/verdict.js";
import { systemClock } from "#src/shared/clock.js";
import type { Output } from "./output.js";
import type { InputLine } from "./read-lines.js";

const request = z.object({
  id: z.string(),
  text: z.string(),
  group: z.string().optional(),
  at: z.union([z.number(), z.string()]).optional(),
  member: z.string().optional(),
  role: z.enum(ROLES).optional(),
});

type AnalyzeRequest = z.infer<typeof request>;

export interface AnalyzeOptions {
  readonly mode: DetectionMode;
  /** Adds what each signal said, and another model's opinion where that is switched on. */
  readonly explain: boolean;
  /** The settings of the second opinion; those of this process when absent. */
  readonly environment?: Environment;
}

const CONTEXT_LINES = 20;
const CONTEXT_GROUPS = 10_000;
const MINUTE = 60_000;

/** Earlier lines of each group, for the lines that follow. */
class Contexts {
  readonly #groups = new Map<string, ContextLine[]>();

  of(group: string | undefined): readonly ContextLine[] {
    return group === undefined ? [] : (this.#groups.get(group) ?? []);
  }

  add(group: string | undefined, line: ContextLine): void {
    if (group === undefined) return;
    const lines = this.#groups.get(group) ?? [];
    lines.push(line);
    if (lines.length > CONTEXT_LINES) lines.shift();
    this.#groups.delete(group);
    this.#groups.set(group, lines);
    if (this.#groups.size <= CONTEXT_GROUPS) return;
    const [oldest] = this.#groups.keys();
    if (oldest !== undefined) this.#groups.delete(oldest);
  }
}

function instantOf(at: string | number | undefined, fallback: number): number {
  const instant = typeof at === "string" ? Date.parse(at) : at;
  return instant === undefined || Number.isNaN(instant) ? fallback : instant;
}

function answer(id: string, verdict: Verdict): object {
  const { complaint, score, polarity, aspects, severity, evidence } = verdict;
  return { id, complaint, score, polarity, aspects, severity, evidence };
}

function explained(id: string, verdict: Verdict, opinion: ShownOpinion | null): object {
  const { signals, meToo, resolvedThanks, query, p1Rule, language } = verdict;
  const explain = { language, signals, p1Rule, meToo, resolvedThanks, query };
  const shown = answer(id, verdict);
  if (opinion === null) return { ...shown, explain };
  if (opinion.kind === "failed")
    return { ...shown, explain: { ...explain, secondOpinion: { failed: opinion.fault } } };
  const evidence = [...verdict.evidence, opinion.evidence];
  return { ...shown, evidence, explain: { ...explain, secondOpinion: opinion.answer } };
}

/** Judges JSON lines, one out per line in, in order. A bad line gives an error line and the rest goes on. */
export async function analyzeLines(
  lines: AsyncIterable<InputLine>,
  output: Output,
  options: AnalyzeOptions,
): Promise<void> {
  const detector = createDetector();
  const contexts = new Contexts();
  const environment = options.environment ?? currentEnvironment();
  const opinion = options.explain ? lineOpinion(environment, systemClock) : null;
  for await (const { number, text } of lines) {
    if (text.trim() === "") continue;
    const parsed = parse(text);
    if (typeof parsed === "string")
      await output.line(JSON.stringify({ line: number, error: parsed }));
    else {
      const judged = await judge({ detector, contexts, options, opinion, number }, parsed);
      await output.line(JSON.stringify(judged));
    }
  }
}

interface Judging {
  readonly detector: Detector;
  readonly contexts: Contexts;
  readonly options: AnalyzeOptions;
  readonly opinion: LineOpinion | null;
  readonly number: number;
}

async function judge(judging: Judging, line: AnalyzeRequest): Promise<object> {
  const { detector, contexts, options, opinion, number } = judging;
  // Without a time a line counts as said one second after the one before it.
  const at = instantOf(line.at, number * 1_000 + MINUTE);
  const memberKey = line.member ?? "";
  const role = line.role ?? "customer";
  const { mode } = options;
  const context = contexts.of(line.group);
  const before = opinion === null ? [] : context.map((one) => ({ role: one.role, text: one.text }));
  const verdict = detector.consider({ text: line.text, role, memberKey, at }, context, { mode });
  contexts.add(line.group, {
    text: line.text,
    memberKey,
    role,
    at,
    complaint: verdict.complaint,
    aspects: verdict.aspects,
  });
  if (!options.explain) return answer(line.id, verdict);
  const threshold = detector.threshold(mode, verdict.language);
  const names = [line.group ?? "", memberKey, ...context.map((one) => one.memberKey)];
  const said = await opinion?.about({ text: line.text, verdict, threshold, before, names });
  return explained(line.id, verdict, said ?? null);
}

function parse(text: string): AnalyzeRequest | string {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return "not a line of JSON";
  }
  const parsed = request.safeParse(raw);
  if (parsed.success) return parsed.data;
  const field = String(parsed.error.issues[0]?.path[0] ?? "line");
  return field === "line"
    ? "expected an object with the strings id and text"
    : `field "${field}" is missing or of the wrong kind`;
}
