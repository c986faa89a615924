import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { Envelope } from "#src/app/envelope.js";
import { openDataFolder } from "#src/app/open-data.js";
import { startService } from "#src/app/run-service.js";
import { tokenPlace } from "#src/app/sealed-tokens.js";
import { runCli } from "#src/cli/cli.js";
import { AppError } from "#src/shared/app-error.js";
import { Secret } from "#src/shared/secret.js";
import { collectingOutput } from "./collecting-output.js";

const OLD = "an-old-key-0123456789abcdef01234567";
const NEW = "a-new-key-0123456789abcdef012345678";
const TOKEN = "xoxb-canary-of-the-keys";
const folder = mkdtempSync(join(tmpdir(), "huiyin-keys-"));
const data = join(folder, "data");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SLACK = {
  HUIYIN_DATA: data,
  HUIYIN_PORT: "0",
  HUIYIN_LOG_LEVEL: "error",
  HUIYIN_PUBLIC_URL: "https://huiyin.example",
  HUIYIN_SLACK_SIGNING_SECRET: "0123456789abcdef",
  HUIYIN_SLACK_CLIENT_ID: "1.2",
  HUIYIN_SLACK_CLIENT_SECRET: "0123456789abcdef",
};

afterEach(() => vi.unstubAllEnvs());

interface Told {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the program with these variables. */
async function huiyin(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Told> {
  for (const [name, value] of Object.entries({ DATABASE_URL: "", HUIYIN_DATA: data, ...env }))
    vi.stubEnv(name, value);
  const output = collectingOutput();
  const code = await runCli(["node", "huiyin", ...args], output);
  vi.unstubAllEnvs();
  return { code, out: output.lines.join("\n"), err: output.said.join("\n") };
}

function keys(action: readonly string[], key: string): Promise<Told> {
  return huiyin(["keys", ...action], { HUIYIN_SECRET_KEY: key });
}

beforeAll(async () => {
  const opened = await openDataFolder(data);
  const sealedToken = new Envelope(new Secret(OLD)).seal(TOKEN, tokenPlace("one"));
  await opened.store.write((tx) =>
    tx.installations.insert({
      id: "one",
      platform: "slack",
      workspace: "T1",
      name: "",
      appId: "",
      botUserId: "",
      botId: "",
      sealedToken,
      scopes: [],
      installedBy: "U1",
      installedAt: 1,
      removedAt: null,
    }),
  );
  await opened.close();
});

describe("huiyin keys", () => {
  it("says what is missing when no key is set, and refuses a short one by its variable", async () => {
    const none = await keys(["rotate"], "");
    expect(none.code).toBe(78);
    expect(none.err).toContain("HUIYIN_SECRET_KEY=new,old");
    const short = await keys(["rotate"], "short");
    expect(short.code).toBe(78);
    expect(short.err).toContain("HUIYIN_SECRET_KEY");
  });

  it("leaves alone what its keys do not open, and the service does not start with the wrong one", async () => {
    const wrong = await keys(["rotate"], NEW);
    expect(wrong.code).toBe(1);
    expect(wrong.err).toContain("opened by no key");
    const refused: unknown = await startService({ ...SLACK, HUIYIN_SECRET_KEY: NEW }).catch(
      (error: unknown) => error,
    );
    if (!(refused instanceof AppError)) throw new Error("the service started");
    expect(refused.code).toBe("invalid-config");
    expect(refused.message).toContain("HUIYIN_SECRET_KEY does not hold the right key");
    expect(refused.detail.remedy).toContain("huiyin keys forget --yes");
    const doctor = await huiyin(["doctor"], { HUIYIN_SECRET_KEY: NEW });
    expect(doctor.out).toMatch(/! 1 token under the unknown key [0-9a-f]{8}, which is not set/);
  });

  it("puts everything under the new key, tells so, and reads keys from a file", async () => {
    const file = join(folder, "secret");
    writeFileSync(file, `${NEW},${OLD}\n`, { mode: 0o600 });
    const env = { HUIYIN_SECRET_KEY_FILE: file };
    expect((await huiyin(["doctor"], env)).out).toContain("run huiyin keys rotate");
    const done = await huiyin(["keys", "rotate"], env);
    expect([done.code, done.out]).toEqual([
      0,
      "1 token put under the newest key; 0 were under it already.",
    ]);
    const listed = await keys(["list"], NEW);
    expect(listed.out).toMatch(/^1 token under the newest key [0-9a-f]{8}$/);
    for (const { out, err } of [done, listed]) {
      expect(out + err).not.toContain(TOKEN);
      expect(out + err).not.toContain(NEW);
    }
    expect(readFileSync(join(data, "huiyin.sqlite")).includes(TOKEN)).toBe(false);
  });

  it("forgets what a lost key sealed only when that is said twice; then Slack can be connected anew", async () => {
    const unsure = await keys(["forget"], OLD);
    expect(unsure.code).toBe(2);
    expect(unsure.err).toContain("--yes");
    const sure = await keys(["forget", "--yes"], OLD);
    expect(sure.out).toContain("connect Slack again under /slack/install");
    expect((await keys(["forget", "--yes"], OLD)).out).toContain("nothing was forgotten");
    expect((await keys(["list"], OLD)).err).toContain("Nothing is sealed.");
  });
});
