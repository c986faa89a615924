import { describe, expect, it } from "vitest";
import type { Group } from "#entities/index.js";
import { SETTING_KEYS, SETTING_WORDS, settingOf } from "#src/commands/setting-words.js";
import { settingsOf } from "#src/shared/group-settings.js";
import {
  CHEN,
  HOUR,
  NOON,
  openEnglishShop,
  openShop,
  PLATFORM,
  type Shop,
  TOM,
} from "./support.js";

async function groupOf(shop: Shop, name = "阳光里3群"): Promise<Group> {
  const group = await shop.read((tx) =>
    tx.directory.group({ platform: PLATFORM, conversationId: name }),
  );
  if (group === null) throw new Error("no group");
  return group;
}

describe("the words of settings", () => {
  it("name every item in both languages and none twice", () => {
    const all = SETTING_KEYS.flatMap((key) => SETTING_WORDS[key]);
    expect(new Set(all).size).toBe(all.length);
    for (const key of SETTING_KEYS) {
      for (const word of SETTING_WORDS[key]) expect(settingOf(`${word} x`)?.key).toBe(key);
    }
  });
});

describe("settings", () => {
  it("lists every item with its value, the default where nothing was changed", async () => {
    const shop = await openShop();
    const text = await shop.ask("设置", CHEN);
    for (const line of ["· 安静时段：21:00-09:00", "· 小结时间：每天 20:00", "· 公开小结：批准"])
      expect(text).toContain(line);
    expect(text.split("\n").filter((line) => line.startsWith("· "))).toHaveLength(
      SETTING_KEYS.length,
    );
    const english = await openEnglishShop();
    expect(await english.ask("settings", TOM)).toContain("· quiet: 21:00-09:00");
  });

  it.each([
    ["设置 安静时段 22:00-08:00", "安静时段：21:00-09:00 → 22:00-08:00"],
    ["设置 安静 22点到8点", "安静时段：21:00-09:00 → 22:00-08:00"],
    ["设置 安静时段 关", "安静时段：21:00-09:00 → 关"],
    ["设置 小结时间 20:30", "小结时间：每天 20:00 → 每天 20:30"],
    ["设置 小结时间 20点半", "小结时间：每天 20:00 → 每天 20:30"],
    ["设置 周小结 周五", "周小结：周一 → 周五"],
    ["设置 周小结 关", "周小结：周一 → 关"],
    ["设置 公开小结 自动", "公开小结：批准 → 自动"],
    ["设置 自动回应 立即", "自动回应：确认后 → 立即"],
    ["设置 回访 每次", "回访：首次解决 → 每次解决"],
    ["设置 每人每周 2", "每人每周：1次 → 2次"],
    ["设置 每群每天 2次", "每群每天：1次 → 2次"],
    ["设置 推荐度间隔 120", "推荐度间隔：90天 → 120天"],
    ["设置 最少人数 8", "最少人数：5人 → 8人"],
    ["设置 合并时间 12小时", "合并时间：24小时 → 12小时"],
    ["设置 词语 加 缺斤少两 少件", "词语：无 → 缺斤少两（少件）"],
    ["设置 语言 英文", "语言：中文 → 英文"],
    ["设置 时区 Asia/Urumqi", "时区：Asia/Shanghai → Asia/Urumqi"],
    ["设置 营业时间 P3 10:00-18:00", "P3 10:00-18:00"],
    ["设置 营业时间 P2 全天", "P2 全天"],
    ["设置 时限 P2 回复 20分钟", "P2 回复20分钟"],
  ])("%s", async (line, answer) => {
    const shop = await openShop();
    const text = await shop.ask(line, CHEN);
    expect(text).toContain("「阳光里3群」");
    expect(text).toContain(answer);
    const [entry] = await shop.read((tx) => tx.audit.find({ act: "settings.change" }));
    expect(entry?.subject).toBe(`group:${(await groupOf(shop)).id}`);
  });

  it.each([
    ["settings quiet 22:00-08:00", "quiet: 21:00-09:00 → 22:00-08:00"],
    ["settings digest 20:30", "digest: daily 20:00 → daily 20:30"],
    ["settings weekly Friday", "weekly: Monday → Friday"],
    ["settings public automatic", "public: approved → automatic"],
    ["settings ack off", "ack: on_confirm → off"],
    ["settings group-week 2", "group-week: 3 times → 2 times"],
    ['settings words add "short weight" shortage', "words: none → short weight (missing items)"],
    ["settings hours P3 10:00-18:00", "P3 10:00-18:00"],
    ["settings target P2 resolve 2 days", "resolve 2 days"],
    ["settings language zh", "language: English → Chinese"],
  ])("%s", async (line, answer) => {
    const shop = await openEnglishShop();
    expect(await shop.ask(line, TOM)).toContain(answer);
  });

  it.each([
    ["设置 安静时段 晚上", "22:00-08:00 这样"],
    ["设置 小结时间 25:00", "20:30 这样"],
    ["设置 公开小结 随便", "自动（直接发）"],
    ["设置 最少人数 3", "5 到 50"],
    ["设置 每人每周 0", "1 到 7"],
    ["设置 词语 加 缺斤少两", "说的是哪方面"],
    ["设置 词语 删 没有的词", "没有加过"],
    ["设置 时区 Asia/Shangai", "Asia/Shanghai"],
    ["设置 时区 北京时间", "时区"],
    ["设置 营业时间 P3 18:00-18:00", "09:00-12:00"],
    ["设置 时限 P2 回复 1秒", "15分钟"],
    ["设置 语言 法语", "中文、英文"],
  ])("refuses %s, says how to write it and what holds", async (line, hint) => {
    const shop = await openShop();
    const text = await shop.ask(line, CHEN);
    expect(text).toContain(hint);
    expect(text).toContain("现在是：");
    expect((await groupOf(shop)).settings).toEqual({});
    expect(await shop.read((tx) => tx.audit.count({}))).toBe(0);
  });

  it("moves the digest with its time and says when the next one comes", async () => {
    const shop = await openShop();
    const group = await groupOf(shop);
    expect(await shop.ask("设置 小结时间 20:30", CHEN)).toContain("下一份小结：11月20日 20:30");
    const row = await shop.read((tx) =>
      tx.schedules.rows.first({ kind: "digest.daily", ownerId: group.id }),
    );
    expect(row?.nextAt).toBe(NOON + 8.5 * HOUR);
  });

  it("keeps what was set before, and takes a word away again", async () => {
    const shop = await openShop();
    await shop.ask("设置 词语 加 缺斤少两 少件", CHEN);
    await shop.ask("设置 词语 加 蔫了 质量", CHEN);
    await shop.ask("设置 每人每周 2", CHEN);
    await shop.ask("设置 词语 删 缺斤少两", CHEN);
    const settings = settingsOf(await groupOf(shop));
    expect(settings.extraWords).toEqual([{ word: "蔫了", aspect: "quality" }]);
    expect(settings.capPersonPerWeek).toBe(2);
  });

  it("says so when nothing changes, and when there is no such item", async () => {
    const shop = await openShop();
    expect(await shop.ask("设置 小结时间 20:00", CHEN)).toContain("没有改动");
    expect(await shop.ask("@小助手 设置 安静时断 22:00-08:00", CHEN)).toContain("“安静时段”");
    expect((await shop.say("设置 得不错", CHEN)).handled).toBe(false);
  });

  it("asks which group among several, and takes its name", async () => {
    const shop = await openShop();
    await shop.group("阳光里5群", { staff: "店员群" });
    expect(await shop.ask("设置 小结时间 20:30", CHEN)).toContain("设置 阳光里3群 小结时间 20:30");
    expect(await shop.ask("设置 阳光里5群 小结时间 20:30", CHEN)).toContain("「阳光里5群」");
    expect(await shop.ask("设置 阳光里5群", CHEN)).toContain("· 小结时间：每天 20:30");
    expect((await groupOf(shop)).settings).toEqual({});
  });
});
