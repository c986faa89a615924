import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import * as z from "zod";
import { ASPECTS, type Language, ROLES, SEVERITIES } from "#entities/vocabulary.js";
import type { Example } from "./examples.js";

/** Lines written for Huiyin, with the bytes they were read from. */
export interface OwnLines {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly examples: readonly Example[];
}

const lineSchema = z.object({
  id: z.string(),
  member: z.string(),
  role: z.enum(ROLES),
  text: z.string(),
  complaint: z.boolean(),
  aspects: z.array(z.enum(ASPECTS)),
  severity: z.enum(SEVERITIES).nullable(),
});

function idOf(text: string): string {
  return createHash("sha1").update(text).digest("hex").slice(0, 16);
}

/** Single lines: what the complaint is about (- for none), a severity where it is high, the text. */
export function readLines(language: Language): OwnLines {
  const name = `lines-${language}.tsv`;
  const bytes = readFileSync(new URL(`./${name}`, import.meta.url));
  const examples: Example[] = [];
  for (const line of bytes.toString("utf8").split("\n")) {
    const tab = line.indexOf("\t");
    if (tab < 0) continue;
    const text = line.slice(tab + 1);
    const [first, severity] = line.slice(0, tab).split("/");
    examples.push({
      id: idOf(text),
      text,
      label: first === "-" ? 0 : 1,
      weight: 0,
      source: `lines_${language}`,
      kind: "lines",
      group: -1,
      role: "customer",
      member: "",
      aspects: ASPECTS.filter((aspect) => aspect === first),
      severity: SEVERITIES.find((one) => one === severity) ?? null,
    });
  }
  return { name, bytes, examples };
}

/** Whole conversations, one file a group, in the order in which they were said. */
export function readConversations(language: Language): OwnLines {
  const folder = new URL(`./corpus/${language}/`, import.meta.url);
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".jsonl"))
    .sort();
  const contents = files.map((file) => readFileSync(new URL(file, folder)));
  const examples = contents.flatMap((bytes, group) =>
    bytes
      .toString("utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line): Example => {
        const { complaint, ...said } = lineSchema.parse(JSON.parse(line));
        const label = complaint ? 1 : 0;
        return { ...said, label, weight: 0, source: `own_${language}`, kind: "own", group };
      }),
  );
  return { name: `corpus/${language}`, bytes: Buffer.concat(contents), examples };
}
