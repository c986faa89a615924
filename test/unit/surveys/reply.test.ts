import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAppError } from "#src/shared/app-error.js";
import { parseReply } from "#src/surveys/reply/parse-reply.js";
import type { ReplyContext, ReplyParse, VoteValue } from "#src/surveys/reply/reply-parse.js";
import { parseScale } from "#src/surveys/reply/scale.js";
import { type PlainVote, voteOfParse } from "#src/surveys/reply/vote-of-parse.js";
import { quoting, SCORE_CASES } from "./reply-cases.js";
import { OPTION_CASES } from "./reply-option-cases.js";

const REPLY_CASES = [...SCORE_CASES, ...OPTION_CASES];

const SHARED = new URL("../../../../shared/", import.meta.url);
const CASE_FILE = new URL("cases/reply-parse.jsonl", SHARED);
const CHAT_FILE = new URL("data/zh_chat.jsonl.gz", SHARED);
const SPECS = [
  "csat5",
  "nps",
  "ces7",
  "gap",
  "yesno",
  "text",
  "choice:A=草莓|B=蓝莓",
  "multi:1=送晚了|2=少发漏发|3=态度差",
];

/** Printed even when the runner hides the console of passing tests. */
function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function read(text: string, spec: string, context: ReplyContext = {}): ReplyParse {
  return parseReply(text, parseScale(spec), context);
}

function vote(text: string, spec: string, context: ReplyContext = {}): PlainVote {
  return voteOfParse(read(text, spec, context), parseScale(spec));
}

describe("whole messages", () => {
  for (const { scale, what, cases } of REPLY_CASES) {
    test.each(cases.map(([text, expected, context]) => ({ text, expected, context })))(
      `${scale.slice(0, 8)}, ${what}: $text → $expected`,
      ({ text, expected, context }) => {
        expect(vote(text, scale, context)).toEqual(expected);
      },
    );
  }

  test("votes and non-votes are both well represented", () => {
    const all = REPLY_CASES.flatMap((group) => group.cases);
    const votes = all.filter(([, expected]) => expected !== null).length;
    expect(all.length).toBeGreaterThan(300);
    expect(votes / all.length).toBeGreaterThan(0.4);
    expect(votes / all.length).toBeLessThan(0.65);
  });
});

interface SharedCase {
  readonly text: string;
  readonly scale: string;
  readonly expect: PlainVote;
}

describe("the shared case file", () => {
  const present = existsSync(CASE_FILE);
  if (!present) say(`shared reply cases not checked: ${CASE_FILE.pathname} is absent`);

  test.runIf(present)("each case means what the file says", () => {
    const lines = readFileSync(CASE_FILE, "utf8").trim().split("\n");
    const wrong = lines
      .map((line) => JSON.parse(line) as SharedCase)
      .map((entry) => ({ ...entry, got: vote(entry.text, entry.scale) }))
      .filter(({ got, expect: wanted }) => JSON.stringify(got) !== JSON.stringify(wanted));
    expect(lines.length).toBeGreaterThan(200);
    expect(wrong).toEqual([]);
  });
});

describe("text that answers nothing", () => {
  const present = existsSync(CHAT_FILE);
  if (!present) say(`false votes not measured: ${CHAT_FILE.pathname} is absent`);

  test.runIf(present)("at most 0.05 % of 20,000 chat lines are taken for a csat vote", () => {
    const lines = gunzipSync(readFileSync(CHAT_FILE)).toString().trim().split("\n");
    const rows = lines.map((line) => JSON.parse(line) as { text: string; src: string });
    const sms = rows.filter((row) => row.src === "sms");
    const sample = [...sms, ...rows.filter((row) => row.src !== "sms")].slice(0, 20_000);
    const scale = parseScale("csat5");
    const taken = sample.filter((row) => parseReply(row.text, scale).kind === "vote");
    say(
      `false csat5 votes: ${taken.length} of ${sample.length} (${((100 * taken.length) / sample.length).toFixed(3)} %)`,
    );
    expect(sample.length).toBe(20_000);
    expect(taken.length / sample.length).toBeLessThanOrEqual(0.0005);
  });
});

