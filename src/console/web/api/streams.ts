import type { Insight, SimulatedLine } from "#src/console/contract/simulator.js";
import { StreamList } from "./stream-list.js";

/** Lines of the pretend rooms that arrived by the stream. */
export const liveLines = new StreamList<SimulatedLine>();

/** What the bot made of things, as it arrived by the stream. */
export const liveInsights = new StreamList<Insight>();
