import type { TracedNumber } from "#entities/types.js";
import { digestTexts } from "#src/i18n/digests.js";
import type { DigestDocument } from "./digest-document.js";
import { digestText } from "./digest-message.js";

/** How a report is written out. */
export const REPORT_FORMATS = ["text", "json", "csv"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The report as text for people, as JSON, or as CSV with one number per row. Ends with a newline. */
export function renderReport(document: DigestDocument, format: ReportFormat): string {
  switch (format) {
    case "text":
      return `${digestText(document)}\n`;
    case "json":
      return `${JSON.stringify(reportJson(document), null, 2)}\n`;
    case "csv":
      return reportCsv(document);
  }
}

/** The report as data: every number with numerator, denominator, window and formula. */
function reportJson(document: DigestDocument): Readonly<Record<string, unknown>> {
  const { group, from, to, generatedAt, numbers, sections } = document;
  return {
    group,
    from,
    to,
    generatedAt,
    numbers,
    sections: sections.map(({ id, title, lines }) => ({ id, title, lines })),
  };
}

const COLUMNS = [
  "id",
  "formula",
  "numerator",
  "denominator",
  "n",
  "value",
  "low",
  "high",
  "from",
  "to",
  "suppressed",
] as const satisfies readonly (keyof TracedNumber)[];

function reportCsv({ group, language, numbers }: DigestDocument): string {
  const header = (["group", ...COLUMNS] as const)
    .map((column) => textCell(digestTexts[language].csvColumn(column)))
    .join(",");
  const rows = numbers.map((number) =>
    [textCell(group), ...COLUMNS.map((column) => valueCell(number[column]))].join(","),
  );
  return `${[header, ...rows].join("\r\n")}\r\n`;
}

function valueCell(value: string | number | boolean | null): string {
  if (value === null) return '""';
  // Our own numbers stay numbers: a negative score is no formula.
  return typeof value === "string" ? textCell(value) : `"${String(value)}"`;
}

const STARTS_FORMULA = new Set(["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]);
/** Blanks and invisible marks that a spreadsheet skips before it looks for a formula. */
const SKIPPED = /^[\p{Zs}\p{Cf}\uFEFF]$/u;

/**
 * One quoted CSV cell of any text. Text that a spreadsheet would take for a formula, also after
 * blanks or invisible characters, gets an apostrophe in front (CWE-1236).
 */
export function textCell(text: string): string {
  const guarded = beginsFormula(text) ? `'${text}` : text;
  return `"${guarded.replaceAll('"', '""')}"`;
}

function beginsFormula(text: string): boolean {
  for (const letter of text) {
    if (STARTS_FORMULA.has(letter)) return true;
    if (!SKIPPED.test(letter)) return false;
  }
  return false;
}
