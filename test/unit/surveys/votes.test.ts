import { describe, expect, test } from "vitest";
import type { SurveyRun } from "#entities/index.js";
import type { QuestionSnapshot } from "#entities/types.js";
import type { MessageEvent } from "#src/platform/inbound-event.js";
import { closeDue } from "#src/surveys/close-run.js";
import { considerReply } from "#src/surveys/consider-reply.js";
import { openDue } from "#src/surveys/open-run.js";
import { pressVote, submitVote } from "#src/surveys/press-vote.js";
import { recallVote } from "#src/surveys/recall-vote.js";
import {
  at,
  csatQuestion,
  DAY_ONE,
  type SceneOptions,
  SurveyScene,
  WHY_TAGS,
  WHY_WORDS,
} from "./survey-scene.js";

const NOON = at(DAY_ONE, "12:00");
const MINUTE = 60_000;
const DEPS = { botNames: ["小助手"] };
const OF_BOT = { platform: "simulated", memberId: "bot" };

class Talk {
  readonly scene: SurveyScene;
  readonly runs: SurveyRun[] = [];

  constructor(scene: SurveyScene) {
    this.scene = scene;
  }

  static async make(
    surveys: readonly (readonly QuestionSnapshot[])[] = [[csatQuestion()]],
    options: SceneOptions = {},
  ): Promise<Talk> {
    const settings = { capGroupPerDay: 9, capGroupPerWeek: 9 };
    const talk = new Talk(await SurveyScene.make({ customers: 4, settings, ...options }));
    for (const [index, questions] of surveys.entries()) {
      const id = `s${index + 1}`;
      const kind = questions[0]?.kind ?? "csat";
      await talk.scene.addSurvey({ id, number: index + 1, questions, kind });
      await talk.open(id, NOON + index * MINUTE);
    }
    return talk;
  }

  async open(surveyId: string, instant: number): Promise<SurveyRun> {
    const firing = this.scene.firing("survey.open", surveyId, instant);
    const outcome = await this.scene.write((tx) => openDue(tx, firing));
    if (outcome.kind !== "opened") throw new Error(JSON.stringify(outcome));
    this.runs.push(outcome.run);
    await this.scene.sent(outcome.run, `card-${surveyId}`);
    return outcome.run;
  }

  run(index = 0): SurveyRun {
    const run = this.runs[index];
    if (run === undefined) throw new Error("no such run");
    return run;
  }

  async consider(who: string, event: MessageEvent) {
    const place = await this.scene.place(who, event.isDirect);
    return this.scene.write((tx) => considerReply(tx, place, event, DEPS));
  }

  async say(who: string, text: string, extra: Partial<MessageEvent> & { minute?: number } = {}) {
    const { minute = 5, ...rest } = extra;
    return this.consider(who, this.scene.message(who, text, NOON + minute * MINUTE, rest));
  }

  /** Says it to the bot alone. */
  async whisper(who: string, text: string, minute = 5) {
    return this.say(who, text, { minute, isDirect: true });
  }

  async press(who: string, value: string, minute = 5, action = "vote") {
    const place = await this.scene.place(who);
    const event = this.scene.press(who, value, NOON + minute * MINUTE, action);
    return this.scene.write((tx) => pressVote(tx, place, event));
  }

  async close(index = 0): Promise<void> {
    const run = this.run(index);
    await this.scene.write((tx) =>
      closeDue(tx, this.scene.firing("survey.close", run.id, run.closesAt)),
    );
  }

  values(index = 0, questionId = "q1") {
    return this.scene.values(this.run(index), questionId);
  }
}

