import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "#src/statistics/seeded-random.js";
import { run, start } from "../support/command-line.js";

const folder = mkdtempSync(path.join(os.tmpdir(), "huiyin-replay-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const START = Date.parse("2026-11-18T09:00:00+08:00");
const MINUTE = 60_000;
const GROUPS = ["阳光里3群", "河畔团购", "东门邻里"];
const CHAT = [
  "早上好",
  "草莓来两盒",
  "收到",
  "几点截单",
  "谢谢团长",
  "没有坏的，个个都甜",
  "哈哈哈",
  "明天有牛奶吗",
];
const COMPLAINTS = [
  "草莓下面一层都烂了",
  "鸡蛋少了两个",
  "等了三天还没到",
  "发错货了，我要的是苹果",
  "孩子吃了拉肚子",
];

interface Line {
  readonly [field: string]: string | number;
}

/** Two and a half days of three groups: chat, complaints, me-toos, surveys, votes, staff at work. */
function transcript(): readonly Line[] {
  const random = seededRandom(7);
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? "";
  const lines: Line[] = [];
  for (let index = 0; index < 1_500; index += 1) {
    const at = START + Math.floor(index * 2.3 * MINUTE);
    const group = GROUPS[index % GROUPS.length] ?? "";
    const member = `邻居${String(Math.floor(random() * 25))}`;
    const dice = random();
    const text =
      dice < 0.04
        ? pick(COMPLAINTS)
        : dice < 0.06
          ? "我家也是"
          : dice < 0.3
            ? String(1 + Math.floor(random() * 5))
            : pick(CHAT);
    lines.push({ id: `m${String(index)}`, group, at, member, role: "customer", text });
    if (index % 240 === 30) {
      lines.push({
        kind: "survey",
        id: `s${String(index)}`,
        group,
        at: at + 1_000,
        question: "csat",
        closes: at + 180 * MINUTE,
      });
    }
    if (index % 90 === 60) {
      const number = String(1 + Math.floor(index / 90));
      lines.push({
        id: `c${String(index)}`,
        group: "staff",
        at: at + 2_000,
        member: "店员小陈",
        role: "staff",
        text: `处理 ${number} 确认`,
      });
      lines.push({
        id: `d${String(index)}`,
        group: "staff",
        at: at + 3_000,
        member: "店员小陈",
        role: "staff",
        text: `处理 ${number} 解决 已退款`,
      });
    }
  }
  return lines;
}

const FILE = path.join(folder, "days.jsonl");

async function reports(data: string): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for (const group of GROUPS) {
    const { out, code, err } = await run([
      "report",
      "--data",
      data,
      "--group",
      group,
      "--from",
      "2026-11-18",
      "--to",
      "2026-11-20",
      "--format",
      "json",
    ]);
    if (code !== 0 || err !== "") throw new Error(`report ended with ${String(code)}: ${err}`);
    const report = JSON.parse(out) as Record<string, unknown>;
    delete report["generatedAt"];
    all.push(report);
  }
  return all;
}

function lastLine(text: string): Record<string, number> {
  return JSON.parse(text.trim().split("\n").at(-1) ?? "{}") as Record<string, number>;
}

describe("replay", () => {
  const whole = path.join(folder, "whole");
  let totals: Record<string, number> = {};
  beforeAll(async () => {
    writeFileSync(
      FILE,
      transcript()
        .map((line) => JSON.stringify(line))
        .join("\n"),
    );
    const { out, err, code } = await run(["replay", FILE, "--data", whole, "--digest"]);
    if (code !== 0 || err !== "") throw new Error(`replay ended with ${String(code)}: ${err}`);
    totals = lastLine(out);
  }, 120_000);

  it("counts what it read and what the folder holds", () => {
    const messages = transcript().filter((line) => line["kind"] !== "survey").length;
    expect(totals).toMatchObject({ messages, accepted: messages, duplicates: 0 });
    expect(totals["cases"]).toBeGreaterThan(5);
    expect(totals["alerts"]).toBeGreaterThanOrEqual(totals["cases"] ?? 0);
    expect(totals["votes"]).toBeGreaterThan(20);
    // Three groups, three evenings, staff and public.
    expect(totals["digests"]).toBe(18);
  });

  it("changes nothing when it is run again", async () => {
    const before = await reports(whole);
    const { out } = await run(["replay", FILE, "--data", whole, "--digest"]);
    const { messages, accepted, duplicates, ...holds } = lastLine(out);
    expect({ accepted, duplicates }).toEqual({ accepted: 0, duplicates: messages });
    expect(holds).toEqual({
      cases: totals["cases"],
      alerts: totals["alerts"],
      votes: totals["votes"],
      digests: totals["digests"],
    });
    expect(await reports(whole)).toEqual(before);
  }, 120_000);

  it("ends the same when it is killed on the way and run again", async () => {
    const cut = path.join(folder, "cut");
    const random = seededRandom(Number(process.env["HUIYIN_CRASH_SEED"] ?? 11));
    let killed = 0;
    for (let round = 0; round < 3; round += 1) {
      const { child, ended } = start(["replay", FILE, "--data", cut, "--digest"]);
      const timer = setTimeout(() => child.kill("SIGKILL"), 2_500 + random() * 5_000);
      const { code } = await ended;
      clearTimeout(timer);
      if (code === null) killed += 1;
    }
    const { out, code } = await run(["replay", FILE, "--data", cut, "--digest"]);
    expect(code).toBe(0);
    expect(killed).toBeGreaterThan(0);
    expect(await reports(cut)).toEqual(await reports(whole));
    const { cases, alerts, votes, digests } = lastLine(out);
    expect({ cases, alerts, votes, digests }).toEqual({
      cases: totals["cases"],
      alerts: totals["alerts"],
      votes: totals["votes"],
      digests: totals["digests"],
    });
  }, 180_000);

  it("names lines it cannot use and goes on with the rest", async () => {
    const input = [
      "{broken",
      JSON.stringify({ id: "1", group: "g", at: "yesterday", member: "a", text: "hi" }),
      JSON.stringify({
        id: "2",
        group: "g",
        at: "2026-11-20T10:00:00+08:00",
        member: "a",
        role: "boss",
        text: "hi",
      }),
      "",
      JSON.stringify({
        id: "3",
        group: "g",
        at: "2026-11-20T10:00:00+08:00",
        member: "a",
        text: "草莓都烂了",
      }),
    ].join("\n");
    const { out, err, code } = await run(["replay", "-", "--data", path.join(folder, "bad")], {
      input,
    });
    expect(code).toBe(0);
    expect(err).toContain("line 1 left out: not a line of JSON");
    expect(err).toContain('line 2 left out: field "at"');
    expect(err).toContain('line 3 left out: field "role": expected customer, staff or leader');
    expect(lastLine(out)).toMatchObject({
      messages: 1,
      accepted: 1,
      duplicates: 0,
      cases: 1,
      digests: 0,
    });
  });

  it("answers an unknown group with the nearest names and exit code 1", async () => {
    const { err, code } = await run([
      "report",
      "--data",
      whole,
      "--group",
      "阳光里4群",
      "--from",
      "2026-11-18",
      "--to",
      "2026-11-18",
    ]);
    expect(code).toBe(1);
    expect(err).toContain("阳光里3群");
  });

  it("lists every number with numerator, denominator, n, interval, window and formula", async () => {
    const [report] = (await reports(whole)) as {
      readonly numbers: readonly Record<string, unknown>[];
      readonly sections: readonly unknown[];
    }[];
    expect(report).toBeDefined();
    expect(Object.keys(report ?? {}).toSorted()).toEqual([
      "from",
      "group",
      "numbers",
      "sections",
      "to",
    ]);
    for (const number of report?.numbers ?? []) {
      expect(Object.keys(number).toSorted()).toEqual([
        "denominator",
        "formula",
        "from",
        "high",
        "id",
        "low",
        "n",
        "numerator",
        "suppressed",
        "to",
        "value",
      ]);
    }
    expect(report?.numbers.length).toBeGreaterThan(10);
    expect(report?.sections.length).toBeGreaterThan(2);
  });
});
