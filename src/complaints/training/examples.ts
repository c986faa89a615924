import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as z from "zod";
import type { Aspect, Language, Role, Severity } from "#entities/vocabulary.js";
import { readConversations, readLines } from "./own-lines.js";
import { applyLabels, readServiceLabels, type ServiceLabels } from "./service-labels.js";

/** What kind of text a row is: what the weights and the figures are ordered by. */
export type Kind = "own" | "lines" | "service" | "chat" | "review";

/** A labelled text. */
export interface Example {
  readonly id: string;
  readonly text: string;
  readonly label: 0 | 1;
  /** How much it counts in the general table; 1 = once, 0 = not at all. */
  readonly weight: number;
  /** The set it comes from. */
  readonly source: string;
  readonly kind: Kind;
  /** Conversation it belongs to, from 0; -1 for a text that stands alone. */
  readonly group: number;
  readonly role: Role;
  readonly member: string;
  /** What a complaint is about; empty where nobody has said so. */
  readonly aspects: readonly Aspect[];
  readonly severity: Severity | null;
}

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
  gold: z.number().optional(),
  aspect: z.string().optional(),
});

/** A row of a data set. */
export type Row = z.infer<typeof rowSchema>;

interface Source {
  readonly name: string;
  readonly kind: Kind;
  /** Weight in the general table. */
  readonly weigh: (row: Row, label: 0 | 1) => number;
}

/** Sets whose negatives hold many a plain complaint count less there. */
const DIRTY = 0.5;
const FAR = new Set(["酒店", "蒙牛"]);

const SOURCES: Readonly<Record<Language, readonly Source[]>> = {
  zh: [
    { name: "zh_waimai", kind: "review", weigh: (_row, label) => (label === 1 ? 1 : DIRTY) },
    {
      name: "zh_shopping",
      kind: "review",
      weigh: (row) => (FAR.has(row.cat ?? "") ? DIRTY : 1),
    },
    { name: "zh_hotel", kind: "review", weigh: () => 0.3 },
    { name: "zh_cosmetics", kind: "review", weigh: () => 1 },
    { name: "zh_conv", kind: "chat", weigh: (_row, label) => (label === 0 ? 0.3 : 0) },
    { name: "zh_conv_auto", kind: "chat", weigh: (_row, label) => (label === 0 ? 0.3 : 0) },
    { name: "zh_chat", kind: "chat", weigh: () => 1 },
    { name: "zh_jddc", kind: "service", weigh: () => 0 },
    { name: "zh_taobao", kind: "service", weigh: () => 0 },
  ],
  en: [
    { name: "en_complaints", kind: "service", weigh: () => 2 },
    { name: "en_airline", kind: "review", weigh: (row) => (row.sent === 0 ? DIRTY : 1) },
    { name: "en_chat", kind: "chat", weigh: () => 1 },
  ],
};

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Number of parts that all examples are cut into for cross-fitting. */
export const FOLDS = 4;

/** A number from 0 to `parts` - 1 that an id always has for the same use. */
export function partOf(id: string, use: string, parts: number): number {
  const digest = createHash("sha1").update(`${use}:${id}`).digest("hex").slice(0, 8);
  return Number.parseInt(digest, 16) % parts;
}

/** The part (0 to 3) of an example; a conversation stays whole. */
export function foldOf(example: Example): number {
  return example.group >= 0 ? example.group % FOLDS : partOf(example.id, "fold", FOLDS);
}

/** Texts nearest to a group's talk: what the group's table is learned from. */
export function isNear({ kind, source }: Example): boolean {
  return kind === "own" || kind === "lines" || (kind === "service" && source !== "en_complaints");
}

function readRows(bytes: Uint8Array): Row[] {
  const rows: Row[] = [];
  for (const line of gunzipSync(bytes).toString("utf8").split("\n"))
    if (line !== "") rows.push(rowSchema.parse(JSON.parse(line)));
  return rows;
}

/** An example that stands alone and is said by a customer. */
function alone(row: Row, source: Source, labels: ServiceLabels | null): Example | null {
  const known = labels === null ? { label: row.label, aspects: [] } : applyLabels(row, labels);
  if (known === null || known.label === null) return null;
  const { name, kind, weigh } = source;
  const weight = weigh(row, known.label);
  if (weight === 0 && labels === null) return null;
  return {
    id: row.id,
    text: row.text,
    label: known.label,
    weight,
    source: row.cat === undefined ? name : `${name}/${row.cat}`,
    kind,
    group: -1,
    role: "customer",
    member: "",
    aspects: known.aspects,
    severity: null,
  };
}

function state(name: string, sums: string, examples: readonly Example[]): SourceStatement {
  const complaints = examples.filter((example) => example.label === 1).length;
  return { name, sha256: sums, rows: examples.length, complaints };
}

/** True when the data sets are there. */
export function hasData(folder: URL): boolean {
  return existsSync(new URL("zh_chat.jsonl.gz", folder));
}

/** Reads all examples of a language: the public sets in `folder` and the lines written for Huiyin. */
export function readExamples(folder: URL, language: Language): ExampleSet {
  const examples: Example[] = [];
  const sources: SourceStatement[] = [];
  for (const source of SOURCES[language]) {
    const bytes = readFileSync(new URL(`${source.name}.jsonl.gz`, folder));
    const labels = readServiceLabels(source.name);
    const made = readRows(bytes)
      .map((row) => alone(row, source, labels))
      .filter((example) => example !== null);
    for (const example of made) examples.push(example);
    sources.push(state(source.name, sha256(bytes), made));
  }
  for (const own of [readLines(language), readConversations(language)]) {
    examples.push(...own.examples);
    sources.push(state(own.name, sha256(own.bytes), own.examples));
  }
  return { examples, sources };
}
