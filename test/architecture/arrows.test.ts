import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { ROOT } from "./source-files.js";

test("src/README.md draws the arrows that the code has", () => {
  const check = spawnSync(process.execPath, [".tools/arrows.mjs", "--check"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect(check.stderr).toBe("");
  expect(check.status).toBe(0);
});
