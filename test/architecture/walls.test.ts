import { expect, test } from "vitest";
import { cruise } from "./cruise.js";
import { ROOT, sourceFiles } from "./source-files.js";

const report = cruise(ROOT);

test("the cruise sees every source file", () => {
  // A cruise that sees nothing reports no breach either; this is what makes the next test worth something.
  const seen = new Set(report.files);
  const unseen = sourceFiles().filter((file) => !file.endsWith(".d.ts") && !seen.has(file));
  expect(unseen).toEqual([]);
  expect(report.files.length).toBeGreaterThan(50);
});

test("no import crosses a wall", () => {
  const lines = report.breaches.map(({ rule, from, to }) => `${rule}: ${from} → ${to}`);
  expect(lines).toEqual([]);
});
