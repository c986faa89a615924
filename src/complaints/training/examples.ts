import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as z from "zod";
import type { Language } from "#entities/vocabulary.js";
import type { Example } from "./fit-linear.js";

/** A file that a training read, for the model card. */
export interface SourceStatement {
  readonly name: string;
  readonly sha256: string;
  readonly rows: number;
  readonly complaints: number;
}

/** All examples of a language and where they come from. */
export interface ExampleSet {
  readonly examples: readonly Example[];
  readonly sources: readonly SourceStatement[];
}

const rowSchema = z.object({
  id: z.string(),
  text: z.string(),
  label: z.union([z.literal(0), z.literal(1), z.null()]),
  sent: z.number().optional(),
  cat: z.string().optional(),
  src: z.string().optional(),
});
type Row = z.infer<typeof rowSchema>;

const labelsSchema = z.object({
  shortest: z.number(),
  complaints: z.array(z.string()),
});

/** Weight of a row in training; 0 leaves it out. */
type Weigh = (row: Row, label: 0 | 1) => number;

interface Source {
  readonly name: string;
  readonly weigh: Weigh;
}

/** Sets whose negatives hold many a plain complaint count less there. */
const DIRTY = 0.5;

const SOURCES: Readonly<Record<Language, readonly Source[]>> = {
  zh: [
    { name: "zh_waimai", weigh: (_row, label) => (label === 1 ? 1 : DIRTY) },
    { name: "zh_shopping", weigh: (row) => (row.cat === "酒店" || row.cat === "蒙牛" ? 0.5 : 1) },
    { name: "zh_hotel", weigh: () => 0.3 },
    { name: "zh_cosmetics", weigh: () => 1 },
    { name: "zh_conv", weigh: (_row, label) => (label === 0 ? 0.3 : 0) },
    { name: "zh_conv_auto", weigh: (_row, label) => (label === 0 ? 0.3 : 0) },
    { name: "zh_chat", weigh: () => 1 },
    { name: "zh_jddc", weigh: () => 4 },
  ],
  en: [
    { name: "en_complaints", weigh: () => 2 },
    { name: "en_airline", weigh: (row) => (row.sent === 0 ? DIRTY : 1) },
    { name: "en_chat", weigh: () => 1 },
  ],
};

/** Huiyin's own lines are few; English ones stand against many tweets and messages. */
const OWN_WEIGHT: Readonly<Record<Language, number>> = { zh: 6, en: 12 };

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function idOf(text: string): string {
  return createHash("sha1").update(text).digest("hex").slice(0, 16);
}

/** True for the rows that are kept apart for development: 15 % of each source, by the id. */
export function isHeldOut(id: string): boolean {
  return Number.parseInt(idOf(`dev:${id}`).slice(0, 8), 16) % 100 < 15;
}

/** Number of parts that the small, near sets are cut into for cross-fitting. */
export const FOLDS = 4;

/** The part (0 to 3) of an example of the sets nearest to a group, -1 for the others. */
export function foldOf(example: Example): number {
  if (!/^own_|jddc|en_complaints/u.test(example.source)) return -1;
  return Number.parseInt(idOf(`fold:${example.id}`).slice(0, 8), 16) % FOLDS;
}

function readRows(bytes: Uint8Array): Row[] {
  const rows: Row[] = [];
  for (const line of gunzipSync(bytes).toString("utf8").split("\n"))
    if (line !== "") rows.push(rowSchema.parse(JSON.parse(line)));
  return rows;
}

function readServiceLabels(): { readonly shortest: number; readonly complaints: Set<string> } {
  const file = new URL("./service-labels.json", import.meta.url);
  const labels = labelsSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  return { shortest: labels.shortest, complaints: new Set(labels.complaints) };
}

/** Labels the rows of the service set that came without one; too short ones stay out. */
function labelled(rows: readonly Row[], name: string): Row[] {
  if (name !== "zh_jddc") return rows.filter((row) => row.label !== null);
  const { shortest, complaints } = readServiceLabels();
  return rows.flatMap((row) => {
    if (row.label !== null) return [row];
    if (row.text.length < shortest) return [];
    return [{ ...row, label: complaints.has(row.id) ? 1 : 0 }];
  });
}

function readOwn(language: Language): { readonly bytes: Uint8Array; readonly examples: Example[] } {
  const bytes = readFileSync(new URL(`./lines-${language}.tsv`, import.meta.url));
  const examples: Example[] = [];
  for (const line of bytes.toString("utf8").split("\n")) {
    const tab = line.indexOf("\t");
    if (tab < 0) continue;
    const text = line.slice(tab + 1);
    const label = line.startsWith("-") ? 0 : 1;
    examples.push({
      id: idOf(text),
      text,
      label,
      weight: OWN_WEIGHT[language],
      source: `own_${language}`,
    });
  }
  return { bytes, examples };
}

function state(name: string, bytes: Uint8Array, examples: readonly Example[]): SourceStatement {
  const complaints = examples.filter((example) => example.label === 1).length;
  return { name, sha256: sha256(bytes), rows: examples.length, complaints };
}

/** True when the data sets are there. */
export function hasData(folder: URL): boolean {
  return existsSync(new URL("zh_chat.jsonl.gz", folder));
}

/** Reads all examples of a language: the public sets in `folder` and the lines written for Huiyin. */
export function readExamples(folder: URL, language: Language): ExampleSet {
  const examples: Example[] = [];
  const sources: SourceStatement[] = [];
  for (const { name, weigh } of SOURCES[language]) {
    const bytes = readFileSync(new URL(`${name}.jsonl.gz`, folder));
    const made: Example[] = [];
    for (const row of labelled(readRows(bytes), name)) {
      const label = row.label === 1 ? 1 : 0;
      const weight = weigh(row, label);
      const source = row.cat === undefined ? name : `${name}/${row.cat}`;
      if (weight > 0) made.push({ id: row.id, text: row.text, label, weight, source });
    }
    examples.push(...made);
    sources.push(state(name, bytes, made));
  }
  const own = readOwn(language);
  examples.push(...own.examples);
  sources.push(state(`lines-${language}.tsv`, own.bytes, own.examples));
  return { examples, sources };
}
