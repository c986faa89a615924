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
/** Ids of what the bot said are made from what it answers, and longer than a transcript's own. */
const reference = z.union([z.string().min(1).max(300), z.number().int()]).transform(String);
const name = z.string().min(1).max(120);

/** What every deed of a member carries. */
const deed = z.object({
  id,
  group: name,
  at: instant,
  member: name,
  /** How the member is shown; the member's id when absent. */
  name: name.optional(),
  role: z.enum(["customer", "staff", "leader"]).default("customer"),
});

const messageLine = deed.extend({
  kind: z.literal("message"),
  text: z.string(),
  /** Another message, a survey line, or something the bot said (its id begins with "bot:"). */
  repliesTo: reference.optional(),
  /** The words that are quoted, for chats whose quotes carry no id. */
  quoted: z.string().optional(),
});

const reactionLine = deed.extend({
  kind: z.literal("reaction"),
  to: reference,
  reaction: z.string().min(1).max(40),
  change: z.enum(["added", "removed"]).default("added"),
});

const recallLine = deed.extend({ kind: z.literal("recall"), message: reference });

const editLine = deed.extend({ kind: z.literal("edit"), message: reference, text: z.string() });

/** A button that was pressed: the action and the value that the button carried. */
const pressLine = deed.extend({
  kind: z.literal("press"),
  message: reference,
  action: z.string().min(1).max(200),
  value: z.string().max(500),
});

/** A command of the platform itself ("/huiyin report"), without its first word. */
const commandLine = deed.extend({ kind: z.literal("command"), text: z.string() });

/** Somebody joins the group without saying anything. */
const joinLine = deed.extend({ kind: z.literal("join") });

/** What somebody did with a case on a page of the console. */
const actLine = z.object({
  kind: z.literal("act"),
  at: instant,
  /** The case's number. */
  case: z.number().int().positive(),
  action: z.enum(["confirm", "dismiss", "take", "note", "reply", "resolve", "reopen"]),
  text: z.string().max(2_000).optional(),
  /** Who was signed in. */
  by: name,
  language: z.enum(LANGUAGES),
});

/** Nothing happens but time: it goes on to this instant. */
const timeLine = z.object({ kind: z.literal("time"), at: instant });

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
  /** Which platform the pretend room is like: its buttons and private notes, or numbers and direct chats. */
  look: z.enum(["slack", "wechat"]).optional(),
});

const line = z.discriminatedUnion("kind", [
  messageLine,
  reactionLine,
  recallLine,
  editLine,
  pressLine,
  commandLine,
  joinLine,
  actLine,
  surveyLine,
  groupLine,
  timeLine,
]);

export type MessageLine = z.infer<typeof messageLine>;
/** Anything that a member does. */
export type DeedLine =
  | MessageLine
  | z.infer<typeof reactionLine>
  | z.infer<typeof recallLine>
  | z.infer<typeof editLine>
  | z.infer<typeof pressLine>
  | z.infer<typeof commandLine>
  | z.infer<typeof joinLine>;
export type ActLine = z.infer<typeof actLine>;
export type SurveyLine = z.infer<typeof surveyLine>;
export type GroupLine = z.infer<typeof groupLine>;
/** One line of a transcript: what a member did, a survey that is opened, what a group is like, or the time. */
export type TranscriptLine = z.infer<typeof line>;

const EXPECTED: Readonly<Record<string, string>> = {
  at: "an ISO 8601 time such as 2026-11-20T09:30:00+08:00, or epoch milliseconds",
  closes: "an ISO 8601 time such as 2026-11-20T21:00:00+08:00, or epoch milliseconds",
  role: "customer, staff or leader",
  question: QUESTION_KINDS.join(", "),
  kind: "message, reaction, recall, edit, press, command, join, act, survey, group or time (or no kind for a message)",
  reaction: "an emoji or its name, 1 to 40 characters",
  change: "added or removed",
  to: "the id of the message that is reacted to",
  message: "the id of the message that is meant",
  value: "the value of the button, at most 500 characters",
  look: "slack or wechat",
  case: "the number of a case",
  action: "an action such as confirm, take or resolve, or that of the button",
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
