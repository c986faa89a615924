import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { inspect } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { CONFIG_VARIABLES, type Config, loadConfig, storeLocation } from "#src/app/config.js";
import { SLACK_VARIABLES } from "#src/app/slack-config.js";
import { WECHAT_VARIABLES } from "#src/app/wechat-config.js";
import { readSendRules, WECHAT_SEND_VARIABLES } from "#src/app/wechat-send-config.js";
import { WECOM_VARIABLES } from "#src/app/wecom-config.js";
import { isAppError } from "#src/shared/app-error.js";

const CANARY = "canary-f00d-password";
const folder = mkdtempSync(path.join(os.tmpdir(), "huiyin-config-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function faultsOf(env: Readonly<Record<string, string>>): string {
  try {
    loadConfig(env);
    return "";
  } catch (error) {
    expect(isAppError(error, "invalid-config")).toBe(true);
    return error instanceof Error ? error.message : "";
  }
}

describe("the configuration", () => {
  it("has a default for everything", () => {
    expect(loadConfig({})).toEqual({
      dataFolder: "./data",
      databaseUrl: null,
      host: "127.0.0.1",
      port: 8080,
      language: "zh",
      timeZone: "Asia/Shanghai",
      botNames: ["小助手", "团购小助手"],
      staffRooms: [{ platform: "simulated", conversationId: "staff" }],
      groupStaffRooms: new Map(),
      publicUrl: null,
      ownerPassword: null,
      logLevel: "info",
      seenDays: 14,
      secondOpinion: null,
    } satisfies Config);
  });

  it("takes an empty variable for one that is not set", () => {
    const empty = Object.fromEntries(
      CONFIG_VARIABLES.map((name) => [name, name.length % 2 ? "" : "  "]),
    );
    expect(loadConfig(empty)).toEqual(loadConfig({}));
  });

  it("reads names and rooms as people write them", () => {
    const config = loadConfig({
      HUIYIN_BOT_NAMES: "@小回，回音 , Huiyin",
      HUIYIN_STAFF_ROOMS: "slack/C0123, wechat/room/with/slashes",
      HUIYIN_GROUP_STAFF_ROOMS: "阳光里3群=wecom/店长群, slack/C9 = slack/C0123",
      HUIYIN_PORT: "0",
    });
    expect([...config.groupStaffRooms]).toEqual([
      ["阳光里3群", { platform: "wecom", conversationId: "店长群" }],
      ["slack/C9", { platform: "slack", conversationId: "C0123" }],
    ]);
    expect(config.botNames).toEqual(["小回", "回音", "Huiyin"]);
    expect(config.staffRooms).toEqual([
      { platform: "slack", conversationId: "C0123" },
      { platform: "wechat", conversationId: "room/with/slashes" },
    ]);
    expect(config.port).toBe(0);
  });

  it("tells all faults at once, each with variable, what was expected and an example, never the value", () => {
    const message = faultsOf({
      DATABASE_URL: `mysql://huiyin:${CANARY}@db/huiyin`,
      HUIYIN_PORT: "99999",
      HUIYIN_LANGUAGE: "fr",
      HUIYIN_TIME_ZONE: "Asia/Shanghia",
      HUIYIN_BOT_NAMES: "a,,b",
      HUIYIN_STAFF_ROOMS: "nowhere",
      HUIYIN_LOG_LEVEL: "loud",
    });
    expect(message.split("\n")[0]).toBe("The configuration has 7 faults:");
    expect(message.split("\n").slice(1)).toEqual([
      expect.stringMatching(/^ {2}DATABASE_URL: expected .*, for example DATABASE_URL=postgres:/),
      "  HUIYIN_PORT: expected a port from 0 to 65535, for example HUIYIN_PORT=8080",
      "  HUIYIN_LANGUAGE: expected zh or en, for example HUIYIN_LANGUAGE=zh",
      "  HUIYIN_TIME_ZONE: expected an IANA time zone, for example HUIYIN_TIME_ZONE=Asia/Shanghai",
      expect.stringContaining("HUIYIN_BOT_NAMES: expected names separated by commas"),
      expect.stringContaining("HUIYIN_STAFF_ROOMS: expected platform/conversation pairs"),
      "  HUIYIN_LOG_LEVEL: expected debug, info, warn or error, for example HUIYIN_LOG_LEVEL=info",
    ]);
    expect(message).not.toContain(CANARY);
  });

  for (const [name, values] of Object.entries({
    HUIYIN_PORT: ["-1", "80.5", "http", "65536"],
    HUIYIN_SEEN_DAYS: ["1", "91", "two"],
    DATABASE_URL: ["localhost", "postgres", "https://db"],
    HUIYIN_BOT_NAMES: [",", "x".repeat(21)],
    HUIYIN_STAFF_ROOMS: ["simulated/", "/staff", "a b/c"],
    HUIYIN_GROUP_STAFF_ROOMS: ["阳光里3群", "=wecom/a", "x=wecom", "a=b=c/d"],
  })) {
    it(`refuses what ${name} cannot be`, () => {
      for (const value of values)
        expect(faultsOf({ [name]: value })).toContain(`${name}: expected`);
    });
  }

  it("reads a variable from a file, and names a file that is not there", () => {
    const file = path.join(folder, "database-url");
    writeFileSync(file, `postgres://u:${CANARY}@db:5432/h\n`);
    const config = loadConfig({ DATABASE_URL_FILE: file });
    expect(storeLocation(config)).toEqual({
      dialect: "postgres",
      url: `postgres://u:${CANARY}@db:5432/h`,
    });
    expect(faultsOf({ DATABASE_URL_FILE: `${file}.gone` })).toContain(
      "DATABASE_URL_FILE: expected a file that can be read",
    );
  });

  it("never shows a secret, however it is printed", () => {
    const config = loadConfig({ DATABASE_URL: `postgres://u:${CANARY}@db/h` });
    const { databaseUrl } = config;
    const printed = [
      JSON.stringify(config),
      inspect(config, { depth: 9, showHidden: true }),
      `${String(databaseUrl)} ${databaseUrl?.toString() ?? ""}`,
      JSON.stringify({ ...databaseUrl }),
      inspect(structuredCloneable(databaseUrl)),
    ].join("\n");
    expect(printed).not.toContain(CANARY);
    expect(printed).toContain("[secret]");
    expect(databaseUrl?.reveal()).toContain(CANARY);
  });

  it("without a database address is the file in the data folder", () => {
    expect(storeLocation({ databaseUrl: null, dataFolder: "/srv/huiyin" })).toEqual({
      dialect: "sqlite",
      file: "/srv/huiyin/huiyin.sqlite",
    });
  });
});

/** What spreading and cloning can reach of a value. */
function structuredCloneable(value: unknown): unknown {
  return Object.assign({}, value);
}

describe(".env.example", () => {
  const text = readFileSync(new URL("../../../.env.example", import.meta.url), "utf8");
  const lines = text.split("\n").filter((line) => /^[A-Z_]+=/.test(line));
  const values = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );

  it("sets each variable once, and none that does not exist", () => {
    expect(lines.map((line) => line.slice(0, line.indexOf("="))).toSorted()).toEqual(
      [
        ...CONFIG_VARIABLES,
        ...SLACK_VARIABLES,
        ...WECHAT_SEND_VARIABLES,
        ...WECHAT_VARIABLES,
        ...WECOM_VARIABLES,
      ].toSorted(),
    );
  });

  it("explains each variable in the lines above it", () => {
    for (const name of [
      ...CONFIG_VARIABLES,
      ...SLACK_VARIABLES,
      ...WECHAT_SEND_VARIABLES,
      ...WECHAT_VARIABLES,
      ...WECOM_VARIABLES,
    ]) {
      const above =
        text
          .slice(0, text.indexOf(`\n${name}=`))
          .split("\n\n")
          .at(-1) ?? "";
      expect(`${name}: ${above}`).toMatch(/^\w+: #/);
    }
  });

  it("shows the defaults and holds no secret that could be used", () => {
    expect(loadConfig(values)).toEqual(loadConfig({}));
    expect(readSendRules(values, "Asia/Shanghai", [])).toEqual(
      readSendRules({}, "Asia/Shanghai", []),
    );
    expect(values["DATABASE_URL"]).toBe("");
    const invented = text.replaceAll("postgres://user:password@host:5432/database", "");
    expect(invented).not.toMatch(/:\/\/[^\s]*:[^\s]*@/);
    for (const value of Object.values(values)) expect(value).not.toMatch(/[A-Za-z0-9+/=_-]{20,}/);
  });
});
