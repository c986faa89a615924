import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { runCli } from "#src/cli/cli.js";
import { openStore } from "#src/store/store.js";
import { collectingOutput } from "./collecting-output.js";

const root = mkdtempSync(path.join(os.tmpdir(), "huiyin-codes-"));
const umask = process.umask();
afterEach(() => {
  process.umask(umask);
  vi.unstubAllEnvs();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function run(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly said: string }> {
  const output = collectingOutput();
  const code = await runCli(["node", "huiyin", ...args], output);
  expect(output.lines).toEqual([]);
  return { code, said: output.said.join("\n") };
}

describe("the exit code is 2 and stderr says how to do it right", () => {
  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["without a command", [], /Usage: huiyin/],
    [
      "for a command that does not exist",
      ["anlyze"],
      /unknown command 'anlyze'[^]*Did you mean analyze/,
    ],
    [
      "for an option that does not exist",
      ["analyze", "--modee", "chat"],
      /unknown option '--modee'[^]*--mode/,
    ],
    [
      "for a value that is none of the choices",
      ["analyze", "--mode", "tweets"],
      /Allowed choices are chat, reviews/,
    ],
    [
      "for a missing option",
      ["report", "--group", "a", "--from", "2026-11-20"],
      /required option '--to <date>'/,
    ],
    [
      "for a date that is none",
      ["report", "--group", "a", "--from", "20.11.", "--to", "2026-11-20"],
      /expected a date such as 2026-11-20/,
    ],
    [
      "for days in the wrong order",
      ["report", "--group", "a", "--from", "2026-11-21", "--to", "2026-11-20"],
      /is after --to/,
    ],
    ["for a folder where a file is expected", ["parse-reply", root], /is a folder/],
    ["for a missing argument", ["backup"], /missing required argument 'file'/],
  ];
  for (const [what, args, words] of cases) {
    it(`when it is used ${what}`, async () => {
      const { code, said } = await run(...args);
      expect([code, said]).toEqual([2, expect.stringMatching(words)]);
    });
  }

  it("when a backup would overwrite a file", async () => {
    const file = path.join(root, "there");
    writeFileSync(file, "x");
    expect(await run("backup", file, "--data", root)).toMatchObject({ code: 2 });
  });
});

describe("the exit code is 1", () => {
  it("when a file is not there, naming it", async () => {
    const { code, said } = await run("analyze", path.join(root, "gone.jsonl"));
    expect([code, said]).toEqual([1, expect.stringContaining("gone.jsonl")]);
  });

  it("when there is no data yet, with what to do", async () => {
    const { code, said } = await run(
      "backup",
      path.join(root, "copy"),
      "--data",
      path.join(root, "empty"),
    );
    expect([code, said]).toEqual([1, expect.stringContaining("There is no data in")]);
  });
});

describe("data that an older version wrote", () => {
  /** A folder whose only difference to today's is that the last migration has not been noted. */
  async function olderFolder(name: string): Promise<string> {
    const folder = path.join(root, name);
    expect((await run("migrate", "--data", folder)).code).toBe(0);
    const store = await openStore({ dialect: "sqlite", file: path.join(folder, "huiyin.sqlite") });
    await store.write((tx) => tx.query(`DELETE FROM "migrations"`, []));
    await store.close();
    return folder;
  }

  const readers: readonly (readonly string[])[] = [
    ["report", "--group", "a", "--from", "2026-11-20", "--to", "2026-11-20"],
    ["export", "labels"],
    ["survey", "list"],
    ["member", "export", "a"],
    ["doctor"],
  ];
  it("is not touched by a command that only reads: it says what to run, with exit code 1", async () => {
    const folder = await olderFolder("older");
    const file = path.join(folder, "huiyin.sqlite");
    const before = readFileSync(file);
    for (const command of readers) {
      const { code, said } = await run(...command, "--data", folder);
      expect([command[0], code, said]).toEqual([
        command[0],
        1,
        expect.stringMatching(/older version[^]*huiyin migrate/),
      ]);
    }
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it("can be copied as it is", async () => {
    const folder = await olderFolder("older-copied");
    const copy = path.join(root, "older-copy.sqlite");
    expect(await run("backup", copy, "--data", folder)).toMatchObject({ code: 0 });
  });

  it("is readable after huiyin migrate", async () => {
    const folder = path.join(root, "empty-older");
    mkdirSync(folder, { mode: 0o700 });
    writeFileSync(path.join(folder, "huiyin.sqlite"), "");
    expect(await run("survey", "list", "--data", folder)).toMatchObject({ code: 1 });
    expect(await run("migrate", "--data", folder)).toMatchObject({ code: 0 });
    expect(await run("survey", "list", "--data", folder)).toMatchObject({ code: 0 });
  });
});

describe("the exit code is 78", () => {
  it("when variables cannot be used, with all of them at once", async () => {
    vi.stubEnv("HUIYIN_PORT", "loud");
    vi.stubEnv("HUIYIN_SEEN_DAYS", "1");
    const { code, said } = await run("migrate");
    expect([code, said]).toEqual([
      78,
      expect.stringMatching(/2 faults[^]*HUIYIN_PORT[^]*HUIYIN_SEEN_DAYS/),
    ]);
  });

  it("when others can look into the data folder", async () => {
    const folder = path.join(root, "open");
    mkdirSync(folder);
    chmodSync(folder, 0o755);
    expect(await run("migrate", "--data", folder)).toMatchObject({ code: 78 });
  });

  it("when the data was written by a newer version", async () => {
    const folder = path.join(root, "newer");
    expect((await run("migrate", "--data", folder)).code).toBe(0);
    const file = path.join(folder, "huiyin.sqlite");
    const store = await openStore({ dialect: "sqlite", file });
    await store.write((tx) =>
      tx.query(`INSERT INTO "migrations" ("timestamp", "name") VALUES (?, ?)`, [
        1_999_999_999_999,
        "Later1999999999999",
      ]),
    );
    await store.close();
    const { code, said } = await run("migrate", "--data", folder);
    expect([code, said]).toEqual([78, expect.stringContaining("newer version")]);
  });
});

describe("the exit code is 0", () => {
  it("for help and version", async () => {
    const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const codes = [
      (await run("--help")).code,
      (await run("--version")).code,
      (await run("analyze", "--help")).code,
    ];
    const texts = write.mock.calls.map(([text]) => String(text)).join("");
    write.mockRestore();
    expect(codes).toEqual([0, 0, 0]);
    expect(texts).toContain("parse-reply");
  });

  it("for a migration and for a copy, which holds the data", async () => {
    const folder = path.join(root, "kept");
    expect(await run("migrate", "--data", folder)).toMatchObject({ code: 0 });
    const copy = path.join(root, "kept-copy.sqlite");
    expect(await run("backup", copy, "--data", folder)).toMatchObject({ code: 0 });
    const store = await openStore({ dialect: "sqlite", file: copy });
    expect(await store.read((tx) => tx.cases.count({}))).toBe(0);
    await store.close();
  });
});
