import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { lockDataFolder, prepareDataFolder } from "#src/app/data-folder.js";
import { isAppError } from "#src/shared/app-error.js";

const root = mkdtempSync(path.join(os.tmpdir(), "huiyin-folder-"));
const before = process.umask();
afterAll(() => {
  process.umask(before);
  rmSync(root, { recursive: true, force: true });
});

let folder = "";
let count = 0;
beforeEach(() => {
  process.umask(0o022);
  count += 1;
  folder = path.join(root, String(count), "data");
});

function refusal(work: () => unknown): string {
  try {
    work();
    return "";
  } catch (error) {
    return isAppError(error, "invalid-config") ? error.message : `another error: ${String(error)}`;
  }
}

describe("the data folder", () => {
  it("is made for the service's own user, and so is what is written afterwards", () => {
    prepareDataFolder(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    writeFileSync(path.join(folder, "x"), "");
    expect(statSync(path.join(folder, "x")).mode & 0o777).toBe(0o600);
    prepareDataFolder(folder);
  });

  it("is refused when others can look into it, with the line that mends it", () => {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o755);
    expect(refusal(() => prepareDataFolder(folder))).toContain(`chmod 700 ${folder}`);
    chmodSync(folder, 0o700);
    expect(refusal(() => prepareDataFolder(folder))).toBe("");
  });

  it("is refused where it cannot be made or written, naming the variable", () => {
    mkdirSync(path.dirname(folder), { recursive: true });
    writeFileSync(folder, "a file");
    expect(refusal(() => prepareDataFolder(path.join(folder, "below")))).toContain("HUIYIN_DATA");
    expect(refusal(() => lockDataFolder(folder))).toContain("HUIYIN_DATA");
  });

  it("belongs to one process at a time: the second is told whose it is, until the first lets go", () => {
    prepareDataFolder(folder);
    const unlock = lockDataFolder(folder);
    expect(refusal(() => lockDataFolder(folder))).toContain(
      `in use by process ${String(process.pid)}`,
    );
    unlock();
    const again = lockDataFolder(folder);
    again();
    expect(existsSync(path.join(folder, "huiyin.lock"))).toBe(true);
  });
});

const asRoot = process.getuid?.() === 0;
if (asRoot)
  process.stderr.write("SKIPPED: a folder without the right to write: root may write anywhere\n");

describe.runIf(!asRoot)("a folder without the right to write", () => {
  it("is refused", () => {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o500);
    expect(refusal(() => prepareDataFolder(folder))).toContain("cannot be written");
  });
});
