import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadShippedLexicons } from "#src/complaints/detection/detector.js";
import { loadLexicon, parseExtraWords, parseLexicon } from "#src/complaints/detection/lexicon.js";
import { normaliseText } from "#src/complaints/detection/normalised-text.js";
import { compileRuleBook } from "#src/complaints/detection/rule-book.js";
import { isAppError } from "#src/shared/app-error.js";

const shipped = loadShippedLexicons();
const folder = mkdtempSync(join(tmpdir(), "huiyin-lexicon-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (isAppError(error, "invalid-config")) return error.message;
    throw error;
  }
  return "";
}

describe("an operator's own word list", () => {
  it("is refused with the file, the entry and the reason", () => {
    const broken = structuredClone(shipped.zh);
    Object.assign(broken.complaints[3] ?? {}, { weight: 9 });
    const message = messageOf(() => parseLexicon(broken, "my-words.json"));
    expect(message).toContain("my-words.json");
    expect(message).toContain("complaints.3.weight");
    expect(message).toContain("given 9");
  });

  it("is refused for a wrong aspect, an unknown field, or a gap without words", () => {
    const extra = (entry: unknown) => messageOf(() => parseExtraWords([entry], "group words"));
    expect(extra({ cue: "坏了", aspect: "taste", weight: 1 })).toContain("0.aspect");
    expect(extra({ cue: "坏了", aspect: "taste", weight: 1 })).toContain('cue "坏了"');
    expect(extra({ cue: "坏了", aspect: "quality", weight: 1, colour: "red" })).toContain("colour");
    expect(extra({ cue: "坏了…", aspect: "quality", weight: 1 })).toContain("…");
    expect(extra({ cue: "", aspect: "quality", weight: 1 })).toContain("0.cue");
    expect(extra({ cue: "\u200b", aspect: "quality", weight: 1 })).toContain("empty cue");
  });

  it("is refused with the place of a wrong word, of a missing list and of a value out of range", () => {
    const refusal = (change: (list: typeof shipped.zh) => object) => {
      const list = structuredClone(shipped.zh);
      return messageOf(() => parseLexicon({ ...list, ...change(list) }, "my-words.json"));
    };
    const phrases = (patch: object) =>
      refusal((list) => ({ phrases: { ...list.phrases, ...patch } }));
    expect(phrases({ hedges: ["可能", ""] })).toContain("phrases.hedges.1: must have 1 to 40");
    expect(phrases({ hedges: ["可能", 5] })).toContain("phrases.hedges.1: must be a text, given 5");
    expect(phrases({ hedges: undefined })).toContain("phrases.hedges: must be a list");
    expect(phrases({ hedges: "可能" })).toContain("phrases.hedges: must be a list");
    expect(refusal(() => ({ polarity: { 好: 4 } }))).toContain("polarity.好: must be from -3 to 3");
    expect(refusal(() => ({ polarity: [] }))).toContain("polarity: must be words");
    expect(refusal(() => ({ topics: { quality: ["烂".repeat(41)] } }))).toContain(
      "topics.quality.0",
    );
    const cues = (list: string[]) =>
      refusal(() => ({ complaints: [{ aspect: "quality", weight: 1, cues: list }] }));
    expect(cues([])).toContain("complaints.0.cues: must be a list of 1 to");
    expect(cues(["烂了", "…烂"])).toContain("complaints.0.cues.1: must have words on both sides");
    expect(cues(["一…二…三…四"])).toContain("at most two gaps");
    expect(cues(["烂了"])).toBe("");
  });

  it("is refused when the file is missing or no JSON", () => {
    const file = join(folder, "broken.json");
    writeFileSync(file, "{ not json");
    expect(messageOf(() => loadLexicon(file))).toContain("broken.json");
    expect(messageOf(() => loadLexicon(join(folder, "none.json")))).toContain("cannot be read");
  });

  it("is taken when it keeps the format", () => {
    const file = join(folder, "good.json");
    writeFileSync(file, JSON.stringify(shipped.en));
    expect(loadLexicon(file)).toEqual(shipped.en);
  });
});

describe("the shipped lists", () => {
  it.each(["zh", "en"] as const)(
    "%s names no cue twice within a list of the same needs",
    (name) => {
      for (const { cues } of shipped[name].complaints) expect(new Set(cues).size).toBe(cues.length);
      for (const words of Object.values(shipped[name].phrases))
        expect(new Set(words).size).toBe(words.length);
    },
  );

  it("hide no phrase of settlement behind a false friend", () => {
    for (const { phrases } of [shipped.zh, shipped.en])
      for (const settled of phrases.resolved)
        expect(phrases.falseFriends.filter((friend) => friend.includes(settled))).toEqual([]);
  });

  it("find each plain cue in itself", () => {
    const book = compileRuleBook(shipped);
    for (const { complaints } of [shipped.zh, shipped.en]) {
      for (const cue of complaints.flatMap((group) => group.cues)) {
        if (cue.includes("…") || cue.endsWith("*")) continue;
        const { codes, length } = normaliseText(cue);
        const found: number[] = [];
        book.automaton.scan(codes, length, (_, start, end) => {
          found.push(end - start);
        });
        expect(Math.max(...found)).toBe(length);
      }
    }
  });
});
