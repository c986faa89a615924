import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { publicWords } from "#src/complaints/public-words.js";

describe("words in front of the group", () => {
  test.each([
    ["电话13812345678", "电话…"],
    ["打 138-1234-5678 找我", "打 … 找我"],
    ["+86 138 1234 5678", "…"],
    ["座机 010-8888 6666", "座机 …"],
    ["单号DD20261120123", "单号…"],
    ["order A1234567 is done", "order … is done"],
    ["写信到 wang.fang@example.com 吧", "写信到 … 吧"],
    ["@王小明 请看", "… 请看"],
    ["＠王小明，请看", "…，请看"],
    ["王芳的已补", "…的已补"],
  ])("“%s” reads “%s”", (given, shown) => {
    expect(publicWords(given, ["王芳"])).toEqual({ text: shown, hidden: true });
  });

  test.each([
    "18:00前补2个，差价¥12.5",
    "2026-11-21 18:00 送到",
    "11/21 前答复，满100减20",
    "下单满3件5折",
    "We sent 2 more on 21 Nov",
  ])("“%s” stays as it is", (given) => {
    expect(publicWords(given, ["王芳"])).toEqual({ text: given, hidden: false });
  });

  test("never shows a telephone number, however it is spaced", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 11, maxLength: 11 }),
        fc.array(fc.constantFrom("", "-", " "), { minLength: 10, maxLength: 10 }),
        fc.constantFrom("电话", "call ", ""),
        (digits, gaps, before) => {
          const number = digits.map((digit, index) => String(digit) + (gaps[index] ?? "")).join("");
          const { text } = publicWords(`${before}${number}谢谢`, []);
          const shown = [...text].filter((char) => char >= "0" && char <= "9").length;
          expect(shown).toBeLessThan(7);
        },
      ),
    );
  });
});
