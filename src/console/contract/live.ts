import { z } from "zod";
import { insight, simulatedLine, simulatorState } from "./simulator.js";

/** What a page has to read again. */
export const topic = z.enum(["groups", "cases", "overview", "health", "sessions"]);

/**
 * Everything that travels over `/api/v1/events`. The SSE event name is `message`, the data one of
 * these, the id `<life>-<number>`. After a gap that the server cannot fill it sends `reset`.
 */
export const liveEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("hello") }),
  z.object({ type: z.literal("reset") }),
  z.object({ type: z.literal("changed"), topics: z.array(topic) }),
  /** A new line, or an old one that looks different now (edited, recalled, reacted to). */
  z.object({ type: z.literal("line"), line: simulatedLine }),
  z.object({ type: z.literal("insight"), insight }),
  z.object({ type: z.literal("simulator"), state: simulatorState }),
]);

export type Topic = z.infer<typeof topic>;
export type LiveEvent = z.infer<typeof liveEvent>;
