import { describe, expect, test } from "vitest";
import { caseService, createComplaints } from "#src/complaints/complaints.js";
import { dismissReasonOf, thresholdOf } from "#src/complaints/verdict-labels.js";
import { MINUTE } from "#src/shared/clock.js";
import { clockAt, type Opinion, openShop, type Shop, scriptedDetector } from "./support/shop.js";

const TEN = clockAt("2026-11-20 10:00");
const OPINIONS: Readonly<Record<string, Opinion>> = {
  ...Object.fromEntries(
    Array.from({ length: 20 }, (_, index): [string, Opinion] => [
      `说法${String(index)}`,
      { severity: "P3", aspects: ["other"], score: 0.52 },
    ]),
  ),
  孩子吃了拉肚子: { severity: "P1", aspects: ["safety"], rule: "stomach", score: 0.98 },
};

/** Members report one after another and two operators decide in turn. */
async function decideAll(shop: Shop, move: "confirm" | "dismiss", count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const at = TEN + index * 3 * MINUTE;
    await shop.say(`邻居${String(index)}`, `说法${String(index)}`, at);
    const { id } = (await shop.cases()).at(-1)!;
    await shop.act(index % 2 === 0 ? "店长" : "店员小陈", `case.${move}`, id, at + MINUTE);
  }
}

async function thresholdIn(shop: Shop): Promise<number> {
  return (await shop.store.read((tx) => shop.complaints.health(tx, shop.group))).threshold;
}

describe("the decisions of staff", () => {
  test("are kept as labels of the verdict, and the last word on a case wins", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.say("王芳", "说法1", TEN);
    const { id } = await shop.only();
    const boss = await shop.person("店长");
    await shop.act("店长", "case.dismiss", id, TEN + 1);
    const labels = () => shop.store.read((tx) => tx.labels.find({}));
    expect(await labels()).toEqual([
      {
        id,
        groupId: shop.group.id,
        score: 0.52,
        complaint: false,
        operatorId: boss.id,
        rule: null,
        at: TEN + 1,
      },
    ]);
    await shop.act("店长", "case.confirm", id, TEN + 2);
    expect(await labels()).toMatchObject([{ id, complaint: true, at: TEN + 2 }]);
    expect((await shop.only()).state).toBe("confirmed");
  });

  test("dismissals make the bot ask for more in this group, confirmations for less", async () => {
    const strict = await openShop({ opinions: OPINIONS });
    await decideAll(strict, "dismiss", 10);
    expect(await thresholdIn(strict)).toBeGreaterThan(0.5);
    await strict.say("新邻居", "说法19", TEN + 3 * 60 * MINUTE);
    expect(await strict.cases()).toHaveLength(10);
    const open = await openShop({ opinions: OPINIONS });
    await decideAll(open, "confirm", 12);
    expect(await thresholdIn(open)).toBeLessThan(0.5);
  });

  test("hold within the transaction in which they were made", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await decideAll(shop, "dismiss", 9);
    const boss = await shop.person("店员小陈");
    await shop.say("邻居11", "说法11", TEN + 60 * MINUTE);
    const { number } = (await shop.cases()).at(-1)!;
    const detector = scriptedDetector({});
    await shop.write(async (tx) => {
      expect(await thresholdOf(tx, shop.group.id, detector, "说法")).toBe(0.5);
      await caseService.dismiss(tx, { caseNumber: number, actor: boss, at: TEN + 61 * MINUTE });
      expect(await thresholdOf(tx, shop.group.id, detector, "说法")).toBeGreaterThan(0.5);
    });
  });

  test("that call something a duplicate say nothing about the verdict", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.say("王芳", "说法1", TEN);
    const boss = await shop.person("店长");
    await shop.write((tx) =>
      caseService.dismiss(tx, { caseNumber: 1, actor: boss, at: TEN, reason: "重复了" }),
    );
    expect(await shop.store.read((tx) => tx.labels.find({}))).toEqual([]);
    expect((await shop.only()).state).toBe("dismissed");
  });

  test("are shown as precision over the last hundred, with the thresholds", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await decideAll(shop, "confirm", 3);
    await shop.say("王芳", "孩子吃了拉肚子", TEN + 60 * MINUTE);
    await shop.act("店长", "case.dismiss", (await shop.cases()).at(-1)!.id, TEN + 61 * MINUTE);
    const health = await shop.store.read((tx) => shop.complaints.health(tx, shop.group));
    expect(health).toMatchObject({
      decisions: 4,
      confirmed: 3,
      precision: { value: 0.75 },
      threshold: 0.5,
      shippedThreshold: 0.5,
    });
    expect(health.precision!.low).toBeCloseTo(0.3006, 3);
  });

  test("of a group without any leave the shipped threshold and no precision", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    const health = await shop.store.read((tx) => shop.complaints.health(tx, shop.group));
    expect(health).toMatchObject({ decisions: 0, precision: null, threshold: 0.5 });
  });

  test("can be taken along for training, without anybody's name", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.say("王芳", "孩子吃了拉肚子", TEN);
    await shop.act("店长", "case.confirm", (await shop.only()).id, TEN + 1);
    const labels = await shop.store.read((tx) => shop.complaints.exportLabels(tx));
    expect(labels).toEqual([
      {
        caseNumber: 1,
        groupId: shop.group.id,
        text: "孩子吃了拉肚子",
        complaint: true,
        score: 0.98,
        aspects: ["safety"],
        severity: "P1",
        rule: "stomach",
        at: TEN + 1,
      },
    ]);
    expect(JSON.stringify(labels)).not.toContain("王芳");
  });

  test("are read with one statement per group and transaction, however many messages pass", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    const complaints = createComplaints({ detector: scriptedDetector({}) });
    const member = await shop.person("王芳");
    await shop.write(async (tx) => {
      const membership = await tx.directory.membership(shop.group.id, member.id);
      let reads = 0;
      const find = tx.labels.find.bind(tx.labels);
      tx.labels.find = (...call) => {
        reads += 1;
        return find(...call);
      };
      for (let index = 0; index < 50; index += 1) {
        const conversation = { platform: "simulated", conversationId: "group" };
        const place = { group: shop.group, member, membership: membership!, direct: false };
        const messageId = `x${String(index)}`;
        await complaints.considerMessage(
          tx,
          place,
          {
            kind: "message",
            eventId: messageId,
            at: TEN + index,
            conversation,
            author: { platform: "simulated", memberId: "王芳", name: "王芳" },
            text: "早",
            message: { conversation, messageId },
            mentionsBot: false,
            isDirect: false,
          },
          { vote: null },
        );
      }
      expect(reads).toBe(1);
    });
  });
});

describe("the reason of a dismissal", () => {
  test.each([
    ["开玩笑的", "joke"],
    ["just a question", "question"],
    ["说的是别家", "other_shop"],
    ["duplicate of 3", "duplicate"],
    ["没这回事", "not_complaint"],
    ["", "not_complaint"],
  ])("“%s” means %s", (words, reason) => {
    expect(dismissReasonOf(words)).toBe(reason);
  });
});
