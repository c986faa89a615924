import { describe, expect, test } from "vitest";
import { closeDue, closeNow } from "#src/surveys/close-run.js";
import { openDue, openNow } from "#src/surveys/open-run.js";
import { pressVote } from "#src/surveys/press-vote.js";
import { remindDue } from "#src/surveys/remind-run.js";
import { at, csatQuestion, DAY_ONE, SurveyScene } from "./survey-scene.js";

const NOON = at(DAY_ONE, "12:00");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

async function openAt(scene: SurveyScene, surveyId: string, instant: number) {
  return scene.write((tx) => openDue(tx, scene.firing("survey.open", surveyId, instant)));
}

async function opened(scene: SurveyScene, instant = NOON, surveyId = "s1") {
  const outcome = await openAt(scene, surveyId, instant);
  if (outcome.kind !== "opened") throw new Error(`not opened: ${JSON.stringify(outcome)}`);
  return outcome.run;
}

describe("opening a run", () => {
  test("keeps the run, says the card once with expiry and quiet hours, and plans its end", async () => {
    const scene = await SurveyScene.make({ customers: 4 });
    await scene.addSurvey({ remindAfterMs: 6 * HOUR });
    const run = await opened(scene);
    expect(run).toMatchObject({ state: "open", openedAt: NOON, closesAt: NOON + DAY, eligible: 4 });
    const [card] = await scene.saidWith("card:");
    expect(card).toMatchObject({
      key: `card:${run.id}`,
      kind: "survey",
      to: scene.laneOfGroup(),
      onlyFor: null,
      quiet: true,
      expiresAt: NOON + DAY,
    });
    const schedules = await scene.store.read((tx) => tx.schedules.rows.find({ ownerId: run.id }));
    expect(Object.fromEntries(schedules.map((row) => [row.kind, row.nextAt]))).toEqual({
      "survey.close": NOON + DAY,
      "survey.remind": NOON + 6 * HOUR,
    });
    const prompts = await scene.store.read((tx) => tx.prompts.find({ runId: run.id }));
    expect(prompts.map((row) => [row.reason, row.memberId])).toEqual([["card", null]]);
  });

  test("happens once for one due time", async () => {
    const scene = await SurveyScene.make();
    await scene.addSurvey();
    await opened(scene);
    const again = await openAt(scene, "s1", NOON);
    expect(again).toEqual({ kind: "not-opened", reason: "already_open" });
    expect(await scene.saidWith("card:")).toHaveLength(1);
  });

  test("leaves out members who are muted, opted out, staff, or part of an open case", async () => {
    const scene = await SurveyScene.make({ customers: 6 });
    await scene.addSurvey();
    await scene.openCase({ id: "k1", reporter: "c1", joined: ["c2"] });
    await scene.openCase({ id: "k2", reporter: "c3", state: "resolved" });
    await scene.write(async (tx) => {
      await tx.directory.members.update({ externalId: "c4" }, { mutedAt: 1 });
      await tx.directory.members.update({ externalId: "c5" }, { optedOutAt: 1 });
    });
    expect((await opened(scene)).eligible).toBe(2);
  });

  test("refuses while the group has an open P1, also when staff insist", async () => {
    const scene = await SurveyScene.make();
    const survey = await scene.addSurvey();
    await scene.openCase({ id: "k1", reporter: "c1", severity: "P1" });
    expect(await openAt(scene, "s1", NOON)).toEqual({ kind: "not-opened", reason: "open_p1" });
    const forced = await scene.write((tx) =>
      openNow(tx, survey, { at: NOON, by: "boss", force: true }),
    );
    expect(forced).toEqual({ kind: "not-opened", reason: "open_p1" });
    const [line] = await scene.saidWith("not-opened:");
    expect(line?.to).toBe(scene.laneOfRoom());
    expect(line?.message.text).toContain("P1");
    const audit = await scene.store.read((tx) => tx.audit.find({ act: "survey.not_opened" }));
    expect(audit[0]?.detail).toMatchObject({ reason: "open_p1", dueAt: NOON });
  });

  test("moves a card that falls into the quiet hours to their end, with its full length", async () => {
    const scene = await SurveyScene.make();
    await scene.addSurvey({ pattern: "30 21 * * *" });
    const night = at(DAY_ONE, "21:30");
    const morning = at("2026-11-03", "09:00");
    expect(await openAt(scene, "s1", night)).toEqual({ kind: "deferred", until: morning });
    const schedule = await scene.store.read((tx) =>
      tx.schedules.rows.first({ kind: "survey.open", ownerId: "s1" }),
    );
    expect(schedule).toMatchObject({ nextAt: morning, pattern: "30 21 * * *", enabled: true });
    expect((await opened(scene, morning)).closesAt).toBe(morning + DAY);
  });

  test("a survey that staff open in the quiet hours opens in the morning without a schedule", async () => {
    const scene = await SurveyScene.make();
    const survey = await scene.addSurvey({ status: "draft" });
    const night = at(DAY_ONE, "23:00");
    const outcome = await scene.write((tx) => openNow(tx, survey, { at: night, by: "boss" }));
    const morning = at("2026-11-03", "09:00");
    expect(outcome).toEqual({ kind: "deferred", until: morning });
    const schedule = await scene.store.read((tx) => tx.schedules.rows.first({ ownerId: "s1" }));
    const firing = scene.firing("survey.open", "s1", morning, { payload: schedule?.payload ?? {} });
    expect((await scene.write((tx) => openDue(tx, firing))).kind).toBe("opened");
  });

  test("records an opening that was missed instead of making up for it", async () => {
    const scene = await SurveyScene.make();
    await scene.addSurvey();
    const firing = scene.firing("survey.open", "s1", NOON, {
      outcome: "missed",
      firedAt: NOON + 5 * HOUR,
    });
    expect(await scene.write((tx) => openDue(tx, firing))).toEqual({
      kind: "not-opened",
      reason: "missed",
    });
    expect(await scene.store.read((tx) => tx.runs.count({}))).toBe(0);
    expect(await scene.saidWith("not-opened:")).toHaveLength(1);
  });

  test("keeps to one card a day and three in seven days per group, across surveys", async () => {
    const scene = await SurveyScene.make();
    for (const id of ["s1", "s2", "s3", "s4", "s5"]) await scene.addSurvey({ id, openForMs: HOUR });
    const close = async (runId: string, instant: number) =>
      scene.write((tx) => closeDue(tx, scene.firing("survey.close", runId, instant)));
    const first = await opened(scene, NOON, "s1");
    await close(first.id, NOON + HOUR);
    expect(await openAt(scene, "s2", at(DAY_ONE, "20:00"))).toMatchObject({ reason: "cap_day" });
    await opened(scene, at("2026-11-03", "12:00"), "s2");
    await opened(scene, at("2026-11-04", "12:00"), "s3");
    expect(await openAt(scene, "s4", at("2026-11-08", "12:00"))).toMatchObject({
      reason: "cap_week",
    });
    expect((await openAt(scene, "s4", at("2026-11-09", "12:00"))).kind).toBe("opened");
  });

  test("caps are the group's own settings", async () => {
    const scene = await SurveyScene.make({ settings: { capGroupPerDay: 2 } });
    await scene.addSurvey();
    await scene.addSurvey({ id: "s2" });
    await opened(scene, NOON, "s1");
    expect((await openAt(scene, "s2", NOON + HOUR)).kind).toBe("opened");
  });

  test("keeps NPS cards ninety days apart", async () => {
    const scene = await SurveyScene.make();
    const nps = csatQuestion({ kind: "nps", options: [] });
    await scene.addSurvey({ questions: [nps], kind: "nps", openForMs: HOUR });
    await scene.addSurvey({ id: "s2", questions: [nps], kind: "nps" });
    await opened(scene, NOON, "s1");
    expect(await openAt(scene, "s2", NOON + 89 * DAY)).toMatchObject({ reason: "nps_gap" });
    expect((await openAt(scene, "s2", NOON + 90 * DAY)).kind).toBe("opened");
  });

  test("needs a decision, and a survey that is neither paused nor archived", async () => {
    const scene = await SurveyScene.make();
    const survey = await scene.addSurvey({ decision: " " });
    await scene.addSurvey({ id: "s2", status: "paused" });
    expect(await scene.write((tx) => openNow(tx, survey, { at: NOON, by: "boss" }))).toEqual({
      kind: "needs-decision",
    });
    expect(await openAt(scene, "s2", NOON)).toEqual({ kind: "inactive" });
  });

  test("staff may set caps and quiet hours aside; the card then goes out at once", async () => {
    const scene = await SurveyScene.make();
    const survey = await scene.addSurvey();
    const night = at(DAY_ONE, "22:00");
    const outcome = await scene.write((tx) =>
      openNow(tx, survey, { at: night, by: "boss", force: true }),
    );
    expect(outcome.kind).toBe("opened");
    expect((await scene.saidWith("card:"))[0]?.quiet).toBe(false);
  });
});

