import { Writable } from "node:stream";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printable, processOutput } from "#src/cli/output.js";
import { type InputLine, LONGEST_LINE } from "#src/cli/read-lines.js";
import { inputOf } from "./collecting-output.js";

async function linesIn(text: string, pieces?: number): Promise<readonly InputLine[]> {
  const lines: InputLine[] = [];
  for await (const line of inputOf(text, pieces)) lines.push(line);
  return lines;
}

describe("lines of input", () => {
  it("are the same in whatever pieces they come, also through the middle of a character", async () => {
    const text = "\ufeff草莓🍓\r\n\n第三行\n最后一行没有换行";
    const expected = [
      { number: 1, text: "草莓🍓" },
      { number: 2, text: "" },
      { number: 3, text: "第三行" },
      { number: 4, text: "最后一行没有换行" },
    ];
    for (const pieces of [1, 2, 3, 7, 1_000]) expect(await linesIn(text, pieces)).toEqual(expected);
  });

  it("are as many as there are line ends", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.string({ unit: "grapheme" }).map((text) => text.replaceAll(/[\r\n\ufeff]/g, "")),
        ),
        async (texts) => {
          const lines = await linesIn(texts.map((text) => `${text}\n`).join(""), 5);
          expect(lines.map((line) => line.text)).toEqual(texts.map((text) => text.toWellFormed()));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("that never end are cut, and the next ones keep their numbers", async () => {
    const lines = await linesIn(`first\n${"x".repeat(LONGEST_LINE * 2 + 10)}\nthird\n`, 1_048_576);
    expect(lines.map((line) => line.number)).toEqual([1, 2, 3]);
    expect(lines[1]?.text.length).toBeLessThan(LONGEST_LINE + 2_000_000);
    expect(lines[2]?.text).toBe("third");
  });

  it("of nothing are none", async () => {
    expect(await linesIn("")).toEqual([]);
  });
});

describe("what goes to a terminal", () => {
  it("holds no control characters and no tricks of direction, but keeps lines, Chinese and emoji", () => {
    expect(printable("红\u001b[31m色\u0007\u009b\n第二行\t🍓👨‍👩‍👧\u202e反\u2066")).toBe(
      "红[31m色\n第二行\t🍓👨‍👩‍👧反",
    );
  });

  it("waits for a slow reader", async () => {
    const taken: string[] = [];
    const slow = new Writable({
      highWaterMark: 1,
      decodeStrings: false,
      write(text: string, _encoding, done) {
        setImmediate(() => {
          taken.push(text);
          done();
        });
      },
    });
    const output = processOutput(slow, slow);
    await output.line("1");
    expect(taken).toEqual(["1\n"]);
    await output.line("2");
    output.say("\u001b名字");
    await new Promise((resolve) => slow.end(resolve));
    expect(taken).toEqual(["1\n", "2\n", "名字\n"]);
  });
});
