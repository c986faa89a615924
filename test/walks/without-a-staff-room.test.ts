import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStore, type Store } from "#src/store/store.js";
import { ChatScript } from "../support/chat-script.js";

const GROUP = "阳光里3群";
const STAFF = "staff";

describe("when the bot was removed from the staff room", () => {
  let store: Store;
  let chat: ChatScript;
  beforeEach(async () => {
    store = await openStore({ dialect: "sqlite", file: ":memory:" });
    chat = await ChatScript.open(store);
    await chat.says(STAFF, "小陈", "早", { role: "staff" });
    await chat.says(GROUP, "小陈", "大家早", { role: "staff" });
    for (const who of ["安安妈", "刘敏"]) await chat.says(GROUP, who, "早上好");
    await chat.says(
      STAFF,
      "小陈",
      "调查 新建 这次团购您满意吗？；决定：低于80%换供应商；时间：每天11:00；开放：2小时",
      { role: "staff" },
    );
    await chat.simulation.chat.emit({
      type: "moved",
      id: "left-1",
      at: chat.simulation.clock.now(),
      room: STAFF,
      person: { id: "bot", name: "bot" },
      change: "left",
      who: "bot",
    });
    await chat.simulation.settle();
  });
  afterEach(async () => {
    await chat.simulation.stop();
    await store.close();
  });

  it("alerts and survey results alike reach each of the staff in private, and no customer", async () => {
    const inRoom = chat.seen(STAFF).length;
    await chat.says(GROUP, "安安妈", "草莓下面一层都烂了");
    await chat.until("2026-11-20T13:00:30");
    expect(chat.seen(STAFF)).toHaveLength(inRoom);
    for (const words of [/#1/, /问卷 1 结果/]) {
      const post = chat.post(GROUP, words, "小陈");
      expect(post.onlyFor).toBe("小陈");
      expect(chat.said(GROUP, words).length).toBeGreaterThan(0);
    }
    for (const post of chat.seen(GROUP)) expect(post.text).not.toMatch(/安安妈|问卷 1 结果/);
  });
});
