import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { type AnalyzeOptions, analyzeLines } from "#src/cli/analyze-command.js";
import { parseReplyLines } from "#src/cli/parse-reply-command.js";
import { collectingOutput, inputOf } from "./collecting-output.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CHAT: AnalyzeOptions = { mode: "chat", explain: false };

/** What `analyze` answers for a message, as far as these tests look. */
interface Answer {
  readonly id?: string;
  readonly complaint?: boolean;
  readonly score?: number;
  readonly polarity?: number;
  readonly aspects?: readonly string[];
  readonly severity?: string | null;
  readonly evidence?: readonly {
    readonly text: string;
    readonly start: number;
    readonly end: number;
  }[];
  readonly explain?: object;
  readonly line?: number;
  readonly error?: string;
}

async function analyze(text: string, options: AnalyzeOptions = CHAT): Promise<readonly Answer[]> {
  const output = collectingOutput();
  await analyzeLines(inputOf(text), output, options);
  return output.lines.map((line) => JSON.parse(line) as Answer);
}

async function parseReplies(text: string): Promise<readonly unknown[]> {
  const output = collectingOutput();
  await parseReplyLines(inputOf(text), output);
  return output.lines.map((line) => JSON.parse(line) as unknown);
}

const json = (...rows: readonly object[]): string =>
  rows.map((row) => JSON.stringify(row)).join("\n");

describe("analyze", () => {
  it("answers each message with the same id, in order, with everything a reader needs", async () => {
    const answers = await analyze(
      json(
        { id: "a", text: "草莓烂了一半，怎么吃" },
        { id: "b", text: "今天几点到" },
        { id: "a", text: "谢谢老板，很新鲜" },
      ),
    );
    expect(answers.map((answer) => [answer.id, answer.complaint])).toEqual([
      ["a", true],
      ["b", false],
      ["a", false],
    ]);
    expect(Object.keys(answers[0] ?? {})).toEqual([
      "id",
      "complaint",
      "score",
      "polarity",
      "aspects",
      "severity",
      "evidence",
    ]);
    expect(answers[0]).toMatchObject({ aspects: ["quality"], severity: "P3" });
    expect(answers[1]).toMatchObject({ severity: null });
    for (const { score = -1, polarity = -2 } of answers) {
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
      expect(Math.abs(polarity)).toBeLessThanOrEqual(1);
    }
  });

  it("gives evidence whose offsets cut exactly its words out of the text as it was given", async () => {
    const texts = [
      "👨‍👩‍👧 老板，草莓烂了一半！！",
      "ＦＵＬＬ width 送错了，少了３个鸡蛋",
      "The box was CRUSHED and two eggs were broken 😡",
      "孩子吃了拉肚子，要求退款",
    ];
    const answers = await analyze(
      json(...texts.map((text, index) => ({ id: String(index), text }))),
    );
    let pieces = 0;
    for (const [index, answer] of answers.entries()) {
      expect(answer.complaint).toBe(true);
      for (const { text, start, end } of answer.evidence ?? []) {
        expect(texts[index]?.slice(start, end)).toBe(text);
        pieces += 1;
      }
    }
    expect(pieces).toBeGreaterThanOrEqual(4);
  });

  it("skips blank lines, names a bad line by its number and goes on", async () => {
    const answers = await analyze(
      [
        "",
        '{"id":"1","text":"x"}',
        "  \t ",
        "{broken",
        '{"id":"2"}',
        '{"id":3,"text":"x"}',
        "[]",
        "null",
        '{"id":"4","text":"x","role":"king"}',
        '{"id":"5","text":"y"}\r',
        "",
      ].join("\n"),
    );
    expect(answers.map((answer) => answer.id ?? [answer.line, answer.error])).toEqual([
      "1",
      [4, "not a line of JSON"],
      [5, 'field "text" is missing or of the wrong kind'],
      [6, 'field "id" is missing or of the wrong kind'],
      [7, "expected an object with the strings id and text"],
      [8, "expected an object with the strings id and text"],
      [9, 'field "role" is missing or of the wrong kind'],
      "5",
    ]);
  });

  it("understands “我家也是” by what was said before in the same group, and only there", async () => {
    const report = { id: "1", text: "草莓烂了一半", group: "三群", member: "王", at: 1_000 };
    const echo = (id: string, more: object) => ({
      id,
      text: "我家也是",
      group: "三群",
      member: "李",
      at: 9_000,
      ...more,
    });
    const answers = await analyze(
      json(
        report,
        echo("joins", {}),
        echo("elsewhere", { group: "五群" }),
        echo("no group", { group: undefined }),
        echo("too late", { at: 9_000_000 }),
      ),
    );
    expect(answers.map((answer) => answer.complaint)).toEqual([true, true, false, false, false]);
    expect(answers[1]?.aspects).toEqual(["quality"]);
  });

  it("never takes the staff for a customer who complains", async () => {
    const text = "草莓烂了一半";
    const answers = await analyze(
      json({ id: "1", text, role: "staff" }, { id: "2", text, role: "customer" }),
    );
    expect(answers.map((answer) => answer.complaint)).toEqual([false, true]);
  });

  it("says on request what each signal found", async () => {
    const [answer] = await analyze(json({ id: "1", text: "草莓烂了" }), {
      mode: "chat",
      explain: true,
    });
    expect(answer?.explain).toMatchObject({ language: "zh", meToo: false, p1Rule: null });
    expect((await analyze(json({ id: "1", text: "草莓烂了" })))[0]).not.toHaveProperty("explain");
  });

  it("answers a line before it has read the next", async () => {
    const output = collectingOutput();
    const answered: number[] = [];
    async function* lines() {
      for (let number = 1; number <= 3; number += 1) {
        answered.push(output.lines.length);
        yield { number, text: json({ id: String(number), text: "x" }) };
      }
    }
    await analyzeLines(lines(), output, CHAT);
    expect(answered).toEqual([0, 1, 2]);
  });
});

