import type { Aspect, Language, Severity } from "#entities/vocabulary.js";
import type { TrainedModel } from "../detection/classifier.js";
import { createDetector } from "../detection/detector.js";
import type { DetectionMode, Detector, Verdict } from "../detection/verdict.js";
import { contextLine, walkTalk } from "./develop.js";
import { type Example, foldOf } from "./examples.js";
import { haystackOf } from "./haystack.js";
import { type Figures, measure, type Scored } from "./measures.js";

/** An example with the verdict of a judge that has not seen it. */
export interface Judged extends Scored {
  readonly example: Example;
  readonly aspects: readonly Aspect[];
  readonly severity: Severity | null;
}

/** All examples of a language with the verdicts on them. */
export interface JudgedSets {
  /** Every text by itself, as a line of a chat. */
  readonly chat: readonly Judged[];
  /** The lines of the conversations, each after the lines before it. */
  readonly talk: readonly Judged[];
  /** Reviews, and tweets to companies, judged as reviews. */
  readonly reviews: readonly Judged[];
}

function judgedBy(example: Example, verdict: Verdict): Judged {
  const { score, aspects, severity } = verdict;
  return { example, label: example.label, score, aspects, severity };
}

/** Judges every example by the model of its part, with all rules, as the product does. */
export function judgeSets(
  examples: readonly Example[],
  language: Language,
  parts: readonly TrainedModel[],
): JudgedSets {
  const detectors = parts.map((model) =>
    createDetector({ models: { zh: null, en: null, [language]: model } }),
  );
  const detectorOf = (example: Example): Detector => {
    const detector = detectors[foldOf(example)];
    if (detector === undefined) throw new Error(`no judge for ${example.id}`);
    return detector;
  };
  const alone = (mode: DetectionMode) => (example: Example) => {
    const { text, role } = example;
    const verdict = detectorOf(example).consider({ text, role, language }, [], { mode });
    return judgedBy(example, verdict);
  };
  const talk: Judged[] = [];
  walkTalk(
    examples.filter(({ group }) => group >= 0),
    (example, context) => {
      const { text, role, member } = example;
      const message = { text, role, language, memberKey: member };
      const verdict = detectorOf(example).consider(message, context, { mode: "chat" });
      talk.push(judgedBy(example, verdict));
      const { score, complaint, aspects } = verdict;
      return { ...contextLine(example, score), complaint, aspects };
    },
  );
  const isReview = ({ kind, source }: Example) => kind === "review" || source === "en_complaints";
  return {
    chat: examples.map(alone("chat")),
    talk,
    reviews: examples.filter(isReview).map(alone("reviews")),
  };
}

function setOf({ example }: Judged): string {
  return example.source.split("/")[0] ?? "";
}

/** The rows of each set that a figure is made of. */
export function setsOf(judged: JudgedSets): ReadonlyMap<string, readonly Judged[]> {
  const sets = new Map<string, Judged[]>();
  const put = (name: string, rows: readonly Judged[]) => {
    if (rows.length > 0) sets.set(name, [...(sets.get(name) ?? []), ...rows]);
  };
  put("own talk, in its talk (chat)", judged.talk);
  put(
    "own talk, line by line (chat)",
    judged.chat.filter(({ example }) => example.group >= 0),
  );
  put("haystack (chat)", haystackOf(judged.chat));
  const bySet = (rows: readonly Judged[], mode: DetectionMode) => {
    for (const name of new Set(rows.map(setOf)))
      put(
        `${name} (${mode})`,
        rows.filter((row) => setOf(row) === name),
      );
  };
  bySet(
    judged.chat.filter(({ example }) => example.kind !== "review" && example.kind !== "own"),
    "chat",
  );
  bySet(judged.reviews, "reviews");
  return sets;
}

/** Figures of all sets at the thresholds of the modes. */
export function figuresOf(
  judged: JudgedSets,
  thresholds: Readonly<Record<DetectionMode, number>>,
): Record<string, Figures> {
  const figures: Record<string, Figures> = {};
  for (const [name, rows] of setsOf(judged))
    figures[name] = measure(rows, thresholds[name.endsWith("(reviews)") ? "reviews" : "chat"]);
  return figures;
}

/** What is said about complaints beside that they are some, shares 0 to 1. */
export interface DetailFigures {
  /** Complaints found whose first two aspects hold one that was labelled. */
  readonly aspects: number;
  /** Lines labelled P1 that were found, and that were called P1. */
  readonly p1Found: number;
  readonly p1Named: number;
  readonly p1Lines: number;
}

/** Aspects and severity in the conversations. */
export function detailsOf(talk: readonly Judged[], threshold: number): DetailFigures {
  const complaints = talk.filter(({ label, example }) => label === 1 && example.aspects.length > 0);
  const found = complaints.filter(({ score }) => score >= threshold);
  const right = found.filter(({ example, aspects }) =>
    aspects.slice(0, 2).some((aspect) => example.aspects.includes(aspect)),
  );
  const first = talk.filter(({ example }) => example.severity === "P1");
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  return {
    aspects: share(right.length, found.length),
    p1Found: share(first.filter(({ score }) => score >= threshold).length, first.length),
    p1Named: share(first.filter(({ severity }) => severity === "P1").length, first.length),
    p1Lines: first.length,
  };
}
