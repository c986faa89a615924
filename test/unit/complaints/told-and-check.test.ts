import { describe, expect, test } from "vitest";
import type { GroupSettings } from "#entities/types.js";
import type { Language } from "#entities/vocabulary.js";
import { caseService } from "#src/complaints/complaints.js";
import { DAY, HOUR, MINUTE } from "#src/shared/clock.js";
import { clockAt, type Opinion, openShop, type Shop } from "./support/shop.js";

const TEN = clockAt("2026-11-20 10:00");
const OPINIONS: Readonly<Record<string, Opinion>> = {
  少了两个鸡蛋: { severity: "P3", aspects: ["shortage"] },
  "An egg is missing": { severity: "P3", aspects: ["shortage"] },
  还是少了两个鸡蛋: { severity: "P3", aspects: ["shortage"] },
};

async function resolved(
  options: {
    readonly language?: Language;
    readonly settings?: GroupSettings;
    readonly joined?: number;
    readonly words?: string;
  } = {},
): Promise<Shop> {
  const { language = "zh", settings = {}, joined = 0, words = "已补发2个鸡蛋" } = options;
  const shop = await openShop({ language, settings, opinions: OPINIONS });
  const boss = await shop.person("店长");
  await shop.say("王芳", language === "zh" ? "少了两个鸡蛋" : "An egg is missing", TEN);
  for (let index = 0; index < joined; index += 1)
    await shop.say(`邻居${String(index)}`, "+1", TEN + MINUTE + index);
  await shop.write((tx) =>
    caseService.resolve(tx, { caseNumber: 1, actor: boss, at: TEN + HOUR, text: words }),
  );
  return shop;
}

const only = (name: string): string => JSON.stringify(["simulated", name]);

describe("telling the outcome", () => {
  test("reporter and the one who joined are told in private with a way back", async () => {
    const shop = await resolved({ joined: 1 });
    const told = await shop.inGroup();
    expect(new Set(told.map((one) => one.onlyFor))).toEqual(new Set([only("王芳"), only("邻居0")]));
    expect(told[0]?.text).toBe("您反映的少件问题，处理结果：已补发2个鸡蛋\n请问解决了吗？");
    expect(told[0]?.message.choices?.map((row) => row.action)).toEqual([
      "case.solved",
      "case.unsolved",
    ]);
    expect(told[0]?.message.textWithoutButtons).toContain("没有解决请回复“没解决”");
    const members = await shop.store.read((tx) => tx.caseMembers.find({}));
    expect(members.every((member) => member.toldAt === TEN + HOUR)).toBe(true);
  });

  test("from three members on the group reads one neutral note and only the reporter a private line", async () => {
    const shop = await resolved({ joined: 39, words: "王芳的少2个鸡蛋已补，电话13812345678" });
    const told = await shop.inGroup();
    expect(told).toHaveLength(2);
    expect(told[0]?.onlyFor).toBe(only("王芳"));
    expect(told[1]?.onlyFor).toBeNull();
    expect(told[1]?.text).toBe(
      "大家反映的少件问题，处理结果：…的少2个鸡蛋已补，电话…\n给大家添了麻烦，很抱歉。还有没解决的，请私信我们。",
    );
    expect(told[1]?.row.quiet).not.toBeNull();
  });

  test("the one who joined does not read the reporter's name or number", async () => {
    const shop = await resolved({ joined: 1, words: "已补给王芳13812345678" });
    const told = await shop.inGroup();
    const textFor = (name: string) => told.find((one) => one.onlyFor === only(name))?.text;
    expect(textFor("王芳")).toContain("王芳13812345678");
    expect(textFor("邻居0")).toContain("处理结果：已补给……");
  });

  test("speaks English in an English group", async () => {
    const shop = await resolved({ language: "en", words: "2 eggs sent" });
    expect((await shop.inGroup())[0]?.text).toBe(
      "About the missing items: 2 eggs sent\nIs it solved for you?",
    );
  });

  test("is not sent to somebody who opted out", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    const boss = await shop.person("店长");
    await shop.say("王芳", "少了两个鸡蛋", TEN);
    await shop.write(async (tx) => {
      const member = await tx.directory.memberById((await tx.cases.first({}))!.reporterId);
      await tx.directory.changeMember(member!, { optedOutAt: TEN });
      await caseService.resolve(tx, { caseNumber: 1, actor: boss, at: TEN, text: "已补发" });
    });
    expect(await shop.inGroup()).toEqual([]);
  });
});

