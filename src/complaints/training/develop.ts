import type { Language } from "#entities/vocabulary.js";
import type { Classifier } from "../detection/classifier.js";
import { gatherSignals, stackInputOf } from "../detection/judging.js";
import { normaliseText } from "../detection/normalised-text.js";
import type { RuleBook } from "../detection/rule-book.js";
import {
  combineSignals,
  type Network,
  type StackInput,
  type Stacks,
  stackFeatures,
} from "../detection/stack.js";
import type { ContextLine } from "../detection/verdict.js";
import { type Example, FOLDS, foldOf, isNear, type Kind, partOf } from "./examples.js";
import { fitNetwork, type NetworkOptions } from "./fit-network.js";
import { isShort } from "./haystack.js";
import { logit } from "./measures.js";

/** An example with its signals, by a judge that has not seen it. */
interface Developed {
  readonly example: Example;
  readonly input: StackInput;
  /** A safety or legal rule fired. */
  readonly safety: boolean;
}

/** What signals are read with. */
export interface Reader {
  readonly language: Language;
  readonly book: RuleBook;
  /** The judge that was made without the part of the example. */
  readonly judgeOf: (example: Example) => Classifier;
}

/** The signals of an example after the given lines. */
function develop(
  example: Example,
  context: readonly ContextLine[],
  { language, book, judgeOf }: Reader,
): Developed {
  const { text, member } = example;
  const message = { text, language, memberKey: member };
  const judged = gatherSignals(message, context, normaliseText(text), {
    book,
    classifier: () => judgeOf(example),
  });
  return { example, input: stackInputOf(judged), safety: judged.reading.safety !== null };
}

/** One network: what it is fitted on, and how. */
interface Plan {
  /** 0 leaves a row out. */
  readonly weigh: (row: Developed) => number;
  readonly label?: (row: Developed) => 0 | 1;
  /** Which features it sees; all when absent. */
  readonly sees?: readonly number[];
  readonly options: NetworkOptions;
}

/** Of the large sets one row in three is enough, for a group's networks one of ten of those. */
const SAMPLED = 3;
const GROUP_SAMPLED = 10;
const isLarge = (kind: Kind) => kind === "chat" || kind === "review";
const isTweet = ({ source }: Example) => source === "en_complaints";
const isReview = (example: Example) => example.kind === "review" || isTweet(example);

/** In chats a short review stands for what is said of wares; most of a chat is chit-chat. */
const PUBLIC_REVIEW = 0.3;
const GROUP_WEIGHTS: Readonly<Record<Kind, number>> = {
  own: 1,
  lines: 0.5,
  service: 0.7,
  chat: 0.3,
  review: 0,
};
/** A line counts more in its talk than by itself. */
const TALK_SHARE = 1.4;
const LINE_SHARE = 0.6;
const GATE_SAMPLED = 0.3;
/** Places of the domain's log-odds and of the length among the features. */
const GATE_SEES = [0, 17];

function isSampled({ id }: Example): boolean {
  return partOf(id, "stack", SAMPLED) === 0;
}

function publicWeight({ example, input }: Developed): number {
  if (input.talk.going || example.role !== "customer") return 0;
  if (example.kind === "chat") return example.weight;
  if (isTweet(example)) return PUBLIC_REVIEW;
  return example.kind === "review" && isShort(example) ? PUBLIC_REVIEW * example.weight : 0;
}

function groupWeight({ example }: Developed): number {
  const { kind, id, role } = example;
  if (role !== "customer" || isTweet(example)) return 0;
  if (isLarge(kind) && partOf(id, "hay", GROUP_SAMPLED) !== 0) return 0;
  return GROUP_WEIGHTS[kind];
}

const GROUP_NETWORK: NetworkOptions = {
  hidden: 8,
  epochs: 12,
  rate: 0.005,
  decay: 0.003,
  seeds: [11, 12],
};

const PLANS = {
  public: {
    weigh: publicWeight,
    options: { hidden: 4, epochs: 6, rate: 0.005, decay: 0.003, seeds: [13, 14] },
  },
  line: {
    weigh: (row) => (row.input.talk.going ? 0 : groupWeight(row)),
    options: GROUP_NETWORK,
  },
  talk: {
    weigh: (row) => {
      const share = row.input.talk.going ? TALK_SHARE : LINE_SHARE;
      return groupWeight(row) * (row.example.kind === "own" ? share : 1);
    },
    options: GROUP_NETWORK,
  },
  gate: {
    weigh: ({ example, input }) => {
      if (input.talk.going || example.role !== "customer") return 0;
      if (isNear(example)) return 1;
      return isLarge(example.kind) ? GATE_SAMPLED : 1;
    },
    label: ({ example }) => (isNear(example) ? 1 : 0),
    sees: GATE_SEES,
    options: { hidden: 0, epochs: 6, rate: 0.01, decay: 0.001, seeds: [15] },
  },
  reviews: {
    weigh: ({ example, input }) => (isReview(example) && !input.talk.going ? 1 : 0),
    options: { hidden: 4, epochs: 4, rate: 0.005, decay: 0.003, seeds: [16] },
  },
} satisfies Readonly<Record<string, Plan>>;

function seen(features: number[], sees: readonly number[] | undefined): number[] {
  return sees === undefined
    ? features
    : features.map((value, at) => (sees.includes(at) ? value : 0));
}

/** A network of a plan: one fitted without each part, and one on all rows. */
interface Fitted {
  readonly parts: readonly Network[];
  readonly whole: Network;
}

