import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, expect, test } from "vitest";
import { type CruiseReport, cruise } from "./cruise.js";
import {
  accomplices,
  plantedBreaches,
  soundTree,
  vocabularyWithImport,
} from "./planted-breaches.js";
import { type Files, inRepository, plantTree } from "./planted-tree.js";

interface Manifest {
  readonly imports: unknown;
}
interface Settings {
  readonly forbidden: readonly { readonly name: string; readonly comment: string }[];
}

const { imports } = JSON.parse(readFileSync(inRepository("package.json"), "utf8")) as Manifest;
const settings = createRequire(import.meta.url)(
  inRepository(".dependency-cruiser.cjs"),
) as Settings;
const removals: (() => void)[] = [];

function cruisePlanted(extra: Files): CruiseReport {
  const { folder, remove } = plantTree({ ...soundTree, ...extra }, imports);
  removals.push(remove);
  return cruise(folder);
}

afterAll(() => {
  for (const remove of removals) remove();
});

const planted = cruisePlanted({
  ...accomplices,
  ...Object.fromEntries(plantedBreaches.map(({ file, content }) => [file, content])),
});
const rulesThatSpokeUpFor = (file: string): readonly string[] =>
  planted.breaches.filter(({ from }) => from === file).map(({ rule }) => rule);

test("a tree in which every import is allowed raises no rule", () => {
  const report = cruisePlanted({});
  expect(report.breaches).toEqual([]);
  expect(report.files).toEqual(expect.arrayContaining(Object.keys(soundTree).filter(isProduct)));
});

test.each(plantedBreaches)("$rule speaks up for $file", ({ rule, file }) => {
  expect(rulesThatSpokeUpFor(file)).toContain(rule);
});

test("a file that the program never reaches is found", () => {
  const unreached = planted.breaches
    .filter(({ rule }) => rule === "each-file-is-reached")
    .map(({ to }) => to);
  expect(unreached).toContain("src/shared/one.ts");
  expect(unreached).not.toContain("src/surveys/run-service.ts");
});

test("the vocabulary cannot import anything", () => {
  const report = cruisePlanted(vocabularyWithImport);
  expect(report.breaches.map(({ rule }) => rule)).toContain("vocabulary-imports-nothing");
});

test("each rule has a planted breach and tells what to do instead", () => {
  const tried = new Set(plantedBreaches.map(({ rule }) => rule));
  tried.add("each-file-is-reached").add("vocabulary-imports-nothing");
  const untried = settings.forbidden.filter(({ name }) => !tried.has(name));
  expect(untried).toEqual([]);
  for (const { comment } of settings.forbidden) expect(comment.length).toBeGreaterThan(40);
});

function isProduct(file: string): boolean {
  return /^(?:src|adapters|entities)\//.test(file);
}