describe("answers by button", () => {
  test("are set, not toggled: the last one counts and each press gets one private answer", async () => {
    const talk = await Talk.make();
    const { id } = talk.run();
    expect((await talk.press("c1", `${id}|q1|4`)).kind).toBe("recorded");
    expect((await talk.press("c1", `${id}|q1|4`)).kind).toBe("same");
    expect((await talk.press("c1", `${id}|q1|5`, 6)).kind).toBe("changed");
    expect(await talk.values()).toEqual({ c1: 5 });
    const replies = await talk.scene.saidWith("reply:");
    expect(replies.map((row) => row.onlyFor)).toEqual(Array(3).fill('["simulated","c1"]'));
    expect(replies[0]?.message.text).toBe(
      "您选的是「4 比较满意」。\n记下了，谢谢！截止前想改，再答一次就行。",
    );
  });

  test("of an option outside n are kept", async () => {
    const talk = await Talk.make();
    await talk.press("c1", `${talk.run().id}|q1|na`);
    expect(await talk.values()).toEqual({ c1: "na" });
  });

  test("that are unknown, late or from another group are answered kindly and change nothing", async () => {
    const talk = await Talk.make();
    const { id, closesAt } = talk.run();
    expect((await talk.press("c1", `${id}|q1|9`)).kind).toBe("unknown-option");
    expect((await talk.press("c1", "gone|q1|4")).kind).toBe("unknown");
    expect((await talk.press("c1", "nonsense")).kind).toBe("unknown");
    const late = (closesAt - NOON) / MINUTE;
    expect((await talk.press("c1", `${id}|q1|4`, late)).kind).toBe("run-closed");
    await talk.scene.write((tx) =>
      tx.directory.memberships.update({ groupId: talk.scene.group.id }, { leftAt: 1 }),
    );
    expect(await talk.press("c1", `${id}|q1|4`)).toEqual({ kind: "not-eligible", why: "foreign" });
    expect(await talk.values()).toEqual({});
    const texts = (await talk.scene.saidWith("reply:")).map((row) => row.message.text);
    expect(texts.map((text) => text.slice(0, 9))).toEqual([
      "这个选项现在不能选",
      "这个选项现在不能选",
      "这个问卷已经截止，",
      "这个问卷是发给另一",
    ]);
  });

  test("of staff are kept apart and refused kindly", async () => {
    const talk = await Talk.make();
    const { id } = talk.run();
    expect(await talk.press("boss", `${id}|q1|5`)).toEqual({ kind: "not-eligible", why: "staff" });
    expect(await talk.values()).toEqual({});
    const [kept] = Object.values(await talk.scene.answers(talk.run(), "staff:q1"));
    expect(kept).toMatchObject({ rating: false, value: "5" });
    expect((await talk.scene.saidWith("reply:"))[0]?.message.text).toContain("工作人员");
  });

  test("to a question with several choices add up until they are cleared", async () => {
    const multi = csatQuestion({ kind: "multi", options: WHY_TAGS.options });
    const talk = await Talk.make([[multi]]);
    const { id } = talk.run();
    await talk.press("c1", `${id}|q1|less`);
    await talk.press("c1", `${id}|q1|late`, 6);
    expect(await talk.values()).toEqual({ c1: ["late", "less"] });
    expect((await talk.press("c1", `${id}|q1|clear`, 7)).kind).toBe("cleared");
    expect(await talk.values()).toEqual({});
  });

  test("of a private check count only for the member who was asked", async () => {
    const talk = await Talk.make([]);
    const { scene } = talk;
    const c1 = (await scene.place("c1")).member.id;
    const run: SurveyRun = {
      id: "check-run",
      surveyId: "check:k1",
      groupId: scene.group.id,
      kind: "ces",
      openedFor: NOON,
      openedAt: NOON,
      closesAt: NOON + 3_600_000,
      closedAt: null,
      state: "open",
      questions: [csatQuestion({ kind: "ces", options: [] })],
      eligible: 1,
      cardKey: "check:1",
    };
    await scene.write(async (tx) => {
      await tx.runs.insert(run);
      await tx.prompts.insert({
        id: "p",
        groupId: scene.group.id,
        memberId: c1,
        runId: run.id,
        kind: "ces",
        reason: "case_check",
        shownAt: NOON,
      });
    });
    expect((await talk.press("c2", "check-run|q1|6")).kind).toBe("not-eligible");
    expect(await talk.say("c1", "6分")).toEqual({ kind: "none" });
    expect((await talk.whisper("c1", "6")).kind).toBe("vote");
    expect(await scene.values(run)).toEqual({ c1: 6 });
  });

  test("come by form with a comment", async () => {
    const talk = await Talk.make();
    const place = await talk.scene.place("c1");
    const values = { run: talk.run().id, question: "q1", value: "2", comment: " 太软 " };
    const { action: _, value: __, ...base } = talk.scene.press("c1", "", NOON + MINUTE);
    const event = { ...base, kind: "form", form: "vote", values } as const;
    expect((await talk.scene.write((tx) => submitVote(tx, place, event))).kind).toBe("recorded");
    const { c1 } = await talk.scene.answers(talk.run());
    expect(c1).toMatchObject({ value: "2", comment: "太软", via: "form" });
  });
});

