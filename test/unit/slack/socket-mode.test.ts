import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { SlackAdapter } from "#adapters/slack/slack-adapter.js";
import type { InboundEvent } from "#src/platform/inbound-event.js";
import { systemClock } from "#src/shared/clock.js";
import { silentLogger } from "#src/shared/logger.js";
import { Secret } from "#src/shared/secret.js";
import { quietPages } from "../../support/slack/quiet-pages.js";
import { SlackWorkspace } from "../../support/slack/slack-workspace.js";
import { SocketServer } from "../../support/slack/socket-server.js";
import { APP_ID, commandPayload, envelope, messageEvent, stamp } from "./slack-payloads.js";

let workspace: SlackWorkspace;
let server: SocketServer;
let adapter: SlackAdapter;
let url = "";
const heard: InboundEvent[] = [];
/** Lets the store take what waits. */
let store: () => void = () => undefined;
let stored: Promise<void> = Promise.resolve();

beforeEach(async () => {
  heard.length = 0;
  stored = Promise.resolve();
  workspace = await SlackWorkspace.open();
  server = new SocketServer();
  url = await server.open();
  greet();
  const installation = {
    team: workspace.team,
    token: new Secret("xoxb-workspace-of-the-tests"),
    botUserId: workspace.botUserId,
    botId: workspace.botId,
    teamName: "Huiyin",
    appId: APP_ID,
    scopes: [],
    installedBy: "",
  };
  adapter = new SlackAdapter({
    transport: { kind: "socket", appToken: new Secret("xapp-1-of-the-tests") },
    book: {
      find: async (team) => (team === workspace.team ? installation : null),
      all: async () => [installation],
      save: async () => undefined,
      refused: async () => undefined,
      remove: async () => undefined,
    },
    pages: quietPages,
    clock: systemClock,
    logger: silentLogger,
    botName: "小助手",
    language: "zh",
    apiUrl: workspace.apiUrl,
    responseOrigin: workspace.origin,
  });
  await adapter.start({
    accept: async (event) => {
      await stored;
      heard.push(event);
      return "accepted";
    },
  });
});
afterEach(async () => {
  await adapter.stop();
  await server.close();
  await workspace.close();
});

/** Slack names the socket's address to whoever asks next. */
function greet(): void {
  workspace.fail({ kind: "answer", status: 200, body: { ok: true, url } }, "apps.connections.open");
}

function say(id: string): void {
  const facts = { user: workspace.users["wang"] ?? "", text: "草莓烂了", ts: stamp(1) };
  server.send({
    envelope_id: `envelope-${id}`,
    type: "events_api",
    accepts_response_payload: false,
    payload: envelope(id, messageEvent(facts), workspace.team),
  });
}

const messages = (): readonly InboundEvent[] => heard.filter(({ kind }) => kind === "message");
const acknowledged = (): readonly string[] => server.answers.map((one) => one.envelope_id);

it("an event over the socket is acknowledged once it is stored, not before", async () => {
  expect(adapter.listener).toBeNull();
  expect(adapter.health()).toEqual({ state: "ok", detail: "" });
  stored = new Promise((resolve) => {
    store = resolve;
  });
  say("Ev1");
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(acknowledged()).toEqual([]);
  store();
  await vi.waitFor(() => expect(acknowledged()).toEqual(["envelope-Ev1"]));
  expect(messages()).toHaveLength(1);
});

it("what could not be stored is not acknowledged, so that Slack sends it again", async () => {
  stored = Promise.reject(new Error("the disk is full"));
  stored.catch(() => undefined);
  say("Ev1");
  await new Promise((resolve) => setTimeout(resolve, 100));
  stored = Promise.resolve();
  say("Ev2");
  await vi.waitFor(() => expect(acknowledged()).toEqual(["envelope-Ev2"]));
  expect(messages()).toHaveLength(1);
});

it("a command of a workspace that is not connected is answered over the socket", async () => {
  server.send({
    envelope_id: "command-1",
    type: "slash_commands",
    accepts_response_payload: true,
    payload: commandPayload({ user: "U1", text: "report", team: "T9STRANGER" }),
  });
  await vi.waitFor(() => expect(acknowledged()).toEqual(["command-1"]));
  expect(JSON.stringify(server.answers)).toContain("重新安装");
});

it("a lost connection is said in the health, opened again by itself, and hears on", async () => {
  greet();
  server.drop();
  await vi.waitFor(() => expect(adapter.health().state).toBe("degraded"), { timeout: 3_000 });
  expect(adapter.health().detail).toContain("opened again by itself");
  await vi.waitFor(() => expect(server.connections).toBe(2), { timeout: 15_000 });
  await vi.waitFor(() => expect(adapter.health().state).toBe("ok"));
  say("Ev1");
  await vi.waitFor(() => expect(acknowledged()).toEqual(["envelope-Ev1"]));
}, 30_000);

it("Slack's own wish to change the connection is followed", async () => {
  greet();
  server.send({ type: "disconnect", reason: "refresh_requested" });
  await vi.waitFor(() => expect(server.connections).toBe(2), { timeout: 15_000 });
  await vi.waitFor(() => expect(adapter.health().state).toBe("ok"));
  say("Ev1");
  await vi.waitFor(() => expect(messages()).toHaveLength(1));
}, 30_000);
