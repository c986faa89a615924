import { z } from "zod";
import { day, instant, language } from "./common.js";

/** Longest pasted text, UTF-16 units. */
export const LONGEST_PASTED_TEXT = 2_000_000;
/** Largest uploaded file as base64, characters. */
const LARGEST_UPLOAD = 6_000_000;
const LONGEST_GROUP_NAME = 80;
const MOST_STAFF = 30;

const memberName = z.string().trim().min(1).max(80);

/** A group whose chat staff carry in and out by hand. */
export const relayGroup = z.object({
  id: z.string(),
  name: z.string(),
  language,
  timeZone: z.string(),
  /** Display names of people who run the shop. */
  staff: z.array(z.string()),
  members: z.number().int(),
  /** What lies in the tray and was not carried out yet. */
  waiting: z.number().int(),
  /** The survey that is open, or null. */
  openSurvey: z
    .object({ title: z.string(), closesAt: instant, answers: z.number().int() })
    .nullable(),
  lastPasteAt: instant.nullable(),
});

export const createRelayGroupRequest = z.strictObject({
  name: z.string().trim().min(1).max(LONGEST_GROUP_NAME),
  language,
  timeZone: z.string().min(1).max(60).optional(),
  staff: z.array(memberName).max(MOST_STAFF).default([]),
});

export const relayStaffRequest = z.strictObject({ name: memberName, staff: z.boolean() });

const paste = {
  /** What was pasted. Either this or a file. */
  text: z.string().max(LONGEST_PASTED_TEXT).optional(),
  /** An uploaded text file. Its name is shown and nothing else. */
  file: z
    .strictObject({ name: z.string().max(400), base64: z.string().max(LARGEST_UPLOAD) })
    .optional(),
  /** The day on which the chat was copied; today when absent. */
  day: day.optional(),
  /** How a date such as 03/04/2026 is meant. */
  dateOrder: z.enum(["day-first", "month-first"]).optional(),
  /** The conversations of the paste that belong to this group, where there is more than one. */
  sections: z.array(z.number().int().min(0)).max(50).optional(),
};

export const previewRequest = z.strictObject(paste);
export const pasteRequest = z.strictObject({ ...paste, seal: z.string().min(1).max(64) });

/** One line of a paste as it was understood. */
export const previewLine = z.object({
  from: z.number().int(),
  to: z.number().int(),
  kind: z.enum(["message", "list", "system", "own", "unclear"]),
  name: z.string().nullable(),
  /** The name belongs to somebody who runs the shop. */
  staff: z.boolean(),
  text: z.string(),
  media: z.boolean(),
  at: instant.nullable(),
  /** The time is a guess. */
  assumed: z.boolean(),
  section: z.number().int(),
  /** It came with an earlier paste. */
  known: z.boolean(),
  doubts: z.array(z.string()),
  /** What it answers to an open survey, in words. */
  vote: z.string().nullable(),
  /** Why it looks like a complaint; null when it does not. */
  complaint: z.object({ severity: z.string().nullable(), aspects: z.array(z.string()) }).nullable(),
  /** What became of the entries of a list. */
  list: z
    .object({ counted: z.number().int(), apart: z.number().int(), unread: z.number().int() })
    .nullable(),
});

export const previewSection = z.object({
  title: z.string().nullable(),
  lines: z.number().int(),
  from: instant.nullable(),
  to: instant.nullable(),
});

/** What a paste was understood as. Nothing is stored yet. */
export const pastePreview = z.object({
  form: z.string(),
  fileName: z.string().nullable(),
  encoding: z.string().nullable(),
  notes: z.array(z.string()),
  sections: z.array(previewSection),
  /** What has to be answered before it can be taken. */
  asks: z.array(z.enum(["sections"])),
  lines: z.array(previewLine),
  counts: z.object({
    messages: z.number().int(),
    fresh: z.number().int(),
    known: z.number().int(),
    votes: z.number().int(),
    complaints: z.number().int(),
    unclear: z.number().int(),
    held: z.number().int(),
  }),
  /** What a confirmation names; null while something is asked or nothing is new. */
  seal: z.string().nullable(),
});

export const pasteOutcome = z.object({
  taken: z.number().int(),
  known: z.number().int(),
  left: z.number().int(),
});

/** Something to be carried into a chat by hand. */
export const trayItem = z.object({
  id: z.string(),
  for: z.enum(["group", "staff", "member"]),
  /** The member whom staff tell it in private; null for everything else. */
  to: z.string().nullable(),
  kind: z.string(),
  /** Null when it is old and was dropped. */
  text: z.string().nullable(),
  picture: z.object({ alt: z.string() }).nullable(),
  putAt: instant,
  takenAt: instant.nullable(),
});

export const trayTakenRequest = z.strictObject({ taken: z.boolean() });

/** A command as staff type it. */
export const relayCommandRequest = z.strictObject({ text: z.string().trim().min(1).max(500) });

export const relaySurveyRequest = z.strictObject({
  /** A question of the bank; or own words with a kind. */
  bank: z.string().min(1).max(60).optional(),
  text: z.string().trim().min(1).max(160).optional(),
  kind: z.enum(["csat", "nps", "ces", "yesno", "choice", "multi", "text"]).default("csat"),
  options: z.array(z.string().trim().min(1).max(40)).max(9).default([]),
  decision: z.string().trim().min(1).max(300),
  hours: z.number().int().min(1).max(336).default(24),
  force: z.boolean().default(false),
});

export const relaySurveyOutcome = z.object({
  opened: z.boolean(),
  /** What was done or what stands in the way, in words. */
  words: z.array(z.string()),
  /** It would open if caps and quiet hours were set aside. */
  mayForce: z.boolean(),
});

export const bankQuestionInfo = z.object({ id: z.string(), kind: z.string(), text: z.string() });

export type RelayGroup = z.infer<typeof relayGroup>;
export type CreateRelayGroupRequest = z.infer<typeof createRelayGroupRequest>;
export type RelayStaffRequest = z.infer<typeof relayStaffRequest>;
export type PreviewRequest = z.infer<typeof previewRequest>;
export type PasteRequest = z.infer<typeof pasteRequest>;
export type PreviewLine = z.infer<typeof previewLine>;
export type PastePreview = z.infer<typeof pastePreview>;
export type PasteOutcome = z.infer<typeof pasteOutcome>;
export type TrayItemInfo = z.infer<typeof trayItem>;
export type RelaySurveyRequest = z.infer<typeof relaySurveyRequest>;
export type RelaySurveyOutcome = z.infer<typeof relaySurveyOutcome>;
export type BankQuestionInfo = z.infer<typeof bankQuestionInfo>;