describe("answers by text in the group", () => {
  test("are read by the whole message, and the bot answers none of them", async () => {
    const talk = await Talk.make();
    expect(await talk.say("c1", "4")).toMatchObject({ kind: "vote", value: 4, comment: null });
    expect(await talk.say("c2", "5，很甜")).toMatchObject({ value: 5, comment: "很甜" });
    expect(await talk.say("c3", "5点送到吗")).toEqual({ kind: "none" });
    expect(await talk.say("c4", "我这次没买。")).toMatchObject({ value: "na" });
    expect(await talk.values()).toEqual({ c1: 4, c2: 5, c4: "na" });
    expect(await talk.scene.saidWith("reply:")).toEqual([]);
  });

  test("the last valid one counts, whatever order they arrive in", async () => {
    const talk = await Talk.make();
    await talk.say("c1", "3", { minute: 5 });
    await talk.say("c1", "改成4", { minute: 7 });
    await talk.say("c1", "2", { minute: 6 });
    expect(await talk.values()).toEqual({ c1: 4 });
  });

  test("quoting the card are taken by its message id or by its words", async () => {
    const talk = await Talk.make([
      [csatQuestion()],
      [csatQuestion({ text: "送货速度您满意吗？" })],
    ]);
    await talk.say("c1", "4", { repliesTo: { messageId: "card-s1", ofBot: true } });
    await talk.say("c2", "5", {
      repliesTo: { ofBot: true, text: "【小问卷】送货速度您满意吗？\n1 最不" },
    });
    await talk.say("c3", "3", {
      conversation: { platform: "simulated", conversationId: "berries", threadId: "card-s2" },
    });
    expect(await talk.values(0)).toEqual({ c1: 4 });
    expect(await talk.values(1)).toEqual({ c2: 5, c3: 3 });
  });

  test("quoting somebody else, or another message of the bot, are no votes", async () => {
    const talk = await Talk.make();
    await talk.say("c1", "4", { repliesTo: { messageId: "x", ofBot: false, text: "谁要草莓" } });
    await talk.say("c2", "4", {
      repliesTo: { messageId: "digest", ofBot: true, text: "今日小结" },
    });
    await talk.say("c3", "4", {
      repliesTo: { messageId: "y", author: { platform: "simulated", memberId: "c1" } },
    });
    // Somebody passed the card on; the answer is to them.
    await talk.say("c4", "4", {
      repliesTo: { ofBot: false, text: "【小问卷】这次草莓的新鲜度，您满意吗？" },
    });
    expect(await talk.values()).toEqual({});
  });

  test("that fit several open questions are no vote; the member is asked once, privately", async () => {
    const talk = await Talk.make([
      [csatQuestion()],
      [csatQuestion({ text: "送货速度您满意吗？" })],
    ]);
    expect(await talk.say("c1", "4")).toEqual({ kind: "handled" });
    expect(await talk.say("c1", "4", { minute: 6 })).toEqual({ kind: "handled" });
    expect(await talk.values(0)).toEqual({});
    expect(await talk.values(1)).toEqual({});
    const which = await talk.scene.saidWith("which:");
    expect(which).toHaveLength(1);
    expect(await talk.say("boss", "4")).toEqual({ kind: "none" });
    expect(await talk.scene.saidWith("which:")).toHaveLength(1);
    expect(which[0]?.onlyFor).toBe('["simulated","c1"]');
    const values = which[0]?.message.choices?.[0]?.choices.map((choice) => choice.value) ?? [];
    await talk.press("c1", values[1] ?? "");
    expect(await talk.values(0)).toEqual({ c1: 4 });
  });

  test("go to the only question whose scale takes them", async () => {
    const nps = csatQuestion({ kind: "nps", text: "愿意推荐我们吗？", options: [] });
    const talk = await Talk.make([[csatQuestion()], [nps]]);
    await talk.say("c1", "9");
    expect(await talk.values(1)).toEqual({ c1: 9 });
    await talk.press("c2", `${talk.run(0).id}|q1|2`);
    await talk.say("c2", "改成4", { minute: 7 });
    expect(await talk.values(0)).toEqual({ c2: 4 });
  });

  test("are not mixed up with a requested receipt", async () => {
    const talk = await Talk.make();
    const boss = await talk.scene.place("boss");
    const line = (id: string, text: string, role: string, minute: number) => ({
      id,
      groupId: talk.scene.group.id,
      memberId: boss.member.id,
      role,
      sentAt: NOON + minute * MINUTE,
      polarity: 0,
      score: 0,
      complaint: false,
      aspects: [],
      severity: null,
      text,
    });
    await talk.scene.write((tx) => {
      tx.messages.add(line("ask", "到货了，收到请扣1", "staff", 4));
      // More receipts than the short context of a verdict holds.
      for (let i = 0; i < 40; i += 1) tx.messages.add(line(`r${i}`, "1", "customer", 5));
      return Promise.resolve();
    });
    expect(await talk.say("c1", "1", { minute: 6 })).toEqual({ kind: "none" });
    expect(await talk.say("c2", "5", { minute: 6 })).toMatchObject({ value: 5 });
    expect(await talk.say("c3", "1分，太差", { minute: 7 })).toMatchObject({ value: 1 });
    expect(await talk.say("c4", "1", { minute: 20 })).toMatchObject({ value: 1 });
  });

  test("a receipt asked for in the same batch counts too", async () => {
    const talk = await Talk.make();
    const boss = await talk.scene.place("boss");
    const c1 = await talk.scene.place("c1");
    const outcome = await talk.scene.write(async (tx) => {
      await considerReply(tx, boss, talk.scene.message("boss", "收到回1", NOON + MINUTE), DEPS);
      return considerReply(tx, c1, talk.scene.message("c1", "1", NOON + 2 * MINUTE), DEPS);
    });
    expect(outcome).toEqual({ kind: "none" });
  });

  test("bare words count only near the card or as a direct answer", async () => {
    const talk = await Talk.make();
    expect(await talk.say("c1", "一般", { minute: 20 })).toMatchObject({ value: 3 });
    expect(await talk.say("c2", "一般", { minute: 40 })).toEqual({ kind: "none" });
    const quote = { repliesTo: { messageId: "card-s1", ofBot: true, author: OF_BOT } };
    expect(await talk.say("c2", "一般", { minute: 40, ...quote })).toMatchObject({ value: 3 });
  });

  test("quoting the card unclearly get one private hint", async () => {
    const talk = await Talk.make();
    const quote = { repliesTo: { messageId: "card-s1", ofBot: true } };
    await talk.say("c1", "9", quote);
    await talk.say("c1", "8", { ...quote, minute: 6 });
    const hints = await talk.scene.saidWith("unclear:");
    expect(hints).toHaveLength(1);
    expect(hints[0]?.message.text).toContain("1–5");
    await talk.say("c2", "送来都烂了，怎么办", quote);
    expect(await talk.scene.saidWith("unclear:")).toHaveLength(1);
  });

  test("of staff are refused once, privately", async () => {
    const talk = await Talk.make();
    expect(await talk.say("boss", "5")).toEqual({ kind: "handled" });
    await talk.say("boss", "4", { minute: 6 });
    expect(await talk.scene.saidWith("staff-vote:")).toHaveLength(1);
    expect(await talk.values()).toEqual({});
  });

  test("that come after closing are told so once when they address the bot, else left alone", async () => {
    const talk = await Talk.make();
    const late = (talk.run().closesAt - NOON) / MINUTE + 10;
    await talk.close();
    expect(await talk.say("c1", "5", { minute: late })).toEqual({ kind: "none" });
    const quote = { repliesTo: { messageId: "card-s1", ofBot: true } };
    expect(await talk.say("c1", "5", { minute: late, ...quote })).toEqual({ kind: "handled" });
    expect(await talk.say("c1", "5", { minute: late + 1, ...quote })).toEqual({ kind: "handled" });
    expect(await talk.say("c2", "2 都烂了", { minute: late, ...quote })).toEqual({ kind: "none" });
    expect(await talk.say("c3", "5", { minute: late + 1_440, ...quote })).toEqual({ kind: "none" });
    expect((await talk.scene.saidWith("late:")).map((row) => row.onlyFor)).toEqual([
      '["simulated","c1"]',
      '["simulated","c2"]',
    ]);
    expect(await talk.values()).toEqual({});
  });

  test("count by their own time while closing is still to come", async () => {
    const talk = await Talk.make();
    const end = (talk.run().closesAt - NOON) / MINUTE;
    expect(await talk.say("c1", "5分", { minute: end - 0.01 })).toMatchObject({ kind: "vote" });
    expect(await talk.say("c2", "5分", { minute: end })).toEqual({ kind: "handled" });
    expect(await talk.values()).toEqual({ c1: 5 });
  });
});

