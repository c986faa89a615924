import { describe, expect, test } from "vitest";
import { QUESTION_KINDS } from "#entities/vocabulary.js";
import { type DraftRequest, draftSurvey } from "#src/surveys/draft-survey.js";
import { openFromTranscript } from "#src/surveys/replay-run.js";
import { createSurveys } from "#src/surveys/surveys.js";
import { at, csatQuestion, DAY_ONE, SurveyScene, WHY_WORDS } from "./survey-scene.js";

const NOON = at(DAY_ONE, "12:00");

async function draft(
  request: Partial<DraftRequest> & Pick<DraftRequest, "ask">,
  scene?: SurveyScene,
) {
  const place = scene ?? (await SurveyScene.make());
  return place.write((tx) =>
    draftSurvey(tx, { group: place.group, at: NOON, by: "boss", ...request }),
  );
}

describe("drafting a survey", () => {
  test("from the bank takes the question in the group's language with its why, numbered", async () => {
    const scene = await SurveyScene.make();
    const first = await draft({ ask: { from: "bank", id: "product-freshness" } }, scene);
    if (first.kind !== "drafted") throw new Error(first.kind);
    expect(first.survey).toMatchObject({
      number: 1,
      kind: "csat",
      status: "draft",
      decision: "",
      pattern: null,
      openForMs: 24 * 3_600_000,
      remindAfterMs: null,
    });
    expect(first.survey.questions.map((question) => question.kind)).toEqual(["csat", "multi"]);
    expect(first.survey.title).toBe(first.survey.questions[0]?.text);
    const second = await draft({ ask: { from: "bank", id: "overall-why" } }, scene);
    expect(second).toEqual({ kind: "malformed", problem: "no_rating" });
    const third = await draft({ ask: { from: "bank", id: "selection-next" } }, scene);
    expect(third).toMatchObject({ kind: "drafted", survey: { number: 2, kind: "multi" } });
  });

  test("names the known questions when one is not in the bank", async () => {
    const outcome = await draft({ ask: { from: "bank", id: "nope" } });
    expect(outcome.kind).toBe("unknown-question");
    if (outcome.kind === "unknown-question") expect(outcome.known).toContain("product-freshness");
  });

  test("of the shop's own wording adds a way out and the usual why", async () => {
    const outcome = await draft({
      ask: { from: "own", kind: "csat", text: "您对这次的草莓满意吗？" },
      title: " 草莓 ",
      decision: " 换不换供货商 ",
      remindAfterMs: 3_600_000,
    });
    expect(outcome).toMatchObject({
      kind: "drafted",
      warnings: [],
      survey: { title: "草莓", decision: "换不换供货商", remindAfterMs: 3_600_000 },
    });
    if (outcome.kind !== "drafted") throw new Error(outcome.kind);
    const [rating, why] = outcome.survey.questions;
    expect(rating?.options).toEqual([{ id: "not-sure", label: "不清楚", outsideN: true }]);
    expect(why).toMatchObject({ kind: "multi", askedWhen: { atMost: 3 } });
    const poll = await draft({
      ask: { from: "own", kind: "choice", text: "下次团哪种水果？", options: ["草莓", "蓝莓"] },
    });
    expect(poll).toMatchObject({
      kind: "drafted",
      survey: { questions: [{ options: [{ id: "o1" }, { id: "o2" }, { id: "not-sure" }] }] },
    });
  });

  test("refuses what the linter calls an error and explains; warnings come with the draft", async () => {
    const bought = await draft({
      ask: { from: "own", kind: "csat", text: "五星好评送优惠券，您满意吗？" },
    });
    expect(bought.kind).toBe("refused");
    if (bought.kind === "refused") {
      expect(bought.findings[0]?.code).toBe("incentive");
      expect(bought.findings[0]?.explanation.zh).toContain("违法");
    }
    const leading = await draft({
      ask: { from: "own", kind: "csat", text: "您一定很满意我们的草莓吧？" },
    });
    expect(leading).toMatchObject({ kind: "drafted", warnings: [{ code: "leading" }] });
  });

  test("refuses questions that make no survey", async () => {
    const whole = (...questions: readonly ReturnType<typeof csatQuestion>[]) =>
      draft({ ask: { from: "whole", questions } });
    expect(await whole(WHY_WORDS)).toEqual({ kind: "malformed", problem: "no_rating" });
    expect((await whole(csatQuestion(), WHY_WORDS)).kind).toBe("drafted");
    expect(
      await draft({ ask: { from: "own", kind: "choice", text: "哪种？", options: ["草莓"] } }),
    ).toEqual({ kind: "malformed", problem: "too_few_options" });
  });
});

