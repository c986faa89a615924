import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runCli } from "#src/cli/cli.js";
import { checkWechat } from "#src/cli/wechat-command.js";
import { HOUR, systemClock } from "#src/shared/clock.js";
import { openStore } from "#src/store/store.js";
import { WebhookServer } from "../../support/wecom/webhook-server.js";
import { KEY } from "../../support/wecom/wecom-scene.js";

const SENTENCE = "我知道用机器人发消息可能导致微信号被限制或封禁";
const TOKEN = "insecure_canary-f00d";

let folder: string;
let server: Server | null = null;
let wecom: WebhookServer | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "huiyin-doctor-"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  server?.close();
  await wecom?.close();
  server = wecom = null;
});

interface Told {
  readonly code: number;
  readonly text: string;
}

/** Runs the doctor with these variables, all others of WeChat, WeCom and Slack being empty. */
async function doctor(env: Readonly<Record<string, string>> = {}): Promise<Told> {
  for (const name of Object.keys(process.env))
    if (/^HUIYIN_(?:WECHAT|WECOM|SLACK)_|^DATABASE_URL/.test(name)) vi.stubEnv(name, "");
  for (const [name, value] of Object.entries({ HUIYIN_DATA: folder, ...env }))
    vi.stubEnv(name, value);
  const lines: string[] = [];
  const line = (text: string): void => {
    lines.push(text);
  };
  const code = await checkWechat({}, { line: async (text) => line(text), say: line });
  return { code, text: lines.join("\n") };
}

const MOCK = { HUIYIN_WECHAT_PUPPET: "mock" };

async function webhook(key = KEY): Promise<Readonly<Record<string, string>>> {
  wecom ??= await WebhookServer.open(systemClock, [KEY]);
  return { HUIYIN_WECOM_WEBHOOKS: `店长群=${wecom.address(key)}` };
}

