import { afterEach, beforeEach, expect, it } from "vitest";
import { directRoom } from "#adapters/simulated/simulated-chat.js";
import type { QuestionKind } from "#entities/vocabulary.js";
import { openStore, type Store } from "#src/store/store.js";
import { ChatScript, HOUR, MINUTE } from "../support/chat-script.js";
import { describeStores } from "../support/stores.js";

const GROUP = "阳光里3群";
const STAFF = "staff";
const NEIGHBOURS = Array.from({ length: 6 }, (_, index) => `邻居${String(index + 1)}`);

describeStores("a vote that is edited", (kind) => {
  let store: Store;
  let chat: ChatScript;
  beforeEach(async () => {
    store = await openStore(await kind.fresh());
    chat = await ChatScript.open(store);
    await chat.says(STAFF, "小陈", "早", { role: "staff" });
    for (const who of NEIGHBOURS) await chat.says(GROUP, who, "早上好");
  });
  afterEach(async () => {
    await chat.simulation.stop();
    await store.close();
  });

  /** Opens a question for an hour, as a transcript does. */
  async function opens(question: QuestionKind = "csat", runId = "r"): Promise<void> {
    const { app, clock } = chat.simulation;
    const at = clock.now();
    await app.store.write(async (tx) => {
      const place = { platform: "simulated", conversationId: GROUP };
      const group = await app.rooms.directory.ensureGroup(tx, { place, at });
      await app.rooms.surveys.openFromTranscript(tx, {
        group,
        runId,
        kind: question,
        opensAt: at,
        closesAt: at + HOUR,
      });
    });
  }

  async function votes(runId = "r"): Promise<readonly (number | null)[]> {
    const rows = await store.read((tx) => tx.responses.rows.find({ runId, rating: true }));
    return rows.map((row) => row.numeric).toSorted((a, b) => (a ?? 0) - (b ?? 0));
  }

  it("counts as what it says now, once", async () => {
    await opens();
    const vote = await chat.says(GROUP, "邻居1", "4");
    await chat.edits(GROUP, "邻居1", vote, "2");
    expect(await votes()).toEqual([2]);
    await chat.edits(GROUP, "邻居1", vote, "5分");
    expect(await votes()).toEqual([5]);
  });

  it("is withdrawn when it is no vote any more", async () => {
    await opens();
    const vote = await chat.says(GROUP, "邻居1", "4");
    await chat.edits(GROUP, "邻居1", vote, "4点送到吗");
    expect(await votes()).toEqual([]);
  });

  it("gives back the vote before it when it is no vote any more", async () => {
    await opens();
    await chat.says(GROUP, "邻居1", "3");
    const second = await chat.says(GROUP, "邻居1", "5");
    await chat.edits(GROUP, "邻居1", second, "发错群了");
    expect(await votes()).toEqual([3]);
  });

  it("is taken back altogether when it is recalled afterwards", async () => {
    await opens();
    await chat.says(GROUP, "邻居1", "3");
    const second = await chat.says(GROUP, "邻居1", "5");
    await chat.edits(GROUP, "邻居1", second, "1");
    await chat.recalls(GROUP, "邻居1", second);
    expect(await votes()).toEqual([3]);
  });

  it("wins over a later message, because the edit is the last answer", async () => {
    await opens();
    const first = await chat.says(GROUP, "邻居1", "4");
    await chat.says(GROUP, "邻居1", "5");
    await chat.edits(GROUP, "邻居1", first, "2");
    expect(await votes()).toEqual([2]);
  });

  it("changes nothing when the same words come again, as after an unfurled link", async () => {
    await opens();
    const first = await chat.says(GROUP, "邻居1", "4");
    await chat.says(GROUP, "邻居1", "5");
    await chat.edits(GROUP, "邻居1", first, "4");
    expect(await votes()).toEqual([5]);
  });

  it("no longer comes back once its replaced message is no vote any more", async () => {
    await opens();
    const first = await chat.says(GROUP, "邻居1", "4");
    const second = await chat.says(GROUP, "邻居1", "5");
    await chat.edits(GROUP, "邻居1", first, "看错了");
    await chat.recalls(GROUP, "邻居1", second);
    expect(await votes()).toEqual([]);
  });

  it("changes nothing after the close: neither the counts nor another question", async () => {
    await opens();
    const vote = await chat.says(GROUP, "邻居1", "4");
    for (const who of NEIGHBOURS.slice(1)) await chat.says(GROUP, who, "4");
    await chat.passes(HOUR + MINUTE);
    const said = chat.posts.length;
    await opens("csat", "second");
    await chat.edits(GROUP, "邻居1", vote, "1");
    await chat.edits(GROUP, "邻居1", vote, "算了");
    expect(await votes()).toEqual([4, 4, 4, 4, 4, 4]);
    expect(await votes("second")).toEqual([]);
    expect(chat.posts.slice(said).filter((post) => post.onlyFor === "邻居1")).toEqual([]);
  });

  it("may be corrected out of a line that was none, but not out of one older than the question", async () => {
    const before = await chat.says(GROUP, "邻居1", "有人吗");
    await chat.passes(MINUTE);
    await opens();
    const typo = await chat.says(GROUP, "邻居2", "4芬");
    await chat.edits(GROUP, "邻居1", before, "5");
    await chat.edits(GROUP, "邻居2", typo, "4分");
    expect(await votes()).toEqual([4]);
  });

  it("is nobody else's: an edit by another member changes nothing of it", async () => {
    await opens();
    const vote = await chat.says(GROUP, "邻居1", "4");
    await chat.edits(GROUP, "邻居2", vote, "1");
    expect(await votes()).toEqual([4]);
  });

  it("asks why when the new score is low, once", async () => {
    const order =
      "调查 新建 这次团购您满意吗？；决定：低于80%换供应商；时间：每天11:00；开放：2小时";
    await chat.says(STAFF, "小陈", order, { role: "staff" });
    await chat.until("2026-11-20T11:00:30");
    const vote = await chat.says(GROUP, "邻居1", "5");
    const asked = () => chat.posts.filter((post) => post.onlyFor === "邻居1").length;
    expect(asked()).toBe(0);
    await chat.edits(GROUP, "邻居1", vote, "1");
    expect(asked()).toBe(1);
    await chat.edits(GROUP, "邻居1", vote, "2");
    expect(asked()).toBe(1);
  });

  it("reaches staff as a complaint when the new words are one", async () => {
    await opens();
    const vote = await chat.says(GROUP, "邻居1", "4");
    expect(chat.said(STAFF, /邻居1/)).toEqual([]);
    await chat.edits(GROUP, "邻居1", vote, "2，草莓下面一层都烂了");
    expect(await votes()).toEqual([2]);
    expect(chat.post(STAFF, /邻居1/).text).toContain("烂了");
  });

  it("holds in private too, and is confirmed there", async () => {
    await opens();
    const vote = await chat.tells("邻居1", "4");
    await chat.edits(directRoom("邻居1"), "邻居1", vote, "5");
    expect(await votes()).toEqual([5]);
    expect(chat.seen(directRoom("邻居1")).at(-1)?.text).toMatch(/改/);
  });

  it("in a list puts right what the list had brought in, and no more", async () => {
    await opens();
    for (const who of ["王姐", "李叔", "阿平"]) await chat.says(GROUP, who, "早");
    const [heading = ""] = chat.post(GROUP, /满意/).text.split("\n");
    const list = (...entries: readonly string[]): string =>
      ["#接龙", heading, ...entries.map((entry, index) => `${String(index + 1)}. ${entry}`)].join(
        "\n",
      );
    await chat.says(GROUP, "李叔", "2分");
    const sent = await chat.says(GROUP, "王姐", list("王姐 4分", "李叔 5分", "阿平 5分"));
    expect(await votes()).toEqual([2, 4, 5]);
    await chat.edits(GROUP, "王姐", sent, list("王姐 3分", "李叔 5分", "阿平 1分"));
    expect(await votes()).toEqual([1, 2, 3]);
    await chat.edits(GROUP, "王姐", sent, "发错了");
    expect(await votes()).toEqual([2]);
  });
});
