import { readdirSync, readFileSync } from "node:fs";
import { checkSync } from "recheck";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { createDetector, loadShippedLexicons } from "#src/complaints/detection/detector.js";
import { MAX_TEXT } from "#src/complaints/detection/normalised-text.js";

/**
 * No clock is read here: a rule that takes more than linear time on its worst input does not come
 * back before the runner's limit of a minute.
 */
const room = new URL("../../../../src/complaints/detection/", import.meta.url);
const detector = createDetector();

function fill(piece: string): string {
  return piece.repeat(Math.ceil(MAX_TEXT / piece.length)).slice(0, MAX_TEXT);
}

function judge(text: string): number {
  return detector.consider({ text }, [], { mode: "chat" }).score;
}

function regularExpressions(): { readonly file: string; readonly source: string }[] {
  return readdirSync(room)
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => {
      const text = readFileSync(new URL(file, room), "utf8");
      const found: { file: string; source: string }[] = [];
      const walk = (node: ts.Node): void => {
        if (ts.isRegularExpressionLiteral(node)) found.push({ file, source: node.text });
        ts.forEachChild(node, walk);
      };
      walk(ts.createSourceFile(file, text, ts.ScriptTarget.ES2023));
      return found;
    });
}

describe("100,000 units of the worst input", () => {
  it("of each word rule is judged", () => {
    const { zh, en } = loadShippedLexicons();
    for (const { complaints, safety, phrases } of [zh, en]) {
      for (const { cues, needs = [] } of [...complaints, ...safety]) {
        expect(judge(fill([...cues, ...needs.slice(0, 3)].join("")))).toBeGreaterThanOrEqual(0);
        expect(judge(fill(cues.join(" ").replaceAll("…", "了")))).toBeGreaterThanOrEqual(0);
      }
      for (const words of Object.values(phrases).filter((list) => list.length > 0))
        expect(judge(fill(words.join("")))).toBeGreaterThanOrEqual(0);
    }
  });

  it.each([
    ["one letter", "a"],
    ["consonants, which the stemmer dislikes", "b"],
    ["one Han character", "烂"],
    ["emoji", "😡"],
    ["lone surrogates", "\ud83d"],
    ["zero-width characters", "\u200b"],
    ["right-to-left marks", "\u202e\u05d0"],
    ["blanks", " "],
    ["line breaks", "\n"],
    ["NUL", "\0"],
    ["numbered lines", "1\n"],
    ["links", "http://"],
    ["mentions", "@a "],
    ["negations", "没有不"],
    ["halves of gap rules", "等了"],
    ["questions", "吗？"],
    ["apostrophes", "n't "],
  ])("of %s is judged", (_, piece) => {
    expect(judge(fill(piece))).toBeGreaterThanOrEqual(0);
  });

  it("and a text beyond the limit is judged by its beginning", () => {
    expect(judge(`孩子吃了拉肚子${fill("好")}${fill("好")}`)).toBe(0.98);
    expect(judge(`${fill("好")}孩子吃了拉肚子`)).toBeLessThan(0.5);
  });

  it("each regular expression of the room is safe", () => {
    const found = regularExpressions();
    expect(found.length).toBeGreaterThan(0);
    for (const { file, source } of found) {
      const end = source.lastIndexOf("/");
      const { status } = checkSync(source.slice(1, end), source.slice(end + 1));
      expect({ file, source, status }).toEqual({ file, source, status: "safe" });
    }
  });
});
