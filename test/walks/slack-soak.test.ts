import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conversationIdOf } from "#adapters/slack/slack-ids.js";
import { seededRandom } from "#src/statistics/seeded-random.js";
import { groupId } from "#src/store/directory-store.js";
import { recordTraffic, type Traffic } from "../support/slack/recorded-traffic.js";
import { SlackSoak } from "../support/slack/slack-soak.js";
import type { ApiCall, Fault } from "../support/slack/slack-workspace.js";

/** 30,000 events are an hour of Slack's own limit; the suite takes six minutes of it. */
const EVENTS = Number(process.env["HUIYIN_SLACK_SOAK_EVENTS"] ?? 3_000);
const SEED = Number(process.env["HUIYIN_SLACK_SOAK_SEED"] ?? Date.now() % 1_000_000);
const START = Date.parse("2026-11-20T10:00:00+08:00");
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const CHANNELS = Array.from({ length: 20 }, (_, index) => `shop-${String(index + 1)}`);
const PEOPLE = Array.from({ length: 300 }, (_, index) => `neighbour-${String(index + 1)}`);
const LIMITED_CALLS = 0.05;
const LOST_ANSWERS = 0.01;
/** One channel that Slack limits by itself for the second quarter of the time. */
const OWN_LIMIT = "shop-7";
const OWN_LIMIT_S = 30;
/** A channel is told something so often, and now and then much at once. */
const NOTICE_EVERY_MS = 15 * SECOND;
const BURST_EVERY_MS = 3 * MINUTE;
const BURST = 15;
/**
 * The others go on beside the limited one: a post waits a second for each that is before it in its own
 * channel, for what befell its own channel, and a few seconds for its turn.
 */
const OWN_FAULT_MS = 10 * SECOND;
const TURN_MS = 6 * SECOND;
const DRAIN_MS = 30 * MINUTE;

const random = seededRandom(SEED);
let soak: SlackSoak;
let traffic: Traffic;
let limited = 0;
let lost = 0;
const noticed: string[] = [];

function ownLimit(at: number): boolean {
  const length = traffic.until - START;
  return at >= START + length / 4 && at < START + length / 2;
}

/** Slack's side of each call: five in a hundred are limited, one post in a hundred loses its answer. */
function judge({ method, fields, at }: ApiCall): Fault | undefined {
  const after = (seconds: number): Fault => ({
    kind: "answer",
    status: 429,
    body: { ok: false, error: "ratelimited" },
    retryAfter: String(seconds),
  });
  if (method === "auth.test") return undefined;
  const isPost = method === "chat.postMessage";
  if (isPost && fields["channel"] === soak.workspace.channels[OWN_LIMIT] && ownLimit(at))
    return after(OWN_LIMIT_S);
  if (random() < LIMITED_CALLS) {
    limited += 1;
    return after(1 + Math.floor(random() * 3));
  }
  if (!isPost || fields["thread_ts"] !== undefined || random() >= LOST_ANSWERS) return undefined;
  lost += 1;
  return { kind: "lost-answer" };
}

async function prepare(): Promise<void> {
  const { team, channels } = soak.workspace;
  const staff = {
    platform: "slack",
    conversationId: conversationIdOf(team, channels["staff"] ?? ""),
  };
  await soak.store.write(async (tx) => {
    for (const name of ["staff", ...CHANNELS]) {
      const place = {
        platform: "slack",
        conversationId: conversationIdOf(team, channels[name] ?? ""),
      };
      const isStaff = name === "staff";
      await tx.directory.addGroup({
        id: groupId(place),
        platform: "slack",
        externalId: place.conversationId,
        name,
        language: "zh",
        timeZone: "Asia/Shanghai",
        createdAt: START,
        leftAt: null,
        purpose: isStaff ? "staff" : "customers",
        staffGroupId: isStaff ? null : groupId(staff),
        settings: {},
      });
    }
    const first = {
      platform: "slack",
      conversationId: conversationIdOf(team, channels["shop-1"] ?? ""),
    };
    await tx.runs.insert({
      id: "run",
      surveyId: "survey",
      groupId: groupId(first),
      kind: "csat",
      openedFor: START,
      openedAt: START,
      closesAt: START + 10 * 60 * MINUTE,
      closedAt: null,
      state: "open",
      questions: [
        { id: "q1", kind: "csat", text: "这次满意吗？", touchpoint: "overall", options: [] },
      ],
      eligible: PEOPLE.length,
      cardKey: null,
    });
  });
}

