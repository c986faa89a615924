import { describe, expect, it } from "vitest";
import { SimulatedAdapter } from "#adapters/simulated/simulated-adapter.js";
import { SimulatedChat } from "#adapters/simulated/simulated-chat.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import { PlatformError } from "#src/platform/platform-error.js";
import { DAY, HOUR, MINUTE } from "#src/shared/clock.js";
import { NOON, outboxScene, SECOND_SHOP, SHOP, STAFF } from "./outbox-scene.js";

const NIGHT = { from: "21:00", to: "09:00", timeZone: "Asia/Shanghai" };
const CAKE = { platform: "simulated", memberId: "王阿姨" };

describe("order and pace of what is said", () => {
  it("says the messages of a conversation in the order they were decided", async () => {
    const { say, run } = await outboxScene();
    for (const key of ["1", "2", "3", "4"]) await say(key);
    expect(await run()).toEqual(["1", "2", "3", "4"]);
  });

  it("keeps a later message behind one that has to be tried again", async () => {
    const { say, run, later, chat } = await outboxScene();
    await say("first");
    await say("second");
    chat.failNext(new PlatformError("unreachable", "down"));
    expect(await run()).toEqual([]);
    await say("third");
    expect(await run()).toEqual([]);
    expect(await later(2_000)).toEqual(["first", "second", "third"]);
  });

  it("says nothing twice however often it is decided", async () => {
    const { say, run } = await outboxScene();
    expect([await say("once"), await say("once")]).toEqual([true, false]);
    await run();
    expect(await say("once")).toBe(false);
    expect(await run()).toEqual(["once"]);
  });

  it("leaves the gap between two messages of one conversation, also for what is decided meanwhile", async () => {
    const { say, run, later } = await outboxScene({
      capabilities: { pacing: { gapPerConversationMs: 3_000 } },
    });
    await say("a1");
    await say("b1", { to: SECOND_SHOP });
    expect((await run()).toSorted()).toEqual(["a1", "b1"]);
    await say("a2");
    expect(await run()).toHaveLength(2);
    expect(await later(2_999)).toHaveLength(2);
    expect((await later(1)).at(-1)).toBe("a2");
  });

  it("keeps to the budget of a minute over all conversations, also within one step", async () => {
    const { say, run, later } = await outboxScene({
      capabilities: { pacing: { gapPerConversationMs: 0, perMinute: 2 } },
    });
    for (const [index, key] of ["a", "b", "c", "d", "e"].entries())
      await say(key, { to: { ...SHOP, conversationId: `room ${String(index)}` } });
    expect(await run()).toEqual(["a", "b"]);
    expect(await later(59_000)).toHaveLength(2);
    expect(await later(1_001)).toEqual(["a", "b", "c", "d"]);
    expect(await later(MINUTE + 1)).toHaveLength(5);
  });

  it("keeps order within a conversation while its budget is used up", async () => {
    const { say, run, later } = await outboxScene({
      capabilities: { pacing: { gapPerConversationMs: 0, perMinute: 1, perDay: 3 } },
    });
    await say("1");
    await say("2");
    await run();
    await say("3");
    await say("4");
    expect(await later(MINUTE + 1)).toEqual(["1", "2"]);
    expect(await later(MINUTE + 1)).toEqual(["1", "2", "3"]);
    expect(await later(HOUR)).toHaveLength(3);
    expect(await later(DAY)).toEqual(["1", "2", "3", "4"]);
  });
});

