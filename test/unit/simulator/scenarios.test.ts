import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isAppError } from "#src/shared/app-error.js";
import { type PretendWorld, pretendWorld } from "./pretend-world.js";

describe("scenarios and surveys", () => {
  let scene: PretendWorld;
  beforeEach(async () => {
    scene = await pretendWorld();
  });
  afterEach(() => scene.world.engine.stop());

  it("plays several scenarios at once in both rooms, and one of them again", async () => {
    await scene.world.scenario("bad-batch", "start");
    await scene.world.scenario("praise", "start");
    const state = await scene.world.clock({ jump: "digest" });
    expect(state.scenarios.map(({ id, running, done }) => [id, running, done])).toEqual([
      ["ordinary-day", false, 6],
      ["bad-batch", false, 2],
      ["silent-group", false, 0],
      ["praise", false, 1],
    ]);
    expect(scene.lines("lane").map((line) => line.text)).toContain("这批牛奶是酸的");
    expect(scene.lines("dock").map((line) => line.text)).toContain("The milk is sour");
    await scene.world.scenario("praise", "start");
    await scene.world.clock({ jump: "tomorrow" });
    const praised = scene.lines("dock").filter((line) => line.text.includes("ramen"));
    expect(praised).toHaveLength(2);
  });

  it("stops a scenario where it is", async () => {
    await scene.world.scenario("ordinary-day", "stop");
    await scene.world.clock({ jump: "digest" });
    expect(scene.lines("lane").map((line) => line.text)).not.toContain("晚饭吃什么");
  });

  it("lets votes of a scenario be presses where there are buttons, and numbers where there are none", async () => {
    await scene.world.clock({ jump: "digest" });
    expect(scene.insights("dock", "vote")[0]).toMatchObject({ memberId: "ann", value: "5" });
    expect(scene.insights("lane", "vote")[0]).toMatchObject({ memberId: "yun", value: "4" });
    expect(scene.lines("dock").some((line) => line.memberId === "ann" && line.text === "5")).toBe(
      false,
    );
  });

  it("keeps to the caps in a scenario, but opens what a visitor asks for", async () => {
    await scene.world.scenario("silent-group", "start");
    await scene.world.engine.beat();
    scene.real.advance(1_000);
    await scene.world.engine.beat();
    expect(scene.botLine("lane-staff", /没有在/).text).toContain("每天上限");
    await scene.world.surveyNow({ room: "lane", question: "nps" });
    expect(scene.botLine("lane", /推荐/).kind).toBe("survey");
  });

  it("says why a survey does not open, and what to do", async () => {
    const refused = await scene.world.surveyNow({ room: "dock", question: "csat" }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(isAppError(refused, "conflict")).toBe(true);
    expect(isAppError(refused) ? refused.message : "").toBe("This survey is open already.");
    expect(isAppError(refused) ? refused.detail.remedy : "").toContain("Vote in the room");
    await scene.world.say({ room: "lane", memberId: "yun", text: "孩子吃了拉肚子，住院了" });
    const urgent = await scene.world.surveyNow({ room: "lane", question: "ces" }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(isAppError(urgent) ? urgent.message : "").toContain("P1");
  });
});