describe("the member's word", () => {
  test("“not solved” within 72 hours reopens with a new clock and tells staff", async () => {
    const shop = await resolved();
    const at = TEN + HOUR + 2 * DAY;
    const row = await shop.only();
    await shop.act("王芳", "case.unsolved", row.id, at);
    expect(await shop.only()).toMatchObject({
      state: "reopened",
      reopened: 1,
      resolvedAt: null,
      updateDueAt: at + 30 * MINUTE,
    });
    expect((await shop.inRoom()).at(-1)?.text).toBe("#1 顾客说还没解决，已重新打开（涉及 1 人）。");
    expect((await shop.inGroup()).at(-1)?.text).toBe("收到，已经重新转给负责人，11:30 前答复您。");
    await shop.passTo(at + 30 * MINUTE);
    expect((await shop.inRoom()).at(-1)?.text).toBe("#1 已超过下一次答复时限。");
  });

  test("after 72 hours it opens a new case that names the earlier one", async () => {
    const shop = await resolved();
    const [first] = await shop.cases();
    await shop.passTo(TEN + HOUR + 3 * DAY);
    await shop.act("王芳", "case.unsolved", first!.id, TEN + HOUR + 3 * DAY + 1);
    const [before, after] = await shop.cases();
    expect(before).toMatchObject({ state: "closed", reopened: 0 });
    expect(after).toMatchObject({ number: 2, state: "candidate", parentId: first!.id });
    expect((await shop.inRoom()).at(-1)?.text).toBe("#2 接 #1：顾客说问题仍在。");
    await shop.act("王芳", "case.unsolved", first!.id, TEN + HOUR + 3 * DAY + 2);
    expect(await shop.cases()).toHaveLength(2);
  });

  test("typed words do the same where there are no buttons", async () => {
    const shop = await resolved();
    await shop.say("王芳", "没解决！", TEN + 2 * HOUR);
    expect((await shop.only()).state).toBe("reopened");
    const english = await resolved({ language: "en" });
    await english.say("王芳", "Solved.", TEN + 2 * HOUR);
    expect(await english.only()).toMatchObject({ state: "closed", closedAt: TEN + 2 * HOUR });
  });

  test("“解决了” of somebody who waits for no answer is just talk", async () => {
    const shop = await resolved();
    await shop.say("李雷", "解决了", TEN + 2 * HOUR);
    expect((await shop.only()).state).toBe("told");
  });

  test("only the reporter's “solved” closes; others cannot touch the case", async () => {
    const shop = await resolved({ joined: 1 });
    const { id } = await shop.only();
    await shop.act("李雷", "case.unsolved", id, TEN + 2 * HOUR);
    expect((await shop.only()).state).toBe("told");
    await shop.act("邻居0", "case.solved", id, TEN + 2 * HOUR);
    expect((await shop.only()).state).toBe("told");
    await shop.act("王芳", "case.solved", id, TEN + 2 * HOUR);
    expect((await shop.only()).state).toBe("closed");
  });

  test("the same complaint again within 72 hours reopens the case", async () => {
    const shop = await resolved();
    await shop.say("王芳", "还是少了两个鸡蛋", TEN + DAY);
    expect(await shop.only()).toMatchObject({ state: "reopened", reopened: 1 });
  });

  test("the same complaint after the case is closed is a new case that follows it", async () => {
    const shop = await resolved();
    await shop.passTo(TEN + HOUR + 3 * DAY);
    await shop.say("王芳", "还是少了两个鸡蛋", TEN + 5 * DAY);
    const [first, second] = await shop.cases();
    expect(second?.parentId).toBe(first?.id);
  });

  test("staff may reopen as well", async () => {
    const shop = await resolved();
    const boss = await shop.person("店长");
    const outcome = await shop.write((tx) =>
      caseService.reopen(tx, { caseNumber: 1, actor: boss, at: TEN + 2 * HOUR, reason: "又缺货" }),
    );
    expect(outcome).toMatchObject({ kind: "done", case: { state: "reopened" } });
  });
});

