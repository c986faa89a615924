import { describe, expect, test } from "vitest";
import type { Language } from "#entities/vocabulary.js";
import { caseIdOf, openCase, type Report } from "#src/complaints/open-case.js";
import { clockAt, keyOf, type Opinion, openShop } from "./support/shop.js";

const NOON = clockAt("2026-11-20 10:00");
const OPINIONS: Readonly<Record<string, Opinion>> = {
  少了两个鸡蛋: { severity: "P3", aspects: ["shortage"], score: 0.91 },
  "Two eggs are missing": { severity: "P3", aspects: ["shortage"], score: 0.91 },
  孩子吃了拉肚子: { severity: "P1", aspects: ["safety", "quality"], rule: "stomach", score: 0.98 },
  "My kid got sick from it": { severity: "P1", aspects: ["safety"], rule: "stomach", score: 0.98 },
  再不退我就打12315: { severity: "P1", aspects: ["safety", "refund"], rule: "authorities" },
  今天天气真好: {},
};
/** Nothing of this may be in a text about a P1. */
const CHEERFUL = /[!！😊🎉🙂😄❤]|亲|哦|哟|开心|感谢您的支持|祝|happy|great|glad|thank you for/iu;

describe("an ordinary message", () => {
  test("leaves one judged row with its text as context, and nothing else", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.say("王芳", "今天天气真好", NOON);
    expect(await shop.cases()).toEqual([]);
    expect(await shop.said()).toEqual([]);
    const rows = await shop.store.read((tx) => tx.messages.rows.find({}));
    expect(rows).toMatchObject([{ text: "今天天气真好", complaint: false, role: "customer" }]);
  });

  test("of staff never opens a case, whatever it says", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.say("店长", "少了两个鸡蛋", NOON);
    expect(await shop.cases()).toEqual([]);
  });

  test("that is a bare vote is not judged", async () => {
    const shop = await openShop({ opinions: { "1": { severity: "P3", aspects: ["quality"] } } });
    const member = await shop.person("王芳");
    await shop.write(async (tx) => {
      const membership = await tx.directory.membership(shop.group.id, member.id);
      const conversation = { platform: "simulated", conversationId: "group" };
      const outcome = await shop.complaints.considerMessage(
        tx,
        { group: shop.group, member, membership: membership!, direct: false },
        {
          kind: "message",
          eventId: "v1",
          at: NOON,
          conversation,
          author: { platform: "simulated", memberId: "王芳", name: "王芳" },
          text: "1",
          message: { conversation, messageId: "v1" },
          mentionsBot: false,
          isDirect: false,
        },
        { vote: { comment: null } },
      );
      expect(outcome).toEqual({ kind: "none" });
    });
    expect(await shop.cases()).toEqual([]);
  });
});