describe("recalled answers", () => {
  test("give way to the earlier valid one, or to none", async () => {
    const talk = await Talk.make();
    const place = await talk.scene.place("c1");
    const first = talk.scene.message("c1", "3", NOON + MINUTE);
    const second = talk.scene.message("c1", "4分 还行", NOON + 2 * MINUTE);
    await talk.consider("c1", first);
    await talk.consider("c1", second);
    const recall = (of: MessageEvent) =>
      talk.scene.write((tx) => recallVote(tx, place, talk.scene.recall(of, NOON + 3 * MINUTE)));
    await recall(second);
    expect((await talk.scene.answers(talk.run()))["c1"]).toMatchObject({
      value: "3",
      comment: null,
      messageKey: talk.scene.keyOf(first),
    });
    await recall(first);
    expect(await talk.values()).toEqual({});
  });

  test("that were replaced already do not come back", async () => {
    const talk = await Talk.make();
    const place = await talk.scene.place("c1");
    const first = talk.scene.message("c1", "3", NOON + MINUTE);
    const second = talk.scene.message("c1", "4", NOON + 2 * MINUTE);
    await talk.consider("c1", first);
    await talk.consider("c1", second);
    await talk.scene.write(async (tx) => {
      await recallVote(tx, place, talk.scene.recall(first, NOON + 3 * MINUTE));
      await recallVote(tx, place, talk.scene.recall(second, NOON + 3 * MINUTE));
    });
    expect(await talk.values()).toEqual({});
  });

  test("work in the batch of the vote, and keep a vote that was said twice", async () => {
    const talk = await Talk.make();
    const place = await talk.scene.place("c1");
    const first = talk.scene.message("c1", "5", NOON + MINUTE);
    const again = talk.scene.message("c1", "5", NOON + 2 * MINUTE);
    await talk.scene.write(async (tx) => {
      await considerReply(tx, place, first, DEPS);
      await considerReply(tx, place, again, DEPS);
      await recallVote(tx, place, talk.scene.recall(first, NOON + 3 * MINUTE));
    });
    expect(await talk.values()).toEqual({ c1: 5 });
  });

  test("after closing lose their words but not their count", async () => {
    const talk = await Talk.make();
    const place = await talk.scene.place("c1");
    const event = talk.scene.message("c1", "2 送得太晚", NOON + MINUTE);
    await talk.consider("c1", event);
    await talk.close();
    await talk.scene.write((tx) =>
      recallVote(tx, place, talk.scene.recall(event, talk.run().closesAt + 1)),
    );
    expect((await talk.scene.answers(talk.run()))["c1"]).toMatchObject({
      value: "2",
      comment: null,
    });
  });
});

