import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AppErrorCode } from "#src/shared/app-error.js";
import { isAppError } from "#src/shared/app-error.js";
import { type PretendWorld, pretendWorld } from "./pretend-world.js";

async function refusalOf(
  work: () => unknown,
): Promise<{ readonly code: AppErrorCode; readonly field: string | undefined }> {
  try {
    await work();
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { code: error.code, field: error.detail.field };
  }
  throw new Error("it was not refused");
}

describe("what the pretend world refuses", () => {
  let scene: PretendWorld;
  let line = "";
  let card = "";
  beforeAll(async () => {
    scene = await pretendWorld();
    line = (await scene.world.say({ room: "lane", memberId: "yun", text: "早" })).id;
    card = scene.botLine("dock", /satisfied/).id;
  });
  afterAll(() => scene.world.engine.stop());

  it.each([
    [
      "a room that is none",
      () => scene.world.lines("nowhere", { limit: 5 }),
      "not-found",
      undefined,
    ],
    [
      "a cursor that is none",
      () => scene.world.lines("lane", { limit: 5, before: "x" }),
      "invalid-input",
      "before",
    ],
    [
      "a speaker of another room",
      () => scene.world.say({ room: "lane", memberId: "ann", text: "hi" }),
      "invalid-input",
      "memberId",
    ],
    [
      "a speaker who is nobody",
      () => scene.world.say({ room: "lane", memberId: "?", text: "hi" }),
      "invalid-input",
      "memberId",
    ],
    [
      "somebody in another's direct chat",
      () => scene.world.say({ room: "direct:yun", memberId: "bo", text: "hi" }),
      "invalid-input",
      "memberId",
    ],
    [
      "a quote from another room",
      () => scene.world.say({ room: "dock", memberId: "ann", text: "hi", quote: line }),
      "invalid-input",
      "quote",
    ],
    ["a line that is none", () => scene.world.recall("lane/none", "yun"), "not-found", undefined],
    [
      "another's line to be taken back",
      () => scene.world.recall(line, "bo"),
      "invalid-input",
      "memberId",
    ],
    [
      "a line of the bot to be changed",
      () => scene.world.edit(card, { memberId: "ann", text: "x" }),
      "invalid-input",
      "memberId",
    ],
    [
      "an edit in a room like WeChat",
      () => scene.world.edit(line, { memberId: "yun", text: "x" }),
      "invalid-input",
      "text",
    ],
    [
      "a reaction in a room like WeChat",
      () => scene.world.react(line, { memberId: "bo", reaction: "👍", change: "added" }),
      "invalid-input",
      "reaction",
    ],
    [
      "a button that is not there",
      () => scene.world.press(card, { memberId: "ann", action: "vote", value: "11" }),
      "invalid-input",
      "value",
    ],
    [
      "a scenario that is none",
      () => scene.world.scenario("carnival", "start"),
      "not-found",
      undefined,
    ],
    [
      "a survey in a room of staff",
      () => scene.world.surveyNow({ room: "lane-staff", question: "csat" }),
      "invalid-input",
      "room",
    ],
    [
      "a transcript without lines",
      () => scene.world.replay({ name: "n", transcript: "\n", speed: 0 }),
      "invalid-input",
      "transcript",
    ],
    [
      "a transcript with a line that is none",
      () => scene.world.replay({ name: "n", transcript: "{}\n", speed: 0 }),
      "invalid-input",
      "transcript",
    ],
  ] as const)("%s", async (_what, work, code, field) => {
    expect(await refusalOf(work)).toEqual({ code, field });
  });

  it("goes on as if nothing had been asked", async () => {
    await scene.world.say({ room: "lane", memberId: "yun", text: "还在" });
    expect(scene.lines("lane").at(-1)?.text).toBe("还在");
  });
});