describe("the one reminder", () => {
  async function withRun(customers: number) {
    const scene = await SurveyScene.make({ customers });
    await scene.addSurvey({ remindAfterMs: 4 * HOUR });
    const run = await opened(scene);
    const remind = (extra = {}) =>
      scene.write((tx) =>
        remindDue(tx, scene.firing("survey.remind", run.id, NOON + 4 * HOUR, extra)),
      );
    return { scene, run, remind };
  }

  test("goes privately to eligible members who have not answered, and counts as a display", async () => {
    const { scene, run, remind } = await withRun(4);
    await scene.openCase({ id: "k1", reporter: "c3" });
    const place = await scene.place("c1");
    await scene.write((tx) => pressVote(tx, place, scene.press("c1", `${run.id}|q1|5`, NOON + 1)));
    expect(await remind()).toEqual({ kind: "reminded", members: 2 });
    const reminders = await scene.saidWith("remind:");
    expect(new Set(reminders.map((row) => row.onlyFor))).toEqual(
      new Set(['["simulated","c2"]', '["simulated","c4"]']),
    );
    expect(reminders.every((row) => row.quiet && row.expiresAt === run.closesAt)).toBe(true);
    expect(await scene.store.read((tx) => tx.prompts.count({ reason: "reminder" }))).toBe(2);
  });

  test("is not sent twice", async () => {
    const { scene, remind } = await withRun(3);
    await remind();
    expect(await remind()).toEqual({ kind: "reminded", members: 0 });
    expect(await scene.saidWith("remind:")).toHaveLength(3);
  });

  test("leaves alone who was shown something privately within 7 days, or twice in 30", async () => {
    const { scene, remind } = await withRun(4);
    const place = async (who: string) => (await scene.place(who)).member.id;
    const prompt = async (who: string, days: number, reason: "reminder" | "case_check") => ({
      id: `${who}-${days}`,
      groupId: scene.group.id,
      memberId: await place(who),
      runId: "old",
      kind: "csat" as const,
      reason,
      shownAt: NOON - days * DAY,
    });
    const rows = await Promise.all([
      prompt("c1", 3, "reminder"),
      prompt("c2", 10, "reminder"),
      prompt("c2", 20, "reminder"),
      prompt("c3", 3, "case_check"),
      prompt("c4", 10, "reminder"),
    ]);
    await scene.write((tx) => tx.prompts.insertNew(rows, "id"));
    expect(await remind()).toEqual({ kind: "reminded", members: 2 });
    const reminded = (await scene.saidWith("remind:")).map((row) => row.onlyFor);
    expect(new Set(reminded)).toEqual(new Set(['["simulated","c3"]', '["simulated","c4"]']));
  });

  test("is skipped when its time was missed, the run is closed, or a P1 is open", async () => {
    const { scene, run, remind } = await withRun(3);
    expect(await remind({ outcome: "missed" })).toEqual({ kind: "skipped", reason: "missed" });
    await scene.openCase({ id: "k1", reporter: "c1", severity: "P1" });
    expect(await remind()).toEqual({ kind: "skipped", reason: "open_p1" });
    await scene.write((tx) => closeNow(tx, run, { at: NOON + HOUR, by: "boss" }));
    expect(await remind()).toEqual({ kind: "skipped", reason: "closed" });
  });
});

