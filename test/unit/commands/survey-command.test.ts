import { describe, expect, it } from "vitest";
import { questionKindOf, readSurveyWords, splitOptions } from "#src/commands/survey-words.js";
import { CHEN, HOUR, MINUTE, NOON, openEnglishShop, openShop, TOM } from "./support.js";

describe("the words of a new survey", () => {
  it("are read in any order, by semicolons or lines, in both languages", () => {
    const zh = readSurveyWords(
      "今天的草莓您满意吗；决定：要不要换单层硬盒；时间：每周五 18:30；开放：到 21:00；提醒：2小时后；群：阳光里3群",
    );
    expect(zh).toEqual({
      question: "今天的草莓您满意吗",
      title: null,
      decision: "要不要换单层硬盒",
      when: "每周五 18:30",
      openFor: "21:00",
      remind: "2小时后",
      type: null,
      options: [],
      group: "阳光里3群",
    });
    const en = readSurveyWords(
      'decision: change the box\n"How were the strawberries?"\nwhen: every Friday 18:30\nfor: 24h\ntype: csat',
    );
    expect(en).toMatchObject({
      question: "How were the strawberries?",
      decision: "change the box",
      when: "every Friday 18:30",
      openFor: "24h",
      type: "csat",
    });
  });

  it("leave a colon inside the question alone", () => {
    expect(readSurveyWords("几点关门合适：19:00 还是 20:00").question).toBe(
      "几点关门合适：19:00 还是 20:00",
    );
  });

  it("split options at marks, at blanks only when there are none", () => {
    expect(splitOptions("19:00、20:00、21:00")).toEqual(["19:00", "20:00", "21:00"]);
    expect(splitOptions("in the box, in a bag")).toEqual(["in the box", "in a bag"]);
    expect(splitOptions("早 中 晚")).toEqual(["早", "中", "晚"]);
  });

  it("name the types in both languages", () => {
    const words = ["满意度", "NPS", "轻松度", "yes/no", "单选", "multi", "比预期", "图片"];
    expect(words.map(questionKindOf)).toEqual([
      "csat",
      "nps",
      "ces",
      "yesno",
      "choice",
      "multi",
      "gap",
      null,
    ]);
  });
});

const NEW =
  "调查 新建 今天的草莓您满意吗；决定：草莓要不要换单层硬盒；时间：每周五 18:30；开放：3小时";

describe("survey new", () => {
  it("drafts, schedules and says when it goes out and why", async () => {
    const shop = await openShop();
    const text = await shop.ask(NEW, CHEN);
    expect(text).toContain("调查 1 已建好：「今天的草莓您满意吗」，阳光里3群");
    expect(text).toContain("要支持的决定：草莓要不要换单层硬盒");
    expect(text).toContain("每周五 18:30发出，每次开放3小时，下一次 11月20日 18:30");
    const row = await shop.read((tx) => tx.surveys.first({ number: 1 }));
    expect(row).toMatchObject({ status: "active", pattern: "30 18 * * 5", openForMs: 3 * HOUR });
    const schedule = await shop.read((tx) => tx.schedules.rows.first({ kind: "survey.open" }));
    expect(schedule?.nextAt).toBe(NOON + 6.5 * HOUR);
  });

  it("does the same in English, with options", async () => {
    const shop = await openEnglishShop();
    const text = await shop.ask(
      "survey new How long should pick-up stay open?; type: choice; options: 19:00, 20:00, 21:00; decision: closing time at weekends",
      TOM,
    );
    expect(text).toContain('Survey 1 made: "How long should pick-up stay open?", Riverside');
    expect(text).toContain("survey run 1");
    const row = await shop.read((tx) => tx.surveys.first({ number: 1 }));
    expect(row?.kind).toBe("choice");
    expect(row?.questions[0]?.options.map(({ label }) => label)).toContain("20:00");
  });

  it("explains what a decision is when there is none, and keeps nothing", async () => {
    const shop = await openShop();
    const text = await shop.ask("调查 新建 今天的草莓您满意吗", CHEN);
    expect(text).toContain("还没写“决定”");
    expect(text).toContain("今天的草莓您满意吗；决定：");
    expect(await shop.read((tx) => tx.surveys.count({}))).toBe(0);
  });

  it.each([
    ["时间：找个时间", "调查 新建 好吗；决定：换不换；时间：找个时间"],
    ["类型：", "调查 新建 好吗；决定：换不换；类型：图片"],
    ["选项", "调查 新建 几点好；决定：关门时间；类型：单选"],
    ["开放多久", "调查 新建 好吗；决定：换不换；开放：一会儿"],
  ])("keeps nothing when something is unclear: %s", async (_what, line) => {
    const shop = await openShop();
    expect((await shop.ask(line, CHEN)).length).toBeGreaterThan(10);
    expect(await shop.read((tx) => tx.surveys.count({}))).toBe(0);
  });

  it("shows what the linter found: advice with the draft, a breach of the law instead of it", async () => {
    const shop = await openShop();
    const advice = await shop.ask("调查 新建 您对质量和配送满意吗；决定：换不换供应商", CHEN);
    expect(advice).toContain("建议：");
    const refused = await shop.ask("调查 新建 五星好评返5元红包，您满意吗；决定：换不换", CHEN);
    expect(refused).toContain("必须改：");
    expect(await shop.read((tx) => tx.surveys.count({}))).toBe(1);
  });

  it("offers the ready-made questions, and takes one by its id", async () => {
    const shop = await openShop();
    expect(await shop.ask("调查 新建", CHEN)).toContain("· overall-satisfaction：");
    await shop.ask("调查 新建 overall-satisfaction；决定：下个月重点改什么", CHEN);
    const row = await shop.read((tx) => tx.surveys.first({ number: 1 }));
    expect(row?.questions[0]?.text).toBe("总的来说，您对这次团购满意吗？");
  });

  it("asks for the group when the room has several", async () => {
    const shop = await openShop();
    await shop.group("阳光里5群", { staff: "店员群" });
    expect(await shop.ask(NEW, CHEN)).toContain("群：阳光里3群");
    expect(await shop.ask(`${NEW}；群：阳光里5群`, CHEN)).toContain("，阳光里5群");
  });
});

