import { describe, expect, test } from "vitest";
import { durationFromWords, openForFromWords } from "#src/surveys/open-for.js";
import { scheduleSurvey } from "#src/surveys/schedule-survey.js";
import { shapeProblem } from "#src/surveys/survey-shape.js";
import {
  archiveSurvey,
  findSurvey,
  listSurveys,
  pauseSurvey,
  resumeSurvey,
  stateDecision,
} from "#src/surveys/survey-status.js";
import {
  at,
  csatQuestion,
  DAY_ONE,
  SurveyScene,
  WHY_TAGS,
  WHY_WORDS,
  ZONE,
} from "./survey-scene.js";

const NOON = at(DAY_ONE, "12:00");
const HOUR = 3_600_000;
const BY = { at: NOON, by: "boss" };

async function schedule(scene: SurveyScene, request: object) {
  const survey = await scene.store.read((tx) => tx.surveys.first({ id: "s1" }));
  if (survey === null) throw new Error("no survey");
  return scene.write((tx) =>
    scheduleSurvey(tx, { survey, group: scene.group, opens: "每天 20:00", ...BY, ...request }),
  );
}

function openSchedule(scene: SurveyScene) {
  return scene.store.read((tx) => tx.schedules.rows.first({ kind: "survey.open", ownerId: "s1" }));
}

describe("scheduling a survey", () => {
  test("is refused until it says which decision it serves", async () => {
    const scene = await SurveyScene.make();
    const survey = await scene.addSurvey({ decision: "", status: "draft" });
    expect(await schedule(scene, {})).toEqual({ kind: "needs-decision" });
    expect(await openSchedule(scene)).toBeNull();
    const stated = await scene.write((tx) =>
      stateDecision(tx, survey, { ...BY, decision: " 低于 80% 就换供货商 " }),
    );
    expect(stated?.decision).toBe("低于 80% 就换供货商");
    expect((await schedule(scene, {})).kind).toBe("scheduled");
    expect(
      await scene.write((tx) => stateDecision(tx, survey, { ...BY, decision: "  " })),
    ).toBeNull();
  });

  test("takes words of both languages or cron, by the group's clock", async () => {
    const scene = await SurveyScene.make();
    await scene.addSurvey({ status: "draft" });
    const next = at(DAY_ONE, "20:00");
    for (const opens of ["每天 20:00", "every day at 8pm", "0 20 * * *"]) {
      expect(await schedule(scene, { opens })).toMatchObject({ kind: "scheduled", nextAt: next });
    }
    expect(await openSchedule(scene)).toMatchObject({
      pattern: "0 20 * * *",
      timeZone: ZONE,
      nextAt: next,
      enabled: true,
    });
    const survey = await scene.store.read((tx) => findSurvey(tx, 1));
    expect(survey).toMatchObject({ status: "active", pattern: "0 20 * * *" });
  });

  test("explains what it cannot read", async () => {
    const scene = await SurveyScene.make();
    await scene.addSurvey();
    const unclear = await schedule(scene, { opens: "有空的时候" });
    expect(unclear.kind).toBe("unclear-opening");
    if (unclear.kind === "unclear-opening") expect(unclear.hint.zh).not.toBe("");
    expect(await schedule(scene, { closes: "某天" })).toEqual({ kind: "unclear-closing" });
    expect(await schedule(scene, { closes: "30d" })).toEqual({ kind: "unclear-closing" });
  });

  test("takes a closing time and one reminder that fits before it", async () => {
    const scene = await SurveyScene.make();
    await scene.addSurvey();
    const outcome = await schedule(scene, { closes: "12:00", remindAfterMs: 10 * HOUR });
    expect(outcome).toMatchObject({
      kind: "scheduled",
      survey: { openForMs: 16 * HOUR, remindAfterMs: 10 * HOUR },
    });
    expect(await schedule(scene, { closes: "2h", remindAfterMs: 2 * HOUR })).toEqual({
      kind: "reminder-after-closing",
    });
    expect(await schedule(scene, { remindAfterMs: null })).toMatchObject({
      survey: { openForMs: 16 * HOUR, remindAfterMs: null },
    });
  });

  test("warns of runs that will not open", async () => {
    const scene = await SurveyScene.make();
    await scene.addSurvey();
    const warnings = async (request: object) => {
      const outcome = await schedule(scene, request);
      return outcome.kind === "scheduled" ? outcome.warnings : outcome;
    };
    expect(await warnings({ opens: "每周五 18:30", closes: "20h" })).toEqual([]);
    expect(await warnings({ opens: "每天 18:30", closes: "20h" })).toEqual(["cap_week"]);
    expect(await warnings({ opens: "每周一 10:00、18:00", closes: "2h" })).toEqual(["cap_day"]);
    expect(await warnings({ opens: "每周一 10:00", closes: "10d" })).toEqual(["overlap"]);
    expect(await warnings({ opens: "每周一 22:00", closes: "2h" })).toEqual(["quiet"]);
    await scene.write((tx) => tx.surveys.update({ id: "s1" }, { kind: "nps" }));
    expect(await warnings({ opens: "每月1号 10:00", closes: "2h" })).toEqual(["nps_gap"]);
  });
});