describe("parse-reply", () => {
  it("gives each line back with its vote, or null for none", async () => {
    expect(
      await parseReplies(
        json(
          { text: "4分，鸡蛋少了5个", scale: "csat5", id: 7 },
          { text: "A", scale: "choice:A=草莓|B=蓝莓" },
          { text: "几点到", scale: "nps" },
          { text: "比想的好", scale: "gap" },
        ),
      ),
    ).toEqual([
      { text: "4分，鸡蛋少了5个", scale: "csat5", id: 7, vote: 4 },
      { text: "A", scale: "choice:A=草莓|B=蓝莓", vote: "A" },
      { text: "几点到", scale: "nps", vote: null },
      { text: "比想的好", scale: "gap", vote: "better" },
    ]);
  });

  it("names a bad line by its number and goes on", async () => {
    const answers = await parseReplies(
      [
        "{",
        "",
        '{"text":"5"}',
        '{"text":"5","scale":"stars"}',
        '{"text":"5","scale":"csat5"}',
      ].join("\n"),
    );
    expect(answers).toEqual([
      { line: 1, error: "not a line of JSON" },
      { line: 3, error: "expected an object with the strings text and scale" },
      { line: 4, error: expect.stringContaining("stars") as string },
      { text: "5", scale: "csat5", vote: 5 },
    ]);
  });
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function huiyin(
  args: readonly string[],
  input: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--conditions=source", "src/cli/main.ts", ...args],
    { cwd: ROOT, env: { ...process.env, ...env } },
  );
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, out, err }));
  });
}

describe("the program itself", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "huiyin-cli-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("reads standard input and files, writes results to stdout alone, and ends with its code", async () => {
    const file = path.join(folder, "replies.jsonl");
    writeFileSync(file, `\ufeff${json({ text: "5", scale: "csat5" })}`);
    const [analyzed, parsed, misconfigured] = await Promise.all([
      huiyin(["analyze"], `${json({ id: "1", text: "草莓烂了一半" })}\nnonsense\n`),
      huiyin(["parse-reply", file], ""),
      huiyin(["serve"], "", { HUIYIN_PORT: "loud", HUIYIN_LANGUAGE: "fr" }),
    ]);
    expect(analyzed).toMatchObject({ code: 0, err: "" });
    expect(analyzed.out.split("\n")).toEqual([
      expect.stringMatching(/^\{"id":"1","complaint":true,/),
      '{"line":2,"error":"not a line of JSON"}',
      "",
    ]);
    expect(parsed).toEqual({ code: 0, out: '{"text":"5","scale":"csat5","vote":5}\n', err: "" });
    expect(misconfigured).toMatchObject({ code: 78, out: "" });
    expect(misconfigured.err).toContain("The configuration has 2 faults");
  });
});
