import type { Language } from "#entities/vocabulary.js";
import { encodeLinearModel, linearClassifier } from "../detection/linear-model.js";
import type { RuleBook } from "../detection/rule-book.js";
import type { Stacks } from "../detection/stack.js";
import { type Developed, figuresOf, fitStacks, gatherDevelopment, halves } from "./develop.js";
import { FOLDS, foldOf, isHeldOut, type SourceStatement } from "./examples.js";
import { type Example, type FitOptions, fitLinear } from "./fit-linear.js";
import type { Figures } from "./measures.js";

/** What a training makes for one language. */
export interface Trained {
  /** The model file, byte for byte. */
  readonly model: Uint8Array;
  readonly stacks: Stacks;
  /** Figures on held-out rows, none of which a model or combination that judged it was fitted on. */
  readonly figures: Readonly<Record<string, Figures>>;
  readonly options: FitOptions;
}

/** The settings that the shipped models are made with. */
export const SHIPPED_OPTIONS: Readonly<Record<Language, FitOptions>> = {
  zh: { language: "zh", bits: 21, epochs: 4, rate: 0.5, decay: 1e-5, seed: 20_260_901 },
  en: { language: "en", bits: 20, epochs: 6, rate: 0.5, decay: 1e-6, seed: 20_260_902 },
};

/** A model card in data: how the shipped files were made and what they reach. */
export interface ModelCard {
  readonly format: "huiyin-model-card-1";
  readonly method: string;
  readonly limits: readonly string[];
  readonly languages: Readonly<Record<Language, LanguageCard>>;
}

/** The part of the card for one language. */
export interface LanguageCard {
  readonly options: FitOptions;
  readonly sources: readonly SourceStatement[];
  readonly stacks: Stacks;
  readonly figures: Readonly<Record<string, Figures>>;
}

/**
 * Signals of rows that the judging model has not seen: the held-out rows of all sets, and the near
 * sets in full, part by part, each by a model that was trained without that part.
 */
function crossFit(examples: readonly Example[], options: FitOptions, book: RuleBook): Developed[] {
  const { language } = options;
  const rows: Developed[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const isUnseen = (example: Example) => foldOf(example) === fold || isHeldOut(example.id);
    const model = linearClassifier(
      fitLinear(
        examples.filter((example) => !isUnseen(example)),
        options,
      ),
    );
    const judged = examples.filter((example) => {
      const part = foldOf(example);
      return part === fold || (part === -1 && fold === 0 && isHeldOut(example.id));
    });
    rows.push(...gatherDevelopment(judged, language, book, model));
  }
  return rows;
}

/** The mean of the figures of two halves, each judged by what was fitted on the other. */
function crossFigures(rows: readonly Developed[], language: Language): Record<string, Figures> {
  const [first, second] = halves(rows);
  const one = figuresOf(first, fitStacks(second, language));
  const two = figuresOf(second, fitStacks(first, language));
  const mean: Record<string, Figures> = {};
  for (const [name, figures] of Object.entries(one)) {
    const other = two[name] ?? figures;
    mean[name] = {
      rows: figures.rows + other.rows,
      complaints: figures.complaints + other.complaints,
      precision: between(figures.precision, other.precision),
      recall: between(figures.recall, other.recall),
      f1: between(figures.f1, other.f1),
      falseAlarms: between(figures.falseAlarms, other.falseAlarms),
      accuracy: between(figures.accuracy, other.accuracy),
      macroF1: between(figures.macroF1, other.macroF1),
      averagePrecision: between(figures.averagePrecision, other.averagePrecision),
    };
  }
  return mean;
}

function between(one: number, other: number): number {
  return Math.round(((one + other) / 2) * 10_000) / 10_000;
}

/**
 * Trains the judge of one language: combinations and figures from rows that its models had not seen,
 * then the shipped model from all rows. The same examples and options give the same bytes.
 */
export function trainLanguage(
  examples: readonly Example[],
  options: FitOptions,
  book: RuleBook,
): Trained {
  const rows = crossFit(examples, options, book);
  return {
    stacks: fitStacks(rows, options.language),
    figures: crossFigures(rows, options.language),
    model: encodeLinearModel(fitLinear(examples, options)),
    options,
  };
}

/** The fixed words of the model card. */
export const CARD_WORDS = {
  format: "huiyin-model-card-1",
  method:
    "Per language one logistic regression (AdaGrad, seeded) over hashed character 1-4-grams (zh) or words 1-2 and character 2-4-grams (en), weights rounded to one byte. Its log-odds, the strength of the word rules, the sentiment and further marks of the text are combined by a second logistic regression, one for chats and one for reviews, fitted by Newton's method on rows that the judging model had not seen (15 % of each set by a hash of the id; the service lines and Huiyin's own lines cross-fitted in four parts). The chat threshold is the lowest with at most 3 (zh) or 5 (en) false alarms per 1,000 lines of unseen chit-chat. The shipped weights are trained on all rows.",
  limits: [
    "No real group-buy chat was available: text messages, chit-chat, service lines and lines written for Huiyin stand in for it.",
    "The unlabelled service lines were labelled by one language model in one pass, without context; about one label in ten is arguable.",
    "Chit-chat counts as no complaint without having been read. Labels of reviews speak of the whole review.",
    "Dialect, voice, pictures and irony without a word of trouble are not understood.",
    "The word lists were improved after reading misses among Huiyin's own lines and the likeliest false alarms among held-out chat, so the figures there flatter.",
    "Praise in the haystack comes from reviews whose labels hold about one plain complaint in ten: its false alarms are counted too high.",
    "The figures are means over two halves of the held-out rows, each judged by a combination fitted on the other half.",
  ],
} as const;
