import { describe, expect, test } from "vitest";
import type { Language } from "#entities/vocabulary.js";
import { caseService } from "#src/complaints/complaints.js";
import { MINUTE } from "#src/shared/clock.js";
import { clockAt, type Opinion, openShop, type Shop } from "./support/shop.js";

const TEN = clockAt("2026-11-20 10:00");
const OPINIONS: Readonly<Record<string, Opinion>> = {
  少了两个鸡蛋: { severity: "P3", aspects: ["shortage"] },
  "An egg is missing": { severity: "P3", aspects: ["shortage"] },
  草莓烂了: { severity: "P3", aspects: ["quality"] },
};

async function shopWithCase(language: Language = "zh"): Promise<Shop> {
  const shop = await openShop({ language, opinions: OPINIONS });
  await shop.say("王芳", language === "zh" ? "少了两个鸡蛋" : "An egg is missing", TEN);
  return shop;
}

describe("confirming", () => {
  test("starts the clocks by open time and acknowledges in front of the group, quoting the report", async () => {
    const shop = await shopWithCase();
    const boss = await shop.person("店长");
    const at = clockAt("2026-11-20 11:50");
    const outcome = await shop.write((tx) =>
      caseService.confirm(tx, { caseNumber: 1, actor: boss, at }),
    );
    expect(outcome.kind).toBe("done");
    expect(await shop.only()).toMatchObject({
      state: "confirmed",
      confirmedAt: at,
      botAcknowledgedAt: at,
      firstReplyAt: null,
      // 10 minutes before the break, 20 after it.
      acknowledgeDueAt: clockAt("2026-11-20 13:50"),
    });
    const [said] = await shop.inGroup();
    expect(said?.text).toBe(
      "看到您反映的少件问题了，很抱歉。我们正在核实，13:50 前由负责人给您答复。订单和电话请私信我们，不要发在群里。",
    );
    expect(said?.message.quote?.messageId).toBe("m1");
    expect(said?.row.quiet).not.toBeNull();
  });

  test("says it in English in an English group", async () => {
    const shop = await shopWithCase("en");
    await shop.act("Staff Ann", "case.confirm", (await shop.only()).id, TEN);
    const [said] = await shop.inGroup();
    expect(said?.text).toBe(
      "We have seen your message and are sorry about the missing items. We are looking into it and will answer you by 10:30. Please send order details and phone numbers in private, not here.",
    );
  });

  test("two cases within half an hour are acknowledged once, the next one after it again", async () => {
    const shop = await shopWithCase();
    await shop.say("李雷", "草莓烂了", TEN + MINUTE);
    await shop.say("韩梅", "少了两个鸡蛋", TEN + 61 * MINUTE);
    const [one, two, three] = await shop.cases();
    await shop.act("店长", "case.confirm", one!.id, TEN + 2 * MINUTE);
    await shop.act("店长", "case.confirm", two!.id, TEN + 31 * MINUTE);
    await shop.act("店长", "case.confirm", three!.id, TEN + 62 * MINUTE);
    const keys = (await shop.inGroup())
      .filter((said) => said.onlyFor === null)
      .map((said) => said.key);
    expect(keys).toEqual([`acknowledgement:${one!.id}`, `acknowledgement:${three!.id}`]);
    expect((await shop.cases()).map((row) => row.botAcknowledgedAt !== null)).toEqual([
      true,
      false,
      true,
    ]);
  });

  test("is silent where the group wants no acknowledgement", async () => {
    const shop = await openShop({ opinions: OPINIONS, settings: { acknowledge: "off" } });
    await shop.say("王芳", "少了两个鸡蛋", TEN);
    await shop.act("店长", "case.confirm", (await shop.only()).id, TEN);
    expect((await shop.inGroup()).filter((one) => one.onlyFor === null)).toEqual([]);
  });

  test("at once: the group is acknowledged before anybody decides, and not again", async () => {
    const shop = await openShop({ opinions: OPINIONS, settings: { acknowledge: "at_once" } });
    await shop.say("王芳", "少了两个鸡蛋", TEN);
    expect((await shop.inGroup())[0]?.text).toContain("会尽快给您答复");
    await shop.act("店长", "case.confirm", (await shop.only()).id, TEN + 40 * MINUTE);
    expect((await shop.inGroup()).filter((one) => one.onlyFor === null)).toHaveLength(1);
    expect(await shop.only()).toMatchObject({
      botAcknowledgedAt: TEN,
      confirmedAt: TEN + 40 * MINUTE,
    });
  });

  test("is for staff only", async () => {
    const shop = await shopWithCase();
    await shop.act("王芳", "case.confirm", (await shop.only()).id, TEN);
    expect((await shop.only()).state).toBe("candidate");
    expect((await shop.inGroup())[0]).toMatchObject({ text: "只有店员可以处理投诉。" });
    const stranger = await shop.person("李雷");
    const outcome = await shop.write((tx) =>
      caseService.confirm(tx, { caseNumber: 1, actor: stranger, at: TEN }),
    );
    expect(outcome).toEqual({ kind: "not-found" });
  });
});

