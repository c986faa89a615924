import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  belowFloor,
  EXCEPTIONS,
  FLOORS,
  type LockedPackages,
  unknownLicences,
} from "./dependency-rules.js";
import { inRepository } from "./planted-tree.js";

const { packages } = JSON.parse(readFileSync(inRepository("package-lock.json"), "utf8")) as {
  packages: LockedPackages;
};
const names = Object.keys(packages).map((place) =>
  place.slice(place.lastIndexOf("node_modules/") + 13),
);

test("every package has a licence that the list allows, or an entry with the reason", () => {
  expect(unknownLicences(packages)).toEqual([]);
});

test("a package under another licence is seen, also inside an expression", () => {
  const planted: LockedPackages = {
    "node_modules/a": { license: "GPL-3.0-only" },
    "node_modules/b": {},
    "node_modules/c": { license: "(MIT OR GPL-2.0-only)" },
    "node_modules/d": { license: "MIT AND GPL-2.0-only" },
    "node_modules/x/node_modules/@s/e": { license: "SSPL-1.0" },
    "node_modules/lightningcss-linux-x64-gnu": { license: "MPL-2.0" },
  };
  expect(unknownLicences(planted)).toEqual([
    "a: GPL-3.0-only",
    "b: none stated",
    "d: MIT AND GPL-2.0-only",
    "@s/e: SSPL-1.0",
  ]);
});

test("no exception is kept for a package that is gone", () => {
  expect(Object.keys(EXCEPTIONS).filter((name) => !names.includes(name))).toEqual([]);
});

test("no package is below the lowest version that is safe to run", () => {
  expect(belowFloor(packages)).toEqual([]);
  expect(Object.keys(FLOORS).filter((name) => !names.includes(name))).toEqual([]);
});

test("a package below its floor is seen, wherever it lies", () => {
  const planted: LockedPackages = {
    "node_modules/hono": { version: "4.12.24" },
    "node_modules/x/node_modules/yauzl": { version: "2.10.0" },
    "node_modules/@slack/bolt": { version: "5.1.0" },
    "node_modules/@hono/node-server": { version: "2.0.0-rc.1" },
  };
  expect(belowFloor(planted).map((line) => line.split(" (")[0])).toEqual([
    "hono 4.12.24 < 4.12.25",
    "yauzl 2.10.0 < 3.4.0",
  ]);
});

test(".env.example holds no value that would open anything", () => {
  const lines = readFileSync(inRepository(".env.example"), "utf8").split("\n");
  const secrets = lines.filter((line) =>
    /^#?\s*[A-Z_]*(?:KEY|TOKEN|SECRET|PASSWORD|WEBHOOKS?)\w*=/.test(line),
  );
  expect(secrets.length).toBeGreaterThan(3);
  const usable = secrets.filter((line) => /[\w-]{24,}/.test(line.slice(line.indexOf("=") + 1)));
  expect(usable).toEqual([]);
});
