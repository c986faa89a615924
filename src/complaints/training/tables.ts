import type { Language } from "#entities/vocabulary.js";
import { GENERAL_SHARE } from "../detection/linear-model.js";
import { DETAILS, type TrainedWeights } from "../detection/model-file.js";
import { toBytes } from "./byte-tables.js";
import { type Example, foldOf, isNear, partOf } from "./examples.js";
import {
  type FitOptions,
  fitWeights,
  type Lesson,
  type Packed,
  packTexts,
  scorePacked,
  type Weights,
} from "./fit-linear.js";

/** Settings of all tables of a language. */
export interface TableOptions {
  readonly language: Language;
  /** The tables have 2^bits places; that of the details 2^detailBits. */
  readonly bits: number;
  readonly detailBits: number;
  readonly general: FitOptions;
  readonly group: FitOptions;
  readonly reviews: FitOptions;
  readonly domain: FitOptions;
  readonly details: FitOptions;
}

/** Weights of the kinds of near texts in the group's table. */
const GROUP_WEIGHTS = { own: 2, lines: 0.5, service: 0.5, chat: 0.3, review: 0 } as const;
/** Every seventh line of chit-chat is enough to tell a group's talk from it. */
const CHAT_SHARE = 7;

/** All texts of a language, hashed, with what the general tables say of those they have not seen. */
export interface Material {
  readonly examples: readonly Example[];
  readonly packed: Packed;
  readonly detailPacked: Packed;
  readonly general: readonly Weights[];
  readonly reviews: readonly Weights[];
  /** Log-odds by the general table that was fitted without the text's part. */
  readonly offsets: Float32Array;
}

type Choice = (example: Example) => boolean;

function generalLessons(examples: readonly Example[], chosen: Choice): Lesson[] {
  return examples.flatMap((example, number) =>
    example.weight > 0 && chosen(example)
      ? [{ number, label: example.label, weight: example.weight, offset: 0 }]
      : [],
  );
}

function reviewLessons(examples: readonly Example[], chosen: Choice): Lesson[] {
  return examples.flatMap((example, number) =>
    (example.kind === "review" || example.source === "en_complaints") && chosen(example)
      ? [{ number, label: example.label, weight: 1, offset: 0 }]
      : [],
  );
}

function groupLessons({ examples, offsets }: Material, chosen: Choice): Lesson[] {
  return examples.flatMap((example, number) => {
    const isHay = example.kind === "chat" && partOf(example.id, "hay", CHAT_SHARE) === 0;
    if (example.role !== "customer" || !(isNear(example) || isHay) || !chosen(example)) return [];
    const offset = GENERAL_SHARE * (offsets[number] ?? 0);
    return [{ number, label: example.label, weight: GROUP_WEIGHTS[example.kind], offset }];
  });
}

/** Weights of the kinds in the table that tells a shop's talk from all other. */
const DOMAIN_WEIGHTS = { own: 1.5, lines: 0.5, service: 0.6, chat: 0.5, review: 0.5 } as const;
/** Every fifth text of the others is enough for that. */
const OTHERS_SHARE = 5;

function domainLessons(examples: readonly Example[], chosen: Choice): Lesson[] {
  return examples.flatMap((example, number) => {
    const near = isNear(example);
    const used = near || partOf(example.id, "other", OTHERS_SHARE) === 0;
    if (example.role !== "customer" || !used || !chosen(example)) return [];
    return [{ number, label: near ? 1 : 0, weight: DOMAIN_WEIGHTS[example.kind], offset: 0 }];
  });
}

/** Hashes all texts and fits the general tables, once without each part. */
export function prepareMaterial(
  examples: readonly Example[],
  options: TableOptions,
  folds: readonly number[],
): Material {
  const texts = examples.map(({ text }) => text);
  const packed = packTexts(texts, options.language, options.bits);
  const general: Weights[] = [];
  const reviews: Weights[] = [];
  const offsets = new Float32Array(examples.length);
  for (const fold of folds) {
    const chosen: Choice = (example) => foldOf(example) !== fold;
    const fitted = fitWeights(packed, generalLessons(examples, chosen), options.general);
    general.push(fitted);
    reviews.push(fitWeights(packed, reviewLessons(examples, chosen), options.reviews));
    examples.forEach((example, number) => {
      if (foldOf(example) === fold) offsets[number] = scorePacked(packed, number, fitted);
    });
  }
  const detailPacked = packTexts(texts, options.language, options.detailBits);
  return { examples, packed, detailPacked, general, reviews, offsets };
}

/** Whether a complaint is one of harm; null where nobody has said so. */
function harmOf({ kind, severity }: Example): 0 | 1 | null {
  if (kind !== "own" && kind !== "lines") return null;
  return severity === "P1" ? 1 : 0;
}

function detailOf(example: Example, detail: (typeof DETAILS)[number]): 0 | 1 | null {
  if (detail === "harm") return harmOf(example);
  if (example.aspects.length === 0) return null;
  return example.aspects.includes(detail) ? 1 : 0;
}

function fitDetails({ examples, detailPacked }: Material, options: FitOptions, chosen: Choice) {
  return DETAILS.map((detail) => {
    const lessons = examples.flatMap((example, number): Lesson[] => {
      const label = example.label === 1 && chosen(example) ? detailOf(example, detail) : null;
      if (label === null) return [];
      return [{ number, label, weight: example.kind === "own" ? 1 : 0.5, offset: 0 }];
    });
    return fitWeights(detailPacked, lessons, options);
  });
}

/** The weights of one language, learned from all examples but those of a part; null = from all. */
export function fitTables(
  material: Material,
  options: TableOptions,
  without: number | null,
): TrainedWeights {
  const { examples, packed } = material;
  const chosen: Choice = (example) => without === null || foldOf(example) !== without;
  const general =
    without === null
      ? fitWeights(packed, generalLessons(examples, chosen), options.general)
      : material.general[without];
  const reviews =
    without === null
      ? fitWeights(packed, reviewLessons(examples, chosen), options.reviews)
      : material.reviews[without];
  if (general === undefined || reviews === undefined) throw new Error(`no part ${String(without)}`);
  const group = fitWeights(packed, groupLessons(material, chosen), options.group);
  const domain = fitWeights(packed, domainLessons(examples, chosen), options.domain);
  return {
    language: options.language,
    tables: toBytes([general, group, reviews, domain]),
    details: toBytes(fitDetails(material, options.details, chosen)),
  };
}