const PARTS = Array.from({ length: FOLDS }, (_, fold) => fold);

function fitPlan(rows: readonly Developed[], { weigh, label, sees, options }: Plan): Fitted {
  const lessons = rows.flatMap((row) => {
    const weight = weigh(row);
    if (weight === 0) return [];
    const features = seen(stackFeatures(row.input), sees);
    return [
      { features, label: label?.(row) ?? row.example.label, weight, part: foldOf(row.example) },
    ];
  });
  const without = (fold: number) => lessons.filter(({ part }) => part !== fold);
  return {
    parts: PARTS.map((fold) => fitNetwork(without(fold), options)),
    whole: fitNetwork(lessons, options),
  };
}

/** Adds to the log-odds of a network. */
function shifted({ parts, whole }: Fitted, shift: number): Fitted {
  const move = (network: Network): Network => ({
    ...network,
    bias: Math.round((network.bias + shift) * 10_000) / 10_000,
  });
  return { parts: parts.map(move), whole: move(whole) };
}

/** The earlier lines of a conversation as the next line's context. */
export function contextLine({ text, member, role }: Example, score: number): ContextLine {
  const complaint = score >= CHAT_THRESHOLD;
  return { text, memberKey: member, role, at: 0, complaint, score, aspects: [] };
}

/** How many earlier lines a line is judged with. */
const CONTEXT_LINES = 20;

/** Runs through conversations: what is made of a line becomes context of the next ones. */
export function walkTalk(
  examples: readonly Example[],
  judge: (example: Example, context: readonly ContextLine[]) => ContextLine,
): void {
  let group = -1;
  let context: ContextLine[] = [];
  for (const example of examples) {
    if (example.group !== group) context = [];
    ({ group } = example);
    context.push(judge(example, context.slice(-CONTEXT_LINES)));
  }
}

/** The combinations: one for each part, made without it, and the one made of all rows. */
export interface FittedStacks {
  readonly parts: readonly Stacks[];
  readonly whole: Stacks;
}

/**
 * Score from which a line of a chat is a complaint. The networks of a group's talk give chances; they
 * are moved so that what is as likely as not stands here.
 */
export const CHAT_THRESHOLD = 0.55;
/** So many false alarms per 1,000 lines of chit-chat are let through. */
const MOST_FALSE_ALARMS: Readonly<Record<Language, number>> = { zh: 2.5, en: 4.5 };
const FURTHEST_SHIFT = 4;
const SHIFT_STEPS = 16;

type Combined = (fitted: Fitted) => readonly Stacks[];

/** How far the public network has to be moved for that, by halving. */
function quietShift(
  open: Fitted,
  chitChat: readonly Developed[],
  combined: Combined,
  mostFalse: number,
): number {
  let least = -FURTHEST_SHIFT;
  let most = FURTHEST_SHIFT;
  for (let step = 0; step < SHIFT_STEPS; step += 1) {
    const middle = (least + most) / 2;
    const stacks = combined(shifted(open, middle));
    const alarms = chitChat.filter(({ example, input, safety }) => {
      const stack = stacks[foldOf(example)]?.chat;
      if (stack === undefined) return false;
      return combineSignals(stack, input, "chat", safety) >= CHAT_THRESHOLD;
    });
    if (alarms.length * 1_000 > mostFalse * chitChat.length) most = middle;
    else least = middle;
  }
  return least;
}

/** The lines of the conversations after the lines before them, as a first network judged those. */
function inTalk(examples: readonly Example[], line: Fitted, reader: Reader): Developed[] {
  const rows: Developed[] = [];
  walkTalk(
    examples.filter(({ group }) => group >= 0),
    (example, context) => {
      const row = develop(example, context, reader);
      if (row.input.talk.going) rows.push(row);
      const network = line.parts[foldOf(example)];
      if (network === undefined || example.role !== "customer") return contextLine(example, 0);
      const stack = { network, threshold: CHAT_THRESHOLD };
      return contextLine(example, combineSignals(stack, row.input, "chat", row.safety));
    },
  );
  return rows;
}

/** Fits all networks, and brings those of chats to one threshold. */
export function fitStacks(examples: readonly Example[], reader: Reader): FittedStacks {
  const used = examples.filter((example) => !isLarge(example.kind) || isSampled(example));
  const alone = used.map((example) => develop(example, [], reader));
  const even = logit(CHAT_THRESHOLD);
  const line = shifted(fitPlan(alone, PLANS.line), even);
  const rows = [...alone, ...inTalk(examples, line, reader)];
  const talk = shifted(fitPlan(rows, PLANS.talk), even);
  const gate = fitPlan(alone, PLANS.gate);
  const reviews = fitPlan(alone, PLANS.reviews);
  const open = fitPlan(alone, PLANS.public);
  const stacks = (network: Fitted, of: (fitted: Fitted) => Network): Stacks => ({
    chat: {
      network: of(network),
      group: { line: of(line), talk: of(talk), gate: of(gate) },
      threshold: CHAT_THRESHOLD,
    },
    reviews: { network: of(reviews), threshold: 0.5 },
  });
  const partStacks: Combined = (network) =>
    PARTS.map((fold) => stacks(network, ({ parts, whole }) => parts[fold] ?? whole));
  const chitChat = alone.filter(({ example }) => example.kind === "chat");
  const shift = quietShift(open, chitChat, partStacks, MOST_FALSE_ALARMS[reader.language]);
  const calm = shifted(open, shift);
  return { parts: partStacks(calm), whole: stacks(calm, ({ whole }) => whole) };
}