async function notice(channel: string, number: number): Promise<void> {
  const { team, channels } = soak.workspace;
  const key = `notice:${channel}:${String(number)}`;
  noticed.push(key);
  await soak.store.write((tx) =>
    tx.outbox.say({
      key,
      kind: "notice",
      to: { platform: "slack", conversationId: conversationIdOf(team, channels[channel] ?? "") },
      message: { text: `${channel} 第${String(number)}条` },
      at: soak.clock.now(),
      groupId: null,
    }),
  );
}

/** What the product says by itself besides: to each channel in turn, sometimes much at once. */
async function speak(from: number, to: number, told: Map<string, number>): Promise<void> {
  for (const [index, channel] of CHANNELS.entries()) {
    const offset = Math.floor((index * NOTICE_EVERY_MS) / CHANNELS.length);
    const count = (at: number): number => Math.floor((at - START + offset) / NOTICE_EVERY_MS);
    let more = count(to) - count(from);
    const bursts = (at: number): number => Math.floor((at - START) / BURST_EVERY_MS);
    if (bursts(to) !== bursts(from) && bursts(to) % CHANNELS.length === index) more += BURST;
    for (; more > 0; more -= 1) {
      const number = (told.get(channel) ?? 0) + 1;
      told.set(channel, number);
      await notice(channel, number);
    }
  }
}

async function run(): Promise<{ readonly refused: number }> {
  const told = new Map<string, number>();
  let refused = 0;
  let at = START;
  const waiting = [...traffic.deliveries];
  while (waiting.length > 0) {
    const next = Math.max(at, waiting[0]?.at ?? at);
    await soak.passTo(next);
    await speak(at, next, told);
    at = next;
    // What falls into the same half second comes side by side, as Slack sends it.
    const later = waiting.findIndex((one) => one.at >= next + 500);
    const together = waiting.splice(0, later < 0 ? waiting.length : later);
    const answers = await Promise.all(
      together.map(({ payload, retry }) =>
        soak.driver.send(
          payload,
          retry === 0 ? {} : { headers: { "x-slack-retry-num": String(retry) } },
        ),
      ),
    );
    refused += answers.filter(({ status }) => status !== 200).length;
  }
  for (const end = at + DRAIN_MS; at < end; at += 10 * SECOND) {
    await soak.passTo(at + 10 * SECOND);
    const next = await soak.store.read((tx) => tx.lanes.nextDue("outbox"));
    if (next === null) break;
  }
  return { refused };
}

