import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ImportCount, importSlackExport } from "#src/app/slack-import.js";
import type { Store } from "#src/store/store.js";
import { type ZipPart, zipOf } from "../../support/slack/zip-file.js";
import { testStore } from "../../support/store.js";

const USERS = [
  { id: "U1", team_id: "T1", name: "wang", profile: { display_name: "王阿姨" } },
  { id: "U2", team_id: "T1", name: "li", real_name: "李叔" },
  { id: "U9", team_id: "T1", name: "chen", is_admin: true },
];
const MEGABYTE = 1_048_576;
const CHANNELS = [{ id: "C1", name: "sunshine" }];

function said(day: string, hour: number, user: string, text: string): object {
  const seconds = Date.parse(`${day}T00:00:00+08:00`) / 1_000 + hour * 3_600;
  return { type: "message", user, text, ts: `${String(seconds)}.000100` };
}

const DAYS: readonly ZipPart[] = ["2026-08-20", "2026-08-21", "2026-08-22"].map((day, index) => ({
  name: `sunshine/${day}.json`,
  text: JSON.stringify([
    said(day, 10, "U1", index === 0 ? "草莓下面一层都烂了" : "早上好"),
    said(day, 11, "U2", "今天的蓝莓很甜"),
    { type: "message", subtype: "channel_join", user: "U2", text: "joined", ts: "1.2" },
  ]),
}));

const WHOLE: readonly ZipPart[] = [
  { name: "users.json", text: JSON.stringify(USERS) },
  { name: "channels.json", text: JSON.stringify(CHANNELS) },
  ...DAYS,
];

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "huiyin-export-"));
  store = await testStore();
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

async function read(bytes: Buffer, seen: string[] = []): Promise<ImportCount> {
  const path = join(folder, "export.zip");
  writeFileSync(path, bytes);
  return importSlackExport(path, {
    store,
    config: {
      botNames: ["小助手"],
      language: "zh",
      timeZone: "Asia/Shanghai",
      staffRooms: [{ platform: "slack", conversationId: "T1/C9" }],
    },
    onProgress: ({ day }) => seen.push(day),
  });
}

describe("an export of Slack", () => {
  it("is read day by day at its own time: cases, digests, names, and nothing is said", async () => {
    const seen: string[] = [];
    const count = await read(zipOf(WHOLE), seen);
    expect(count).toMatchObject({ channels: 1, files: 3, messages: 6, duplicates: 0, broken: [] });
    expect(seen).toEqual(["2026-08-20", "2026-08-21", "2026-08-22"]);
    const [row] = await store.read((tx) => tx.cases.find({}));
    expect(row?.openedAt).toBe(Date.parse("2026-08-20T10:00:00+08:00"));
    const digests = await store.read((tx) => tx.digests.find({ kind: "daily", audience: "staff" }));
    expect(digests.length).toBe(2);
    const groups = await store.read((tx) => tx.directory.groups.find({ purpose: "customers" }));
    expect(groups.map(({ name }) => name)).toEqual(["sunshine"]);
    const people = await store.read((tx) => tx.directory.members.find({}));
    expect(people.map(({ name }) => name).toSorted()).toEqual(["李叔", "王阿姨"]);
  });

  it("read again changes nothing", async () => {
    await read(zipOf(WHOLE));
    const again = await read(zipOf(WHOLE));
    expect(again).toMatchObject({ messages: 6, duplicates: 6 });
    expect(await store.read((tx) => tx.cases.count({}))).toBe(1);
    expect(await store.read((tx) => tx.messages.rows.count({}))).toBe(6);
  });

  it("with broken files names them and reads the rest", async () => {
    const count = await read(
      zipOf([
        ...WHOLE,
        { name: "sunshine/2026-08-23.json", text: '[{"type":"message"' },
        { name: "sunshine/2026-08-24.json", text: '{"type":"message"}' },
        { name: "elsewhere/2026-08-24.json", text: "[]" },
        { name: "sunshine/2026-08-25.json", text: "[]", encrypted: true },
        { name: "sunshine/2026-08-26.json", text: "[]", claimedSize: 100_000_000 },
        { name: "sunshine/2026-08-20.json", text: "[]" },
        {
          name: "sunshine/2026-08-27.json",
          text: JSON.stringify([{ type: "message", user: "U1", text: "x", ts: "now" }]),
        },
      ]),
    );
    expect(count.messages).toBe(6);
    expect(count.broken.map((line) => line.replace("sunshine/2026-08-", ""))).toEqual([
      "25.json: it is encrypted",
      "26.json: it is too large",
      "20.json: the name stands there twice",
      "23.json cannot be read.",
      "24.json is no list of messages.",
      "elsewhere/2026-08-24.json: its channel is in no list",
      "27.json: message 1 cannot be read.",
    ]);
  });

  it("with bombs in it names them, unpacks none of them, and reads the rest", async () => {
    const huge = "0".repeat(40 * MEGABYTE);
    const bombs = Array.from({ length: 2 }, (_, index) => [
      // One says how large it is, the other lies.
      { name: `sunshine/2026-07-1${String(index)}.json`, text: huge, claimedSize: huge.length },
      { name: `sunshine/2026-07-2${String(index)}.json`, text: huge, claimedSize: 1_000 },
    ]).flat();
    // Small enough by itself, but out of all proportion to its bytes.
    const dense = "0".repeat(19 * MEGABYTE);
    const ratio = { name: "sunshine/2026-07-30.json", text: dense, claimedSize: dense.length };
    const bytes = zipOf([...WHOLE, ...bombs, ratio]);
    expect(bytes.length).toBeLessThan(2 * MEGABYTE);
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 2);
    const count = await read(bytes);
    clearInterval(watch);
    expect(count.messages).toBe(6);
    expect(count.broken).toHaveLength(bombs.length + 1);
    for (const { name } of [...bombs, ratio])
      expect(count.broken.filter((line) => line.startsWith(name))).toHaveLength(1);
    expect(most - before).toBeLessThanOrEqual(100 * MEGABYTE);
  });

  it.each([
    ["that is no zip", Buffer.from("not a zip at all")],
    ["that ends in the middle", zipOf(WHOLE).subarray(0, 400)],
    ["without its lists", zipOf(DAYS)],
    ["with a list of something else", zipOf([{ name: "users.json", text: "[1]" }, ...DAYS])],
    ["that climbs out of its folder", zipOf([{ name: "../users.json", text: "[]" }])],
    ["with names of another system", zipOf([{ name: "C:\\users.json", text: "[]" }])],
  ])("%s is refused in words", async (_name, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({ code: "invalid-input" });
    expect(await store.read((tx) => tx.inboxEvents.count({}))).toBe(0);
  });
});