describe("what a vote carries", () => {
  test("the comment keeps the member's own characters and punctuation", () => {
    expect(read("３分，還不錯，就是慢了點！", "csat5")).toMatchObject({
      kind: "vote",
      value: 3,
      comment: "還不錯，就是慢了點！",
    });
    expect(read("4分（扣1分因为慢）", "csat5")).toMatchObject({ comment: "扣1分因为慢" });
    expect(read("5分 好吃（下次还买）", "csat5")).toMatchObject({ comment: "好吃（下次还买）" });
  });

  test("a quote of the bot, a mention and a caller's word make it direct", () => {
    expect(read(quoting("小助手", "打分", "5"), "csat5")).toMatchObject({ direct: true });
    expect(read("@小助手 5", "csat5")).toMatchObject({ direct: true });
    expect(read("5", "csat5", { direct: true })).toMatchObject({ direct: true });
    expect(read("5", "csat5")).toMatchObject({ direct: false });
  });

  test("texts that often mean something else are of low confidence", () => {
    expect(read("6", "nps")).toMatchObject({ confidence: "low" });
    expect(read("6分", "nps")).toMatchObject({ confidence: "sure" });
    expect(read("1", "csat5")).toMatchObject({ confidence: "low" });
    expect(read("大概4分", "csat5")).toMatchObject({ confidence: "low" });
    expect(read("5", "csat5")).toMatchObject({ confidence: "sure" });
  });

  test("words of correction mark a revision", () => {
    for (const text of ["改成4", "更正：4", "刚才打错了 是4", "4分，刚才打错了", "从5改成4"]) {
      expect(read(text, "csat5")).toMatchObject({ value: 4, revision: true });
    }
    expect(read("4", "csat5")).toMatchObject({ revision: false });
  });

  test("a gap answer is kept as -1, 0 or 1", () => {
    expect(read("比预期差", "gap")).toMatchObject({ value: -1 });
    expect(read("2", "gap")).toMatchObject({ value: 0 });
    expect(read("better", "gap")).toMatchObject({ value: 1 });
  });
});

describe("why a message is no vote", () => {
  test.each([
    ["5点送到", "csat5", "time"],
    ["5分钟", "csat5", "time"],
    ["要5份", "csat5", "quantity"],
    ["5块", "csat5", "price"],
    ["5号楼", "csat5", "address"],
    ["4-5分", "csat5", "range"],
    ["四五分", "csat5", "range"],
    ["5分，服务3分", "csat5", "two-values"],
    ["1分 非常满意", "csat5", "contradiction"],
    ["5分？", "csat5", "question"],
    ["6分", "csat5", "out-of-scale"],
    ["666", "nps", "slang"],
    ["7.5", "nps", "half"],
    ["收到", "csat5", "acknowledgement"],
    ["她打了3分", "csat5", "other-person"],
    ["大家都打5分", "csat5", "urging"],
    ["给个5分吧", "csat5", "urging"],
    ["1分都不想给", "csat5", "negated"],
    ["上次5分", "csat5", "past"],
    ["5分好评已给", "csat5", "elsewhere"],
    ["👍", "csat5", "emoji"],
    ["/poll 5", "csat5", "command"],
    ["2、少了一盒", "csat5", "list"],
    ["@张姐 5分", "csat5", "mention-other"],
    ["", "csat5", "empty"],
    ["包装太差", "text", "not-direct"],
    ["今天天气不错", "csat5", "not-a-reply"],
  ])("%s (%s): %s", (text, spec, reason) => {
    expect(read(text, spec)).toMatchObject({ kind: "none", reason });
  });

  test("a label after the window says so", () => {
    expect(read("一般", "csat5", { withinLabelWindow: false })).toMatchObject({
      reason: "label-late",
    });
  });

  test("only an unclear direct answer is asked back", () => {
    expect(read("@小助手 4-5分", "csat5")).toMatchObject({ askBack: true });
    expect(read("@小助手 怎么打", "csat5")).toMatchObject({ askBack: true });
    expect(read("4-5分", "csat5")).toMatchObject({ askBack: false });
    expect(read("@小助手 谢谢", "csat5")).toMatchObject({ askBack: false });
    expect(read(quoting("张姐", "打几分", "4-5"), "csat5")).toMatchObject({ askBack: false });
  });
});

