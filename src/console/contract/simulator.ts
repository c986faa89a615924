import { z } from "zod";
import { bilingual, instant, language, severity } from "./common.js";

/** How a pretend room looks and behaves: buttons and private notes, or numbers and direct chats. */
export const look = z.enum(["slack", "wechat"]);

export const simulatedMember = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(["customer", "staff", "leader"]),
  language,
  /** What the person is like, such as "often complains about delivery". */
  character: bilingual,
  /** One of the eight colours of the page, 0 to 7. */
  colour: z.number().int().min(0).max(7),
});

export const simulatedRoom = z.object({
  id: z.string(),
  name: z.string(),
  purpose: z.enum(["customers", "staff"]),
  language,
  timeZone: z.string(),
  look,
  memberIds: z.array(z.string()),
});

export const scenario = z.object({
  id: z.enum(["ordinary-day", "bad-batch", "silent-group", "praise"]),
  title: bilingual,
  description: bilingual,
  running: z.boolean(),
  done: z.number().int(),
  total: z.number().int(),
});

export const checklist = z.object({
  complained: z.boolean(),
  voted: z.boolean(),
  digest: z.boolean(),
  console: z.boolean(),
});

export const simulatorState = z.object({
  now: instant,
  /** Seconds of the pretend world per second; 0 stands still. */
  rate: z.union([z.literal(0), z.literal(1), z.literal(60)]),
  rooms: z.array(simulatedRoom),
  members: z.array(simulatedMember),
  scenarios: z.array(scenario),
  replay: z
    .object({ name: z.string(), done: z.number().int(), total: z.number().int() })
    .nullable(),
  /** Set while the three weeks before today are being played. */
  seeding: z.object({ done: z.number().int(), total: z.number().int() }).nullable(),
  checklist,
});

export const simulatedLine = z.object({
  id: z.string(),
  /** The room, or `direct:<member>` for a private chat of the bot with one member. */
  room: z.string(),
  at: instant,
  /** Null: the bot. */
  memberId: z.string().nullable(),
  kind: z.string(),
  text: z.string(),
  choices: z.array(
    z.object({
      action: z.string(),
      choices: z.array(
        z.object({
          label: z.string(),
          value: z.string(),
          style: z.enum(["primary", "danger"]).optional(),
        }),
      ),
    }),
  ),
  quote: z
    .object({ lineId: z.string(), memberId: z.string().nullable(), text: z.string() })
    .nullable(),
  reactions: z.array(z.object({ reaction: z.string(), memberIds: z.array(z.string()) })),
  recalled: z.boolean(),
  edited: z.boolean(),
  /** The only member who sees it (Slack look). */
  onlyFor: z.string().nullable(),
  picture: z
    .object({
      url: z.string(),
      width: z.number().int(),
      height: z.number().int(),
      alt: z.string(),
    })
    .nullable(),
});

const evidence = z.object({
  text: z.string(),
  start: z.number().int(),
  end: z.number().int(),
  source: z.string(),
  weight: z.number(),
});

/** What the bot made of something, newest first in lists. */
export const insight = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("verdict"),
    id: z.string(),
    room: z.string(),
    at: instant,
    lineId: z.string(),
    memberId: z.string(),
    text: z.string(),
    complaint: z.boolean(),
    /** 0 to 1. */
    score: z.number(),
    severity: severity.nullable(),
    aspects: z.array(z.string()),
    evidence: z.array(evidence),
    caseNumber: z.number().int().nullable(),
    /** True when the line joined a case that was open already. */
    joined: z.boolean(),
  }),
  z.object({
    kind: z.literal("vote"),
    id: z.string(),
    room: z.string(),
    at: instant,
    lineId: z.string().nullable(),
    memberId: z.string(),
    question: z.string(),
    value: z.string(),
    answered: z.number().int(),
    eligible: z.number().int(),
  }),
  z.object({
    kind: z.literal("send"),
    id: z.string(),
    room: z.string(),
    at: instant,
    messageKind: z.string(),
    state: z.enum(["waiting", "sent", "failed"]),
    /** Why it waits: "quiet-hours", "pacing" or null. */
    reason: z.string().nullable(),
    dueAt: instant,
    preview: z.string(),
  }),
]);

/** The numbers of this moment, for the tiles beside the chat. */
export const pulse = z.object({
  csat: z.object({ value: z.number().nullable(), n: z.number().int() }),
  nps: z.object({ value: z.number().nullable(), n: z.number().int() }),
  participation: z.object({
    value: z.number().nullable(),
    answered: z.number().int(),
    eligible: z.number().int(),
  }),
  openCases: z.number().int(),
  waitingSends: z.number().int(),
});

const id = z.string().min(1).max(300);

export const sayRequest = z.strictObject({
  room: id,
  memberId: id,
  text: z.string().min(1).max(20_000),
  quote: id.optional(),
});
export const reactRequest = z.strictObject({
  memberId: id,
  reaction: z.string().min(1).max(40),
  change: z.enum(["added", "removed"]),
});
export const recallRequest = z.strictObject({ memberId: id });
export const editRequest = z.strictObject({
  memberId: id,
  text: z.string().min(1).max(20_000),
});
export const pressRequest = z.strictObject({
  memberId: id,
  action: z.string().min(1).max(200),
  value: z.string().max(500),
});
export const clockRequest = z.strictObject({
  rate: z.union([z.literal(0), z.literal(1), z.literal(60)]).optional(),
  /** "digest": the next 20:00 of the group; "tomorrow": 09:00 of the next day. */
  jump: z.enum(["digest", "tomorrow"]).optional(),
});
export const lookRequest = z.strictObject({ look });
export const replayRequest = z.strictObject({
  name: z.string().min(1).max(120),
  /** JSON lines as `huiyin replay` reads them. */
  transcript: z.string().min(1).max(8_000_000),
  /** Lines a second; 0 for as fast as it goes. */
  speed: z.number().min(0).max(1_000),
});
export const surveyNowRequest = z.strictObject({
  room: id,
  question: z.enum(["csat", "nps", "ces"]),
});
export const tickRequest = z.strictObject({ item: z.enum(["console"]) });

export type Look = z.infer<typeof look>;
export type SimulatedMember = z.infer<typeof simulatedMember>;
export type SimulatedRoom = z.infer<typeof simulatedRoom>;
export type Scenario = z.infer<typeof scenario>;
export type SimulatorState = z.infer<typeof simulatorState>;
export type SimulatedLine = z.infer<typeof simulatedLine>;
export type Insight = z.infer<typeof insight>;
export type Pulse = z.infer<typeof pulse>;
export type SayRequest = z.infer<typeof sayRequest>;
export type ReactRequest = z.infer<typeof reactRequest>;
export type PressRequest = z.infer<typeof pressRequest>;
export type ClockRequest = z.infer<typeof clockRequest>;
export type ReplayRequest = z.infer<typeof replayRequest>;
export type SurveyNowRequest = z.infer<typeof surveyNowRequest>;
