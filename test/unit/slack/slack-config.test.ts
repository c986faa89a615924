import { describe, expect, it } from "vitest";
import { manifestOf, manifestYaml, SCOPES } from "#adapters/slack/manifest.js";
import { loadSlackConfig, SLACK_VARIABLES } from "#src/app/slack-config.js";

const SECRET = "0123456789abcdef";
const ADDRESS = "https://huiyin.example";

describe("Slack's configuration", () => {
  it("is none when nothing is set, and complete with a secret and a token", () => {
    expect(loadSlackConfig({ HUIYIN_PORT: "1" }, null)).toBeNull();
    const config = loadSlackConfig(
      { HUIYIN_SLACK_SIGNING_SECRET: SECRET, HUIYIN_SLACK_BOT_TOKEN: "xoxb-123456" },
      null,
    );
    expect(config).toMatchObject({ transport: { kind: "http" }, oauth: null, teams: [] });
    expect(JSON.stringify(config)).not.toContain("xoxb-");
  });

  it("uses a socket with an app token, and a browser with the app's own id and secret", () => {
    const socket = loadSlackConfig(
      { HUIYIN_SLACK_APP_TOKEN: "xapp-123456", HUIYIN_SLACK_BOT_TOKEN: "xoxb-123456" },
      null,
    );
    expect(socket?.transport.kind).toBe("socket");
    const browser = loadSlackConfig(
      {
        HUIYIN_SLACK_SIGNING_SECRET: SECRET,
        HUIYIN_SLACK_CLIENT_ID: "1.2",
        HUIYIN_SLACK_CLIENT_SECRET: SECRET,
        HUIYIN_SECRET_KEY: SECRET + SECRET,
        HUIYIN_SLACK_TEAMS: "T012,T034",
      },
      ADDRESS,
    );
    expect(browser?.oauth?.publicUrl).toBe(ADDRESS);
    expect(browser?.teams).toEqual(["T012", "T034"]);
  });

  it.each([
    [{ HUIYIN_SLACK_SIGNING_SECRET: "short" }, "HUIYIN_SLACK_SIGNING_SECRET"],
    [
      { HUIYIN_SLACK_SIGNING_SECRET: " ".repeat(20), HUIYIN_SLACK_BOT_TOKEN: "xoxb-123456" },
      "HUIYIN_SLACK_SIGNING_SECRET",
    ],
    [{ HUIYIN_SLACK_SIGNING_SECRET: SECRET }, "HUIYIN_SLACK_BOT_TOKEN"],
    [{ HUIYIN_SLACK_BOT_TOKEN: "xoxp-123456" }, "HUIYIN_SLACK_BOT_TOKEN"],
    [
      {
        HUIYIN_SLACK_SIGNING_SECRET: SECRET,
        HUIYIN_SLACK_BOT_TOKEN: "xoxb-123456",
        HUIYIN_SLACK_TEAMS: "me",
      },
      "HUIYIN_SLACK_TEAMS",
    ],
    [
      {
        HUIYIN_SLACK_SIGNING_SECRET: SECRET,
        HUIYIN_SLACK_CLIENT_ID: "1.2",
        HUIYIN_SLACK_CLIENT_SECRET: SECRET,
      },
      "HUIYIN_SECRET_KEY",
    ],
  ])("names what is wrong and never its value: %j", (env, variable) => {
    expect(() => loadSlackConfig(env, ADDRESS)).toThrow(variable);
    expect(SLACK_VARIABLES).toContain(variable);
  });
});

describe("the manifest", () => {
  it("keeps Slack's lengths in both languages, and names each scope's reason", () => {
    for (const language of ["zh", "en"] as const) {
      const manifest = JSON.parse(JSON.stringify(manifestOf({ publicUrl: ADDRESS, language }))) as {
        display_information: { description: string; long_description: string };
        features: { shortcuts: { name: string }[] };
      };
      const { description, long_description: long } = manifest.display_information;
      expect(description.length).toBeLessThanOrEqual(140);
      expect(long.length).toBeGreaterThanOrEqual(175);
      expect(long.length).toBeLessThanOrEqual(4_000);
      for (const { name } of manifest.features.shortcuts)
        expect(name.length).toBeLessThanOrEqual(24);
      const yaml = manifestYaml({ publicUrl: ADDRESS, language });
      for (const { scope, reason } of SCOPES)
        expect(yaml).toContain(`${scope}: ${reason[language]}`);
    }
  });

  it("names no address over a socket", () => {
    const yaml = manifestYaml({ publicUrl: null, language: "en" });
    expect(yaml).not.toContain("url:");
    expect(yaml).toContain("socket_mode_enabled: true");
  });
});
