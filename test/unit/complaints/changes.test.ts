import { describe, expect, test } from "vitest";
import { isAgreeing } from "#src/complaints/agreeing-reactions.js";
import type { MessageRef } from "#src/platform/conversation.js";
import { MINUTE } from "#src/shared/clock.js";
import { clockAt, type Opinion, openShop, type Shop } from "./support/shop.js";

const TEN = clockAt("2026-11-20 10:00");
const OPINIONS: Readonly<Record<string, Opinion>> = {
  少了两个鸡蛋: { severity: "P3", aspects: ["shortage"] },
  少了两个鸡蛋还破了一个: { severity: "P2", aspects: ["shortage", "packaging"] },
  孩子吃了拉肚子: { severity: "P1", aspects: ["safety"], rule: "stomach" },
};

async function change(
  shop: Shop,
  kind: "recalled" | "edited",
  who: { readonly name: string; readonly message: MessageRef; readonly at: number },
  text = "",
): Promise<void> {
  const member = await shop.person(who.name);
  const base = {
    eventId: `${kind}-${who.message.messageId}-${String(who.at)}`,
    at: who.at,
    conversation: who.message.conversation,
    author: { platform: "simulated", memberId: who.name, name: who.name },
    message: who.message,
  };
  await shop.write(async (tx) => {
    const membership = await tx.directory.membership(shop.group.id, member.id);
    const place = { group: shop.group, member, membership: membership!, direct: false };
    if (kind === "recalled") await shop.complaints.recalled(tx, place, { kind, ...base });
    else await shop.complaints.edited(tx, place, { kind, text, ...base }, { vote: null });
  });
}

async function react(
  shop: Shop,
  name: string,
  message: MessageRef,
  more: { readonly reaction?: string; readonly change?: "added" | "removed" } = {},
): Promise<void> {
  const member = await shop.person(name);
  const { reaction = "+1", change: changed = "added" } = more;
  await shop.write(async (tx) => {
    const membership = await tx.directory.membership(shop.group.id, member.id);
    await shop.complaints.reaction(
      tx,
      { group: shop.group, member, membership: membership!, direct: false },
      {
        kind: "reaction",
        eventId: `r-${name}-${changed}`,
        at: TEN + MINUTE,
        conversation: message.conversation,
        author: { platform: "simulated", memberId: name, name },
        message,
        reaction,
        change: changed,
      },
    );
  });
}

const textsOf = async (shop: Shop) =>
  (await shop.store.read((tx) => tx.caseMessages.find({}))).map((one) => one.text);

describe("a recalled message", () => {
  test("leaves its candidate without words, so the bot dismisses it and says why", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    const message = await shop.say("王芳", "少了两个鸡蛋", TEN);
    await change(shop, "recalled", { name: "王芳", message, at: TEN + MINUTE });
    const row = await shop.only();
    expect(row.state).toBe("dismissed");
    expect((await shop.entries(row.id)).at(-1)).toMatchObject({
      act: "dismiss",
      actorId: "bot",
      note: "recalled",
    });
    expect(await textsOf(shop)).toEqual([null]);
    expect(await shop.store.read((tx) => tx.messages.rows.find({}))).toMatchObject([
      { text: null, complaint: false, aspects: [] },
    ]);
    expect(JSON.stringify(row.verdict)).not.toContain("鸡蛋");
    expect(JSON.stringify(row.verdict)).not.toContain("少了");
    expect(await shop.store.read((tx) => tx.labels.find({}))).toEqual([]);
    const alert = (await shop.said()).filter((one) => one.act === "edit").at(-1);
    expect(alert?.text).toContain("（原话已撤回）");
    expect(alert?.text).not.toContain("鸡蛋");
    expect(alert?.message.choices).toBeUndefined();
    await shop.passTo(TEN + 24 * 60 * MINUTE);
    expect((await shop.inRoom()).map((one) => one.key)).toEqual([
      `alert:${row.id}`,
      `alert:${row.id}:recalled`,
    ]);
  });

  test("takes a “+1” out of the count", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.say("王芳", "少了两个鸡蛋", TEN);
    const message = await shop.say("李雷", "+1", TEN + MINUTE);
    await change(shop, "recalled", { name: "李雷", message, at: TEN + 2 * MINUTE });
    expect(await shop.only()).toMatchObject({ state: "candidate", affected: 1 });
    expect(await shop.store.read((tx) => tx.caseMembers.count({}))).toBe(1);
  });

  test("of the reporter keeps the case that others share", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    const message = await shop.say("王芳", "少了两个鸡蛋", TEN);
    await shop.say("李雷", "+1", TEN + MINUTE);
    await change(shop, "recalled", { name: "王芳", message, at: TEN + 2 * MINUTE });
    expect(await shop.only()).toMatchObject({ state: "candidate", affected: 2 });
  });

  test("about harm stays for a person to decide, without the words", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    const message = await shop.say("王芳", "孩子吃了拉肚子", TEN);
    await change(shop, "recalled", { name: "王芳", message, at: TEN + MINUTE });
    expect((await shop.only()).state).toBe("candidate");
    expect((await shop.inRoom()).at(-1)?.text).toContain("撤回了一条消息");
    expect(await textsOf(shop)).toEqual([null]);
  });

  test("is no complaint for those who come after it", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    const message = await shop.say("王芳", "少了两个鸡蛋", TEN);
    await change(shop, "recalled", { name: "王芳", message, at: TEN + MINUTE });
    await shop.say("李雷", "+1", TEN + 2 * MINUTE);
    expect(await shop.only()).toMatchObject({ affected: 1 });
  });
});