describe("working on a case", () => {
  test("taking a candidate confirms and assigns it; after an answer the work begins", async () => {
    const shop = await shopWithCase();
    const boss = await shop.person("店长");
    await shop.act("店长", "case.take", (await shop.only()).id, TEN + MINUTE);
    expect(await shop.only()).toMatchObject({ state: "confirmed", assigneeId: boss.id });
    await shop.write((tx) =>
      caseService.reply(tx, {
        caseNumber: 1,
        actor: boss,
        at: TEN + 2 * MINUTE,
        text: "明早补两个",
      }),
    );
    expect(await shop.only()).toMatchObject({
      state: "in_progress",
      firstReplyAt: TEN + 2 * MINUTE,
      updateDueAt: clockAt("2026-11-20 15:32"),
    });
  });

  test("a reply goes to the group without names, telephone and order numbers, and staff learn of it", async () => {
    const shop = await shopWithCase();
    const boss = await shop.person("店长");
    const outcome = await shop.write((tx) =>
      caseService.reply(tx, {
        caseNumber: 1,
        actor: boss,
        at: TEN,
        text: "王芳 138-1234-5678 的订单DD20261120123少的2个鸡蛋，18:00前补，差价¥12.5退回",
      }),
    );
    expect(outcome).toMatchObject({ kind: "done", hidden: true });
    expect((await shop.inGroup())[0]?.text).toBe(
      "… … 的订单…少的2个鸡蛋，18:00前补，差价¥12.5退回",
    );
    expect(await shop.only()).toMatchObject({ state: "acknowledged" });
    const words = caseService.words("reply", outcome, { language: "zh", timeZone: "UTC" });
    expect(words).toContain("已去掉人名、电话和单号");
  });

  test("notes stay with staff and move nothing", async () => {
    const shop = await shopWithCase();
    const boss = await shop.person("店长");
    await shop.write((tx) =>
      caseService.note(tx, { caseNumber: 1, actor: boss, at: TEN, text: "供应商已问" }),
    );
    expect((await shop.only()).state).toBe("candidate");
    expect((await shop.entries((await shop.only()).id)).at(-1)).toMatchObject({
      act: "note",
      note: "供应商已问",
      actorId: boss.id,
    });
    expect(await shop.inGroup()).toEqual([]);
  });

  test("a resolution needs words while nobody has answered", async () => {
    const shop = await shopWithCase();
    const boss = await shop.person("店长");
    const outcome = await shop.write((tx) =>
      caseService.resolve(tx, { caseNumber: 1, actor: boss, at: TEN }),
    );
    expect(outcome).toMatchObject({ kind: "not-allowed", from: "candidate", move: "resolve" });
    const words = caseService.words("resolve", outcome, { language: "en", timeZone: "UTC" });
    expect(words).toContain("case 1 resolve");
  });

  test("two operators resolving one case: the second sees who changed what", async () => {
    const shop = await shopWithCase();
    const boss = await shop.person("店长");
    const chen = await shop.person("店员小陈");
    const first = await shop.write((tx) =>
      caseService.resolve(tx, { caseNumber: 1, actor: boss, at: TEN, text: "已补发2个" }),
    );
    expect(first).toMatchObject({ kind: "done", case: { state: "told" } });
    const second = await shop.write((tx) =>
      caseService.resolve(tx, { caseNumber: 1, actor: chen, at: TEN + 1, text: "已退款" }),
    );
    expect(second).toMatchObject({
      kind: "changed-meanwhile",
      by: { id: boss.id, name: "店长" },
      state: "told",
      changedAt: TEN,
    });
    expect(await shop.only()).toMatchObject({ resolution: "已补发2个" });
    const words = caseService.words("resolve", second, {
      language: "zh",
      timeZone: "Asia/Shanghai",
    });
    expect(words).toBe("#1 已由店长在 11月20日 10:00 改为“已告知顾客”，您的操作没有生效。");
  });

  test("a move on a version that is no longer the present one changes nothing", async () => {
    const shop = await shopWithCase();
    const boss = await shop.person("店长");
    const chen = await shop.person("店员小陈");
    const { version } = await shop.only();
    await shop.write((tx) => caseService.take(tx, { caseNumber: 1, actor: boss, at: TEN }));
    const outcome = await shop.write((tx) =>
      caseService.take(tx, { caseNumber: 1, actor: chen, at: TEN + 1, version }),
    );
    expect(outcome).toMatchObject({ kind: "changed-meanwhile", by: { id: boss.id } });
    expect((await shop.only()).assigneeId).toBe(boss.id);
  });

  test("every move is in the audit with its actor, without anybody's words", async () => {
    const shop = await shopWithCase();
    const boss = await shop.person("店长");
    await shop.write((tx) =>
      caseService.resolve(tx, { caseNumber: 1, actor: boss, at: TEN, text: "已补发2个" }),
    );
    const audit = await shop.store.read((tx) => tx.audit.find({}, { order: { seq: "asc" } }));
    expect(audit.map((entry) => [entry.act, entry.actorId])).toEqual([
      ["case.confirm", boss.id],
      ["case.acknowledge", boss.id],
      ["case.resolve", boss.id],
      ["case.tell", "bot"],
    ]);
    expect(JSON.stringify(audit)).not.toContain("补发");
  });
});