describe("follow-up questions", () => {
  test("are asked privately by score, once, and open with the thanks", async () => {
    const talk = await Talk.make([[csatQuestion(), WHY_TAGS]]);
    const { id } = talk.run();
    await talk.press("c1", `${id}|q1|5`);
    expect(await talk.scene.saidWith("follow:")).toEqual([]);
    await talk.press("c1", `${id}|q1|2`, 6);
    await talk.press("c1", `${id}|q1|3`, 7);
    const asked = await talk.scene.saidWith("follow:");
    expect(asked).toHaveLength(1);
    expect(asked[0]?.onlyFor).toBe('["simulated","c1"]');
    expect(asked[0]?.message.textWithoutButtons).toBe(
      "谢谢，记下了。\n主要是哪方面？\n1 送晚了\n2 不新鲜\n3 少发\n回复前面的数字，或者写一句话，不想说可以不理。",
    );
    expect(await talk.scene.saidWith("reply:")).toHaveLength(2);
    const prompts = await talk.scene.store.read((tx) => tx.prompts.find({ reason: "follow_up" }));
    expect(prompts).toHaveLength(1);
    const value = asked[0]?.message.choices?.[0]?.choices[0]?.value ?? "";
    expect((await talk.press("c1", value, 8, "follow")).kind).toBe("recorded");
    expect(await talk.values(0, "why")).toEqual({ c1: ["late"] });
  });

  test("are not asked of who has said why already", async () => {
    const talk = await Talk.make([[csatQuestion(), WHY_WORDS]]);
    await talk.say("c1", "2，送得太晚了");
    expect(await talk.scene.saidWith("follow:")).toEqual([]);
    await talk.say("c2", "2");
    expect(await talk.scene.saidWith("follow:")).toHaveLength(1);
  });

  test("are not asked of who is muted or has an open case; they get the thanks", async () => {
    const talk = await Talk.make([[csatQuestion(), WHY_WORDS]]);
    await talk.scene.openCase({ id: "k1", reporter: "c1" });
    await talk.scene.openCase({ id: "k2", reporter: "c3", state: "closed" });
    await talk.scene.write((tx) =>
      tx.directory.members.update({ externalId: "c2" }, { mutedAt: NOON }),
    );
    for (const who of ["c1", "c2", "c3"]) await talk.press(who, `${talk.run().id}|q1|1`);
    const asked = await talk.scene.saidWith("follow:");
    expect(asked.map((row) => row.onlyFor)).toEqual(['["simulated","c3"]']);
    expect(await talk.scene.saidWith("reply:")).toHaveLength(2);
    expect(await talk.values()).toEqual({ c1: 1, c2: 1, c3: 1 });
  });

  test("take words said to the bot alone, once; words in the group are no answer", async () => {
    const talk = await Talk.make([[csatQuestion(), WHY_WORDS]]);
    await talk.say("c1", "2");
    expect(await talk.say("c1", "太软了", { minute: 6 })).toEqual({ kind: "none" });
    expect(await talk.whisper("c1", "你们几点关门？", 6)).toEqual({ kind: "none" });
    expect(await talk.whisper("c1", "底下都压坏了", 7)).toMatchObject({
      kind: "vote",
      questionId: "why",
      comment: "底下都压坏了",
    });
    expect(await talk.whisper("c1", "另外想问问价格", 8)).toEqual({ kind: "none" });
    expect(await talk.values(0, "why")).toEqual({ c1: "底下都压坏了" });
  });

  test("a bare score after the follow-up corrects the score", async () => {
    const talk = await Talk.make([[csatQuestion(), WHY_WORDS]]);
    await talk.say("c1", "2");
    await talk.whisper("c1", "4", 6);
    expect(await talk.values()).toEqual({ c1: 4 });
    expect(await talk.values(0, "why")).toEqual({});
  });

  test("with tags take the numbers, or own words as the comment of the score", async () => {
    const talk = await Talk.make([[csatQuestion(), WHY_TAGS]]);
    await talk.say("c1", "2");
    await talk.whisper("c1", "1、3", 6);
    expect(await talk.values(0, "why")).toEqual({ c1: ["late", "less"] });
    await talk.say("c2", "1分");
    await talk.whisper("c2", "客服不理人", 6);
    expect((await talk.scene.answers(talk.run()))["c2"]).toMatchObject({
      value: "1",
      comment: "客服不理人",
    });
    expect(await talk.whisper("c2", "顺便问下草莓还有没有", 7)).toEqual({ kind: "none" });
    expect((await talk.scene.answers(talk.run()))["c2"]?.comment).toBe("客服不理人");
  });

  test("that are quoted take the answer in the group as well", async () => {
    const talk = await Talk.make([[csatQuestion(), WHY_WORDS]]);
    await talk.say("c1", "2");
    await talk.scene.write((tx) =>
      tx.outbox.rows.update({ kind: "reply" }, { state: "sent", messageId: "follow-1" }),
    );
    const quote = { repliesTo: { messageId: "follow-1", ofBot: true } };
    expect(await talk.say("c1", "太软了", { minute: 6, ...quote })).toMatchObject({
      questionId: "why",
      value: "太软了",
    });
  });

  test("a second one follows the first answer", async () => {
    const second = { ...WHY_WORDS, id: "more" };
    const talk = await Talk.make([[csatQuestion(), WHY_TAGS, second]]);
    await talk.press("c1", `${talk.run().id}|q1|1`);
    await talk.press("c1", `${talk.run().id}|why|bad`, 6, "follow");
    expect((await talk.scene.saidWith("follow:")).map((row) => row.key.split(":")[2])).toEqual([
      "why",
      "more",
    ]);
  });

  test("can follow a yes or no", async () => {
    const yesno = csatQuestion({ kind: "yesno", options: [], text: "问题解决了吗？" });
    const talk = await Talk.make([[yesno, { ...WHY_WORDS, askedWhen: { atMost: 0 } }]]);
    await talk.press("c1", `${talk.run().id}|q1|yes`);
    await talk.press("c2", `${talk.run().id}|q1|no`);
    const asked = await talk.scene.saidWith("follow:");
    expect(asked.map((row) => row.onlyFor)).toEqual(['["simulated","c2"]']);
  });
});