describe("an edited message", () => {
  test("shows its new words in the case and is judged again, upwards only", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    const message = await shop.say("王芳", "少了两个鸡蛋", TEN);
    const at = TEN + MINUTE;
    await change(shop, "edited", { name: "王芳", message, at }, "少了两个鸡蛋还破了一个");
    expect(await shop.only()).toMatchObject({
      severity: "P2",
      aspects: ["shortage", "packaging"],
      affected: 1,
    });
    expect(await textsOf(shop)).toEqual(["少了两个鸡蛋还破了一个"]);
    await change(shop, "edited", { name: "王芳", message, at: at + MINUTE }, "没事了");
    expect(await shop.only()).toMatchObject({ severity: "P2", state: "candidate" });
    expect(await textsOf(shop)).toEqual(["没事了"]);
  });

  test("that becomes a complaint opens its case", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    const message = await shop.say("王芳", "收到货了", TEN);
    await change(shop, "edited", { name: "王芳", message, at: TEN + MINUTE }, "少了两个鸡蛋");
    expect(await shop.only()).toMatchObject({ state: "candidate", affected: 1 });
    expect(await shop.store.read((tx) => tx.messages.rows.find({}))).toMatchObject([
      { complaint: true, text: "少了两个鸡蛋" },
    ]);
  });

  test("of long ago opens nothing", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    const message = await shop.say("王芳", "收到货了", TEN);
    await change(shop, "edited", { name: "王芳", message, at: TEN + 31 * MINUTE }, "少了两个鸡蛋");
    expect(await shop.cases()).toEqual([]);
  });
});

describe("a reaction on a report", () => {
  test("joins its case once and leaves it again when taken away", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    const message = await shop.say("王芳", "少了两个鸡蛋", TEN);
    await react(shop, "李雷", message);
    await react(shop, "李雷", message, { reaction: "😡" });
    const row = await shop.only();
    expect(row).toMatchObject({ affected: 2, lastReportAt: TEN });
    expect((await shop.entries(row.id)).map((entry) => entry.act)).toEqual(["open", "join"]);
    await react(shop, "李雷", message, { change: "removed" });
    expect(await shop.only()).toMatchObject({ affected: 1 });
  });

  test("of the reporter, of staff, or of another kind joins nothing", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    const message = await shop.say("王芳", "少了两个鸡蛋", TEN);
    await react(shop, "王芳", message);
    await react(shop, "店长", message);
    await react(shop, "李雷", message, { reaction: "tada" });
    expect(await shop.only()).toMatchObject({ affected: 1 });
  });

  test.each(["+1", "👍🏽", ":thumbsup:", "+1::skin-tone-3", "[赞]", "同感", "rage", "😡"])(
    "%s agrees",
    (reaction) => {
      expect(isAgreeing(reaction)).toBe(true);
    },
  );

  test.each(["tada", "heart", "eyes", "white_check_mark", "", "::"])("%s does not", (reaction) => {
    expect(isAgreeing(reaction)).toBe(false);
  });
});