describe("quiet hours", () => {
  it("hold a post back until they end, and let what is exempt pass it", async () => {
    const { say, run, later, clock, row } = await outboxScene();
    clock.set(NOON + 10 * HOUR);
    await say("survey card", { kind: "survey", quiet: NIGHT });
    await say("reply to a command");
    expect(await run()).toEqual(["reply to a command"]);
    expect(await row("survey card")).toMatchObject({
      state: "due",
      notBefore: Date.UTC(2026, 10, 21, 1),
    });
    await say("alert", { kind: "alert" });
    expect(await run()).toEqual(["reply to a command", "alert"]);
    expect(await later(11 * HOUR)).toEqual(["reply to a command", "alert", "survey card"]);
  });

  it("do not let a message that was failing when they began hold the conversation all night", async () => {
    const { say, run, later, clock, chat } = await outboxScene();
    clock.set(NOON + 9 * HOUR - 1_000);
    chat.failNext(new PlatformError("unreachable", "down"));
    await say("digest", { kind: "digest", quiet: NIGHT });
    await run();
    await say("reply");
    expect(await later(2_000)).toEqual(["reply"]);
    expect(await later(12 * HOUR)).toEqual(["reply", "digest"]);
  });

  it("do not mix up the order when one message waits for the morning and another is tried again", async () => {
    const { say, run, later, clock, chat } = await outboxScene();
    clock.set(NOON + 10 * HOUR);
    await say("morning", { quiet: NIGHT });
    await run();
    chat.failNext(new PlatformError("unreachable", "down"));
    await say("failing");
    await run();
    await say("after it");
    expect(await run()).toEqual([]);
    expect(await later(3_000)).toEqual(["failing", "after it"]);
  });

  it("hold a change back together with the post that it changes", async () => {
    const { say, run, later, clock, store, chat, row } = await outboxScene();
    clock.set(NOON + 10 * HOUR);
    await say("card", { kind: "survey", quiet: NIGHT });
    await run();
    const at = clock.now();
    const message = { text: "closed" };
    await store.write((tx) => tx.outbox.edit({ key: "close", editsKey: "card", message, at }));
    await run();
    expect(await row("close")).toMatchObject({ state: "due" });
    await later(11 * HOUR);
    expect(chat.posts.map((post) => post.text)).toEqual(["closed"]);
  });
});

describe("what is not said at all", () => {
  it("drops what has expired, and forgets its words", async () => {
    const { say, clock, run, row } = await outboxScene();
    await say("too late", { expiresAt: NOON + MINUTE });
    await say("last moment", { expiresAt: NOON + MINUTE + 1 });
    clock.set(NOON + MINUTE);
    expect(await run()).toEqual(["last moment"]);
    expect(await row("too late")).toMatchObject({
      state: "dropped",
      reason: "expired",
      message: null,
    });
  });

  it("parks what is meant for a platform that is not connected", async () => {
    const { say, run, row } = await outboxScene({ parts: { adapters: new Map() } });
    await say("nobody there");
    expect(await run()).toEqual([]);
    expect(await row("nobody there")).toMatchObject({
      state: "parked",
      reason: "platform-not-connected",
    });
  });

  it("keeps no words of what was said, but for a survey card, which is edited later", async () => {
    const { say, run, row } = await outboxScene();
    await say("private", { onlyFor: CAKE, replyHandle: "handle-1" });
    await say("card", { kind: "survey" });
    await run();
    expect(await row("private")).toMatchObject({ state: "sent", message: null, replyHandle: null });
    expect((await row("card")).message).toContain("card");
  });
});