describe("huiyin doctor wechat", () => {
  it("says how to begin where nothing is configured", async () => {
    const { code, text } = await doctor();
    expect(code).toBe(1);
    expect(text).toContain("Relay mode needs none");
    expect(text).toContain('README.md weighs the ways under "Connect WeChat"');
  });

  it("finds nothing wrong with a puppet that is there, a staff room elsewhere and sending off", async () => {
    const { code, text } = await doctor({ ...MOCK, ...(await webhook()) });
    expect(text.split("\n")).toEqual([
      "wechaty and the puppet wechaty-puppet-mock are installed.",
      "Nobody has logged in yet: the service shows a code to scan when it starts.",
      expect.stringContaining("Sending is off: Huiyin only receives."),
      "WeCom group 店长群: the address answers; nothing was posted.",
      "Nothing needs care.",
    ]);
    expect(code).toBe(0);
    expect(wecom?.lines).toEqual([]);
  });

  it("names a puppet that is not installed with the command, and the risk of one that is known", async () => {
    const { code, text } = await doctor({
      HUIYIN_WECHAT_PUPPET: "wechaty-puppet-xp",
      ...(await webhook()),
    });
    expect(code).toBe(1);
    expect(text).toMatch(/^! .*wechaty-puppet-xp is not installed\. Run: npm install/m);
    expect(text).toMatch(/^Risk: .*Never use your main account/m);
  });

  it("knocks at the puppet's service, and never shows the token", async () => {
    server = createServer((socket) => socket.end()).listen(0, "127.0.0.1");
    await new Promise((resolve) => server?.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const service = {
      HUIYIN_WECHAT_PUPPET: "service",
      HUIYIN_WECHAT_TOKEN: TOKEN,
      HUIYIN_WECHAT_ENDPOINT: `127.0.0.1:${String(port)}`,
      HUIYIN_WECHAT_TLS: "off",
      ...(await webhook()),
    };
    const good = await doctor(service);
    expect(good.code).toBe(0);
    expect(good.text).toContain(`something listens at 127.0.0.1:${String(port)}`);
    await new Promise((resolve) => server?.close(resolve));
    const bad = await doctor(service);
    expect(bad.code).toBe(1);
    expect(bad.text).toMatch(/^! Nothing listens at 127\.0\.0\.1:\d+ \(HUIYIN_WECHAT_ENDPOINT\)/m);
    expect(good.text + bad.text).not.toContain(TOKEN);
  });

  it("takes a session file that others can read, or that is broken, for what it is", async () => {
    const file = join(folder, "wechat.memory-card.json");
    writeFileSync(file, "{}");
    chmodSync(file, 0o644);
    const open = await doctor({ ...MOCK, ...(await webhook()) });
    expect(open.text).toContain(`run chmod 600 ${file}`);
    chmodSync(file, 0o600);
    expect((await doctor({ ...MOCK, ...(await webhook()) })).code).toBe(0);
    writeFileSync(file, "");
    const broken = await doctor({ ...MOCK, ...(await webhook()) });
    expect(broken.text).toMatch(/^! The file of the log-in is broken/m);
    expect([open.code, broken.code]).toEqual([1, 1]);
  });

  it("tells the limits when sending is on, the first day, a pause and rooms that wait", async () => {
    const store = await openStore({ dialect: "sqlite", file: join(folder, "huiyin.sqlite") });
    const now = Date.now();
    await store.write(async (tx) => {
      await tx.identities.accounts.insert({
        id: "a1",
        platform: "wechat",
        account: "wechat",
        stableIds: false,
        sessionMark: "m",
        epoch: 2,
        firstSeenAt: now - HOUR,
        begunAt: now,
        sendState: { sent: [], rooms: {}, nextAt: 0, pausedUntil: now + HOUR, pauseMs: HOUR },
      });
      for (const [id, epoch] of [
        ["held", 2],
        ["of an earlier log-in", 1],
      ] as const)
        await tx.identities.rooms.insert({
          id,
          platform: "wechat",
          account: "wechat",
          epoch,
          conversationId: null,
          topic: "阳光里3群",
          ownerMark: null,
          memberMarks: [],
          number: 1,
          heard: 0,
          firstSeenAt: now,
          lastSeenAt: now,
          boundAt: null,
        });
    });
    await store.close();
    const { code, text } = await doctor({
      ...MOCK,
      ...(await webhook()),
      HUIYIN_WECHAT_SEND: SENTENCE,
    });
    expect(code).toBe(1);
    expect(text).toContain(
      "At most 6 a minute, 60 an hour, 300 a day; 3–8 s between two messages, 30 s in one room; quiet from 22:00 to 08:00",
    );
    expect(text).toMatch(/it only receives for 24 h, until /);
    expect(text).toMatch(/^! WeChat asked for a pause/m);
    expect(text).toMatch(/^! 1 WeChat room waits to be bound/m);
    expect(text).not.toContain("阳光里");
  });

  it("says that nobody would learn of a dead session, and which webhook is not valid", async () => {
    const alone = await doctor(MOCK);
    expect(alone.text).toMatch(
      /^! Nobody would learn that WeChat is down: .*HUIYIN_WECOM_WEBHOOKS/m,
    );
    const { code, text } = await doctor({ ...MOCK, ...(await webhook("another-key-0123")) });
    expect(code).toBe(1);
    expect(text).toMatch(
      /^! WeCom group 店长群: WeCom refused \(93000\)\..*HUIYIN_WECOM_WEBHOOKS/m,
    );
    expect(text).not.toContain("another-key-0123");
  });

  it("is a part that exists; another name is a mistake of the command line", async () => {
    vi.stubEnv("HUIYIN_DATA", folder);
    const said: string[] = [];
    const output = {
      line: async (text: string) => void said.push(text),
      say: (text: string) => void said.push(text),
    };
    expect(await runCli(["node", "huiyin", "doctor", "wehcat"], output)).toBe(2);
    expect(said.join("\n")).toContain("slack, wechat");
  });
});