describe("pausing, resuming and archiving", () => {
  test("stop and take up the schedule; an archived survey stays so", async () => {
    const scene = await SurveyScene.make();
    await scene.addSurvey();
    await schedule(scene, {});
    const survey = async () => {
      const found = await scene.store.read((tx) => findSurvey(tx, 1));
      if (found === null) throw new Error("gone");
      return found;
    };
    const active = await survey();
    expect((await scene.write((tx) => pauseSurvey(tx, active, BY))).kind).toBe("changed");
    expect(await openSchedule(scene)).toMatchObject({ enabled: false, nextAt: null });
    const paused = await survey();
    expect((await scene.write((tx) => pauseSurvey(tx, paused, BY))).kind).toBe("same");
    const later = at("2026-11-05", "21:00");
    const resumed = await scene.write((tx) =>
      resumeSurvey(tx, paused, { at: later, by: "boss", group: scene.group }),
    );
    expect(resumed).toMatchObject({ kind: "changed", nextAt: at("2026-11-06", "20:00") });
    expect(await openSchedule(scene)).toMatchObject({ enabled: true });
    const again = await survey();
    await scene.write((tx) => archiveSurvey(tx, again, BY));
    const archived = await survey();
    expect(archived.status).toBe("archived");
    expect(await scene.write((tx) => pauseSurvey(tx, archived, BY))).toEqual({ kind: "archived" });
    expect(await schedule(scene, {})).toEqual({ kind: "archived" });
    const acts = (await scene.store.read((tx) => tx.audit.find({}))).map((row) => row.act);
    expect(acts).toEqual([
      "survey.scheduled",
      "survey.paused",
      "survey.resumed",
      "survey.archived",
    ]);
  });

  test("a list names what is not archived, by number, with the next opening", async () => {
    const scene = await SurveyScene.make();
    await scene.addSurvey();
    await schedule(scene, {});
    await scene.addSurvey({ id: "s2", number: 2, status: "archived" });
    await scene.addSurvey({ id: "s3", number: 3, status: "draft" });
    const listed = await scene.store.read((tx) => listSurveys(tx, [scene.group.id]));
    expect(listed.map(({ survey, nextAt }) => [survey.number, nextAt])).toEqual([
      [1, at(DAY_ONE, "20:00")],
      [3, null],
    ]);
    expect(await scene.store.read((tx) => listSurveys(tx, []))).toEqual([]);
  });
});

describe("the shape of a survey", () => {
  const listed = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ id: `o${i}`, label: `L${i}` }));

  test("is one rating and at most two follow-ups that its score leads to", () => {
    expect(shapeProblem([csatQuestion()])).toBeNull();
    expect(shapeProblem([csatQuestion(), WHY_TAGS, { ...WHY_WORDS, id: "w" }])).toBeNull();
    expect(shapeProblem([])).toBe("no_question");
    expect(shapeProblem([WHY_WORDS])).toBe("no_rating");
    expect(shapeProblem([csatQuestion({ kind: "text" })])).toBe("no_rating");
    expect(shapeProblem([csatQuestion(), csatQuestion({ id: "q2" })])).toBe("two_ratings");
    expect(shapeProblem([csatQuestion(), WHY_WORDS, WHY_TAGS, WHY_WORDS])).toBe(
      "too_many_follow_ups",
    );
    const choice = csatQuestion({ kind: "choice", options: listed(3) });
    expect(shapeProblem([choice, WHY_WORDS])).toBe("follow_up_without_score");
  });

  test("has options that can be told apart", () => {
    const choice = (options: ReturnType<typeof listed>) =>
      shapeProblem([csatQuestion({ kind: "choice", options })]);
    expect(choice(listed(2))).toBeNull();
    expect(choice(listed(1))).toBe("too_few_options");
    expect(choice(listed(21))).toBe("too_many_options");
    expect(choice([...listed(2), { id: "o1", label: "x" }])).toBe("same_option");
    expect(choice([...listed(2), { id: "o9", label: "L1" }])).toBe("same_option");
    expect(shapeProblem([csatQuestion({ text: " " })])).toBe("empty_text");
  });
});

describe("how long a run stays open", () => {
  test("is read as a length of time in both languages", () => {
    const read = (text: string) => (durationFromWords(text) ?? 0) / HOUR;
    expect(
      ["24h", "24 小时", "两天", "2 days", "90分钟", "半天", "1.5 hours", "十个小时"].map(read),
    ).toEqual([24, 24, 48, 48, 1.5, 12, 1.5, 10]);
    for (const text of ["", "h", "0h", "明天", "24", "-2h", "1e9h", "2 weeks"]) {
      expect(durationFromWords(text)).toBeNull();
    }
  });

  test("or until a clock time, on that day or the next, within ten minutes and two weeks", () => {
    const until = (text: string) => openForFromWords(text, NOON, ZONE);
    expect(until("21:00")).toBe(9 * HOUR);
    expect(until("9:30")).toBe(21.5 * HOUR);
    expect(until("12:00")).toBe(24 * HOUR);
    expect(until("14天")).toBe(336 * HOUR);
    expect(until("15天")).toBeNull();
    expect(until("5m")).toBeNull();
    expect(until("12:05")).toBeNull();
    expect(until("25:00")).toBeNull();
  });
});