describe(`${String(EVENTS)} events in recorded time (seed ${String(SEED)})`, () => {
  let refused = -1;
  const began = performance.now();

  beforeAll(async () => {
    soak = await SlackSoak.open({
      start: START,
      people: PEOPLE,
      channels: ["staff", ...CHANNELS],
      judge: (call) => judge(call),
    });
    const { workspace } = soak;
    const idsOf = (names: readonly string[], of: Readonly<Record<string, string>>) =>
      names.map((name) => of[name] ?? "");
    traffic = recordTraffic({
      workspace,
      events: EVENTS,
      from: START,
      random,
      channels: idsOf(CHANNELS, workspace.channels),
      people: idsOf(PEOPLE, workspace.users),
      ballot: { channel: workspace.channels["shop-1"] ?? "", value: "run|q1", card: "1.000001" },
    });
    await prepare();
    ({ refused } = await run());
    const took = Math.round((performance.now() - began) / 1_000);
    process.stdout.write(
      `Slack soak: ${String(EVENTS)} events, ${String(traffic.deliveries.length)} deliveries (${String(traffic.redelivered)} events sent again), ${String(soak.workspace.calls.length)} calls, ${String(limited)} limited by chance, ${String(lost)} lost answers; ${String(took)} s for ${String(Math.round((soak.clock.now() - START) / MINUTE))} recorded minutes.\n`,
    );
  }, 3_600_000);
  afterAll(() => soak.close());

  it("each is acknowledged, kept once and handled; nothing is parked", async () => {
    expect(refused).toBe(0);
    const rows = await soak.store.read((tx) => tx.inboxEvents.find({}));
    const told = rows.filter(({ kind }) => kind !== "renamed");
    expect(told).toHaveLength(traffic.events);
    expect(rows.filter(({ state }) => state !== "done")).toEqual([]);
    expect(await soak.store.read((tx) => tx.messages.rows.count({}))).toBe(traffic.messages);
  });

  it("each voter's last press counts, once", async () => {
    const responses = await soak.store.read((tx) => tx.responses.rows.find({ runId: "run" }));
    const members = await soak.store.read((tx) => tx.directory.members.find({}));
    const userOf = new Map(members.map(({ id, externalId }) => [id, externalId.split("/")[1]]));
    const counted = new Map(
      responses.map(({ memberId, numeric }) => [userOf.get(memberId) ?? "", numeric]),
    );
    expect(responses).toHaveLength(traffic.votes.size);
    expect(counted).toEqual(traffic.votes);
  });

  it("everything that was to be said stands there once, and nothing else", async () => {
    const rows = await soak.store.read((tx) => tx.outbox.rows.find({}));
    const open = rows.filter(({ state }) => state !== "sent" && state !== "dropped");
    expect(open.map(({ key, state, reason }) => ({ key, state, reason }))).toEqual([]);
    const posted = soak.workspace
      .callsOf("chat.postMessage")
      .filter(({ accepted }) => accepted)
      .map(({ fields }) => keyOf(fields));
    expect(new Set(posted).size).toBe(posted.length);
    const sent = rows.filter(
      ({ act, state, messageId }) =>
        act === "send" && state === "sent" && messageId?.startsWith("note:") !== true,
    );
    expect(new Set(posted)).toEqual(new Set(sent.map(({ key }) => key)));
    for (const key of noticed) expect(posted).toContain(key);
    expect(
      rows.filter(({ kind, state }) => kind === "alert" && state === "sent").length,
    ).toBeGreaterThan(0);
  });

  it("in each channel in the order in which it was said, and never two in a second", () => {
    let closest = Number.POSITIVE_INFINITY;
    for (const id of Object.values(soak.workspace.channels)) {
      const calls = soak.workspace
        .callsOf("chat.postMessage")
        .filter(({ fields }) => fields["channel"] === id);
      for (const [index, { at }] of calls.entries())
        if (index > 0) closest = Math.min(closest, at - (calls[index - 1]?.at ?? 0));
      const numbers = calls
        .filter(({ accepted, fields }) => accepted && keyOf(fields).startsWith("notice:"))
        .map(({ fields }) => Number(keyOf(fields).split(":")[2]));
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    }
    process.stdout.write(
      `Slack soak: two posts to a channel are at least ${String(closest)} ms apart.\n`,
    );
    expect(closest).toBeGreaterThanOrEqual(1_000);
  });

  it("one channel's limit stops that channel alone", async () => {
    const rows = await soak.store.read((tx) => tx.outbox.rows.find({ kind: "notice" }));
    const posts = postsByChannel();
    const waits = rows.map(({ key, createdAt, sentAt }) => {
      const channel = key.split(":")[1] ?? "";
      const end = sentAt ?? Number.POSITIVE_INFINITY;
      const wait = end - createdAt;
      const own = posts.get(soak.workspace.channels[channel] ?? "") ?? [];
      const beyond = wait - owed(own, createdAt, end);
      return { channel, during: ownLimit(createdAt), wait, beyond };
    });
    const during = waits.filter((one) => one.during);
    const own = during.filter(({ channel }) => channel === OWN_LIMIT).map(({ wait }) => wait);
    const others = during.filter(({ channel }) => channel !== OWN_LIMIT);
    const sorted = others.map(({ wait }) => wait).toSorted((a, b) => a - b);
    const beyond = Math.max(...others.map((one) => one.beyond));
    process.stdout.write(
      `Slack soak: while one channel is limited, its posts wait up to ${String(Math.max(...own))} ms, ${String(others.length)} of the others ${String(sorted[Math.floor(others.length / 2)])} ms in the middle and ${String(sorted.at(-1))} ms at most, ${String(beyond)} ms beyond their own queue.\n`,
    );
    expect(Math.max(...own)).toBeGreaterThanOrEqual(OWN_LIMIT_S * SECOND);
    expect(beyond).toBeLessThanOrEqual(TURN_MS);
  });
});

interface Post {
  readonly key: string;
  readonly at: number;
  readonly accepted: boolean;
}

/** Every try of a post, by the channel's id. */
function postsByChannel(): ReadonlyMap<string, readonly Post[]> {
  const posts = new Map<string, Post[]>();
  for (const { fields, at, accepted } of soak.workspace.callsOf("chat.postMessage")) {
    const channel = fields["channel"] ?? "";
    posts.set(channel, [...(posts.get(channel) ?? []), { key: keyOf(fields), at, accepted }]);
  }
  return posts;
}

/** What a channel owes its own posts in a span: a second for each try, more for each that went wrong. */
function owed(posts: readonly Post[], from: number, to: number): number {
  const tries = posts.filter(({ at }) => at >= from && at <= to);
  const repeated = tries.length - new Set(tries.map(({ key }) => key)).size;
  const refused = tries.filter(({ accepted }) => !accepted).length;
  return tries.length * SECOND + Math.max(repeated, refused) * OWN_FAULT_MS;
}

function keyOf(fields: ApiCall["fields"]): string {
  const metadata = JSON.parse(fields["metadata"] ?? "{}") as {
    readonly event_payload?: { readonly key?: string };
  };
  return metadata.event_payload?.key ?? "";
}