describe("a complaint", () => {
  test("opens a candidate with number, deterministic id, timeline and kept text", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    const ref = await shop.say("王芳", "少了两个鸡蛋", NOON);
    const row = await shop.only();
    expect(row).toMatchObject({
      id: caseIdOf(keyOf(ref)),
      number: 1,
      state: "candidate",
      severity: "P3",
      aspects: ["shortage"],
      affected: 1,
      acknowledgeDueAt: null,
      version: 1,
    });
    expect((await shop.entries(row.id)).map((entry) => entry.act)).toEqual(["open"]);
    const kept = await shop.store.read((tx) => tx.caseMessages.find({ caseId: row.id }));
    expect(kept).toMatchObject([{ part: "report", text: "少了两个鸡蛋", id: keyOf(ref) }]);
  });

  test.each<[Language, string, string[]]>([
    [
      "zh",
      "少了两个鸡蛋",
      [
        "【投诉 P3】#1 少件｜阳光里3群",
        "王芳：少了两个鸡蛋",
        "“少了两个”（词语 +2.0）",
        "把握 91%",
      ],
    ],
    [
      "en",
      "Two eggs are missing",
      [
        "[Complaint P3] #1 missing items |",
        "王芳: Two eggs",
        "“Two ” (word +2.0)",
        "Confidence 91%",
      ],
    ],
  ])("alerts the staff room in its language (%s)", async (language, text, parts) => {
    const shop = await openShop({ language, opinions: OPINIONS });
    await shop.say("王芳", text, NOON);
    const [alert, ...more] = await shop.inRoom();
    expect(more).toEqual([]);
    for (const part of parts) expect(alert?.text).toContain(part);
    expect(alert?.message.choices?.map((row) => row.action)).toEqual([
      "case.confirm",
      "case.dismiss",
      "case.take",
    ]);
    expect(alert?.message.textWithoutButtons).toContain(
      language === "zh" ? "处理 1 确认" : "case 1 confirm",
    );
    expect(await shop.inGroup()).toEqual([]);
  });

  test("shows staff at most three pieces of evidence, the strongest first", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.say("王芳", "少了两个鸡蛋", NOON);
    const [alert] = await shop.inRoom();
    const line = alert?.text.split("\n").find((one) => one.startsWith("依据"));
    expect(line).toBe("依据：“少了两个”（词语 +2.0），“少了”（词语 +1.0）");
  });

  test("that is handed in twice stays one case and is told once", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    const member = await shop.person("王芳");
    const report: Report = {
      group: shop.group,
      member,
      key: "filed:1",
      text: "少了两个鸡蛋",
      at: NOON,
      severity: "P3",
      aspects: ["shortage"],
      score: 0.9,
      verdict: { score: 0.9, polarity: 0, aspects: [], severity: "P3", evidence: [], rule: null },
    };
    await shop.write((tx) => openCase(tx, report));
    await shop.write((tx) => openCase(tx, report));
    expect((await shop.only()).number).toBe(1);
    expect(await shop.inRoom()).toHaveLength(1);
  });

  test("offers to give the case to a colleague with one tap", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.person("店员小陈");
    const boss = await shop.person("店长");
    await shop.say("王芳", "少了两个鸡蛋", NOON);
    const row = await shop.only();
    const [alert] = await shop.inRoom();
    const assign = alert?.message.choices?.find((one) => one.action === "case.assign");
    expect(assign?.choices.map((one) => one.label).sort()).toEqual(["派给店员小陈", "派给店长"]);
    await shop.act("店员小陈", "case.assign", `${row.id}|${boss.id}`, NOON + 1);
    expect(await shop.only()).toMatchObject({ state: "confirmed", assigneeId: boss.id });
  });

  test("tells each staff member in private while no staff room is bound", async () => {
    const shop = await openShop({ opinions: OPINIONS, withoutRoom: true });
    await shop.person("店长");
    await shop.say("王芳", "少了两个鸡蛋", NOON);
    const said = await shop.said();
    expect(said).toHaveLength(1);
    expect(said[0]?.onlyFor).toBe(JSON.stringify(["simulated", "店长"]));
  });

  test("to the bot alone is answered alone and joins nothing public", async () => {
    const shop = await openShop({ opinions: OPINIONS, settings: { acknowledge: "at_once" } });
    await shop.say("王芳", "少了两个鸡蛋", NOON, { alone: true });
    await shop.say("李雷", "少了两个鸡蛋", NOON + 60_000);
    expect(await shop.cases()).toHaveLength(2);
    const said = await shop.said();
    const first = said.find((one) => one.to === "direct-王芳");
    expect(first?.text).toContain("少件问题");
    const rows = await shop.store.read((tx) => tx.messages.rows.find({}));
    expect(rows.filter((row) => row.text !== null)).toHaveLength(1);
  });

  test("is marked when a photo came a minute before it", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.say("王芳", "", NOON - 60_000, { hasMedia: true });
    await shop.say("王芳", "少了两个鸡蛋", NOON);
    expect((await shop.inRoom())[0]?.text).toContain("（附图）");
  });
});

describe("harm and law", () => {
  test.each<[Language, string]>([
    ["zh", "孩子吃了拉肚子"],
    ["en", "My kid got sick from it"],
  ])(
    "pages staff by name at once, also at night, without a cheerful word (%s)",
    async (language, text) => {
      const night = clockAt("2026-11-20 23:30");
      const shop = await openShop({ language, opinions: OPINIONS });
      await shop.person("店长");
      await shop.say("王芳", text, night);
      const row = await shop.only();
      expect(row).toMatchObject({ severity: "P1", acknowledgeDueAt: night + 5 * 60_000 });
      const [page] = await shop.inRoom();
      expect(page?.text).toMatch(language === "zh" ? /^【紧急 P1】/u : /^\[URGENT P1\]/u);
      expect(page?.message.mentions).toEqual([{ platform: "simulated", memberId: "店长" }]);
      expect(page?.row).toMatchObject({ quiet: null, notBefore: night });
      expect(await shop.inGroup()).toEqual([]);
      await shop.passTo(night + 60 * 60_000);
      for (const one of await shop.said()) expect(one.text).not.toMatch(CHEERFUL);
      await shop.act("店长", "case.resolve", row.id, night + 61 * 60_000);
      for (const one of await shop.said()) expect(one.text).not.toMatch(CHEERFUL);
    },
  );

  test("that staff confirm get sober advice in the group at once, in quiet hours too", async () => {
    const night = clockAt("2026-11-20 23:30");
    const shop = await openShop({ opinions: OPINIONS });
    await shop.say("王芳", "孩子吃了拉肚子", night);
    await shop.act("店长", "case.confirm", (await shop.only()).id, night + 60_000);
    const [advice] = await shop.inGroup().then((all) => all.filter((one) => one.onlyFor === null));
    expect(advice?.text).toContain("请先停止食用");
    expect(advice?.text).toContain("23:35 前直接联系您");
    expect(advice?.row.quiet).toBeNull();
    expect(advice?.text).not.toContain("王芳");
  });

  test("about law gets no advice to stop eating", async () => {
    const shop = await openShop({ opinions: OPINIONS, settings: { acknowledge: "at_once" } });
    await shop.say("王芳", "再不退我就打12315", NOON);
    const [said] = await shop.inGroup();
    expect(said?.text).not.toContain("食用");
    expect(said?.text).toContain("已转给负责人");
  });
});
