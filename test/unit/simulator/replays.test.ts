import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createConsolePort } from "#src/app/console-port.js";
import { buildReport, digestReadModel } from "#src/app/tools.js";
import { replayLines } from "#src/cli/replay-command.js";
import { actsInTurn } from "#src/simulator/page-acts.js";
import type { Store } from "#src/store/store.js";
import { collectingOutput, inputOf } from "../../cli/collecting-output.js";
import { testStore } from "../../support/store.js";
import { type PretendWorld, pretendWorld } from "./pretend-world.js";

/** What a store holds of cases, votes and reports, in a form that can be compared. */
async function holdings(store: Store): Promise<unknown> {
  return store.read(async (tx) => {
    const groups = await tx.directory.groups.find({ purpose: "customers" });
    const reports = [];
    for (const group of groups.toSorted((a, b) => a.id.localeCompare(b.id))) {
      const { numbers, sections } = await buildReport(digestReadModel, tx, {
        group,
        from: "2026-11-18",
        to: "2026-11-20",
        audience: "staff",
        language: group.language,
        generatedAt: 0,
      });
      reports.push({ group: group.name, numbers, sections });
    }
    const cases = await tx.cases.find({}, { order: { number: "asc" } });
    const votes = await tx.responses.rows.find({}, { order: { id: "asc" } });
    return {
      reports,
      cases: cases.map(({ number, state, severity, affected }) => ({
        number,
        state,
        severity,
        affected,
      })),
      votes: votes.map(({ id, value, comment }) => ({ id, value, comment })),
    };
  });
}

function parsed(transcript: string): readonly unknown[] {
  return transcript
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
}

/** A visitor's busy quarter of an hour: everything that can be done, once at least. */
async function visit(scene: PretendWorld): Promise<void> {
  const { world } = scene;
  const shrimp = await world.say({ room: "lane", memberId: "yun", text: "虾不新鲜，臭了" });
  await world.say({ room: "lane", memberId: "mei", text: "我家也是", quote: shrimp.id });
  await world.say({ room: "lane", memberId: "bo", text: "2，送得太晚了" });
  const card = scene.botLine("dock", /satisfied/);
  const row = card.choices[0];
  const press = { memberId: "raj", action: row?.action ?? "" };
  await world.press(card.id, { ...press, value: row?.choices[0]?.value ?? "" });
  const why = scene.botLine("dock", /./);
  await world.press(why.id, {
    memberId: "raj",
    action: why.choices[0]?.action ?? "",
    value: why.choices[0]?.choices[0]?.value ?? "",
  });
  const loaf = await world.say({ room: "dock", memberId: "ann", text: "Nice loaf" });
  await world.edit(loaf.id, { memberId: "ann", text: "The loaf was mouldy" });
  await world.react(loaf.id, { memberId: "lou", reaction: "👍", change: "added" });
  const slip = await world.say({ room: "dock", memberId: "lou", text: "My order never came" });
  await world.recall(slip.id, "lou");
  await world.say({ room: "dock", memberId: "kit", text: "/huiyin complaints" });
  await visitElsewhere(scene);
}

/** A private word, the staff room, a page of the console, a survey, and the evening. */
async function visitElsewhere({ world }: PretendWorld): Promise<void> {
  await world.say({ room: "direct:mei", memberId: "mei", text: "免打扰" });
  await world.say({ room: "lane-staff", memberId: "qin", text: "处理 1 备注 打过电话" });
  const { app } = world.life.simulation;
  const console = createConsolePort({ app, language: "zh", troubles: async () => [] });
  const [first] = await app.store.read((tx) => tx.cases.find({ state: "candidate" }));
  const owner = { operatorId: "owner", language: "zh" } as const;
  await actsInTurn(world, console)(first?.id ?? "", { action: "confirm" }, owner);
  await world.look("lane", "slack");
  await world.surveyNow({ room: "lane", question: "nps" });
  await world.clock({ jump: "digest" });
}

describe("export and replay", () => {
  let scene: PretendWorld;
  beforeEach(async () => {
    scene = await pretendWorld();
  });
  afterEach(() => scene.world.engine.stop());

  it("exports what happened so that huiyin replay ends with the same cases, votes and reports", async () => {
    await visit(scene);
    const transcript = scene.world.exportTranscript();
    const store = await testStore();
    const output = collectingOutput();
    const totals = await replayLines({ lines: inputOf(transcript), store, output, digest: false });
    expect(output.said).toEqual([]);
    expect(totals["duplicates"]).toBe(0);
    expect(totals["cases"]).toBeGreaterThan(3);
    const acted = await store.read((tx) => tx.cases.count({ confirmedAt: { not: null } }));
    expect(acted).toBeGreaterThan(1);
    expect(await holdings(store)).toEqual(await holdings(scene.world.life.simulation.app.store));
    await store.close();
  });

  it("replays an export in the page as well, whatever the speed", async () => {
    await visit(scene);
    const transcript = scene.world.exportTranscript();
    const before = await holdings(scene.world.life.simulation.app.store);
    const rooms = scene.world.state().rooms;
    for (const speed of [0, 1_000]) {
      const begun = await scene.world.replay({ name: "export", transcript, speed });
      expect(begun.replay?.total).toBe(transcript.trim().split("\n").length);
      await expect.poll(() => scene.world.state().replay, { timeout: 50_000 }).toBeNull();
      expect(await holdings(scene.world.life.simulation.app.store)).toEqual(before);
      expect(scene.world.state().rooms).toEqual(rooms);
      expect(parsed(scene.world.exportTranscript())).toEqual(parsed(transcript));
    }
  });

  it("stops a replay where it is, goes on from there, and starts over", async () => {
    const transcript = scene.world.exportTranscript();
    await scene.world.replay({ name: "export", transcript, speed: 1_000 });
    await expect(scene.world.clock({ jump: "digest" })).rejects.toMatchObject({ code: "conflict" });
    const stopped = await scene.world.stopReplay();
    expect(stopped.replay).toBeNull();
    await scene.world.reset();
    await scene.world.engine.ready();
    expect(scene.world.exportTranscript()).toBe(transcript);
  });

  it("plays the same past twice with equal reports", async () => {
    const other = await pretendWorld();
    expect(await holdings(other.world.life.simulation.app.store)).toEqual(
      await holdings(scene.world.life.simulation.app.store),
    );
    await other.world.engine.stop();
  });

  it("plays a transcript of groups that nobody knew", async () => {
    const at = Date.parse("2026-05-04T10:00:00+08:00");
    const lines = [
      { id: "1", group: "东门邻里", at, member: "老周", text: "草莓都烂了" },
      {
        id: "2",
        group: "东门邻里",
        at: at + 60_000,
        member: "小吴",
        text: "我家也是",
        repliesTo: "1",
      },
    ];
    const transcript = lines.map((line) => JSON.stringify(line)).join("\n");
    await scene.world.replay({ name: "east gate", transcript, speed: 0 });
    await expect.poll(() => scene.world.state().replay, { timeout: 30_000 }).toBeNull();
    const state = scene.world.state();
    expect(state.rooms.map((room) => room.id)).toEqual(["东门邻里", "staff"]);
    expect(state.members.map((member) => member.name)).toEqual(["老周", "小吴"]);
    expect(scene.insights("东门邻里", "verdict").map((one) => one.caseNumber)).toEqual([1, 1]);
    expect(scene.botLine("staff", /草莓/).kind).toBe("alert");
  });
});
