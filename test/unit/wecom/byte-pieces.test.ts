import { assert, integer, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { byteLength, bytePieces } from "#adapters/wecom/byte-pieces.js";
import { plainMarkdown } from "#adapters/wecom/plain-markdown.js";

describe("pieces by bytes", () => {
  it("leaves a text of exactly the limit whole, and parts one byte more", () => {
    const exact = `${"长".repeat(682)}ab`;
    expect(byteLength(exact)).toBe(2_048);
    expect(bytePieces(exact, 2_048)).toEqual([exact]);
    expect(bytePieces(`${exact}c`, 2_048)).toHaveLength(2);
  });

  it("parts at a line end of the second half, and leaves that line end out", () => {
    expect(bytePieces("第一行的话\n第二行", 20)).toEqual(["第一行的话", "第二行"]);
    expect(bytePieces(`短\n${"长".repeat(10)}`, 20)[0]).toBe(`短\n${"长".repeat(5)}`);
  });

  it("parts no family and no flag", () => {
    const family = "👨‍👩‍👧‍👦";
    const pieces = bytePieces(`字字${family}🇨🇳`, 30);
    expect(pieces).toEqual(["字字", family, "🇨🇳"].reduce(joinUpTo(30), [] as string[]));
    expect(pieces.join("")).toBe(`字字${family}🇨🇳`);
  });

  it("keeps every character of any text, within the limit, well-formed", () => {
    assert(
      property(
        string({ unit: "grapheme", maxLength: 120 }),
        integer({ min: 4, max: 60 }),
        (text, most) => {
          const pieces = bytePieces(text, most);
          for (const piece of pieces) {
            expect(byteLength(piece)).toBeLessThanOrEqual(most);
            expect(piece.isWellFormed()).toBe(true);
          }
          expect(pieces.join("").replaceAll("\n", "")).toBe(text.replaceAll("\n", ""));
        },
      ),
    );
  });
});

function joinUpTo(most: number): (pieces: string[], sign: string) => string[] {
  return (pieces, sign) => {
    const last = pieces.at(-1);
    if (last === undefined || byteLength(last + sign) > most) return [...pieces, sign];
    return [...pieces.slice(0, -1), last + sign];
  };
}

describe("markdown that shows words as they are", () => {
  it("leaves no mention, link, colour, quote or heading alive", () => {
    const text =
      '# 标题\n<@all> [红包](https://evil) <font color="red">急</font>\n> 引\n**粗** `码`';
    const shown = plainMarkdown(text);
    expect(shown).not.toMatch(/[<>*`[\]]|^#{1,6} /m);
    expect(shown.split("\n")).toHaveLength(4);
  });

  it("leaves numbers of cases and ordinary words alone", () => {
    expect(plainMarkdown("#12 送货慢｜阳光里3群 5-4 = 1")).toBe("#12 送货慢｜阳光里3群 5-4 = 1");
  });
});
