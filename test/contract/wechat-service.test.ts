import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it, vi } from "vitest";
import { loadWechaty } from "#adapters/wechat/load-wechaty.js";
import { WechatAdapter } from "#adapters/wechat/wechat-adapter.js";
import { WechatyBot } from "#adapters/wechat/wechaty-bot.js";
import { systemClock } from "#src/shared/clock.js";
import { silentLogger } from "#src/shared/logger.js";
import type { Picture } from "#src/shared/picture.js";
import { FREE_SENDING, OpenGate } from "../support/wechat/open-gate.js";
import { PlainIdentities } from "../support/wechat/plain-identities.js";
import { MessageType, TestPuppet } from "../support/wechat/test-puppet.js";
import { KeepingInbox } from "../support/wechat/wechat-scene.js";

const GROUP = "19000000001@chatroom";
const SERVICE = "wechaty-puppet-service";

interface PuppetServer {
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface ServiceModule {
  readonly PuppetServer: new (options: {
    readonly endpoint: string;
    readonly puppet: object;
    readonly token: string;
    readonly tls: { readonly disable: boolean };
  }) => PuppetServer;
}

/** The package of the service as wechaty itself loads it: a second copy of it would not know the first one's messages. */
async function serviceModule(): Promise<ServiceModule> {
  const wechaty = createRequire(import.meta.url).resolve("wechaty");
  const path = createRequire(wechaty).resolve(SERVICE).replace("/cjs/", "/esm/");
  return (await import(pathToFileURL(path).href)) as ServiceModule;
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

function pictureOf(bytes: number): Picture {
  const content = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; at += 1) content[at] = (at * 31 + (at >> 8)) % 256;
  return { bytes: content, mediaType: "image/png", width: 1, height: 1, alt: "日报" };
}

it("hears and speaks through a puppet of another process, over gRPC, with a picture of 300 kB", async () => {
  // The service keeps a cache of contacts in the home folder of its user.
  const home = mkdtempSync(join(tmpdir(), "huiyin-home-"));
  vi.stubEnv("HOME", home);
  const { PuppetServer } = await serviceModule();
  const puppet = new TestPuppet();
  puppet.person("bot", "小助手");
  puppet.person("wang", "王阿姨");
  puppet.group(GROUP, "阳光里3群", ["bot", "wang"], "wang");
  puppet.self = null;
  const endpoint = `127.0.0.1:${String(await freePort())}`;
  const token = `insecure_${randomUUID()}`;
  const tls = { disable: true };
  const server = new PuppetServer({ endpoint, puppet, token, tls });
  await server.start();
  const inbox = new KeepingInbox();
  const adapter = new WechatAdapter({
    bot: new WechatyBot({
      wechaty: await loadWechaty(),
      session: join(home, "wechat"),
      puppet: SERVICE,
      puppetOptions: { endpoint, token, tls },
      now: () => systemClock.now(),
    }),
    book: new PlainIdentities(),
    gate: new OpenGate(),
    clock: systemClock,
    logger: silentLogger,
    botNames: ["小助手"],
    account: "test",
    language: "zh",
    sending: () => FREE_SENDING,
  });
  try {
    await adapter.start(inbox);
    puppet.login("bot");
    await vi.waitFor(() => expect(adapter.health()).toMatchObject({ state: "ok" }), 20_000);
    const at = Date.now();
    puppet.inject({ id: "m1", from: "wang", room: GROUP, text: "草莓烂了 [ThumbsDown]", at });
    puppet.inject({ id: "m2", from: "wang", room: GROUP, type: MessageType.Image, at: at + 1 });
    puppet.recall({ id: "m1", from: "wang", room: GROUP, at: at + 2 });
    await vi.waitFor(() => expect(inbox.events).toHaveLength(4), 20_000);
    expect(inbox.events).toMatchObject([
      { kind: "renamed", name: "阳光里3群" },
      { kind: "message", text: "草莓烂了 [弱]", author: { name: "王阿姨" } },
      { kind: "message", text: "", hasMedia: true },
      { kind: "recalled", message: { messageId: "m1" } },
    ]);
    const picture = pictureOf(300_000);
    const to = { platform: "wechat", conversationId: `room:${GROUP}` };
    const mentions = [{ platform: "wechat", memberId: "member:wang" }];
    const options = { key: "k", kind: "digest", picture } as const;
    const sent = await adapter.send(to, { text: "日报", mentions }, options);
    expect(puppet.sent).toMatchObject([
      { to: GROUP, text: "@王阿姨\u2005日报", mentions: ["wang"], picture: null },
      { to: GROUP, text: "" },
    ]);
    expect(puppet.sent[1]?.picture?.equals(picture.bytes)).toBe(true);
    expect(sent.messageId).toBe(puppet.sent[0]?.id);
  } finally {
    await adapter.stop();
    await server.stop();
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true, force: true });
  }
});
