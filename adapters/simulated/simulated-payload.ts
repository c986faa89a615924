import { z } from "zod";

const id = z.string().min(1).max(300);

const person = z.object({
  id,
  name: z.string(),
  role: z.enum(["customer", "staff", "leader"]).optional(),
});

const base = z.object({
  id,
  at: z.number(),
  room: id,
  person,
});

const quote = z.object({
  messageId: id.optional(),
  personId: id.optional(),
  ofBot: z.boolean().optional(),
  text: z.string().optional(),
});

/** What the pretend platform sends, in a shape of its own: the adapter has something to translate. */
export const simulatedPayload = z.discriminatedUnion("type", [
  base.extend({
    type: z.literal("said"),
    messageId: id,
    text: z.string(),
    quote: quote.optional(),
    photo: z.boolean().optional(),
  }),
  base.extend({ type: z.literal("changed"), messageId: id, text: z.string() }),
  base.extend({ type: z.literal("took-back"), messageId: id }),
  base.extend({
    type: z.literal("reacted"),
    messageId: id,
    reaction: z.string().min(1),
    change: z.enum(["added", "removed"]),
  }),
  base.extend({ type: z.literal("commanded"), text: z.string(), handle: id.optional() }),
  base.extend({
    type: z.literal("pressed"),
    action: z.string().min(1),
    value: z.string(),
    messageId: id.optional(),
    handle: id.optional(),
  }),
  base.extend({
    type: z.literal("filled-in"),
    form: z.string().min(1),
    values: z.record(z.string(), z.string()),
    handle: id.optional(),
  }),
  base.extend({
    type: z.literal("moved"),
    change: z.enum(["joined", "left"]),
    who: z.enum(["member", "bot"]),
    roomName: z.string().optional(),
  }),
  base.extend({
    type: z.literal("renamed"),
    subject: z.enum(["conversation", "member"]),
    name: z.string(),
  }),
]);

export type SimulatedPayload = z.infer<typeof simulatedPayload>;
