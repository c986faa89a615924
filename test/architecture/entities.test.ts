import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inRepository } from "./planted-tree.js";
import { sourceFiles } from "./source-files.js";

const index = readFileSync(inRepository("entities/index.ts"), "utf8");
const entityFiles = sourceFiles(["entities"]).filter((file) =>
  readFileSync(inRepository(file), "utf8").includes("@Entity("),
);

test("every file with an @Entity class is registered in entities/index.ts", () => {
  // A class that is not in the list has no table, and the compiler does not mind.
  const forgotten = entityFiles.filter((file) => {
    const name = file.slice("entities/".length, -".ts".length);
    return !index.includes(`"./${name}.js"`);
  });
  expect(forgotten).toEqual([]);
  expect(entityFiles.length).toBeGreaterThan(10);
});

test("entities/index.ts names each entity class of its file", () => {
  const unnamed = entityFiles.flatMap((file) => {
    const text = readFileSync(inRepository(file), "utf8");
    const classes = [...text.matchAll(/^export class (\w+)/gm)].map((match) => match[1] ?? "");
    return classes.filter((name) => !new RegExp(`\\b${name}\\b`).test(index));
  });
  expect(unnamed).toEqual([]);
});