describe("closing a run", () => {
  async function voted(values: readonly number[], extra = {}) {
    const scene = await SurveyScene.make({ customers: values.length + 2, ...extra });
    await scene.addSurvey();
    const run = await opened(scene);
    for (const [index, value] of values.entries()) {
      const who = `c${index + 1}`;
      const place = await scene.place(who);
      await scene.write((tx) =>
        pressVote(tx, place, scene.press(who, `${run.id}|q1|${value}`, NOON + 1_000 + index)),
      );
    }
    return { scene, run };
  }

  const close = (scene: SurveyScene, runId: string, instant: number, firedAt = instant) =>
    scene.write((tx) => closeDue(tx, scene.firing("survey.close", runId, instant, { firedAt })));

  test("edits the card, posts one result to the group and the exact one to the staff room", async () => {
    const { scene, run } = await voted([5, 5, 4, 4, 5, 4, 5, 1, 2, 2, 3, 1]);
    const outcome = await close(scene, run.id, run.closesAt);
    expect(outcome).toMatchObject({
      kind: "closed",
      run: { closedAt: run.closesAt, eligible: 14 },
    });
    const [edit] = await scene.saidWith("card-closed:");
    expect(edit).toMatchObject({ act: "edit" });
    expect(edit?.message.choices).toBeUndefined();
    const [post] = await scene.saidWith(`result:${run.id}`);
    expect(post).toMatchObject({ kind: "result", to: scene.laneOfGroup(), quiet: true });
    expect(post?.message.text).toBe(
      "【问卷结果】这次草莓的新鲜度，您满意吗？\n" +
        "约 10 位作答，约占能作答成员的 85%，谢谢！\n" +
        "回答的人里约 60% 满意（人数有限，大致在 30%–85% 之间）。\n" +
        "想私下补充，私信我就行。不想被问，私信我「免打扰」。",
    );
    const [staff] = await scene.saidWith("result-staff:");
    expect(staff?.to).toBe(scene.laneOfRoom());
    expect(staff?.message.text).toBe(
      "【问卷 1 结果】草莓新鲜度\n" +
        "草莓群，11月2日 12:00 至 11月3日 12:00\n" +
        "要支持的决定：低于 80% 就换供货商\n" +
        "这次草莓的新鲜度，您满意吗？\n" +
        "有效作答 n=12，能作答 14 位，参与率 85.7%（只代表回答的人）\n" +
        "满意 58.3%（7/12，95% 区间 32.0%–80.7%）\n" +
        "非常满意 33.3%（4/12，95% 区间 13.8%–60.9%）\n" +
        "不满意 33.3%（4/12，95% 区间 13.8%–60.9%）\n" +
        "平均 3.42\n" +
        "人数少，先当初步看法。\n" +
        "分布：1 分 2 位、2 分 2 位、3 分 1 位、4 分 3 位、5 分 4 位",
    );
    const [published] = await scene.store.read((tx) => tx.published.find({}));
    expect(published).toMatchObject({ metric: "csat", n: 12 });
    expect(JSON.parse(published?.shown ?? "")).toEqual({
      about: 10,
      percentages: { satisfied: 60, not_satisfied: 40 },
      counts: { satisfied: 7, not_satisfied: 5 },
    });
  });

  test("says words instead of a number when few chose one side, and keeps no published number", async () => {
    const { scene, run } = await voted([5, 5, 4, 4, 5, 4, 5, 1, 2]);
    await close(scene, run.id, run.closesAt);
    const [post] = await scene.saidWith(`result:${run.id}`);
    expect(post?.message.text).toContain(
      "回答的人里多数表示满意。有的选项选的人少，为保护大家不公布数字。",
    );
    expect(post?.message.text).not.toMatch(/满意（/);
    expect(await scene.store.read((tx) => tx.published.count({}))).toBe(0);
  });

  test("says that there are too few below five, to the group and to staff", async () => {
    const { scene, run } = await voted([5, 1, 2, 4]);
    await close(scene, run.id, run.closesAt);
    const [post] = await scene.saidWith(`result:${run.id}`);
    expect(post?.message.text).toBe(
      "【问卷结果】这次草莓的新鲜度，您满意吗？\n这次作答不到 5 位，为保护大家不公布数字。谢谢参与！",
    );
    const [staff] = await scene.saidWith("result-staff:");
    expect(staff?.message.text).toContain("回答太少（n=4），为保护作答的人不展开。");
    expect(staff?.message.text).not.toContain("满意 ");
  });

  test("the same in English", async () => {
    const { scene, run } = await voted([5, 5, 4, 4, 5, 4, 5, 1, 2, 2, 3, 1], { language: "en" });
    await close(scene, run.id, run.closesAt);
    const [post] = await scene.saidWith(`result:${run.id}`);
    expect(post?.message.text).toBe(
      "[Result] 这次草莓的新鲜度，您满意吗？\n" +
        "About 10 members answered, roughly 85% of those who could. Thank you!\n" +
        "Of those who answered, about 60% are satisfied (give or take chance: 30% to 85%).\n" +
        'To add something in private, message me. Not asked again: message me "mute".',
    );
    const [staff] = await scene.saidWith("result-staff:");
    expect(staff?.message.text.split("\n").slice(4, 6)).toEqual([
      "Valid answers n=12 of 14 who could answer, participation 85.7% (speaks for those who answered)",
      "Satisfied 58.3% (7/12, 95% interval 32.0%–80.7%)",
    ]);
  });

  test("waits for messages that arrived before the closing time and are still unread", async () => {
    const { scene, run } = await voted([5]);
    await scene.write((tx) =>
      tx.inboxEvents.insert({
        seq: 0,
        eventKey: "k",
        fenceKey: null,
        lane: scene.laneOfGroup(),
        kind: "message",
        payload: "{}",
        receivedAt: run.closesAt - 10,
        state: "due",
        attempts: 0,
        reason: null,
      }),
    );
    const outcome = await close(scene, run.id, run.closesAt);
    expect(outcome).toEqual({ kind: "waiting", until: run.closesAt + 5_000 });
    const schedule = await scene.store.read((tx) =>
      tx.schedules.rows.first({ kind: "survey.close", ownerId: run.id }),
    );
    expect(schedule?.nextAt).toBe(run.closesAt + 5_000);
    await scene.write((tx) => tx.inboxEvents.update({ eventKey: "k" }, { state: "done" }));
    const later = await close(scene, run.id, run.closesAt + 5_000);
    expect(later).toMatchObject({ kind: "closed", run: { closedAt: run.closesAt } });
  });

  test("does not wait for ever", async () => {
    const { scene, run } = await voted([5]);
    await scene.write((tx) =>
      tx.inboxEvents.insert({
        seq: 0,
        eventKey: "k",
        fenceKey: null,
        lane: scene.laneOfGroup(),
        kind: "message",
        payload: "{}",
        receivedAt: run.closesAt - 10,
        state: "due",
        attempts: 0,
        reason: null,
      }),
    );
    const outcome = await close(scene, run.id, run.closesAt, run.closesAt + 600_000);
    expect(outcome.kind).toBe("closed");
  });

  test("counts among those who could answer everybody whose answer counts", async () => {
    const { scene, run } = await voted([5, 4]);
    await scene.openCase({ id: "k1", reporter: "c1" });
    await scene.openCase({ id: "k2", reporter: "c3" });
    expect(await close(scene, run.id, run.closesAt)).toMatchObject({ run: { eligible: 3 } });
  });

  test("happens once", async () => {
    const { scene, run } = await voted([5]);
    await close(scene, run.id, run.closesAt);
    expect(await close(scene, run.id, run.closesAt)).toEqual({ kind: "already-closed" });
    expect(await scene.saidWith("result")).toHaveLength(2);
  });

  test("by hand ends the run at that moment and takes its schedules away", async () => {
    const scene = await SurveyScene.make();
    await scene.addSurvey({ remindAfterMs: 6 * HOUR });
    const run = await opened(scene);
    const outcome = await scene.write((tx) => closeNow(tx, run, { at: NOON + HOUR, by: "boss" }));
    expect(outcome).toMatchObject({ kind: "closed", run: { closedAt: NOON + HOUR } });
    const left = await scene.store.read((tx) =>
      tx.schedules.rows.count({ ownerId: run.id, enabled: true }),
    );
    expect(left).toBe(0);
  });

  test("a private check closes without a word", async () => {
    const scene = await SurveyScene.make();
    await scene.write((tx) =>
      tx.runs.insert({
        id: "r",
        surveyId: "check:k1",
        groupId: scene.group.id,
        kind: "ces",
        openedFor: NOON,
        openedAt: NOON,
        closesAt: NOON + DAY,
        closedAt: null,
        state: "open",
        questions: [csatQuestion({ kind: "ces", options: [] })],
        eligible: 1,
        cardKey: null,
      }),
    );
    expect((await close(scene, "r", NOON + DAY)).kind).toBe("closed");
    expect(await scene.said()).toEqual([]);
  });
});
