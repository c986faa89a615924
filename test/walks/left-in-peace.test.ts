import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStore, type Store } from "#src/store/store.js";
import { ChatScript } from "../support/chat-script.js";

const GROUP = "阳光里3群";
const STAFF = "staff";
const FRIDAYS = ["2026-11-20", "2026-11-27", "2026-12-18", "2026-12-25", "2027-01-01"];

describe("who leaves two private questions unanswered", () => {
  let store: Store;
  let chat: ChatScript;
  beforeEach(async () => {
    store = await openStore({ dialect: "sqlite", file: ":memory:" });
    chat = await ChatScript.open(store);
    await chat.says(STAFF, "小陈", "早", { role: "staff" });
    for (const who of ["沉默的", "会答的", "直说的"]) await chat.says(GROUP, who, "早上好");
  });
  afterEach(async () => {
    await chat.simulation.stop();
    await store.close();
  });

  /** Days on which this member was asked something in private, over the Fridays of seven weeks. */
  async function askedOn(onFriday: (day: string) => Promise<void>) {
    const asked: Record<string, string[]> = {};
    for (const day of FRIDAYS) {
      const before = chat.posts.length;
      await chat.until(`${day}T13:30:00`);
      await onFriday(day);
      await chat.until(`${day}T18:00:00`);
      for (const post of chat.posts.slice(before)) {
        const days = (asked[post.onlyFor ?? ""] ??= []);
        if (/满意|哪些地方/.test(post.text) && days.at(-1) !== day) days.push(day);
      }
    }
    return asked;
  }

  it("gets no reminder for 30 days, though the caps would allow one; who answers does", async () => {
    await chat.says(
      STAFF,
      "小陈",
      "调查 新建 这次团购您满意吗？；决定：低于80%换供应商；时间：每周五11:00；开放：6小时；提醒：2小时",
      { role: "staff" },
    );
    const asked = await askedOn(async (day) => {
      if (day === "2026-11-27") await chat.says(GROUP, "会答的", "5分");
    });
    expect(asked["沉默的"]).toEqual(["2026-11-20", "2026-11-27", "2027-01-01"]);
    // Two in 30 days is the cap; Christmas is the first Friday on which it allows one again.
    expect(asked["会答的"]).toEqual(["2026-11-20", "2026-11-27", "2026-12-25", "2027-01-01"]);
  });

  it("is not asked why either, until the 30 days are over", async () => {
    await chat.says(
      STAFF,
      "小陈",
      "调查 新建 这次团购您满意吗？；决定：低于80%换供应商；时间：每周五11:00；开放：6小时",
      { role: "staff" },
    );
    const asked = await askedOn(async (day) => {
      await chat.says(GROUP, "沉默的", "2分");
      await chat.says(GROUP, "直说的", "2分");
      if (day !== "2026-11-27") return;
      const why = chat.post(GROUP, /哪些地方/, "直说的");
      const label = why.choices[0]?.choices[0]?.label ?? "";
      await chat.presses({ room: GROUP, who: "直说的" }, why, label);
    });
    expect(asked["沉默的"]).toEqual(["2026-11-20", "2026-11-27", "2027-01-01"]);
    expect(asked["直说的"]).toEqual(FRIDAYS.slice(0, 4));
  });
});
