/**
 * The closed word lists of the product: one word per thing, shared by all rooms.
 * No imports, no TypeORM: any file may use these as values.
 */

/** Languages that every text a person can see exists in. */
export const LANGUAGES = ["zh", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Who a member is in one group. Staff and leader (团长) run the shop; the customer buys. */
export const ROLES = ["customer", "staff", "leader"] as const;
export type Role = (typeof ROLES)[number];

/** What a complaint is about. Most messages have one or two, most likely first. */
export const ASPECTS = [
  "quality",
  "shortage",
  "wrong_item",
  "delivery",
  "packaging",
  "price",
  "service",
  "refund",
  "pickup",
  "stock",
  "safety",
  "trust",
  "other",
] as const;
export type Aspect = (typeof ASPECTS)[number];

/** P1 safety, injury, law; P2 money, many people or public anger; P3 an ordinary single order. */
export const SEVERITIES = ["P1", "P2", "P3"] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * Kinds of a rating question. `gap` asks worse / as / better than expected; `text` is a short why.
 * Values stored: csat 1–5, nps 0–10, ces 1–7 (halves allowed where typed), yesno "yes"/"no",
 * choice an option id, multi a list of option ids, gap -1/0/1, text the words.
 */
export const QUESTION_KINDS = [
  "csat",
  "nps",
  "ces",
  "yesno",
  "choice",
  "multi",
  "gap",
  "text",
] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** Where in the purchase a question belongs (累积满意: before, during and after buying). */
export const TOUCHPOINTS = [
  "selection",
  "ordering",
  "delivery",
  "pickup",
  "product",
  "after_sales",
  "overall",
] as const;
export type Touchpoint = (typeof TOUCHPOINTS)[number];

export const SURVEY_STATUSES = ["draft", "active", "paused", "archived"] as const;
export type SurveyStatus = (typeof SURVEY_STATUSES)[number];

export const RUN_STATES = ["open", "closed", "cancelled"] as const;
export type RunState = (typeof RUN_STATES)[number];

/** States of a complaint case (ISO 10002 line); allowed moves are in src/complaints/case-states.ts. */
export const CASE_STATES = [
  "candidate",
  "confirmed",
  "acknowledged",
  "in_progress",
  "resolved",
  "told",
  "closed",
  "dismissed",
  "reopened",
] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** How a queue row stands. `parked` waits for a person, with the reason beside it. */
export const ROW_STATES = ["due", "done", "parked"] as const;
export type RowState = (typeof ROW_STATES)[number];

/** What a firing of a schedule makes happen; `case.opinion` waits for its own worker and never fires. */
export const FIRING_KINDS = [
  "survey.open",
  "survey.remind",
  "survey.close",
  "survey.count",
  "digest.daily",
  "digest.weekly",
  "case.timer",
  "case.check",
  "case.opinion",
] as const;
export type FiringKind = (typeof FIRING_KINDS)[number];

/** Kinds of what the bot says; each has its own policy for an ambiguous send. */
export const MESSAGE_KINDS = [
  "survey",
  "result",
  "digest",
  "alert",
  "acknowledgement",
  "notice",
  "reply",
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];
