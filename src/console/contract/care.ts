import { z } from "zod";
import { day, instant, language, severity } from "./common.js";

export const group = z.object({
  id: z.string(),
  name: z.string(),
  platform: z.string(),
  language,
  timeZone: z.string(),
  members: z.number().int(),
  openCases: z.number().int(),
});

/** A number that can be traced: the formula ids are those of the report (F1–F25). */
export const figure = z.object({
  id: z.string(),
  formula: z.string(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  n: z.number().int(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  suppressed: z.boolean(),
});

/** One day of the trend; null where nobody answered. */
export const trendPoint = z.object({
  day,
  value: z.number().nullable(),
  n: z.number().int(),
});

/** Everything the overview shows for one group and one span of days (both inclusive). */
export const overview = z.object({
  group,
  from: day,
  to: day,
  csat: figure,
  nps: figure,
  participation: figure,
  openCases: z.number().int(),
  overdueCases: z.number().int(),
  /** The same figures of the span before, for the change. */
  before: z.object({ csat: figure, nps: figure, participation: figure }),
  trend: z.object({
    current: z.array(trendPoint),
    /** The span before, laid day by day under the current one. */
    previous: z.array(trendPoint),
  }),
  aspects: z.array(
    z.object({ aspect: z.string(), count: z.number().int(), before: z.number().int() }),
  ),
});

/** States as in `entities/vocabulary.ts`. */
export const caseSummary = z.object({
  id: z.string(),
  number: z.number().int(),
  groupId: z.string(),
  groupName: z.string(),
  state: z.string(),
  severity,
  aspects: z.array(z.string()),
  openedAt: instant,
  /** The next promise that runs out, or null. */
  dueAt: instant.nullable(),
  overdue: z.boolean(),
  people: z.number().int(),
  assignee: z.string().nullable(),
  excerpt: z.string(),
});

export const caseDetail = caseSummary.extend({
  /** Goes up with every change; an action may say which one its page showed. */
  version: z.number().int(),
  messages: z.array(
    z.object({
      id: z.string(),
      at: instant,
      member: z.string(),
      text: z.string().nullable(),
      evidence: z.array(
        z.object({
          text: z.string(),
          start: z.number().int(),
          end: z.number().int(),
          source: z.string(),
          weight: z.number(),
        }),
      ),
    }),
  ),
  history: z.array(
    z.object({ at: instant, kind: z.string(), by: z.string().nullable(), note: z.string() }),
  ),
  /** What may be done now. */
  actions: z.array(z.enum(["confirm", "dismiss", "take", "note", "reply", "resolve", "reopen"])),
});

/** `text` is the note, the reply to the member or what was done, as the action needs it. */
export const caseAction = z.strictObject({
  action: z.enum(["confirm", "dismiss", "take", "note", "reply", "resolve", "reopen"]),
  text: z.string().max(2_000).optional(),
  /** The version that the page showed: when the case moved on since, nothing is done and it is told what changed. */
  version: z.number().int().min(0).optional(),
});

/** What became of the action, with the sentence to show. */
export const caseActionOutcome = z.object({
  done: z.boolean(),
  message: z.string(),
  case: caseDetail,
});

export const health = z.object({
  status: z.enum(["ready", "not ready"]),
  troubles: z.array(z.string()),
  adapters: z.array(z.object({ platform: z.string(), state: z.string(), detail: z.string() })),
  /** Whether digest pictures can be drawn; when not, digests go out as text. */
  pictures: z.object({ ready: z.boolean(), detail: z.string() }),
});

export type GroupInfo = z.infer<typeof group>;
export type Figure = z.infer<typeof figure>;
export type TrendPoint = z.infer<typeof trendPoint>;
export type Overview = z.infer<typeof overview>;
export type CaseSummary = z.infer<typeof caseSummary>;
export type CaseDetail = z.infer<typeof caseDetail>;
export type CaseAction = z.infer<typeof caseAction>;
export type CaseActionOutcome = z.infer<typeof caseActionOutcome>;
export type Health = z.infer<typeof health>;
