import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadWechatConfig, WECHAT_VARIABLES } from "#src/app/wechat-config.js";

const ZONE = "Asia/Shanghai";
const TOKEN = "insecure_d5f5a8b1-6f0f-4b5a-9a3e-1f0c6b6f0a11";

function faultsOf(env: Readonly<Record<string, string>>): string {
  try {
    loadWechatConfig(env, ZONE);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

describe("the configuration of WeChat", () => {
  it("is off while no puppet is named, whatever the sending rules say", () => {
    expect(loadWechatConfig({}, ZONE)).toBeNull();
    expect(
      loadWechatConfig({ HUIYIN_WECHAT_PUPPET: "", HUIYIN_WECHAT_TLS: "on" }, ZONE),
    ).toBeNull();
  });

  it.each([
    ["mock", "wechaty-puppet-mock"],
    ["Wechat4u", "wechaty-puppet-wechat4u"],
    ["wechaty-puppet-padlocal", "wechaty-puppet-padlocal"],
    ["@juzi/wechaty-puppet-service", "@juzi/wechaty-puppet-service"],
  ])("knows the puppet %s as %s", (name, puppet) => {
    expect(loadWechatConfig({ HUIYIN_WECHAT_PUPPET: name }, ZONE)).toMatchObject({
      puppet,
      stableIds: false,
      endpoint: null,
      token: null,
    });
  });

  it("connects to a service by token and endpoint, sends nothing unless told, and hides the token", () => {
    const config = loadWechatConfig(
      {
        HUIYIN_WECHAT_PUPPET: "service",
        HUIYIN_WECHAT_TOKEN: TOKEN,
        HUIYIN_WECHAT_ENDPOINT: "127.0.0.1:8788",
        HUIYIN_WECHAT_TLS: "off",
        HUIYIN_WECHAT_STABLE_IDS: "yes",
      },
      ZONE,
    );
    expect(config).toMatchObject({
      puppet: "wechaty-puppet-service",
      endpoint: "127.0.0.1:8788",
      tls: false,
      stableIds: true,
      rules: { sending: false, timeZone: ZONE },
    });
    expect(config?.token?.reveal()).toBe(TOKEN);
    expect(JSON.stringify(config)).not.toContain(TOKEN);
  });

  it("takes the token from a file", () => {
    const file = join(mkdtempSync(join(tmpdir(), "huiyin-token-")), "token");
    writeFileSync(file, `${TOKEN}\n`);
    const env = { HUIYIN_WECHAT_PUPPET: "service", HUIYIN_WECHAT_TOKEN_FILE: file };
    expect(loadWechatConfig(env, ZONE)?.token?.reveal()).toBe(TOKEN);
    const absent = { ...env, HUIYIN_WECHAT_TOKEN_FILE: `${file}-not` };
    expect(faultsOf(absent)).toContain("HUIYIN_WECHAT_TOKEN_FILE: expected a file");
  });

  it("names every fault at once, and no value", () => {
    const told = faultsOf({
      HUIYIN_WECHAT_PUPPET: "../puppet",
      HUIYIN_WECHAT_TOKEN: "short 1",
      HUIYIN_WECHAT_ENDPOINT: "127.0.0.1:99999",
      HUIYIN_WECHAT_TLS: "maybe",
      HUIYIN_WECHAT_STABLE_IDS: "perhaps",
      HUIYIN_WECHAT_PER_MINUTE: "1000",
    });
    for (const name of [...WECHAT_VARIABLES, "HUIYIN_WECHAT_PER_MINUTE"])
      expect(told).toContain(`${name}: expected`);
    expect(told).toContain("6 faults");
    expect(told).not.toMatch(/short 1|99999/);
  });

  it.each([
    [{ HUIYIN_WECHAT_TOKEN: TOKEN }, "HUIYIN_WECHAT_PUPPET: expected mock, service"],
    [{ HUIYIN_WECHAT_PUPPET: "service" }, "HUIYIN_WECHAT_TOKEN: expected the token"],
    [
      { HUIYIN_WECHAT_PUPPET: "wechat4u", HUIYIN_WECHAT_ENDPOINT: "127.0.0.1:1" },
      "HUIYIN_WECHAT_PUPPET: expected service, because an endpoint is set",
    ],
    [
      {
        HUIYIN_WECHAT_PUPPET: "service",
        HUIYIN_WECHAT_TOKEN: TOKEN,
        HUIYIN_WECHAT_ENDPOINT: "puppet.example:8788",
        HUIYIN_WECHAT_TLS: "off",
      },
      "HUIYIN_WECHAT_TLS: expected on",
    ],
  ])("says what is missing of %j", (env, told) => {
    expect(faultsOf(env as Record<string, string>)).toContain(told);
  });
});
