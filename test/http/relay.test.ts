import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { problem } from "#src/console/contract/common.js";
import { pasteOutcome, pastePreview, relayGroup, trayItem } from "#src/console/contract/relay.js";
import { createHttpApp } from "#src/http/server.js";
import type { Store } from "#src/store/store.js";
import { type TestEdge, testEdge } from "../support/edge.js";
import { EVENING, RelayScript } from "../support/relay-script.js";
import { testStore } from "../support/store.js";

let store: Store;
let script: RelayScript;
let edge: TestEdge;
let cookie: string;
beforeEach(async () => {
  store = await testStore();
  script = await RelayScript.open(store);
  edge = await testEdge({ relay: script.port });
  cookie = await edge.signIn();
});
afterEach(async () => {
  await edge.close();
  await script.stop();
  await store.close();
});

const CHAT = "张阿姨 2026/11/20 19:03\n草莓烂了一半，怎么吃啊，我要退款";

async function post(path: string, json: unknown, lang = "en"): Promise<Response> {
  return edge.ask(cookie, `/api/v1/relay/${path}?lang=${lang}`, { method: "POST", json });
}

function upload(bytes: Uint8Array, name = "chat.txt") {
  return { file: { name, base64: Buffer.from(bytes).toString("base64") } };
}

describe("relay mode over HTTP", () => {
  const group = (rest: string): string => `groups/${encodeURIComponent(script.group.id)}/${rest}`;

  it("previews, takes once what was previewed, and lays the alert into the tray", async () => {
    const preview = pastePreview.parse(
      await (await post(group("previews"), { text: CHAT })).json(),
    );
    expect(preview.counts).toMatchObject({ fresh: 1, complaints: 1 });
    const taken = await post(group("pastes"), { text: CHAT, seal: preview.seal });
    expect(pasteOutcome.parse(await taken.json())).toEqual({ taken: 1, known: 0, left: 0 });
    const again = await post(group("pastes"), { text: CHAT, seal: preview.seal });
    expect(again.status).toBe(409);
    expect(problem.parse(await again.json()).remedy).toContain("Preview");
    const tray = await edge.ask(cookie, `/api/v1/relay/${group("tray")}`);
    const [item] = trayItem.array().parse(await tray.json());
    expect(item).toMatchObject({ for: "staff", kind: "alert", takenAt: null });
    const done = await post(`tray/${item?.id ?? ""}/taken`, { taken: true });
    expect(trayItem.parse(await done.json()).takenAt).toBe(EVENING);
    const picture = await edge.ask(cookie, `/api/v1/relay/tray/${item?.id ?? ""}/picture`);
    expect(picture.status).toBe(404);
  });

  it("lets nobody in without a session, nor from another site", async () => {
    const json = { text: CHAT };
    const path = `/api/v1/relay/${group("previews")}`;
    expect((await edge.ask("", path, { method: "POST", json })).status).toBe(401);
    const headers = { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" };
    expect((await edge.ask(cookie, path, { method: "POST", json, headers })).status).toBe(403);
  });

  it("tells a group of that name, and groups that are none", async () => {
    const body = { name: " 阳光花园团购群 ", language: "zh" };
    const twice = await post("groups", body, "zh");
    expect(twice.status).toBe(409);
    const other = relayGroup.parse(
      await (await post("groups", { ...body, name: "湖滨群", staff: ["店长"] })).json(),
    );
    expect(other).toMatchObject({ name: "湖滨群", staff: ["店长"], waiting: 0 });
    expect((await post("groups/none/previews", { text: CHAT })).status).toBe(404);
  });

  it.each([
    ["nothing at all", {}, "text"],
    ["blank text", { text: " \n " }, "text"],
    ["a day that is none", { text: CHAT, day: "2026-02-30" }, "day"],
    ["an unknown field", { text: CHAT, path: "/etc/passwd" }, "path"],
    ["an empty file", { file: { name: "x", base64: "" } }, "file"],
  ])("refuses %s, naming the field", async (_, json, field) => {
    const answer = await post(group("previews"), json);
    expect(answer.status).toBe(400);
    expect(problem.parse(await answer.json()).field).toBe(field);
  });

  it("reads GB18030 and UTF-16, leaves NUL out, and says so; a file's path is only a name", async () => {
    const gb = Buffer.from("d5c5b0a2d2cc3a20cbe10ac0eecae53a20bbb9d0d00a", "hex");
    const chinese = pastePreview.parse(
      await (await post(group("previews"), upload(gb, "C:\\群\\..\\..\\聊天.txt"))).json(),
    );
    expect(chinese).toMatchObject({ encoding: "gb18030", fileName: "聊天.txt" });
    expect(chinese.lines.map(({ name, text }) => [name, text])).toEqual([
      ["张阿姨", "酸"],
      ["李叔", "还行"],
    ]);
    expect(chinese.notes.join()).toContain("GB18030");
    const wide = Buffer.from(`\ufeff${CHAT}`, "utf16le");
    const utf16 = pastePreview.parse(await (await post(group("previews"), upload(wide))).json());
    expect([utf16.encoding, utf16.counts.complaints]).toEqual(["utf-16le", 1]);
    const nul = pastePreview.parse(
      await (await post(group("previews"), upload(Buffer.from(`${CHAT}\u0000`)))).json(),
    );
    expect(nul.notes.join()).toContain("NUL");
  });

  it("leaves out a line of 60 kB, markup and the future, each with the reason; nothing is fetched", async () => {
    const text = [
      `张阿姨 2026/11/20 19:03\n${"长".repeat(60_000)}`,
      '李叔 2026/11/20 19:04\n<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><msg>&x;</msg>',
      "王姐 2027/01/01 08:00\n明年见",
      "赵哥 2026/11/20 19:05\n收到",
    ].join("\n\n");
    const preview = pastePreview.parse(await (await post(group("previews"), { text })).json());
    expect(preview.lines.map(({ doubts }) => doubts)).toEqual([
      ["too-long"],
      ["markup"],
      ["future"],
      [],
    ]);
    expect(JSON.stringify(preview)).not.toContain("root:");
    expect(preview.counts).toMatchObject({ fresh: 1, unclear: 3 });
  });

  it("asks when two groups are mixed, and takes the chosen part only", async () => {
    const text = `「阳光花园团购群」的聊天记录\n张阿姨: 酸\n李叔: 好\n「别的群」的聊天记录\n钱婶: 鱼好\n孙伯: 嗯`;
    const asked = pastePreview.parse(await (await post(group("previews"), { text })).json());
    expect([asked.asks, asked.seal]).toEqual([["sections"], null]);
    const chosen = pastePreview.parse(
      await (await post(group("previews"), { text, sections: [0] })).json(),
    );
    expect(chosen.counts.fresh).toBe(2);
    const outcome = await post(group("pastes"), { text, sections: [0], seal: chosen.seal });
    expect(pasteOutcome.parse(await outcome.json())).toEqual({ taken: 2, known: 0, left: 2 });
  });

  it("gives a pasted name no right to command, and staff no vote", async () => {
    const text = "店长 2026/11/20 19:03\n@小助手 调查 关闭 1\n店长 2026/11/20 19:04\n/huiyin 设置";
    const preview = pastePreview.parse(await (await post(group("previews"), { text })).json());
    expect(preview.lines.map(({ doubts }) => doubts)).toEqual([
      ["staff-command"],
      ["staff-command"],
    ]);
    expect(preview.seal).toBeNull();
  });

  it("has its routes in the OpenAPI file", async () => {
    const app = createHttpApp(edge.sources);
    const file = (await (await app.request("/api/openapi.json")).json()) as { paths: object };
    expect(Object.keys(file.paths).filter((path) => path.includes("/relay/"))).toHaveLength(10);
  });
});
