import { z } from "zod";
import { LANGUAGES, QUESTION_KINDS } from "#entities/vocabulary.js";
import { checkZone } from "#src/scheduling/time-zone.js";
import { AppError } from "#src/shared/app-error.js";

/** An instant: ISO 8601 with zone or "Z", or epoch milliseconds. */
const instant = z.union([
  z.number().int(),
  z.iso
    .datetime({ offset: true, local: true })
    .transform((text) => Date.parse(hasZone(text) ? text : `${text}+08:00`)),
]);

function hasZone(text: string): boolean {
  return /(Z|[+-]\d\d:?\d\d)$/.test(text);
}

const id = z.union([z.string().min(1).max(120), z.number().int()]).transform(String);
const name = z.string().min(1).max(120);

const messageLine = z.object({
  kind: z.literal("message"),
  id,
  group: name,
  at: instant,
  member: name,
  role: z.enum(["customer", "staff", "leader"]).default("customer"),
  text: z.string(),
  repliesTo: id.optional(),
});

const surveyLine = z.object({
  kind: z.literal("survey"),
  id,
  group: name,
  at: instant,
  question: z.enum(QUESTION_KINDS),
  closes: instant,
});

const groupLine = z.object({
  kind: z.literal("group"),
  group: name,
  at: instant,
  name: name.optional(),
  language: z.enum(LANGUAGES).optional(),
  timeZone: z
    .string()
    .refine((zone) => checkZone(zone).kind === "ok")
    .optional(),
  purpose: z.enum(["customers", "staff"]).optional(),
  staffRoom: name.optional(),
});

const line = z.discriminatedUnion("kind", [messageLine, surveyLine, groupLine]);

export type MessageLine = z.infer<typeof messageLine>;
export type SurveyLine = z.infer<typeof surveyLine>;
export type GroupLine = z.infer<typeof groupLine>;
/** One line of a transcript: something said, a survey that is opened, or what a group is like. */
export type TranscriptLine = z.infer<typeof line>;

const EXPECTED: Readonly<Record<string, string>> = {
  at: "an ISO 8601 time such as 2026-11-20T09:30:00+08:00, or epoch milliseconds",
  closes: "an ISO 8601 time such as 2026-11-20T21:00:00+08:00, or epoch milliseconds",
  role: "customer, staff or leader",
  question: QUESTION_KINDS.join(", "),
  kind: "message, survey or group (or no kind for a message)",
  timeZone: "an IANA time zone such as Asia/Shanghai",
  language: "zh or en",
};

/** Reads one line of JSON. Throws `invalid-input` naming the field and what was expected. */
export function parseTranscriptLine(text: string): TranscriptLine {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new AppError("invalid-input", "not a line of JSON", { field: "line" });
  }
  const withKind =
    typeof raw === "object" && raw !== null && !("kind" in raw) ? { ...raw, kind: "message" } : raw;
  const parsed = line.safeParse(withKind);
  if (parsed.success) return parsed.data;
  const field = String(parsed.error.issues[0]?.path[0] ?? "line");
  const expected = EXPECTED[field] ?? "a text of 1 to 120 characters";
  throw new AppError("invalid-input", `field "${field}": expected ${expected}`, {
    field,
    expected,
  });
}
