import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadWechaty, requirePuppet } from "#adapters/wechat/load-wechaty.js";
import { prepareSessionFile, protectSessionFile } from "#adapters/wechat/session-file.js";
import { loadWechatConfig } from "#src/app/wechat-config.js";
import { buildWechat, type WechatParts } from "#src/app/wechat-wiring.js";
import { manualClock } from "#src/shared/clock.js";
import { type Logger, silentLogger } from "#src/shared/logger.js";
import { openStore } from "#src/store/store.js";
import { TestPuppet } from "../../support/wechat/test-puppet.js";

const NOW = Date.parse("2026-11-20T10:00:00+08:00");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "huiyin-session-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}

describe("the session file", () => {
  const path = (): string => join(folder, "wechat.memory-card.json");

  it("is there for its owner alone before anything secret is in it", () => {
    const session = prepareSessionFile(folder, NOW);
    expect(session).toEqual({ name: join(folder, "wechat"), path: path(), setAside: null });
    expect(modeOf(path())).toBe(0o600);
  });

  it("that others could read is taken from them, and its log-in is kept", () => {
    writeFileSync(path(), '{"puppet":{"session":1}}', { mode: 0o644 });
    chmodSync(path(), 0o644);
    expect(prepareSessionFile(folder, NOW).setAside).toBeNull();
    expect(modeOf(path())).toBe(0o600);
    expect(readFileSync(path(), "utf8")).toContain("session");
    chmodSync(path(), 0o644);
    protectSessionFile({ path: path() });
    expect(modeOf(path())).toBe(0o600);
  });

  it.each(["", '{"puppet":{"ses', "null", "[]", "\u0000\u0000"])(
    "that holds %j is put aside, and a new one begins",
    (content) => {
      writeFileSync(path(), content);
      const { setAside } = prepareSessionFile(folder, NOW);
      expect(setAside).toBe(join(folder, `wechat-broken-${String(NOW)}.memory-card.json`));
      expect(readFileSync(setAside ?? "", "utf8")).toBe(content);
      expect(modeOf(setAside ?? "")).toBe(0o600);
      expect(readFileSync(path(), "utf8")).toBe("{}");
    },
  );

  it("that cannot be written is a fault of the configuration, with the remedy", () => {
    expect(() => prepareSessionFile(join(folder, "nowhere"), NOW)).toThrow(/HUIYIN_DATA/);
  });
});

describe("wechaty", () => {
  it("that is not installed is asked for with the command that installs it", async () => {
    const absent = async (): Promise<never> => {
      const error = new Error("Cannot find package 'wechaty'");
      throw Object.assign(error, { code: "ERR_MODULE_NOT_FOUND" });
    };
    await expect(loadWechaty(absent)).rejects.toMatchObject({
      code: "invalid-config",
      message:
        "WeChat is switched on, but the package wechaty is not installed. Run: npm install wechaty@1.20.2",
    });
  });

  it("that is broken is asked for again", async () => {
    const broken = async (): Promise<never> => {
      throw new Error("Unexpected token");
    };
    await expect(loadWechaty(broken)).rejects.toMatchObject({
      code: "invalid-config",
      message: expect.stringContaining("cannot be loaded. Run again: npm install") as string,
    });
  });

  it("takes a puppet by the name of its package, and names the command for one that is missing", () => {
    expect(() => requirePuppet("wechaty-puppet-mock")).not.toThrow();
    expect(() => requirePuppet("wechaty-puppet-not-there")).toThrow(
      "the package wechaty-puppet-not-there is not installed. Run: npm install wechaty-puppet-not-there",
    );
    for (const name of ["../evil", "a b", "", "http://x/y.tgz"])
      expect(() => requirePuppet(name)).toThrow(/not the name of an npm package/);
  });
});

describe("the start", () => {
  const lines: string[] = [];
  const keep = (_fields: object, message: string): void => void lines.push(message);
  const logger: Logger = { ...silentLogger, warn: keep };

  async function built(more: Partial<WechatParts> = {}, puppetName = "mock") {
    const config = loadWechatConfig({ HUIYIN_WECHAT_PUPPET: puppetName }, "Asia/Shanghai");
    if (config === null) throw new Error("WeChat is not configured");
    const store = await openStore({ dialect: "sqlite", file: ":memory:" });
    const clock = manualClock(NOW);
    try {
      const { adapter } = await buildWechat({
        ...{ config, store, clock, logger, dataFolder: folder, staffRooms: [], terminal: null },
        ids: { next: () => "id" },
        random: () => 0.5,
        botNames: ["小助手"],
        language: "zh",
        ...more,
      });
      return { adapter, close: () => store.close() };
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  it("draws the code in the terminal, once for each, and keeps it out of the log", async () => {
    const puppet = new TestPuppet();
    puppet.self = null;
    const drawn: string[] = [];
    const terminal = { write: (text: string) => drawn.push(text) };
    const { adapter, close } = await built({ puppet, terminal });
    await adapter.start({ accept: async () => "accepted" });
    for (const code of ["https://login.weixin.qq.com/l/one", "https://login.weixin.qq.com/l/one"])
      puppet.emit("scan", { qrcode: code, status: 2 });
    puppet.emit("scan", { qrcode: "https://login.weixin.qq.com/l/two", status: 2 });
    await adapter.stop();
    await close();
    expect(drawn).toHaveLength(2);
    expect(drawn[0]).toMatch(/扫这个码[\s\S]*█/);
    expect(lines.join("\n")).not.toContain("login.weixin");
    expect(lines.join("\n")).toContain("只收不发");
  });

  it("points to the console where there is no terminal", async () => {
    const puppet = new TestPuppet();
    puppet.self = null;
    const { adapter, close } = await built({ puppet });
    await adapter.start({ accept: async () => "accepted" });
    puppet.emit("scan", { qrcode: "https://login.weixin.qq.com/l/one", status: 2 });
    await adapter.stop();
    await close();
    expect(lines.at(-1)).toContain("控制台");
  });

  it("with a broken session file says where it was put", async () => {
    writeFileSync(join(folder, "wechat.memory-card.json"), "");
    const { close } = await built({ puppet: new TestPuppet() });
    await close();
    const [broken = ""] = lines.filter((line) => line.includes("已损坏"));
    expect(existsSync(/另存为 ([^。]+)。/.exec(broken)?.[1] ?? "")).toBe(true);
  });

  it("by the name of a puppet runs it, and without its package ends with the command", async () => {
    const { adapter, close } = await built();
    await adapter.start({ accept: async () => "accepted" });
    expect(adapter.sessionView()).toMatchObject({ state: "starting", account: null });
    await adapter.stop();
    await close();
    await expect(built({}, "wechaty-puppet-not-there")).rejects.toMatchObject({
      code: "invalid-config",
      message: expect.stringContaining("npm install wechaty-puppet-not-there") as string,
    });
  });
});