describe("answers to the bot alone", () => {
  test("count for the group's open question and are thanked for there", async () => {
    const talk = await Talk.make();
    expect(await talk.whisper("c1", "4")).toMatchObject({ kind: "vote", value: 4 });
    expect(await talk.values()).toEqual({ c1: 4 });
    const [thanks] = await talk.scene.saidWith("reply:");
    expect(thanks).toMatchObject({ onlyFor: null, to: "simulated/direct-c1" });
  });

  test("are asked about when they fit several questions", async () => {
    const talk = await Talk.make([
      [csatQuestion()],
      [csatQuestion({ text: "送货速度您满意吗？" })],
    ]);
    expect(await talk.whisper("c1", "4")).toEqual({ kind: "handled" });
    expect((await talk.scene.saidWith("which:"))[0]?.to).toBe("simulated/direct-c1");
  });

  test("that come late are told so; small talk is left alone", async () => {
    const talk = await Talk.make();
    const late = (talk.run().closesAt - NOON) / MINUTE + 10;
    await talk.close();
    expect(await talk.whisper("c1", "4", late)).toEqual({ kind: "handled" });
    expect(await talk.whisper("c2", "你好", late)).toEqual({ kind: "none" });
    expect(await talk.scene.saidWith("late:")).toHaveLength(1);
  });
});
