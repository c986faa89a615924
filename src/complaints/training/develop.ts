import type { Language } from "#entities/vocabulary.js";
import type { Classifier } from "../detection/classifier.js";
import { gatherSignals, stackInputOf } from "../detection/judging.js";
import { normaliseText } from "../detection/normalised-text.js";
import type { RuleBook } from "../detection/rule-book.js";
import {
  combineSignals,
  type Stack,
  type StackInput,
  type Stacks,
  stackFeatures,
} from "../detection/stack.js";
import type { DetectionMode } from "../detection/verdict.js";
import { isHeldOut } from "./examples.js";
import type { Example } from "./fit-linear.js";
import { fitStack } from "./fit-stack.js";
import { type Figures, measure, quietThreshold, type Scored } from "./measures.js";

/** A held-out example with its signals. */
export interface Developed {
  readonly example: Example;
  readonly input: StackInput;
  /** A safety or legal rule fired. */
  readonly safety: boolean;
}

/**
 * The chat threshold lets through at most this many false alarms per 1,000 lines of chit-chat. The
 * English lines are longer than a group's (text messages and developers' talk), so more is let by.
 */
const MOST_FALSE_ALARMS: Readonly<Record<Language, number>> = { zh: 3, en: 5 };
/** Share of complaints in the development haystack. */
const NEEDLES = 0.03;
/** One line of praise for this many lines of chat. */
const CHAT_PER_PRAISE = 6;
const SHORTEST = 4;
const LONGEST = 60;

/** Reads the signals of all examples with the given judges. */
export function gatherDevelopment(
  examples: readonly Example[],
  language: Language,
  book: RuleBook,
  classifier: Classifier,
): Developed[] {
  return examples.map((example) => {
    const judged = gatherSignals(
      { text: example.text, language },
      [],
      normaliseText(example.text),
      {
        book,
        classifier: () => classifier,
      },
    );
    return { example, input: stackInputOf(judged), safety: judged.reading.safety !== null };
  });
}

type Kind = "chat" | "service" | "own" | "review";

function kindOf(example: Example): Kind {
  if (example.source.startsWith("own_")) return "own";
  if (example.source === "zh_jddc" || example.source === "en_complaints") return "service";
  return /chat|conv/u.test(example.source) ? "chat" : "review";
}

/** Weights of the kinds for the combination that is used in chats, complaints first. */
const CHAT_WEIGHTS: Readonly<Record<Kind, readonly [number, number]>> = {
  chat: [1, 1],
  service: [3, 3],
  own: [4, 4],
  review: [0.15, 0.3],
};

function isShort(row: Developed): boolean {
  const { length } = row.example.text;
  return length >= SHORTEST && length <= LONGEST;
}

function fitMode(rows: readonly Developed[], mode: DetectionMode): Stack {
  const examples = rows.flatMap((row) => {
    const kind = kindOf(row.example);
    const { label } = row.example;
    const weight =
      mode === "chat" ? CHAT_WEIGHTS[kind][label === 1 ? 0 : 1] : kind === "chat" ? 0 : 1;
    if (weight === 0 || (mode === "chat" && kind === "review" && !isShort(row))) return [];
    return [{ features: stackFeatures(row.input), label, weight }];
  });
  return fitStack(examples);
}

/** Evenly spaced members of a list. */
function spread<T>(rows: readonly T[], most: number): T[] {
  if (rows.length <= most) return [...rows];
  return Array.from(
    { length: most },
    (_, at) => rows[Math.floor((at * rows.length) / most)],
  ).flatMap((row) => (row === undefined ? [] : [row]));
}

/** Chat with 3 % complaints of all kinds: what a quiet group looks like. */
export function haystackOf(rows: readonly Developed[]): Developed[] {
  const short = rows.filter(isShort);
  const chat = short.filter(
    (row) => row.example.label === 0 && kindOf(row.example) !== "review" && isHay(row),
  );
  const praise = short.filter(
    (row) => row.example.label === 0 && kindOf(row.example) === "review" && isHay(row),
  );
  const hay = [...chat, ...spread(praise, Math.floor(chat.length / CHAT_PER_PRAISE))];
  const needles = short.filter((row) => row.example.label === 1);
  return [...hay, ...spread(needles, Math.round((hay.length * NEEDLES) / (1 - NEEDLES)))];
}

/** Half-weighted negatives are known to hold complaints, so they are no fair hay. */
function isHay(row: Developed): boolean {
  return row.example.weight >= 1;
}

function scored(rows: readonly Developed[], stack: Stack, mode: DetectionMode): Scored[] {
  return rows.map((row) => ({
    label: row.example.label,
    score: combineSignals(stack, row.input, mode, row.safety),
  }));
}

/** Fits both combinations and chooses the threshold for chats. */
export function fitStacks(rows: readonly Developed[], language: Language): Stacks {
  const chat = fitMode(rows, "chat");
  const chitChat = rows.filter((row) => kindOf(row.example) === "chat");
  const threshold = quietThreshold(scored(chitChat, chat, "chat"), MOST_FALSE_ALARMS[language]);
  return {
    chat: { ...chat, threshold: Math.round(threshold * 1_000) / 1_000 },
    reviews: fitMode(rows, "reviews"),
  };
}

/** Figures of the combinations by set: chats and service lines in chat mode, the rest as reviews. */
export function figuresOf(rows: readonly Developed[], stacks: Stacks): Record<string, Figures> {
  const figures: Record<string, Figures> = {};
  const heldOut = rows.filter((row) => isHeldOut(row.example.id));
  const haystack = scored(haystackOf(heldOut), stacks.chat, "chat");
  figures["haystack (chat)"] = measure(haystack, stacks.chat.threshold);
  const sets = new Map<string, Developed[]>();
  for (const row of rows) {
    const name = row.example.source.split("/")[0] ?? "";
    const members = sets.get(name);
    if (members === undefined) sets.set(name, [row]);
    else members.push(row);
  }
  for (const [name, members] of sets) {
    const first = members[0];
    if (first === undefined) continue;
    const mode =
      kindOf(first.example) === "review" || name === "en_complaints" ? "reviews" : "chat";
    const stack = stacks[mode];
    figures[`${name} (${mode})`] = measure(scored(members, stack, mode), stack.threshold);
  }
  return figures;
}

/** Every other row, so that no figure is taken from a row that the combination was fitted on. */
export function halves<T>(rows: readonly T[]): readonly [T[], T[]] {
  return [rows.filter((_, at) => at % 2 === 0), rows.filter((_, at) => at % 2 === 1)];
}
