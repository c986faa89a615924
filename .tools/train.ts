/** Trains the complaint judges anew: `npm run train`. Needs the data sets in ../shared/data. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { LANGUAGES, type Language } from "#entities/vocabulary.js";
import { loadShippedLexicons } from "#src/complaints/detection/detector.js";
import { compileRuleBook } from "#src/complaints/detection/rule-book.js";
import type { Stacks } from "#src/complaints/detection/stack.js";
import { describeModels } from "#src/complaints/training/describe-models.js";
import { hasData, readExamples } from "#src/complaints/training/examples.js";
import {
  CARD_WORDS,
  type LanguageCard,
  SHIPPED_OPTIONS,
  trainLanguage,
} from "#src/complaints/training/train-models.js";

const data = new URL("../../shared/data/", import.meta.url);
const models = new URL("../src/complaints/detection/models/", import.meta.url);

function train(): void {
  if (!hasData(data)) {
    console.error(`No data sets in ${data.pathname}: the shipped models stay as they are.`);
    process.exitCode = 1;
    return;
  }
  mkdirSync(models, { recursive: true });
  const book = compileRuleBook(loadShippedLexicons());
  const cards: Partial<Record<Language, LanguageCard>> = {};
  const stacks: Partial<Record<Language, Stacks>> = {};
  for (const language of LANGUAGES) {
    const { examples, sources } = readExamples(data, language);
    console.info(`${language}: ${examples.length} examples`);
    const trained = trainLanguage(examples, SHIPPED_OPTIONS[language], book);
    writeFileSync(new URL(`${language}.bin`, models), trained.model);
    stacks[language] = trained.stacks;
    cards[language] = {
      options: trained.options,
      sources,
      stacks: trained.stacks,
      figures: trained.figures,
    };
  }
  const { zh, en } = cards;
  if (zh === undefined || en === undefined) return;
  const card = { ...CARD_WORDS, languages: { zh, en } };
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  writeFileSync(new URL("stacks.json", models), json(stacks));
  writeFileSync(new URL("model-card.json", models), json(card));
  const formatter = fileURLToPath(new URL("../node_modules/.bin/biome", import.meta.url));
  execFileSync(
    formatter,
    ["format", "--write", "--config-path=.biome.json", fileURLToPath(models)],
    {
      cwd: fileURLToPath(new URL("..", import.meta.url)),
    },
  );
  const page = describeModels(card);
  writeFileSync(new URL("model-card.md", models), page);
  console.info(page);
}

train();