describe("lists", () => {
  test("show each operator the cases of the groups they work for, the most pressing first", async () => {
    const shop = await shopWithCase();
    await shop.say("李雷", "草莓烂了", TEN + MINUTE);
    const boss = await shop.person("店长");
    await shop.act("店长", "case.take", (await shop.cases())[1]!.id, TEN + 2 * MINUTE);
    const list = (filter: "open" | "overdue" | "mine", at: number, actor = boss) =>
      shop.store.read((tx) => caseService.list(tx, { filter, actor, at }));
    expect((await list("open", TEN + 3 * MINUTE)).map((one) => one.case.number)).toEqual([1, 2]);
    expect((await list("mine", TEN + 3 * MINUTE)).map((one) => one.case.number)).toEqual([2]);
    expect(await list("overdue", TEN + 3 * MINUTE)).toEqual([]);
    expect((await list("overdue", TEN + 40 * MINUTE)).map((one) => one.case.number)).toEqual([
      1, 2,
    ]);
    expect(await list("open", TEN, await shop.person("王芳"))).toEqual([]);
  });

  test("show a member only their own cases, without staff's business", async () => {
    const shop = await shopWithCase();
    await shop.say("李雷", "草莓烂了", TEN + MINUTE);
    const member = await shop.person("王芳");
    const mine = await shop.store.read((tx) => shop.complaints.myCases(tx, member));
    expect(mine).toEqual([
      {
        number: 1,
        aspect: "shortage",
        state: "candidate",
        openedAt: TEN,
        nextAt: null,
        groupName: "阳光里3群",
      },
    ]);
  });

  test("show everything about one case to staff and nothing to others", async () => {
    const shop = await shopWithCase();
    const boss = await shop.person("店长");
    const shown = await shop.store.read((tx) =>
      caseService.show(tx, { caseNumber: 1, actor: boss, at: TEN }),
    );
    expect(shown).toMatchObject({ reporter: { name: "王芳" }, messages: [{ part: "report" }] });
    const member = await shop.person("王芳");
    expect(
      await shop.store.read((tx) =>
        caseService.show(tx, { caseNumber: 1, actor: member, at: TEN }),
      ),
    ).toBeNull();
  });
});

describe("a complaint by command", () => {
  test("is confirmed at once, receipt and all, and the same event makes one case", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    const member = await shop.person("王芳");
    const file = () =>
      shop.write(async (tx) => {
        const membership = await tx.directory.membership(shop.group.id, member.id);
        return shop.complaints.file(
          tx,
          { group: shop.group, member, membership: membership!, direct: false },
          { text: "退款一直没到", eventId: "c/1", at: TEN },
        );
      });
    expect((await file()).text).toContain("#1");
    await file();
    expect(await shop.only()).toMatchObject({
      state: "confirmed",
      acknowledgeDueAt: TEN + 30 * MINUTE,
    });
    expect(await shop.inRoom()).toHaveLength(1);
  });
});
