import { afterAll, beforeAll, expect, it } from "vitest";
import { SimulatedAdapter } from "#adapters/simulated/simulated-adapter.js";
import { SimulatedChat } from "#adapters/simulated/simulated-chat.js";
import { conversationIdOf } from "#adapters/slack/slack-ids.js";
import { StoredInstallations } from "#src/app/slack-installations.js";
import { Watchdog } from "#src/app/watchdog.js";
import { silentLogger } from "#src/shared/logger.js";
import { Secret } from "#src/shared/secret.js";
import { SlackSoak } from "../support/slack/slack-soak.js";
import { type ApiCall, BOT_TOKEN, type Fault } from "../support/slack/slack-workspace.js";

const START = Date.parse("2026-11-20T10:00:00+08:00");
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const OUTAGE_MS = 120 * MINUTE;
const LOOK_MS = 15 * SECOND;
const ROOMS = ["shop-1", "shop-2"] as const;
const EACH = 60;

let soak: SlackSoak;
let watchdog: Watchdog;
let weather: "fine" | "down" | "revoked" = "fine";

function judge({ method }: ApiCall): Fault | undefined {
  if (method === "auth.test" || weather === "fine") return undefined;
  return weather === "down"
    ? { kind: "answer", status: 503, body: {} }
    : { kind: "answer", status: 200, body: { ok: false, error: "token_revoked" } };
}

function place(channel: string) {
  const { team, channels } = soak.workspace;
  return { platform: "slack", conversationId: conversationIdOf(team, channels[channel] ?? "") };
}

async function say(channel: string, key: string, expiresAt: number | null = null): Promise<void> {
  await soak.store.write((tx) =>
    tx.outbox.say({
      key,
      kind: "notice",
      to: place(channel),
      message: { text: key },
      at: soak.clock.now(),
      groupId: null,
      ...(expiresAt === null ? {} : { expiresAt }),
    }),
  );
}

/** Time passes, and the service looks at its platforms as it does every fifteen seconds. */
async function passes(ms: number): Promise<void> {
  const end = soak.clock.now() + ms;
  while (soak.clock.now() < end) {
    await soak.passTo(Math.min(end, soak.clock.now() + LOOK_MS));
    await watchdog.look();
  }
}

function accepted(channel: string): readonly ApiCall[] {
  const id = soak.workspace.channels[channel];
  return soak.workspace
    .callsOf("chat.postMessage")
    .filter((call) => call.accepted && call.fields["channel"] === id);
}

async function toldElsewhere(): Promise<readonly string[]> {
  const rows = await soak.store.read((tx) => tx.outbox.rows.find({ platform: "simulated" }));
  return rows.map(({ key }) => key);
}

function health() {
  return soak.app.adapters.get("slack")?.health();
}

/** Everything that piled up for a room went out in order, once, and soon after Slack was back. */
function expectBacklog(room: string, back: number): void {
  const calls = accepted(room);
  const wanted = Array.from({ length: EACH }, (_, index) => `${room}:${String(index + 1)}`);
  expect(calls.map(({ fields }) => fields["text"])).toEqual(wanted);
  for (const [index, { at }] of calls.entries())
    if (index > 0) expect(at - (calls[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(SECOND);
  // The longest rest between two tries is ten minutes; then a post a second.
  expect((calls.at(-1)?.at ?? 0) - back).toBeLessThanOrEqual(10 * MINUTE + 2 * EACH * SECOND);
}

beforeAll(async () => {
  const beside = new SimulatedAdapter({ platform: new SimulatedChat(), botNames: ["小助手"] });
  soak = await SlackSoak.open({
    start: START,
    people: ["chen"],
    channels: ["staff", ...ROOMS],
    judge,
    beside: [beside],
  });
  watchdog = new Watchdog({
    store: soak.store,
    logger: silentLogger,
    now: () => soak.clock.now(),
    adapters: soak.app.adapters,
    staffRooms: [place("staff"), { platform: "simulated", conversationId: "staff" }],
    pretend: new Set(),
    language: "zh",
    timeZone: "Asia/Shanghai",
  });
  await watchdog.look();
}, 120_000);
afterAll(() => soak.close());

it("what piled up in two hours without Slack goes out in order, once, at most one a second; what is too old does not", async () => {
  weather = "down";
  await say("shop-1", "stale", START + 30 * MINUTE);
  for (let number = 1; number <= EACH; number += 1) {
    for (const room of ROOMS) await say(room, `${room}:${String(number)}`);
    await passes(OUTAGE_MS / EACH);
  }
  expect(ROOMS.flatMap(accepted)).toEqual([]);
  expect(health()).toMatchObject({ state: "degraded" });
  const told = await toldElsewhere();
  expect(told).toHaveLength(1);
  weather = "fine";
  const back = soak.clock.now();
  await passes(20 * MINUTE);
  for (const room of ROOMS) expectBacklog(room, back);
  const stale = await soak.store.read((tx) => tx.outbox.rows.first({ key: "stale" }));
  expect(stale).toMatchObject({ state: "dropped", message: null });
  expect(health()).toMatchObject({ state: "ok" });
  // Digests read from here how long the service was without Slack.
  const [outage] = await soak.store.read((tx) => tx.outages.find({ platform: "slack" }));
  const length = (outage?.endedAt ?? 0) - (outage?.startedAt ?? 0);
  expect(Math.abs(length - OUTAGE_MS)).toBeLessThanOrEqual(15 * MINUTE);
  expect(await toldElsewhere()).toHaveLength(2);
}, 300_000);

it("a withdrawn token parks what is said, staff hear of it elsewhere, and a new installation says it when they release it", async () => {
  const before = (await toldElsewhere()).length;
  weather = "revoked";
  await say("shop-1", "after the revocation");
  await passes(2 * MINUTE);
  const parked = await soak.store.read((tx) => tx.outbox.rows.find({ state: "parked" }));
  expect(parked.map(({ key, reason }) => [key, reason])).toEqual([
    ["after the revocation", "unauthorized"],
  ]);
  expect(health()?.detail).toContain("Connect Slack again");
  expect(await toldElsewhere()).toHaveLength(before + 1);
  weather = "fine";
  const { team, botUserId, botId } = soak.workspace;
  const book = new StoredInstallations({
    store: soak.store,
    clock: soak.clock,
    logger: silentLogger,
    envelope: null,
    configured: new Secret(BOT_TOKEN),
  });
  await book.save(
    {
      team,
      teamName: "",
      appId: "",
      botUserId,
      botId,
      token: new Secret(BOT_TOKEN),
      scopes: [],
      installedBy: "",
    },
    soak.clock.now(),
  );
  await say("shop-2", "the next word");
  await passes(MINUTE);
  expect(health()).toMatchObject({ state: "ok" });
  expect(accepted("shop-1").map(({ fields }) => fields["text"])).not.toContain(
    "after the revocation",
  );
  const [row] = parked;
  const at = soak.clock.now();
  await soak.store.write((tx) =>
    tx.outbox.release(row ?? { seq: 0, lane: "" }, { act: "retry", at }),
  );
  await passes(MINUTE);
  expect(accepted("shop-1").at(-1)?.fields["text"]).toBe("after the revocation");
}, 120_000);
