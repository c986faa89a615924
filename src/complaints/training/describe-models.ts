import { LANGUAGES } from "#entities/vocabulary.js";
import type { Figures } from "./measures.js";
import type { LanguageCard, ModelCard } from "./train-models.js";

const NAMES = { zh: "Chinese", en: "English" } as const;

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

function figureRow([name, figures]: [string, Figures]): string {
  const cells = [
    name,
    String(figures.rows),
    String(figures.complaints),
    percent(figures.precision),
    percent(figures.recall),
    percent(figures.f1),
    percent(figures.averagePrecision),
    percent(figures.macroF1),
    figures.falseAlarms.toFixed(1),
  ];
  return `| ${cells.join(" | ")} |`;
}

function describeLanguage(name: string, card: LanguageCard): string {
  const figures = Object.entries(card.figures).map(figureRow).join("\n");
  const sources = card.sources
    .map(
      (source) =>
        `| ${source.name} | ${source.rows} | ${source.complaints} | \`${source.sha256}\` |`,
    )
    .join("\n");
  return `## ${name}

Threshold in chats ${card.stacks.chat.threshold}, in reviews ${card.stacks.reviews.threshold}.
Table of 2^${card.options.bits} weights, ${card.options.epochs} rounds, seed ${card.options.seed}.

Held-out rows, percent; false alarms per 1,000 lines. A set without complaints has only the last.

| set (mode) | rows | complaints | precision | recall | F1 | average precision | macro-F1 | false alarms |
|---|---|---|---|---|---|---|---|---|
${figures}

| source | rows used | complaints | SHA-256 of the file |
|---|---|---|---|
${sources}
`;
}

/** The model card as a page for people. */
export function describeModels(card: ModelCard): string {
  const languages = LANGUAGES.map((language) =>
    describeLanguage(NAMES[language], card.languages[language]),
  );
  return `# How the complaint judges were made

${card.method}

No text of a data set is in the program; the weights are. Made anew by \`npm run train\`.

${languages.join("\n")}
## Limits

${card.limits.map((limit) => `- ${limit}`).join("\n")}
`;
}
