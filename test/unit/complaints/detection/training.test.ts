import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadShippedLexicons } from "#src/complaints/detection/detector.js";
import {
  decodeLinearModel,
  linearClassifier,
  loadLinearModel,
} from "#src/complaints/detection/linear-model.js";
import { normaliseText } from "#src/complaints/detection/normalised-text.js";
import { compileRuleBook } from "#src/complaints/detection/rule-book.js";
import { loadShippedModels } from "#src/complaints/detection/shipped-models.js";
import { type Example, type FitOptions } from "#src/complaints/training/fit-linear.js";
import { averagePrecision, measure, quietThreshold } from "#src/complaints/training/measures.js";
import { trainLanguage } from "#src/complaints/training/train-models.js";

const OPTIONS: FitOptions = {
  language: "zh",
  bits: 14,
  epochs: 3,
  rate: 0.5,
  decay: 1e-5,
  seed: 7,
};

function sample(): Example[] {
  const file = new URL("../../../../src/complaints/training/lines-zh.tsv", import.meta.url);
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.includes("\t"))
    .map((line, number) => ({
      id: String(number),
      text: line.slice(line.indexOf("\t") + 1),
      label: line.startsWith("-") ? (0 as const) : (1 as const),
      weight: 1,
      source: number % 3 === 0 ? "zh_chat" : "own_zh",
    }));
}

describe("training", () => {
  it("twice on the same examples gives the same bytes, another seed gives others", () => {
    const book = compileRuleBook(loadShippedLexicons());
    const one = trainLanguage(sample(), OPTIONS, book);
    const two = trainLanguage(sample(), OPTIONS, book);
    expect(Buffer.compare(one.model, two.model)).toBe(0);
    expect(two.stacks).toEqual(one.stacks);
    expect(two.figures).toEqual(one.figures);
    const other = trainLanguage(sample(), { ...OPTIONS, seed: 8 }, book);
    expect(Buffer.compare(one.model, other.model)).not.toBe(0);
  });

  it("learns to tell a complaint from thanks", () => {
    const { model } = trainLanguage(sample(), OPTIONS, compileRuleBook(loadShippedLexicons()));
    const classifier = linearClassifier(decodeLinearModel(model, "test"));
    const score = (text: string) => classifier.score(normaliseText(text));
    expect(score("草莓下面全是烂的")).toBeGreaterThan(score("收到了，谢谢团长"));
  });
});

describe("model files", () => {
  const file = new URL("../../../../src/complaints/detection/models/zh.bin", import.meta.url);
  const bytes = new Uint8Array(readFileSync(file));

  it("are refused when cut, altered or of another kind", () => {
    const altered = bytes.slice();
    altered[5_000] = (altered[5_000] ?? 0) ^ 1;
    expect(() => decodeLinearModel(altered, "zh.bin")).toThrow("checksum");
    expect(() => decodeLinearModel(bytes.slice(0, -1), "zh.bin")).toThrow("length");
    expect(() => decodeLinearModel(bytes.slice(0, 10), "zh.bin")).toThrow("too short");
    expect(() => decodeLinearModel(new Uint8Array(100), "zh.bin")).toThrow("no model file");
    expect(() => loadLinearModel(new URL("./none.bin", import.meta.url))).toThrow("cannot be read");
  });

  it("are small, and the shipped card states the thresholds in use", () => {
    expect(bytes.length).toBeLessThan(4 * 1024 * 1024);
    const page = readFileSync(new URL("model-card.md", file), "utf8");
    const { zh, en } = loadShippedModels();
    for (const { stacks } of [zh, en])
      expect(page).toContain(`Threshold in chats ${stacks.chat.threshold}`);
  });
});

describe("measures", () => {
  it("average precision of a known ranking", () => {
    const rows = [
      { label: 1 as const, score: 0.9 },
      { label: 0 as const, score: 0.8 },
      { label: 1 as const, score: 0.7 },
      { label: 0 as const, score: 0.1 },
    ];
    expect(averagePrecision(rows)).toBeCloseTo((1 + 2 / 3) / 2, 12);
    expect(measure(rows, 0.75)).toMatchObject({ precision: 0.5, recall: 0.5, falseAlarms: 250 });
  });

  it("the quiet threshold lets through as many false alarms as allowed", () => {
    const rows = Array.from({ length: 1_000 }, (_, at) => ({
      label: 0 as const,
      score: at / 1_000,
    }));
    expect(measure(rows, quietThreshold(rows, 4)).falseAlarms).toBe(4);
    expect(measure(rows, quietThreshold(rows, 0)).falseAlarms).toBe(0);
  });
});
