import { describe, expect, test } from "vitest";
import type { SurveyRun } from "#entities/index.js";
import { closeDue } from "#src/surveys/close-run.js";
import { considerReply } from "#src/surveys/consider-reply.js";
import { openDue } from "#src/surveys/open-run.js";
import { recallVote } from "#src/surveys/recall-vote.js";
import { surveyResults } from "#src/surveys/survey-results.js";
import { at, DAY_ONE, SurveyScene } from "./survey-scene.js";

const NOON = at(DAY_ONE, "12:00");
const MINUTE = 60_000;
const DEPS = { botNames: ["小助手"] };
const HEADING = "#接龙\n这次草莓的新鲜度，您满意吗\n例 王姐 5分\n\n";

function list(...entries: readonly string[]): string {
  return HEADING + entries.map((entry, index) => `${index + 1}. ${entry}`).join("\n");
}

async function listScene(): Promise<{
  scene: SurveyScene;
  run: SurveyRun;
  send: (who: string, text: string, minute: number) => Promise<unknown>;
}> {
  const scene = await SurveyScene.make({ customers: 0 });
  for (const [id, name] of [
    ["wang", "王姐"],
    ["li", "李叔"],
    ["chen", "小陈"],
    ["chen2", "小 陈"],
    ["a1", "阿平"],
    ["a2", "阿平"],
  ] as const) {
    await scene.join(id, "customer", name);
  }
  await scene.addSurvey();
  const firing = scene.firing("survey.open", "s1", NOON);
  const outcome = await scene.write((tx) => openDue(tx, firing));
  if (outcome.kind !== "opened") throw new Error("not opened");
  const send = async (who: string, text: string, minute: number) => {
    const place = await scene.place(who);
    const event = scene.message(who, text, NOON + minute * MINUTE);
    return scene.write((tx) => considerReply(tx, place, event, DEPS));
  };
  return { scene, run: outcome.run, send };
}

describe("a #接龙 list", () => {
  test("counts each entry for the one member of exactly that name", async () => {
    const { scene, run, send } = await listScene();
    expect(await send("wang", list("王姐 5分", "李叔 4"), 1)).toEqual({ kind: "handled" });
    expect(await scene.values(run)).toEqual({ wang: 5, li: 4 });
    expect((await scene.answers(run))["li"]?.via).toBe("list");
  });

  test("keeps names of nobody and of two members apart, for staff only", async () => {
    const { scene, run, send } = await listScene();
    await send("wang", list("王姐 5分", "阿平 1分", "502 2分"), 1);
    expect(await scene.values(run)).toEqual({ wang: 5 });
    const apart = Object.values(await scene.values(run, "unverified:q1"));
    expect(new Set(apart)).toEqual(new Set([1, 2]));
    const firing = scene.firing("survey.close", run.id, run.closesAt);
    const closed = await scene.write((tx) => closeDue(tx, firing));
    if (closed.kind !== "closed") throw new Error("open");
    const results = await scene.store.read((tx) => surveyResults(tx, closed.run, "zh"));
    expect(results).toMatchObject({
      kind: "closed",
      result: { tally: { n: 1 }, screening: { unverified: 2, staff: 0 } },
    });
  });

  test("lets the sender add entries and change their own", async () => {
    const { scene, run, send } = await listScene();
    await send("wang", list("王姐 5分"), 1);
    await send("li", list("王姐 5分", "李叔 4分"), 2);
    await send("wang", list("王姐 3分", "李叔 4分", "小陈 2分"), 3);
    expect(await scene.values(run)).toEqual({ wang: 3, li: 4, chen: 2 });
    expect(await scene.saidWith("held:")).toEqual([]);
  });

  test("holds entries of others that changed or vanished and shows them to staff once", async () => {
    const { scene, run, send } = await listScene();
    await send("wang", list("王姐 5分"), 1);
    await send("li", list("王姐 5分", "李叔 4分"), 2);
    await send("chen", list("王姐 1分", "小陈 3分"), 3);
    await send("chen", list("王姐 1分", "小陈 3分"), 4);
    expect(await scene.values(run)).toEqual({ wang: 5, li: 4, chen: 3 });
    const held = await scene.saidWith("held:");
    expect(held).toHaveLength(1);
    expect(held[0]?.to).toBe(scene.laneOfRoom());
    expect(held[0]?.message.text).toBe(
      "「草莓群」的接龙里有别人的记录被改动，先按原来的算，请核对\n" +
        "· 王姐：原来 5 非常满意，改成了 1 很不满意\n" +
        "· 李叔：原来 4 比较满意，新列表里没有了",
    );
  });

  test("does not overrule what somebody else answered by themselves", async () => {
    const { scene, run, send } = await listScene();
    await send("li", "5分", 1);
    await send("wang", list("王姐 4分", "李叔 1分"), 2);
    expect(await scene.values(run)).toEqual({ wang: 4, li: 5 });
  });

  test("leaves answers alone that were never in a list", async () => {
    const { scene, run, send } = await listScene();
    await send("li", "5分", 1);
    await send("wang", list("王姐 4分"), 2);
    await send("li", list("王姐 4分", "小陈 3分"), 3);
    expect(await scene.values(run)).toEqual({ wang: 4, li: 5, chen: 3 });
    expect(await scene.saidWith("held:")).toEqual([]);
  });

  test("takes the sender's own entry back when they leave it out", async () => {
    const { scene, run, send } = await listScene();
    await send("wang", list("王姐 5分", "李叔 4分"), 1);
    await send("wang", list("李叔 4分"), 2);
    expect(await scene.values(run)).toEqual({ li: 4 });
  });

  test("of orders, or with one name twice, counts nothing of it", async () => {
    const { scene, run, send } = await listScene();
    const order = "#接龙\n草莓 39元一盒，周五到货\n1. 王姐 2盒\n2. 李叔 1盒";
    expect(await send("wang", order, 1)).toEqual({ kind: "none" });
    await send("wang", list("李叔 5分", "李叔 1分"), 2);
    expect(await scene.values(run)).toEqual({});
  });

  test("of staff's own entry is kept apart", async () => {
    const { scene, run, send } = await listScene();
    await send("wang", list("王姐 4分", "店长 5分"), 1);
    expect(await scene.values(run)).toEqual({ wang: 4 });
    expect(await scene.values(run, "staff:q1")).toEqual({ boss: 5 });
  });

  test("that is recalled takes all its new answers back", async () => {
    const { scene, run, send } = await listScene();
    await send("wang", list("王姐 5分"), 1);
    const place = await scene.place("li");
    const event = scene.message("li", list("王姐 5分", "李叔 2分"), NOON + 2 * MINUTE);
    await scene.write((tx) => considerReply(tx, place, event, DEPS));
    await scene.write((tx) => recallVote(tx, place, scene.recall(event, NOON + 3 * MINUTE)));
    expect(await scene.values(run)).toEqual({ wang: 5 });
  });
});
