import { afterEach, beforeEach, expect, it } from "vitest";
import { openStore, type Store } from "#src/store/store.js";
import { ChatScript } from "../support/chat-script.js";
import { describeStores } from "../support/stores.js";

const GROUP = "阳光里3群";
const STAFF = "staff";

describeStores("a message that may have been sent", (kind) => {
  let store: Store;
  let chat: ChatScript;
  let number = 0;
  beforeEach(async () => {
    store = await openStore(await kind.fresh());
    chat = await ChatScript.open(store);
    await chat.says(STAFF, "小陈", "早", { role: "staff" });
    await chat.says(GROUP, "邻居1", "早上好");
    const at = chat.simulation.clock.now();
    number = await store.write(async (tx) => {
      const place = { platform: "simulated", conversationId: GROUP };
      const group = await tx.directory.group(place);
      const message = { text: "本周小结：大家都很满意" };
      const groupId = group?.id ?? null;
      await tx.outbox.say({ key: "digest:x", kind: "digest", to: place, message, at, groupId });
      await tx.outbox.rows.update(
        { key: "digest:x" },
        { state: "parked", maybeSent: true, reason: "maybe-sent" },
      );
      return (await tx.outbox.rows.first({ key: "digest:x" }))?.seq ?? 0;
    });
  });
  afterEach(async () => {
    await chat.simulation.stop();
    await store.close();
  });

  it("is listed to staff, and sent again once when they press so", async () => {
    await chat.says(STAFF, "小陈", "没发出", { role: "staff" });
    const list = chat.post(STAFF, /没发出去的消息 1 条/, "小陈");
    expect(list.text).toMatch(/阳光里3群·小结.*可能已经发出/);
    const where = { room: STAFF, who: "小陈", role: "staff" } as const;
    await chat.presses(where, list, `再发 ${String(number)}`);
    await chat.presses(where, list, `再发 ${String(number)}`);
    expect(chat.said(GROUP, /本周小结/)).toHaveLength(1);
    expect(chat.post(STAFF, /可能已经处理过了/, "小陈").text).toContain(String(number));
  });

  it("is let go when they say so, and its words are forgotten", async () => {
    await chat.says(STAFF, "小陈", `没发出 ${String(number)} 不发`, { role: "staff" });
    expect(chat.said(GROUP, /本周小结/)).toEqual([]);
    const row = await store.read((tx) => tx.outbox.rows.first({ seq: number }));
    expect(row).toMatchObject({ state: "dropped", reason: "by-staff", message: null });
    await chat.says(STAFF, "小陈", "没发出", { role: "staff" });
    expect(chat.post(STAFF, /没有等着处理/, "小陈").text).toBe("没有等着处理的未发消息。");
  });

  it("is none of a customer's business", async () => {
    await chat.tells("邻居1", `没发出 ${String(number)} 再发`);
    expect(chat.said(GROUP, /本周小结/)).toEqual([]);
  });
});
