import { z } from "zod";
import type { Severity } from "#entities/vocabulary.js";
import { ASPECTS, SEVERITIES } from "#entities/vocabulary.js";
import type { Evidence } from "../detection/verdict.js";

const answerSchema = z
  .strictObject({
    complaint: z.boolean(),
    confidence: z.number().min(0).max(1),
    aspect: z.enum(ASPECTS).nullable(),
    severity: z.enum(SEVERITIES).nullable(),
  })
  .refine(({ complaint, aspect, severity }) =>
    complaint ? aspect !== null && severity !== null : aspect === null && severity === null,
  );

/** What the second opinion says of a line. */
export type OpinionAnswer = Readonly<z.infer<typeof answerSchema>>;

/** Why there is no answer; names no words and no address. */
export type OpinionFault =
  | "unreachable"
  | "late"
  | "status"
  | "redirected"
  | "too_long"
  | "not_json"
  | "wrong_shape";

/** Reads the words of a model strictly: anything but the agreed object is no answer. */
export function readAnswer(words: string): OpinionAnswer | OpinionFault {
  let raw: unknown;
  try {
    raw = JSON.parse(words);
  } catch {
    return "not_json";
  }
  const parsed = answerSchema.safeParse(raw);
  return parsed.success ? parsed.data : "wrong_shape";
}

const LEAST = 0.51;
const MOST = 0.95;

/** How sure the answer is of itself, 0.51 to 0.95: a model's certainty is not taken at its word. */
function sureness({ confidence }: OpinionAnswer): number {
  return Math.min(MOST, Math.max(LEAST, confidence));
}

/** The answer as one more piece of evidence, in log-odds: below 0 it speaks against a complaint. */
export function evidenceOf(answer: OpinionAnswer): Evidence {
  const sure = sureness(answer);
  const odds = Math.round(Math.log(sure / (1 - sure)) * 10_000) / 10_000;
  return { text: "", start: 0, end: 0, source: "opinion", weight: answer.complaint ? odds : -odds };
}

/** Severity of a case that the second opinion opens: P1 is for the rules alone, whatever it says. */
export function severityOf({ severity }: OpinionAnswer): Severity {
  return severity === null || severity === "P3" ? "P3" : "P2";
}
