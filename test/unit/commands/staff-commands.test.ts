import { describe, expect, it } from "vitest";
import {
  ANN,
  CHEN,
  HOUR,
  NOON,
  openEnglishShop,
  openShop,
  PLATFORM,
  type Shop,
  TOM,
  ZHEN,
} from "./support.js";

async function withCase(): Promise<Shop> {
  const shop = await openShop();
  await shop.complain("草莓底层烂了一半，要求退款", { ...ZHEN, at: NOON - HOUR });
  return shop;
}

async function withEnglishCase(): Promise<Shop> {
  const shop = await openEnglishShop();
  await shop.complain("3 eggs were broken again, I want a refund", { ...ANN, at: NOON - HOUR });
  return shop;
}

describe("case", () => {
  it("takes the day's lines of the staff room as they are typed", async () => {
    const shop = await withCase();
    expect(await shop.ask("处理 1 接手", CHEN)).toBe("#1 由您处理。");
    expect(await shop.ask("处理 1 回复 底层压坏的都给您全额退", CHEN)).toBe("#1 已回复顾客。");
    expect(await shop.ask("处理 1 备注 已联系供应商", CHEN)).toBe("#1 备注已记下。");
    expect(await shop.ask("处理 1 解决 已全额退款，明天起改单层硬盒", CHEN)).toContain("#1 已解决");
    const row = await shop.read((tx) => tx.cases.first({ number: 1 }));
    expect(row).toMatchObject({ state: "told", resolution: "已全额退款，明天起改单层硬盒" });
    const told = await shop.read((tx) => tx.outbox.rows.find({ kind: "notice" }));
    expect(told.some((one) => one.onlyFor?.includes("id-阿珍") === true)).toBe(true);
  });

  it("does the same in English, also with a number inside the words", async () => {
    const shop = await withEnglishCase();
    expect(await shop.ask("case 1 confirm", TOM)).toBe("#1 confirmed; the clock runs.");
    expect(
      await shop.ask("case 1 resolve 3 eggs refunded, we now pack eggs in the crate side", TOM),
    ).toContain("#1 resolved");
    const row = await shop.read((tx) => tx.cases.first({ number: 1 }));
    expect(row?.resolution).toBe("3 eggs refunded, we now pack eggs in the crate side");
  });

  it("shows a case with words, people, clocks and what happened", async () => {
    const shop = await withCase();
    await shop.ask("处理1接手", CHEN);
    const text = await shop.ask("处理 #1", CHEN);
    expect(text).toContain("草莓底层烂了一半，要求退款");
    expect(text).toContain("反映人：阿珍");
    expect(text).toContain("负责人：小陈");
    expect(text).toContain("经过：");
    expect(text).toMatch(/确认是投诉（小陈）/);
  });

  it("dismisses with a reason, reopens, and says why a move is not possible", async () => {
    const shop = await withCase();
    expect(await shop.ask("处理 1 忽略 玩笑", CHEN)).toBe("#1 已忽略。");
    expect(await shop.ask("处理 1 重开", CHEN)).toContain("已忽略");
    expect(await shop.ask("处理 1 确认", CHEN)).toContain("#1 已确认");
    expect(await shop.ask("处理 99 确认", CHEN)).toBe("没有找到这个投诉，请核对编号。");
  });

  it("asks for the words that a reply, a note or a first resolution needs", async () => {
    const shop = await withCase();
    expect(await shop.ask("处理 1 回复", CHEN)).toContain("处理 1 回复 马上");
    expect(await shop.ask("处理 1 备注", CHEN)).toContain("处理 1 备注");
    expect(await shop.ask("处理 1 解决", CHEN)).toContain("请写上处理结果");
  });

  it("assigns to a colleague by name, and offers the names otherwise", async () => {
    const shop = await withCase();
    expect(await shop.ask("处理 1 指派 阿杰", CHEN)).toBe("#1 已指派给阿杰。");
    const row = await shop.read((tx) => tx.cases.first({ number: 1 }));
    const jie = await shop.read((tx) =>
      tx.directory.member({ platform: PLATFORM, memberId: "id-阿杰" }),
    );
    expect(row?.assigneeId).toBe(jie?.id);
    expect(await shop.ask("处理 1 指派 老王", CHEN)).toContain("可以派给：");
    // A customer is no colleague.
    expect(await shop.ask("处理 1 指派 阿珍", CHEN)).toContain("没有找到叫“阿珍”的店员");
    expect(await shop.ask("处理 1 指派", CHEN)).toContain("请写上派给谁");
  });

  it("asks back after a slip in the act, and keeps silent on staff talk with numbers", async () => {
    const shop = await withCase();
    expect(await shop.ask("处理 1 确人", CHEN)).toContain("处理 1 确认");
    expect(await shop.ask("case 1 resovle sent 2 more", CHEN)).toContain("case 1 resolve".slice(5));
    expect((await shop.say("处理 2 个订单再走", CHEN)).handled).toBe(false);
    expect(await shop.ask("@小助手 处理 1 变没", CHEN)).toContain("可以写：处理 1 确认");
    expect((await shop.read((tx) => tx.cases.first({ number: 1 })))?.state).toBe("candidate");
  });

  it("shows no case of another shop", async () => {
    const shop = await withCase();
    await shop.group("河畔团购群", { staff: "河畔店员群" });
    const other = { by: "王店长", in: "河畔店员群" };
    expect(await shop.ask("处理 1", other)).toBe("没有找到这个投诉，请核对编号。");
    expect(await shop.ask("处理 1 确认", other)).toBe("没有找到这个投诉，请核对编号。");
    expect((await shop.read((tx) => tx.cases.first({ number: 1 })))?.state).toBe("candidate");
  });
});

