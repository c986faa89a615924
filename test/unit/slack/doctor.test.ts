import { afterEach, expect, it, vi } from "vitest";
import { BOT_SCOPES } from "#adapters/slack/manifest.js";
import { checkSlack } from "#src/cli/slack-command.js";
import { BOT_TOKEN, SlackWorkspace } from "../../support/slack/slack-workspace.js";

let workspace: SlackWorkspace | null = null;
afterEach(async () => {
  vi.unstubAllEnvs();
  await workspace?.close();
  workspace = null;
});

async function doctor(
  scopes: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number; readonly text: string }> {
  workspace = await SlackWorkspace.open();
  const { team, botUserId, botId } = workspace;
  const identity = { ok: true, team: "Huiyin", team_id: team, user_id: botUserId, bot_id: botId };
  const refused = { ok: false, error: "invalid_auth" };
  workspace.fail(
    {
      kind: "answer",
      status: 200,
      body: scopes.length === 0 ? refused : identity,
      headers: { "x-oauth-scopes": scopes.join(",") },
    },
    "auth.test",
  );
  const env = {
    HUIYIN_SLACK_SIGNING_SECRET: "a-signing-secret-of-the-tests",
    HUIYIN_SLACK_BOT_TOKEN: BOT_TOKEN,
    HUIYIN_SLACK_API_URL: workspace.apiUrl,
    HUIYIN_PUBLIC_URL: "https://huiyin.example",
    ...more,
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  return look();
}

async function look(): Promise<{ readonly code: number; readonly text: string }> {
  const lines: string[] = [];
  const code = await checkSlack({
    line: async (line) => {
      lines.push(line);
    },
    say: (line) => {
      lines.push(line);
    },
  });
  return { code, text: lines.join("\n") };
}

it("names the workspace and where events go when nothing is missing", async () => {
  const { code, text } = await doctor(BOT_SCOPES);
  expect(code).toBe(0);
  expect(text).toContain("Workspace Huiyin (T");
  expect(text).toContain("https://huiyin.example/slack/events");
  expect(text).toContain("Nothing needs care.");
  expect(text).not.toContain(BOT_TOKEN);
});

it("names each missing scope, what it is for, and how to add it", async () => {
  const without = BOT_SCOPES.filter((scope) => !["files:write", "reactions:read"].includes(scope));
  const { code, text } = await doctor(without);
  expect(code).toBe(1);
  for (const scope of ["files:write", "reactions:read"])
    expect(text).toMatch(
      new RegExp(`^! The scope ${scope} is missing \\(.+\\)\\. Add it under`, "m"),
    );
  expect(text).toContain("2 need care.");
});

it("says that the token is not valid, and that a public address is wanted", async () => {
  const { code, text } = await doctor([], {
    HUIYIN_SLACK_BOT_TOKEN: "xoxb-of-somebody-else",
    HUIYIN_PUBLIC_URL: "",
  });
  expect(code).toBe(1);
  expect(text).toContain("HUIYIN_PUBLIC_URL is not set");
  expect(text).toMatch(/^! Slack refused/m);
  expect(text).not.toContain("xoxb-of-somebody-else");
});

it("says how to begin where nothing is configured", async () => {
  for (const name of ["SIGNING_SECRET", "BOT_TOKEN", "APP_TOKEN", "CLIENT_ID"])
    vi.stubEnv(`HUIYIN_SLACK_${name}`, "");
  const { code, text } = await look();
  expect(code).toBe(1);
  expect(text).toContain("huiyin slack manifest");
});
