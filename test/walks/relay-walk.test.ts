import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "#src/store/store.js";
import { RelayScript } from "../support/relay-script.js";
import { testStore } from "../support/store.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Ten in the morning, so that the day has room for a survey and the digest at eight. */
const MORNING = Date.parse("2026-11-20T10:00:00+08:00");

let store: Store;
let script: RelayScript;
beforeEach(async () => {
  store = await testStore();
});
afterEach(async () => {
  await script.stop();
  await store.close();
});

describe("relay mode, from pasted chat to what staff carry out", () => {
  it("a complaint: alert, resolution, and the word to the customer", async () => {
    script = await RelayScript.open(store, { startAt: MORNING });
    const chat = [
      "张阿姨 2026/11/20 09:43",
      "草莓烂了一半，怎么吃啊，我要退款",
      "李叔 2026/11/20 09:44",
      "收到",
      "店长 2026/11/20 09:50",
      "这批草莓烂了，太差了，马上处理",
    ].join("\n");
    const preview = await script.preview(chat);
    expect(preview.lines[0]?.complaint?.aspects).toContain("quality");
    expect(await store.read((tx) => tx.messages.rows.count({}))).toBe(0);
    expect(await store.read((tx) => tx.relayLines.count({}))).toBe(0);
    await script.paste(chat);
    const alert = await script.inTray("【投诉");
    expect(alert.for).toBe("staff");
    expect(alert.text).toContain("张阿姨");
    // What staff say themselves opens no case.
    expect(await store.read((tx) => tx.cases.count({}))).toBe(1);

    await script.tell("处理 1 接手");
    await script.tell("处理 1 解决 已退款 12 元");
    expect(await script.inTray("很抱歉")).toMatchObject({ for: "group", kind: "acknowledgement" });
    const told = (await script.tray()).find((item) => item.for === "member");
    expect(told).toMatchObject({ to: "张阿姨", kind: "notice" });
    expect(told?.text).toContain("已退款 12 元");
    const [row] = await store.read((tx) => tx.cases.find({}));
    expect(row?.state).toBe("told");
  });

  it("a survey: its text, pasted answers, the result, and the digest with its picture", async () => {
    script = await RelayScript.open(store, { startAt: MORNING, digests: true });
    expect((await script.survey({ bank: "overall-satisfaction", hours: 3 })).opened).toBe(true);
    const card = await script.inTray("满意");
    expect(card).toMatchObject({ for: "group", kind: "survey" });
    await script.advance(2 * HOUR);
    const names = ["张阿姨", "李叔", "王姐", "赵哥", "钱婶", "孙伯"];
    const answers = [
      `店长 2026/11/20 10:05\n${card.text ?? ""}`,
      ...names.map((name, at) => `${name} 2026/11/20 11:0${String(at)}\n${String(5 - (at % 3))}分`),
    ].join("\n\n");
    const preview = await script.paste(answers);
    expect(preview.lines[0]?.kind).toBe("own");
    expect(preview.counts.votes).toBe(6);
    expect(script.group.openSurvey).toBeNull();
    expect((await script.port.groups())[0]?.openSurvey?.answers).toBe(6);
    // The same piece again, and one more person.
    const more = await script.paste(`${answers}\n\n周姐 2026/11/20 11:20\n3`);
    expect(more.counts).toMatchObject({ known: 7, fresh: 1, votes: 1 });

    await script.advance(2 * HOUR);
    const results = (await script.tray()).filter(({ kind }) => kind === "result");
    expect(results.map((item) => item.for).toSorted()).toEqual(["group", "staff"]);
    expect(results.find((item) => item.for === "staff")?.text).toContain("n=7");
    await script.advance(8 * HOUR);
    const digest = (await script.tray()).find((item) => item.kind === "digest" && item.picture);
    expect(digest?.text).toContain("阳光花园团购群");
    const picture = await script.port.picture(digest?.id ?? "");
    expect(Buffer.from(picture.slice(1, 4)).toString()).toBe("PNG");
  });

  it("answers from before the survey opened are none", async () => {
    script = await RelayScript.open(store, { startAt: MORNING });
    await script.survey({ bank: "overall-satisfaction" });
    const preview = await script.paste("张阿姨 2026/11/20 09:30\n5分\n李叔 2026/11/20 10:00\n4分");
    expect(preview.lines.map(({ vote }) => vote !== null)).toEqual([false, true]);
  });

  it("a quote of the survey's text is an answer though staff had posted it", async () => {
    script = await RelayScript.open(store, { startAt: MORNING });
    await script.survey({ bank: "overall-satisfaction" });
    const card = await script.inTray("满意");
    const [heading = ""] = (card.text ?? "").split("\n");
    await script.advance(HOUR);
    const preview = await script.paste(
      `王姐 2026/11/20 10:40\n「店长：${heading}」\n- - - - - - - - - - - - - - -\n一般\n李叔 2026/11/20 10:41\n「张阿姨：草莓烂了」\n- - - - - - - - - - - - - - -\n5`,
    );
    expect(preview.lines.map(({ vote }) => vote !== null)).toEqual([true, false]);
  });
});

describe("a #接龙 list that staff paste", () => {
  const list = (...entries: string[]): string =>
    `#接龙\n整体来说，您对这次团购满意吗？打 1–5 分\n\n${entries.map((entry, at) => `${String(at + 1)}. ${entry}`).join("\n")}`;

  it("counts by name; a changed entry of somebody is held and shown, not counted", async () => {
    script = await RelayScript.open(store, { startAt: MORNING });
    await script.survey({ text: "整体来说，您对这次团购满意吗？" });
    const first = await script.paste(list("301 王姐 5分", "李叔 4", "张阿姨"));
    expect(first.lines[0]?.list).toEqual({ counted: 2, apart: 0, unread: 1 });
    expect((await script.port.groups())[0]?.openSurvey?.answers).toBe(2);
    await script.advance(MINUTE);
    const second = await script.preview(list("301 王姐 1分", "李叔 4", "张阿姨 3"));
    expect(second.counts.held).toBe(1);
    await script.paste(list("301 王姐 1分", "李叔 4", "张阿姨 3"));
    const values = await store.read((tx) => tx.responses.rows.find({ rating: true }));
    expect(values.map(({ value }) => value).toSorted()).toEqual(["3", "4", "5"]);
    const shown = await script.inTray("301 王姐");
    expect(shown.for).toBe("staff");
    // Shown once, however often the list comes.
    const before = (await script.tray()).length;
    await script.paste(list("301 王姐 1分", "李叔 4", "张阿姨 3"));
    expect(await script.tray()).toHaveLength(before);
  });

  it("is left alone when no survey asks what it asks", async () => {
    script = await RelayScript.open(store, { startAt: MORNING });
    const preview = await script.paste("#接龙\n草莓 25 元一箱，下单接龙\n1. 王姐 2箱\n2. 李叔 1箱");
    expect(preview.lines[0]).toMatchObject({ kind: "list", complaint: null });
    expect(await store.read((tx) => tx.responses.rows.count({}))).toBe(0);
  });
});
