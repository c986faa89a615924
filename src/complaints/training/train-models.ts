import type { Language } from "#entities/vocabulary.js";
import type { TrainedModel } from "../detection/classifier.js";
import { linearClassifier } from "../detection/linear-model.js";
import { encodeModel } from "../detection/model-file.js";
import type { RuleBook } from "../detection/rule-book.js";
import type { Stacks } from "../detection/stack.js";
import { type FittedStacks, fitStacks } from "./develop.js";
import { type Example, FOLDS, foldOf, type SourceStatement } from "./examples.js";
import { type DetailFigures, detailsOf, figuresOf, type JudgedSets, judgeSets } from "./figures.js";
import type { Figures } from "./measures.js";
import { fitTables, prepareMaterial, type TableOptions } from "./tables.js";

/** What a training makes for one language. */
export interface Trained {
  /** The model file, byte for byte. */
  readonly model: Uint8Array;
  readonly stacks: Stacks;
  /** Verdicts on all examples, each by a judge that was made without its part. */
  readonly judged: JudgedSets;
  readonly figures: Readonly<Record<string, Figures>>;
  readonly details: DetailFigures;
  readonly options: TableOptions;
}

const GROUP_FIT = { epochs: 5, rate: 0.2, decay: 1e-5 } as const;
const DOMAIN_FIT = { epochs: 3, rate: 0.2, decay: 1e-5 } as const;
const DETAIL_FIT = { epochs: 12, rate: 0.3, decay: 1e-5 } as const;

/** The settings that the shipped models are made with. */
export const SHIPPED_OPTIONS: Readonly<Record<Language, TableOptions>> = {
  zh: {
    language: "zh",
    bits: 20,
    detailBits: 14,
    general: { epochs: 4, rate: 0.5, decay: 1e-5, seed: 20_260_901 },
    group: { ...GROUP_FIT, seed: 20_260_903 },
    reviews: { epochs: 4, rate: 0.5, decay: 1e-5, seed: 20_260_905 },
    domain: { ...DOMAIN_FIT, seed: 20_260_909 },
    details: { ...DETAIL_FIT, seed: 20_260_907 },
  },
  en: {
    language: "en",
    bits: 19,
    detailBits: 14,
    general: { epochs: 6, rate: 0.5, decay: 1e-6, seed: 20_260_902 },
    group: { ...GROUP_FIT, seed: 20_260_904 },
    reviews: { epochs: 6, rate: 0.5, decay: 1e-6, seed: 20_260_906 },
    domain: { ...DOMAIN_FIT, seed: 20_260_910 },
    details: { ...DETAIL_FIT, seed: 20_260_908 },
  },
};

/** A model card in data: how the shipped files were made and what they reach. */
export interface ModelCard {
  readonly format: "huiyin-model-card-2";
  readonly method: string;
  readonly limits: readonly string[];
  readonly languages: Readonly<Record<Language, LanguageCard>>;
}

/** The part of the card for one language. */
export interface LanguageCard {
  readonly options: TableOptions;
  readonly sources: readonly SourceStatement[];
  readonly thresholds: Readonly<Record<keyof Stacks, number>>;
  readonly figures: Readonly<Record<string, Figures>>;
  readonly details: DetailFigures;
}

/**
 * Trains the judge of one language. All examples are cut into four parts (conversations whole); the
 * combinations and figures rest on tables that were fitted without the part they judge, the shipped
 * tables on all rows. The same examples and options give the same bytes.
 */
export function trainLanguage(
  examples: readonly Example[],
  options: TableOptions,
  book: RuleBook,
): Trained {
  const { language } = options;
  const folds = Array.from({ length: FOLDS }, (_, fold) => fold);
  const material = prepareMaterial(examples, options, folds);
  const judges = folds.map((fold) => linearClassifier(fitTables(material, options, fold)));
  const fitted: FittedStacks = fitStacks(examples, {
    language,
    book,
    judgeOf: (example) => {
      const judge = judges[foldOf(example)];
      if (judge === undefined) throw new Error(`no judge for ${example.id}`);
      return judge;
    },
  });
  const parts = judges.flatMap((classifier, fold): TrainedModel[] => {
    const stacks = fitted.parts[fold];
    return stacks === undefined ? [] : [{ classifier, stacks }];
  });
  const judged = judgeSets(examples, language, parts);
  const { threshold } = fitted.whole.chat;
  return {
    model: encodeModel(fitTables(material, options, null)),
    stacks: fitted.whole,
    judged,
    figures: figuresOf(judged, { chat: threshold, reviews: fitted.whole.reviews.threshold }),
    details: detailsOf(judged.talk, threshold),
    options,
  };
}