describe("survey acts", () => {
  it("run, results, close and list one survey from draft to result", async () => {
    const shop = await openShop();
    await shop.ask("调查 新建 今天的草莓您满意吗；决定：换不换；开放：3小时", CHEN);
    expect(await shop.ask("调查 结果 1", CHEN)).toBe("调查 1 还没有发过。");
    expect(await shop.ask("调查 发 1", CHEN)).toContain("已发到「阳光里3群」，11月20日 15:00 截止");
    expect(await shop.ask("调查 结果 1", CHEN)).toContain("还在收集，已收到 0 份");
    expect(await shop.ask("调查 发 1", CHEN)).toContain("没有发出");
    const later = { ...CHEN, at: NOON + 5 * MINUTE };
    expect(await shop.ask("调查 截止 1", later)).toContain("已截止");
    expect(await shop.ask("调查 截止 1", later)).toContain("没有正在收集的");
    expect(await shop.ask("调查 结果 1", later)).toContain("n=0");
    const text = await shop.ask("调查", later);
    expect(text).toContain("1. 今天的草莓您满意吗（满意度）｜阳光里3群｜草稿");
  });

  it("pause, resume and archive keep their word", async () => {
    const shop = await openShop();
    await shop.ask(NEW, CHEN);
    expect(await shop.ask("调查 暂停 1", CHEN)).toContain("已暂停");
    expect(await shop.ask("调查 暂停 1", CHEN)).toContain("没有改动");
    expect(await shop.ask("调查 恢复 1", CHEN)).toContain("下一次 11月20日 18:30");
    expect(await shop.ask("调查 归档 1", CHEN)).toContain("已归档");
    expect(await shop.ask("调查 发 1", CHEN)).toContain("不能发");
    expect(await shop.ask("调查 列表", CHEN)).toContain("还没有调查");
    expect(await shop.ask("调查 发 9", CHEN)).toContain("没有编号 9 的调查");
  });

  it("moves an opening out of the quiet hours unless it is forced", async () => {
    const shop = await openEnglishShop();
    await shop.ask("survey new How was it?; decision: change or not", TOM);
    const night = { ...TOM, at: NOON + 10 * HOUR };
    expect(await shop.ask("survey run 1", night)).toContain("It is quiet time now");
    expect(await shop.ask("survey run 1 force", night)).toContain('posted to "Riverside"');
  });

  it("reaches no survey of another shop", async () => {
    const shop = await openShop();
    await shop.ask(NEW, CHEN);
    await shop.group("河畔团购群", { staff: "河畔店员群" });
    const other = { by: "王店长", in: "河畔店员群" };
    expect(await shop.ask("调查 暂停 1", other)).toContain("没有编号 1 的调查");
    expect((await shop.read((tx) => tx.surveys.first({ number: 1 })))?.status).toBe("active");
  });
});
