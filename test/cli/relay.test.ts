import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
// The command loads it when it runs; loaded here, its loading is not part of a test.
import "#src/app/relay-tools.js";
import { runCli } from "#src/cli/cli.js";
import { collectingOutput } from "./collecting-output.js";

const folder = mkdtempSync(join(tmpdir(), "huiyin-relay-"));
const data = join(folder, "data");

function file(name: string, text: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function run(...words: string[]) {
  const output = collectingOutput();
  const code = await runCli(["node", "huiyin", "relay", ...words, "--data", data], output);
  return { code, out: output.lines.join("\n"), said: output.said.join("\n") };
}

it("reads a chat file into a group, once, and prints the tray", async () => {
  const now = new Date(Date.now() - 3_600_000);
  const stamp = `${now.toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" })} ${now.toLocaleTimeString("sv-SE", { timeZone: "Asia/Shanghai" })}`;
  const chat = file("chat.txt", `张阿姨 ${stamp}\n草莓烂了一半，怎么吃啊，我要退款\n`);
  const missing = await run("read", chat, "--group", "阳光群");
  expect([missing.code, missing.said]).toEqual([1, expect.stringContaining("--create")]);
  const first = await run("read", chat, "--group", "阳光群", "--create");
  expect([first.code, first.out]).toEqual([
    0,
    "1 new, 0 known already, 0 answers, 1 like complaints, 0 left out.",
  ]);
  expect(first.said).toContain("handed in");
  const dry = await run("read", chat, "--group", "阳光群", "--dry-run");
  expect([dry.code, dry.out]).toEqual([0, expect.stringContaining("known")]);
  const again = await run("read", chat, "--group", "阳光群");
  expect([again.code, again.out]).toEqual([0, expect.stringContaining("Nothing new")]);
  const tray = await run("tray", "--group", "阳光群");
  expect(tray.code).toBe(0);
  expect(tray.out).toContain("--- alert, for staff");
  expect(tray.out).toContain("草莓烂了一半");
});

it("says what is wrong with a file, a day, parts, and a mixed file", async () => {
  expect((await run("read", join(folder, "none.txt"), "--group", "阳光群")).code).toBe(2);
  const empty = file("empty.txt", "");
  expect((await run("read", empty, "--group", "阳光群")).code).toBe(1);
  const orphan = file("orphan.txt", "没有名字的一句话。");
  expect((await run("read", orphan, "--group", "阳光群")).code).toBe(1);
  const mixed = file(
    "mixed.txt",
    "「阳光群」的聊天记录\n甲甲: 好\n乙乙: 嗯\n「别的」的聊天记录\n丙丙: 好\n丁丁: 嗯",
  );
  const asked = await run("read", mixed, "--group", "阳光群");
  expect([asked.code, asked.said]).toEqual([1, expect.stringContaining("--part")]);
  expect((await run("read", mixed, "--group", "阳光群", "--part", "1")).code).toBe(0);
  expect((await run("read", mixed, "--group", "阳光群", "--day", "gestern")).code).toBe(2);
  expect((await run("tray", "--group", "nowhere")).code).toBe(1);
});