describe("complaints", () => {
  it("lists the open ones with state, owner and clock", async () => {
    const shop = await withCase();
    await shop.ask("处理 1 接手", CHEN);
    const text = await shop.ask("投诉", CHEN);
    expect(text).toContain("未结投诉 1 件");
    expect(text).toMatch(/#1 P[123] .*小陈/);
    expect(text).toContain("看经过：处理 1");
    expect(await shop.ask("投诉 我的", CHEN)).toContain("#1");
    expect(await shop.ask("投诉 我的", { by: "阿杰", in: "店员群" })).toBe(
      "您手上没有未结的投诉。",
    );
  });

  it("lists one group's, all states, and helps with a wrong name", async () => {
    const shop = await withCase();
    await shop.ask("处理 1 忽略", CHEN);
    expect(await shop.ask("投诉", CHEN)).toBe("没有未结的投诉。");
    expect(await shop.ask("投诉 阳光里", CHEN)).toContain("#1");
    expect(await shop.ask("@小助手 投诉 阳光里5群", CHEN)).toContain("「阳光里3群」");
    expect((await shop.say("投诉 那位又来了", CHEN)).handled).toBe(false);
  });

  it("speaks English where the room does", async () => {
    const shop = await withEnglishCase();
    expect(await shop.ask("complaints", TOM)).toContain("1 complaint open");
    expect(await shop.ask("complaints overdue", TOM)).toMatch(/overdue/);
  });
});

describe("improve", () => {
  it("notes an improvement of the one group of the room, with the aspect at the end", async () => {
    const shop = await openShop();
    const text = await shop.ask("改进 草莓改单层硬盒装 packaging", CHEN);
    expect(text).toContain("改进 1 已记下：「草莓改单层硬盒装」（包装），阳光里3群");
    expect(text).toContain("12月4日起");
    const [row] = await shop.read((tx) => tx.improvements.find({}));
    expect(row).toMatchObject({
      number: 1,
      text: "草莓改单层硬盒装",
      aspect: "packaging",
      at: NOON,
    });
    expect(await shop.read((tx) => tx.audit.count({ act: "improvement.note" }))).toBe(1);
  });

  it("takes the sentence in quotes, an aspect in Chinese, or none", async () => {
    const shop = await openShop();
    await shop.ask('改进 "自提点开到九点" 自提', CHEN);
    await shop.ask("改进 换了配送的车", CHEN);
    const rows = await shop.read((tx) => tx.improvements.find({}, { order: { number: "asc" } }));
    expect(rows.map(({ text, aspect }) => [text, aspect])).toEqual([
      ["自提点开到九点", "pickup"],
      ["换了配送的车", null],
    ]);
    expect(await shop.ask('改进 "换了车" 颜色', CHEN)).toContain("没有“颜色”这个方面");
    expect(await shop.ask(`改进 ${"长".repeat(121)}`, CHEN)).toContain("最多 120 个字");
  });

  it("asks which group when there are several, and takes a name or all of them", async () => {
    const shop = await openShop();
    await shop.group("阳光里5群", { staff: "店员群" });
    expect(await shop.ask("改进 草莓改单层硬盒装", CHEN)).toContain("说的是哪个群");
    expect(await shop.read((tx) => tx.improvements.count({}))).toBe(0);
    expect(await shop.ask("改进 阳光里5群 草莓改单层硬盒装", CHEN)).toContain("，阳光里5群");
    await shop.ask("改进 全部 自提点装了灯 自提", CHEN);
    expect(await shop.read((tx) => tx.improvements.count({}))).toBe(3);
  });

  it("leaves English staff talk alone", async () => {
    const shop = await openEnglishShop();
    expect((await shop.say("improve the labels tomorrow please", TOM)).handled).toBe(false);
    expect(await shop.ask('improve "eggs in the crate side" packaging', TOM)).toContain(
      'Improvement 1 noted: "eggs in the crate side" (packaging), Riverside',
    );
    expect(await shop.ask('improve "eggs in the side" packagng', TOM)).toContain(
      'There is no aspect "packagng"',
    );
  });
});

describe("member", () => {
  it("shows where a member is and what they reported, never what they voted", async () => {
    const shop = await withCase();
    const text = await shop.ask("成员 阿珍", CHEN);
    expect(text).toContain("阳光里3群（顾客，2026年11月20日起）");
    expect(text).toMatch(/投诉：#1/);
    expect(text).toContain("参加过 0 次问卷");
    expect(text).not.toContain("草莓底层");
  });

  it("lists two members of one name apart", async () => {
    const shop = await withCase();
    await shop.store.write(async (tx) => {
      const event = shop.event("你好", ZHEN);
      await shop.directory.place(tx, {
        ...event,
        author: { ...event.author, memberId: "id-另一位阿珍" },
      });
    });
    const text = await shop.ask("成员 阿珍", CHEN);
    expect(text).toContain("有 2 位，分开列出");
    const [, first = "", second = ""] = text.split("\n\n");
    expect(first).toMatch(/^阿珍（标识 [0-9a-f]{4}）/);
    expect([first, second].filter((one) => one.includes("#1"))).toHaveLength(1);
  });

  it("suggests names, and keeps members of other shops unseen", async () => {
    const shop = await openShop();
    await shop.group("河畔团购群", { staff: "河畔店员群" });
    await shop.meet({ by: "河畔阿芳", in: "河畔团购群" });
    expect(await shop.ask("@小助手 成员 啊珍", CHEN)).toContain("您是不是要找：阿珍");
    expect(await shop.ask("@小助手 成员 河畔阿芳", CHEN)).toContain("没有找到");
    expect((await shop.say("成员 都到齐了", CHEN)).handled).toBe(false);
  });
});

describe("report", () => {
  it("tells the numbers of the room's group for the days that were asked for", async () => {
    const shop = await withCase();
    const text = await shop.ask("报告 今天", CHEN);
    expect(text).toContain("阳光里3群");
    expect(text).toContain("投诉");
    const english = await withEnglishCase();
    expect(await english.ask("report", TOM)).toContain("Riverside");
  });

  it("gives several groups below each other, one by name, and a table as text", async () => {
    const shop = await withCase();
    await shop.group("阳光里5群", { staff: "店员群" });
    const both = await shop.ask("报告 今天", CHEN);
    expect(both).toContain("阳光里3群");
    expect(both).toContain("阳光里5群");
    const one = await shop.ask("报告 今天 阳光里5群", CHEN);
    expect(one).not.toContain("阳光里3群");
    expect(await shop.ask("报告 今天 阳光里5群 csv", CHEN)).toMatch(
      /^"群"|^群|"编号"|huiyin report/,
    );
  });

  it("says what is wrong with days that are none", async () => {
    const shop = await openShop();
    expect(await shop.ask("报告 2026-02-30..2026-03-01", CHEN)).toContain("2026-02-30");
    expect(await shop.ask("报告 900d", CHEN)).toContain("天");
  });

  it("stays short of the platform's limit and shows the way on", async () => {
    const shop = await withCase();
    for (let index = 0; index < 14; index += 1) {
      await shop.group(`第${String(index)}个${"很长名字的".repeat(40)}团购群`, { staff: "店员群" });
    }
    const { said } = await shop.say("报告 近30天", CHEN);
    expect(said?.message.text.length).toBeLessThan(3_700);
    expect(said?.message.text).toContain("报告 近30天 p2");
    const second = await shop.ask("报告 近30天 p2", CHEN);
    expect(second).toContain("第 2 页");
    expect(second).not.toBe(said?.message.text);
  });
});
