import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPage } from "#src/commands/answer.js";
import { parseCommand, parseCommandText } from "#src/commands/command-parser.js";
import { COMMAND_WORDS, type CommandName } from "#src/commands/command-words.js";
import { editDistance } from "#src/commands/edit-distance.js";
import { judgeCall } from "#src/commands/judge-call.js";
import { splitArguments, trimMarks } from "#src/commands/text-scan.js";
import { type Expected, PARSER_CASES, type Where } from "./parser-cases.js";

const NOW = Date.UTC(2026, 10, 20, 4);
const BOTS = ["小助手", "团购小助手"];

function read(where: Where, text: string): Expected {
  const parsed = parseCommand(text, { botNames: BOTS, bare: where !== "group" });
  if (parsed.kind === "near") return ["near", parsed.meant];
  if (parsed.kind === "none") return null;
  const { name, args, rest, glued } = parsed;
  const likelihood = judgeCall({ name, args, rest, glued, at: NOW });
  return likelihood === "no" ? null : [name, likelihood, rest];
}

describe("what is a command and what is not", () => {
  it.each(PARSER_CASES)("%s: %s", (where, text, expected) => {
    const found = read(where, text);
    if (expected === null || expected[0] === "near") {
      expect(found).toEqual(expected);
      return;
    }
    const [name, likelihood = "sure", rest] = expected;
    expect(found?.slice(0, 2)).toEqual([name, likelihood]);
    if (rest !== undefined) expect(found?.[2]).toBe(rest);
  });

  it("covers both languages with more than eighty lines, a good part of them no commands", () => {
    expect(PARSER_CASES.length).toBeGreaterThan(120);
    expect(PARSER_CASES.filter(([, , expected]) => expected === null).length).toBeGreaterThan(50);
  });

  it("knows every word of every command in a direct conversation and with the slash", () => {
    for (const [name, words] of Object.entries(COMMAND_WORDS)) {
      for (const word of words) {
        expect([word, read("direct", word)?.[0]]).toEqual([word, name as CommandName]);
        const slash = parseCommand(`/huiyin ${word}`, { botNames: BOTS, bare: false });
        expect(slash).toMatchObject({ kind: "command", name, addressed: true });
      }
    }
  });

  it("gives no word to two commands", () => {
    const words = Object.values(COMMAND_WORDS).flat();
    expect(new Set(words).size).toBe(words.length);
  });

  it("takes a text that the platform says mentions the bot, though the name is not in it", () => {
    const spoken = { botNames: BOTS, bare: false, mentioned: true };
    expect(parseCommand("免打扰", spoken)).toMatchObject({ kind: "command", name: "mute" });
    expect(parseCommand("5分", spoken)).toMatchObject({ kind: "none" });
  });

  it("never takes chat of a customers' group for a command", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        fc.pre(!text.includes("@") && !text.trimStart().startsWith("/"));
        expect(read("group", text)).toBeNull();
      }),
    );
  });

  it("reads any text without failing, also a very long one", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        for (const where of ["group", "staff", "direct"] as const) read(where, text);
        parseCommandText(text);
      }),
    );
    expect(read("staff", `报告 ${"很".repeat(5_000)}`)).toBeNull();
  });
});

describe("near misses", () => {
  it("count swapped neighbours as one slip", () => {
    expect(editDistance("reprot", "report", 2)).toBe(1);
    expect(editDistance("kitten", "sitting", 5)).toBe(3);
    expect(editDistance("a", "abcdef", 2)).toBe(3);
  });

  it("agree with the plain definition of the distance", () => {
    const plain = (a: string, b: string): number => {
      const at = (i: number, j: number): number => {
        if (i === 0) return j;
        if (j === 0) return i;
        const same = a[i - 1] === b[j - 1] ? 0 : 1;
        const least = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same);
        const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
        return swap ? Math.min(least, at(i - 2, j - 2) + 1) : least;
      };
      return at(a.length, b.length);
    };
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 5 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b, 9)).toBe(plain(a, b));
      }),
      { numRuns: 200 },
    );
  });

  it("keep what was typed and what followed it", () => {
    const near = parseCommand("投拆 超时", { botNames: BOTS, bare: true });
    expect(near).toEqual({
      kind: "near",
      typed: "投拆",
      meant: "complaints",
      rest: "超时",
      addressed: false,
    });
  });
});

describe("words and pages", () => {
  it("keeps a quoted phrase whole in any kind of quotes", () => {
    expect(splitArguments('“鸡蛋 换侧格” packaging "a b" 「丙 丁」')).toEqual([
      "鸡蛋 换侧格",
      "packaging",
      "a b",
      "丙 丁",
    ]);
    expect(splitArguments('5" pizza')).toEqual(['5"', "pizza"]);
  });

  it("trims marks and blanks at both ends only", () => {
    expect(trimMarks(" 。好的，谢谢！ ")).toBe("好的，谢谢");
  });

  it("reads a page number behind a list, never out of somebody's words", () => {
    expect(readPage("report", "7d p2")).toEqual({ rest: "7d", page: 2 });
    expect(readPage("report", "近7天 第3页")).toEqual({ rest: "近7天", page: 3 });
    expect(readPage("case", "12 p2")).toEqual({ rest: "12", page: 2 });
    expect(readPage("case", "12 备注 见 第2页")).toEqual({ rest: "12 备注 见 第2页", page: 1 });
    expect(readPage("improve", "货架改到 p2")).toEqual({ rest: "货架改到 p2", page: 1 });
    expect(readPage("survey", "结果 3 p2")).toEqual({ rest: "结果 3", page: 2 });
    expect(readPage("survey", "new How was it? p2").page).toBe(1);
  });
});