describe("a survey of a transcript", () => {
  test("opens the standard question of its kind without caps, once, under its own id", async () => {
    const scene = await SurveyScene.make({ settings: { capGroupPerDay: 0 } });
    await scene.openCase({ id: "k1", reporter: "c1", severity: "P1" });
    const surveys = createSurveys({ botNames: [] });
    const night = at(DAY_ONE, "23:00");
    const open = (runId: string, opensAt: number) =>
      scene.write((tx) =>
        surveys.openFromTranscript(tx, {
          group: scene.group,
          runId,
          kind: "csat",
          opensAt,
          closesAt: opensAt + 3_600_000,
        }),
      );
    const run = await open("r1", night);
    expect(run).toMatchObject({ id: "r1", cardKey: "card:r1", state: "open", openedAt: night });
    expect(run.questions).toHaveLength(1);
    await open("r1", night);
    await open("r2", night + 2 * 3_600_000);
    const cards = await scene.saidWith("card:");
    expect(cards.map((card) => [card.key, card.quiet])).toEqual([
      ["card:r1", false],
      ["card:r2", false],
    ]);
    expect(await scene.store.read((tx) => tx.surveys.count({}))).toBe(1);
    const close = await scene.store.read((tx) =>
      tx.schedules.rows.first({ kind: "survey.close", ownerId: "r1" }),
    );
    expect(close?.nextAt).toBe(night + 3_600_000);
  });

  test("can be of every kind", async () => {
    const scene = await SurveyScene.make({ language: "en" });
    for (const kind of QUESTION_KINDS) {
      const run = await scene.write((tx) =>
        openFromTranscript(tx, {
          group: scene.group,
          runId: kind,
          kind,
          opensAt: NOON,
          closesAt: NOON + 1,
        }),
      );
      expect(run.kind).toBe(kind);
    }
    for (const card of await scene.saidWith("card:")) {
      expect(card.message.text.length).toBeLessThanOrEqual(600);
      expect(card.message.textWithoutButtons?.length ?? 0).toBeLessThanOrEqual(600);
    }
  });
});

describe("the survey room", () => {
  test("wires its firings to what they do", async () => {
    const scene = await SurveyScene.make();
    const surveys = createSurveys({ botNames: ["小助手"] });
    await scene.addSurvey();
    const due = scene.firing("survey.open", "s1", NOON);
    await scene.write((tx) => surveys.firings["survey.open"](tx, due));
    const run = await scene.store.read((tx) => surveys.latestRun(tx, "s1"));
    expect(run?.state).toBe("open");
    const open = await scene.store.read((tx) =>
      run === null ? Promise.resolve(null) : surveys.results(tx, run, "zh"),
    );
    expect(open).toEqual({ kind: "open", n: 0, closesAt: run?.closesAt });
    const end = scene.firing("survey.close", run?.id ?? "", run?.closesAt ?? 0);
    await scene.write((tx) => surveys.firings["survey.close"](tx, end));
    const closed = await scene.store.read((tx) => surveys.latestRun(tx, "s1"));
    expect(closed?.state).toBe("closed");
  });
});
