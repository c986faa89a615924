import { fileURLToPath } from "node:url";
import { createDetector } from "#src/complaints/detection/detector.js";
import type { LiveEvent } from "#src/console/contract/live.js";
import type { Insight, SimulatedLine } from "#src/console/contract/simulator.js";
import { type ManualClock, manualClock } from "#src/shared/clock.js";
import { loadStories } from "#src/simulator/story.js";
import { createWorld, type World } from "#src/simulator/world.js";
import { testStore } from "../../support/store.js";

const STORIES = fileURLToPath(new URL("../../fixtures/simulator", import.meta.url));
const detector = createDetector();
/** The machine's clock at the start of a test: a Friday, at noon in Shanghai. */
const NOON = Date.parse("2026-11-20T12:00:00+08:00");
/** Where the world's clock stands when its past is played. */
export const START = Date.parse("2026-11-20T17:30:00+08:00");

/** A pretend world in memory, on a machine's clock that stands still until it is moved. */
export interface PretendWorld {
  readonly world: World;
  readonly real: ManualClock;
  readonly events: readonly LiveEvent[];
  /** Newest last. */
  lines(room: string): readonly SimulatedLine[];
  insights<Kind extends Insight["kind"]>(
    room: string,
    kind: Kind,
  ): readonly Extract<Insight, { kind: Kind }>[];
  /** The newest line of the bot in a room that matches. */
  botLine(room: string, pattern: RegExp): SimulatedLine;
}

/** Begins a world whose few written days are played already. */
export async function pretendWorld(): Promise<PretendWorld> {
  const real = manualClock(NOON);
  const world = await createWorld({
    freshStore: async () => {
      const store = await testStore();
      return { store, close: () => store.close() };
    },
    detector,
    realClock: real,
    stories: loadStories(STORIES),
  });
  const events: LiveEvent[] = [];
  world.watch((event) => events.push(event));
  await world.engine.ready();
  const lines = (room: string): readonly SimulatedLine[] =>
    world.lines(room, { limit: 10_000 }).items.toReversed();
  return {
    world,
    real,
    events,
    lines,
    insights: (room, kind) =>
      world
        .insights(room, { limit: 10_000 })
        .items.filter((one): one is Extract<Insight, { kind: typeof kind }> => one.kind === kind),
    botLine: (room, pattern) => {
      const found = lines(room).findLast(
        (line) => line.memberId === null && pattern.test(line.text),
      );
      if (found !== undefined) return found;
      const said = lines(room).map((line) => `${line.memberId ?? "bot"}: ${line.text}`);
      throw new Error(`the bot did not say ${String(pattern)} in ${room}:\n${said.join("\n")}`);
    },
  };
}
