import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normaliseText } from "#src/complaints/detection/normalised-text.js";
import { shapeOf } from "#src/complaints/detection/text-shape.js";

describe("normalising", () => {
  it("folds width, case, blanks and traditional characters and drops what is not seen", () => {
    expect(normaliseText("ＡＢc　　壞了\u200b，好！").text()).toBe("abc 坏了,好!");
  });

  it("leads back to the given text for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (given) => {
        const text = normaliseText(given);
        for (let at = 0; at < text.length; at += 1) {
          expect(text.startOf(at)).toBeLessThan(text.endOf(at + 1));
          if (at > 0) expect(text.startOf(at)).toBeGreaterThan(text.startOf(at - 1));
          expect(text.endOf(at + 1)).toBeLessThanOrEqual(given.length);
        }
      }),
    );
  });
});

describe("the shape of a text", () => {
  it.each([
    ["", "empty"],
    [" \u200b\n", "empty"],
    ["/huiyin status", "command"],
    ["/反馈", "command"],
    ["/ 是什么", "prose"],
    ["#接龙\n草莓\n1. 王姐", "list"],
    ["接龙怎么弄", "prose"],
    ["1. a\n2. b\n3. c", "list"],
    ["5", "vote"],
    ["5分", "vote"],
    ["4/5", "vote"],
    ["A", "vote"],
    ["+1", "vote"],
    ["2 少了5个鸡蛋", "prose"],
    ["烂了", "prose"],
    ["ok", "prose"],
  ])("of “%s” is %s", (text, shape) => {
    expect(shapeOf(normaliseText(text))).toBe(shape);
  });
});
