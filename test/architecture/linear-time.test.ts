import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { check } from "recheck";
import { expect, test } from "vitest";
import { inRepository } from "./planted-tree.js";
import { expressionsOf, type FoundExpression, findExpressions } from "./regular-expressions.js";
import { sourceFiles } from "./source-files.js";

/** What the analysis said of one expression: linear or not, and the complexity in words. */
type Verdicts = Record<string, string>;

const SAFE = "safe";
const ONE_EXPRESSION_LIMIT_MS = 10_000;
const WHOLE_TREE_LIMIT_MS = 120_000;
const { version } = createRequire(import.meta.url)("recheck/package.json") as { version: string };
/** Kept between runs beside the packages: an expression that did not change is not analysed again. */
const CACHE = inRepository(`node_modules/.cache/huiyin/recheck-${version}-proof.json`);

function readCache(): Verdicts {
  try {
    return JSON.parse(readFileSync(CACHE, "utf8")) as Verdicts;
  } catch {
    return {};
  }
}

function writeCache(verdicts: Verdicts): void {
  mkdirSync(path.dirname(CACHE), { recursive: true });
  writeFileSync(CACHE, JSON.stringify(verdicts));
}

/** The proof by automata; its limits are raised so that counted repetitions do not end it. */
const PROOF = {
  checker: "automaton",
  maxNFASize: 2_000_000,
  maxRepeatCount: 100,
  timeout: ONE_EXPRESSION_LIMIT_MS,
} as const;
/** The search for a slow input, for what automata cannot express (look-around, back references). */
const SEARCH = { checker: "fuzz", randomSeed: 1, timeout: ONE_EXPRESSION_LIMIT_MS } as const;

async function analyse({ source, flags }: FoundExpression): Promise<string> {
  const proof = await check(source, flags, PROOF);
  const found = proof.status === "unknown" ? await check(source, flags, SEARCH) : proof;
  if (found.status === "safe") return SAFE;
  if (found.status === "unknown") return `not decided (${found.error.kind}); make it simpler`;
  return `${found.complexity.summary}, for instance on ${JSON.stringify(found.attack.pattern)}`;
}

/** Analyses one after another; the answers of earlier runs are reused, undecided ones are not. */
async function analyseAll(expressions: readonly FoundExpression[]): Promise<Verdicts> {
  const known = readCache();
  const verdicts: Verdicts = {};
  for (const expression of expressions) {
    const key = `/${expression.source}/${expression.flags}`;
    verdicts[key] ??= known[key] ?? (await analyse(expression));
  }
  writeCache(
    Object.fromEntries(Object.entries(verdicts).filter(([, said]) => !said.startsWith("not "))),
  );
  return verdicts;
}

test("the finder sees literals, constructors and their lines", () => {
  const code = 'const a = /x\\/y/gu;\nconst b = new RegExp("p+", "i");\nconst c = "/no/";';
  expect(findExpressions(code, "some.ts")).toEqual([
    { source: "x\\/y", flags: "gu", at: "some.ts:1" },
    { source: "p+", flags: "i", at: "some.ts:2" },
  ]);
});

test("a bounded repetition counts as linear", async () => {
  const source = "[\\w.+-]{1,64}@[\\w-]{1,64}(?:\\.[\\w-]{1,32}){1,4}";
  expect(await analyse({ source, flags: "gu", at: "here" })).toBe(SAFE);
});

test.each([
  ["^(a+)+$", "nested quantifiers"],
  ["\\s+$", "a blank run before the end"],
])("the analysis finds %s (%s)", async (source) => {
  expect(await analyse({ source, flags: "", at: "here" })).not.toBe(SAFE);
});

test(
  "every regular expression of the product runs in linear time",
  async () => {
    const expressions = sourceFiles(["src", "adapters"]).flatMap(expressionsOf);
    const verdicts = await analyseAll(expressions);
    const slow = expressions.flatMap(({ source, flags, at }) => {
      const said = verdicts[`/${source}/${flags}`];
      return said === SAFE ? [] : [`${at} /${source}/${flags}: ${said}`];
    });
    expect(slow).toEqual([]);
  },
  WHOLE_TREE_LIMIT_MS,
);