describe("a message for one member", () => {
  const hidden = { buttons: true } as const;
  const cases: readonly (readonly [string, object, OutboundMessage, object | null])[] = [
    [
      "is hidden in the group where that exists",
      hidden,
      { text: "x" },
      { room: SHOP.conversationId, onlyFor: "王阿姨" },
    ],
    [
      "goes directly where the group cannot hide it",
      { onlyForOne: false },
      { text: "x" },
      { room: "direct:王阿姨", onlyFor: null },
    ],
    [
      "is dropped where there is no private way",
      { onlyForOne: false, direct: false },
      { text: "x" },
      null,
    ],
    [
      "is open in a room where everybody may see it",
      { onlyForOne: false },
      { text: "x", openWhereNotPrivate: true },
      { room: SHOP.conversationId, onlyFor: null },
    ],
    [
      "stays hidden where it can be, even if everybody might see it",
      {},
      { text: "x", openWhereNotPrivate: true },
      { room: SHOP.conversationId, onlyFor: "王阿姨" },
    ],
  ];
  for (const [what, capabilities, message, expected] of cases) {
    it(`one message ${what}`, async () => {
      const { say, run, chat, row } = await outboxScene({ capabilities });
      await say("k", { onlyFor: CAKE, message });
      await run();
      expect(chat.posts).toHaveLength(expected === null ? 0 : 1);
      if (expected === null)
        expect(await row("k")).toMatchObject({ state: "dropped", reason: "no-private-way" });
      else expect(chat.posts[0]).toMatchObject(expected);
    });
  }

  it("one message is dropped where the platform has no way to this member alone", async () => {
    const chat = new SimulatedChat();
    const capabilities = { onlyForOne: false };
    const adapter = new SimulatedAdapter({ platform: chat, botNames: [], capabilities });
    adapter.openDirect = async () => {
      throw new PlatformError("not-supported", "This member is no contact of the account.");
    };
    const parts = { adapters: new Map([["simulated", adapter]]) };
    const { say, run, row } = await outboxScene({ chat, parts });
    await say("k", { onlyFor: CAKE });
    await say("next");
    expect(await run()).toEqual(["next"]);
    expect(await row("k")).toMatchObject({ state: "dropped", reason: "no-private-way" });
  });

  it("leaves out what is optional where messages are spared, and nowhere else", async () => {
    for (const sparing of [true, false]) {
      const { say, run, row } = await outboxScene({ capabilities: { sparing } });
      await say("thanks", { message: { text: "thanks", optional: true }, onlyFor: CAKE });
      await say("next");
      expect(await run()).toEqual(sparing ? ["next"] : ["thanks", "next"]);
      if (sparing)
        expect(await row("thanks")).toMatchObject({ state: "dropped", reason: "spared" });
    }
  });

  it("remembers the direct conversation, so that a change reaches the same place", async () => {
    const { say, run, store, chat, row } = await outboxScene({
      capabilities: { onlyForOne: false },
    });
    await say("k", { onlyFor: CAKE });
    await run();
    expect((await row("k")).sentTo).toBe("direct:王阿姨");
    const message = { text: "changed" };
    await store.write((tx) => tx.outbox.edit({ key: "e", editsKey: "k", message, at: NOON }));
    await run();
    expect(chat.posts).toMatchObject([{ room: "direct:王阿姨", text: "changed" }]);
  });
});

describe("a change of what was said", () => {
  it("edits the message, and shows it without buttons where there are none", async () => {
    const { say, run, store, chat } = await outboxScene();
    const choices = [{ action: "vote", choices: [{ label: "5", value: "5" }] }];
    await say("card", { kind: "survey", message: { text: "rate us", choices } });
    const message = { text: "12 answers", choices };
    await store.write((tx) => tx.outbox.edit({ key: "e", editsKey: "card", message, at: NOON }));
    await run();
    expect(chat.posts).toMatchObject([{ text: "12 answers", choices }]);
  });

  it("does nothing where the platform cannot edit", async () => {
    const { say, run, store, row } = await outboxScene({ capabilities: { edit: false } });
    await say("card", { kind: "survey" });
    const message = { text: "new" };
    await store.write((tx) => tx.outbox.edit({ key: "e", editsKey: "card", message, at: NOON }));
    expect(await run()).toEqual(["card"]);
    expect(await row("e")).toMatchObject({ state: "dropped", reason: "cannot-edit" });
  });

  it("does nothing when the message was never said", async () => {
    const { say, run, store, row, clock } = await outboxScene();
    await say("card", { kind: "survey", expiresAt: NOON + 1 });
    clock.advance(10);
    const message = { text: "new" };
    await store.write((tx) => tx.outbox.edit({ key: "e", editsKey: "card", message, at: NOON }));
    expect(await run()).toEqual([]);
    expect(await row("e")).toMatchObject({ state: "dropped", reason: "never-sent" });
    expect(
      await store.write((tx) =>
        tx.outbox.edit({ key: "f", editsKey: "unknown", message, at: NOON }),
      ),
    ).toBe(false);
  });
});

it("shows numbers instead of buttons where there are none", async () => {
  const { say, run } = await outboxScene({ capabilities: { buttons: false } });
  const choices = [{ action: "vote", choices: [{ label: "5", value: "5" }] }];
  const message = { text: "tap", choices, textWithoutButtons: "reply 1 to 5" };
  await say("card", { message, to: STAFF });
  expect(await run()).toEqual(["reply 1 to 5"]);
});
