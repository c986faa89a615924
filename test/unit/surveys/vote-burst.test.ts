import { describe, expect, test, vi } from "vitest";
import type { Transaction } from "#src/store/transaction.js";
import { considerReply } from "#src/surveys/consider-reply.js";
import { openDue } from "#src/surveys/open-run.js";
import { prefetchVotes } from "#src/surveys/prefetch-votes.js";
import { at, DAY_ONE, SurveyScene } from "./survey-scene.js";

const NOON = at(DAY_ONE, "12:00");
const DEPS = { botNames: ["小助手"] };

/** Counts the reads that the surveys' own tables are asked for. */
function countReads(tx: Transaction): () => number {
  const spies = [tx.runs, tx.responses.rows, tx.prompts, tx.outbox.rows, tx.messages.rows].flatMap(
    (table) => [vi.spyOn(table, "find"), vi.spyOn(table, "first"), vi.spyOn(table, "count")],
  );
  return () => spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
}

describe("many messages in one transaction", () => {
  test("cost one look-up per group while no run is open", async () => {
    const scene = await SurveyScene.make({ customers: 20 });
    const places = await Promise.all(
      Array.from({ length: 20 }, (_, i) => scene.place(`c${i + 1}`)),
    );
    await scene.write(async (tx) => {
      const reads = countReads(tx);
      for (const [i, place] of places.entries()) {
        const event = scene.message(`c${i + 1}`, "5", NOON + i);
        expect(await considerReply(tx, place, event, DEPS)).toEqual({ kind: "none" });
      }
      expect(reads()).toBe(1);
    });
  });

  test("cost no statement per vote when answers were prefetched", async () => {
    const scene = await SurveyScene.make({ customers: 200 });
    await scene.addSurvey();
    const firing = scene.firing("survey.open", "s1", NOON);
    const outcome = await scene.write((tx) => openDue(tx, firing));
    if (outcome.kind !== "opened") throw new Error("not opened");
    const names = Array.from({ length: 200 }, (_, i) => `c${i + 1}`);
    const places = await Promise.all(names.map((name) => scene.place(name)));
    const events = names.map((name, i) => scene.message(name, String((i % 3) + 3), NOON + i + 1));
    await scene.write(async (tx) => {
      await tx.directory.prefetch(
        [{ platform: "simulated", conversationId: "berries" }],
        events.map((event) => event.author),
      );
      const reads = countReads(tx);
      await prefetchVotes(tx, events);
      expect(reads()).toBe(2);
      for (const [i, event] of events.entries()) {
        const place = places[i];
        if (place !== undefined) await considerReply(tx, place, event, DEPS);
      }
      expect(reads()).toBe(2);
    });
    expect(Object.keys(await scene.values(outcome.run))).toHaveLength(200);
  });
});