describe("scales", () => {
  test("an unknown spec is refused with what would be accepted", () => {
    for (const spec of ["", "csat7", "choice:", "choice:A=草莓", "multi:A=甲|a=乙", "choice:A|B"]) {
      let caught: unknown;
      try {
        parseScale(spec);
      } catch (error) {
        caught = error;
      }
      expect(isAppError(caught, "invalid-input")).toBe(true);
    }
  });

  test("options keep ids and labels", () => {
    expect(parseScale("multi:1=少发|2=a=b")).toEqual({
      kind: "multi",
      options: [
        { id: "1", label: "少发" },
        { id: "2", label: "a=b" },
      ],
    });
  });
});

function isPoint(value: VoteValue, spec: string): boolean {
  if (typeof value === "number") return (POINTS[spec] ?? []).includes(value);
  if (typeof value === "string") {
    return spec === "text" || (spec.startsWith("choice") ? "AB".includes(value) : value !== "");
  }
  return value.length > 0 && value.every((id) => "123".includes(id));
}

const POINTS: Readonly<Record<string, readonly number[]>> = {
  csat5: [1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5],
  nps: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  ces7: [1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7],
  gap: [-1, 0, 1],
};

describe("any text at all", () => {
  const pieces = fc.array(
    fc.constantFrom(
      ..."5五分星点个吧吗 ，。@「」：:\n-~/*`_#接龙1.A和或不满意👍\ud83d\u0000\u200b⭐☆[]()&;<>",
      "小助手",
      "<br/>",
      "&amp;",
      "非常满意",
      "#接龙\n",
      "- - - - - - - - - - - - - - -",
      "一般",
      "草莓",
    ),
    { maxLength: 60 },
  );

  test("never throws, and a vote is always a point of the scale", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.string({ unit: "grapheme" }),
          pieces.map((p) => p.join("")),
        ),
        fc.constantFrom(...SPECS),
        fc.boolean(),
        (text, spec, direct) => {
          const parse = read(text, spec, { direct });
          expect(parse.kind !== "vote" || isPoint(parse.value, spec)).toBe(true);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test("each whole score is read back, in any writing, with or without a comment", () => {
    const hanzi = ["一", "二", "三", "四", "五"];
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom("我给", "打", "必须", "这次给", "@小助手 ", ""),
        fc.constantFrom("", " 菜很新鲜", "，送得快", "！", "吧"),
        (score, before, after) => {
          const forms = [`${score}分`, `${hanzi[score - 1]}分`, `${"１２３４５"[score - 1]}分`];
          for (const form of forms) {
            // 给五分吧 with no subject pleads for the top score.
            if (before === "打" && after === "吧" && score === 5) continue;
            expect(vote(`${before}${form}${after}`, "csat5")).toBe(score);
          }
        },
      ),
    );
  });

  test("text beyond the limit is refused, and long hostile text ends in a verdict", () => {
    const hundred = (piece: string): string => piece.repeat(Math.ceil(100_000 / piece.length));
    for (const piece of [
      "5",
      "5 ",
      "满意",
      "@a ",
      "「：\n",
      "- ",
      "(",
      "A和",
      "#接龙\n1. a\n",
      "&amp",
    ]) {
      for (const spec of SPECS) expect(read(hundred(piece), spec).kind).toBe("none");
    }
    const limit = (piece: string): string => piece.repeat(Math.floor(19_999 / piece.length));
    for (const piece of [
      "5分",
      "满",
      "还行",
      "AC",
      "1和",
      "不",
      "👍",
      "[强]",
      "@小助手",
      "<img ",
    ]) {
      for (const spec of SPECS) expect(["none", "vote"]).toContain(read(limit(piece), spec).kind);
    }
    expect(read("5分".padEnd(20_001, "好"), "csat5")).toMatchObject({ reason: "too-long" });
  });
});
