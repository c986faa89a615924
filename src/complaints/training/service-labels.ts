import { readFileSync } from "node:fs";
import * as z from "zod";
import { ASPECTS, type Aspect } from "#entities/vocabulary.js";
import type { Row } from "./examples.js";

const fileSchema = z.object({
  labels: z.record(z.string(), z.object({ aspect: z.enum(ASPECTS), severity: z.number() })),
  borderline: z.array(z.string()),
  read: z.array(z.string()),
});

/** What was read in the unlabelled rows of a set of service lines, by id. */
export interface ServiceLabels {
  readonly aspects: ReadonlyMap<string, Aspect>;
  readonly read: ReadonlySet<string>;
  readonly borderline: ReadonlySet<string>;
}

const FILES: Readonly<Record<string, readonly string[]>> = {
  zh_jddc: ["zh-jddc-1.json", "zh-jddc-2.json"],
  zh_taobao: ["zh-taobao.json"],
};

/** The labels of a set; null for a set that comes with its own. */
export function readServiceLabels(name: string): ServiceLabels | null {
  const files = FILES[name];
  if (files === undefined) return null;
  const aspects = new Map<string, Aspect>();
  const read = new Set<string>();
  const borderline = new Set<string>();
  for (const file of files) {
    const text = readFileSync(new URL(`./labels/${file}`, import.meta.url), "utf8");
    const given = fileSchema.parse(JSON.parse(text));
    for (const [id, { aspect }] of Object.entries(given.labels)) aspects.set(id, aspect);
    for (const id of given.read) read.add(id);
    for (const id of given.borderline) borderline.add(id);
  }
  return { aspects, read, borderline };
}

/** The set's own names of aspects, where they mean one of ours. */
const GOLD: Readonly<Record<string, readonly Aspect[]>> = {
  quality: ["quality"],
  delivery: ["delivery"],
  service: ["service"],
  order: ["service"],
  price: ["price"],
  refund: ["refund"],
};

/** The label of a service line and what it is about; null for one that nobody read or is arguable. */
export function applyLabels(
  row: Row,
  labels: ServiceLabels,
): { readonly label: 0 | 1; readonly aspects: readonly Aspect[] } | null {
  if (row.label !== null) return { label: row.label, aspects: GOLD[row.aspect ?? ""] ?? [] };
  if (!labels.read.has(row.id) || labels.borderline.has(row.id)) return null;
  const aspect = labels.aspects.get(row.id);
  return aspect === undefined ? { label: 0, aspects: [] } : { label: 1, aspects: [aspect] };
}