describe("the check question", () => {
  test.each<[Language, string]>([
    ["zh", "店家让我很容易解决了这个问题。"],
    ["en", "The shop made it easy for me to handle my issue."],
  ])("is asked once, a day after, of the reporter alone (%s)", async (language, statement) => {
    const shop = await resolved({ language, joined: 1 });
    await shop.passTo(TEN + HOUR + DAY - 1);
    expect(await shop.store.read((tx) => tx.runs.find({}))).toEqual([]);
    await shop.passTo(TEN + HOUR + DAY);
    const row = await shop.only();
    const [run] = await shop.store.read((tx) => tx.runs.find({}));
    expect(run).toMatchObject({
      surveyId: `check:${row.id}`,
      kind: "ces",
      state: "open",
      closesAt: TEN + HOUR + 3 * DAY,
      eligible: 1,
    });
    const card = (await shop.inGroup()).find((one) => one.key === run?.cardKey);
    expect(card?.text).toContain(statement);
    expect(card?.onlyFor).toBe(only("王芳"));
    expect(card?.message.choices?.[0]).toMatchObject({ action: "vote" });
    expect(card?.message.choices?.[0]?.choices[6]?.value).toBe(`${run?.id ?? ""}|ces|7`);
    const [prompt, ...more] = await shop.store.read((tx) => tx.prompts.find({}));
    expect(more).toEqual([]);
    expect(prompt).toMatchObject({ memberId: row.reporterId, reason: "case_check" });
    await shop.passTo(TEN + HOUR + 3 * DAY);
    expect(await shop.store.read((tx) => tx.runs.find({ state: "open" }))).toEqual([]);
  });

  async function resolvedTwice(settings: GroupSettings): Promise<number> {
    const shop = await resolved({ settings });
    const boss = await shop.person("店长");
    await shop.passTo(TEN + HOUR + DAY);
    await shop.act("王芳", "case.unsolved", (await shop.only()).id, TEN + HOUR + DAY);
    const at = TEN + 2 * DAY;
    await shop.write((tx) =>
      caseService.resolve(tx, { caseNumber: 1, actor: boss, at, text: "又补了" }),
    );
    await shop.passTo(at + DAY);
    return (await shop.store.read((tx) => tx.runs.find({}))).length;
  }

  test("comes after the first resolution, after every one, or never, as the group set it", async () => {
    expect(await resolvedTwice({ caseCheck: "first_resolve" })).toBe(1);
    expect(await resolvedTwice({ caseCheck: "every_resolve" })).toBe(2);
    expect(await resolvedTwice({ caseCheck: "off" })).toBe(0);
  });

  test("ends when the case is opened again", async () => {
    const shop = await resolved();
    await shop.passTo(TEN + HOUR + DAY);
    await shop.act("王芳", "case.unsolved", (await shop.only()).id, TEN + HOUR + DAY + 1);
    const runs = await shop.store.read((tx) => tx.runs.find({}));
    expect(runs).toMatchObject([{ state: "closed", closedAt: TEN + HOUR + DAY + 1 }]);
  });

  test("is not asked while the case is open again, nor of somebody who is muted", async () => {
    const shop = await resolved();
    await shop.act("王芳", "case.unsolved", (await shop.only()).id, TEN + 2 * HOUR);
    await shop.passTo(TEN + HOUR + DAY);
    expect(await shop.store.read((tx) => tx.runs.find({}))).toEqual([]);
    const boss = await shop.person("店长");
    const again = TEN + 2 * DAY;
    await shop.write((tx) =>
      caseService.resolve(tx, { caseNumber: 1, actor: boss, at: again, text: "又补了" }),
    );
    await shop.passTo(again + DAY);
    expect(await shop.store.read((tx) => tx.runs.find({}))).toHaveLength(1);
    const muted = await resolved();
    await muted.write(async (tx) => {
      const member = await tx.directory.memberById((await tx.cases.first({}))!.reporterId);
      await tx.directory.changeMember(member!, { mutedAt: TEN });
    });
    await muted.passTo(TEN + HOUR + DAY);
    expect(await muted.store.read((tx) => tx.runs.find({}))).toEqual([]);
  });
});
