import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { run, start } from "../support/command-line.js";

const folder = mkdtempSync(path.join(os.tmpdir(), "huiyin-demo-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LINK = /(http:\/\/127\.0\.0\.1:\d+)\/#\/in\?t=(\S+)/;

describe("huiyin demo", () => {
  it("answers on this machine, prints the one-time link as its last line, and ends cleanly when told to", async () => {
    const data = path.join(folder, "demo");
    const { child, ended } = start(["demo", "--data", data, "--port", "0", "--no-open"]);
    const link = await new Promise<RegExpExecArray>((resolve, reject) => {
      let out = "";
      child.stdout?.on("data", (text: string) => {
        out += text;
        const found = LINK.exec(out);
        if (found !== null) resolve(found);
      });
      void ended.then(({ err }) => reject(new Error(`it ended by itself: ${err}`)));
    });
    const [, address = "", token = ""] = link;
    const headers = { "content-type": "application/json", origin: address };
    const body = JSON.stringify({ token });
    const claim = () => fetch(`${address}/api/v1/access/claim`, { method: "POST", headers, body });
    const claimed = await claim();
    expect(claimed.status).toBe(200);
    expect((await claim()).status).not.toBe(200);
    const cookie = claimed.headers.get("set-cookie")?.split(";")[0] ?? "";
    const state = (await (
      await fetch(`${address}/api/v1/simulator`, { headers: { cookie } })
    ).json()) as Record<string, unknown>;
    expect(state).toMatchObject({ seeding: null, rate: 1 });
    const second = await run(["demo", "--data", data, "--port", "0", "--no-open"]);
    expect(second.code).not.toBe(0);
    expect(second.err).toContain("is in use by process");
    child.kill("SIGTERM");
    const { code, out, err } = await ended;
    expect(code).toBe(0);
    expect(out.trim().split("\n")).toHaveLength(1);
    expect(err).toContain("three weeks");
    expect(err).toContain(data);
  }, 240_000);

  it("plays the written day in the terminal and ends", async () => {
    const data = path.join(folder, "play");
    const { code, err } = await run(["demo", "--play", "--speed", "0", "--data", data]);
    expect(code).toBe(0);
    expect(err).toContain("↳ 投诉 #1");
    expect(err).toContain("记下一票");
    expect(err).toContain("The day is over");
    expect(existsSync(path.join(data, "huiyin.sqlite"))).toBe(true);
  }, 120_000);

  it("never empties a folder that holds something else", async () => {
    const data = mkdtempSync(path.join(folder, "own-"));
    writeFileSync(path.join(data, "diary.txt"), "mine");
    const { code, err } = await run(["demo", "--data", data, "--port", "0", "--no-open"]);
    expect(code).toBe(2);
    expect(err).toContain("name an empty folder");
    expect(readdirSync(data)).toEqual(["diary.txt"]);
  }, 60_000);

  it.each([
    ["a port that is none", ["--port", "70000"], {}, /port/],
    [
      "an address of other machines",
      ["--port", "0"],
      { HUIYIN_HOST: "0.0.0.0" },
      /this machine alone/,
    ],
  ] as const)(
    "refuses %s",
    async (_what, args, env, words) => {
      const data = mkdtempSync(path.join(folder, "refused-"));
      const { code, err } = await start(["demo", "--data", data, "--no-open", ...args], { env })
        .ended;
      expect(code).not.toBe(0);
      expect(err).toMatch(words);
    },
    60_000,
  );
});
