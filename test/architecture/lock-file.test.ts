import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inRepository } from "./planted-tree.js";

interface LockEntry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}
interface LockFile {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, LockEntry>>;
}
type Pins = Readonly<Record<string, string>>;
interface Manifest {
  readonly dependencies: Pins;
  readonly optionalDependencies?: Pins;
  readonly devDependencies: Pins;
  readonly overrides?: Pins;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

const read = (file: string): unknown => JSON.parse(readFileSync(inRepository(file), "utf8"));
const lock = read("package-lock.json") as LockFile;
const manifest = read("package.json") as Manifest;
const entries = Object.entries(lock.packages).filter(([place]) => place !== "");
const nameOf = (place: string): string => place.slice(place.lastIndexOf("node_modules/") + 13);

const EXACT = /^(?:npm:(?:@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/;
const REGISTRY = "https://registry.npmjs.org/";

test("the lock file has version 3 and is not empty", () => {
  expect(lock.lockfileVersion).toBe(3);
  expect(entries.length).toBeGreaterThan(100);
});

test("every package in the lock file is held by a sha512", () => {
  const loose = entries.filter(([, entry]) => !entry.integrity?.startsWith("sha512-"));
  expect(loose.map(([place]) => place)).toEqual([]);
});

test("every package comes from the registry, none from git, a URL, a file or a folder", () => {
  const foreign = entries.filter(
    ([, { resolved, link }]) =>
      link === true || (resolved !== undefined && !resolved.startsWith(REGISTRY)),
  );
  expect(foreign.map(([place]) => place)).toEqual([]);
});

test("package.json pins exact versions", () => {
  const pins = Object.entries({
    ...manifest.dependencies,
    ...manifest.optionalDependencies,
    ...manifest.devDependencies,
    ...manifest.overrides,
  });
  expect(pins.filter(([, version]) => !EXACT.test(version))).toEqual([]);
  expect(pins.length).toBeGreaterThan(10);
});

test("each package with an install script is named under allowScripts", () => {
  const scripted = entries
    .filter(([, entry]) => entry.hasInstallScript === true)
    .map(([place]) => nameOf(place));
  expect(scripted.filter((name) => !(name in manifest.allowScripts))).toEqual([]);
});

test("the package `node` is not installed: its program would take over every script", () => {
  expect(entries.map(([place]) => nameOf(place))).not.toContain("node");
});

test("allowScripts names no package that is gone", () => {
  const scripted = new Set(
    entries.filter(([, entry]) => entry.hasInstallScript === true).map(([place]) => nameOf(place)),
  );
  expect(Object.keys(manifest.allowScripts).filter((name) => !scripted.has(name))).toEqual([]);
});
