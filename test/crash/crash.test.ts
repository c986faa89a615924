import { expect, it } from "vitest";
import type { SimulatedPayload } from "#adapters/simulated/simulated-payload.js";
import type { QuestionSnapshot } from "#entities/types.js";
import { seededRandom } from "#src/statistics/seeded-random.js";
import type { StoreLocation } from "#src/store/data-source.js";
import { groupId, memberId } from "#src/store/directory-store.js";
import { openStore, type Store } from "#src/store/store.js";
import { describeStores } from "../support/stores.js";
import { type DeathBed, FakePlatform, Life } from "./fake-platform.js";

const ROUNDS = Number(process.env["HUIYIN_CRASH_ROUNDS"] ?? 10);
const SEED = Number(process.env["HUIYIN_CRASH_SEED"] ?? Date.now() % 1_000_000);
const CHAT_EVENTS = 3_500;
const VOTERS = 300;
const VOTES_EACH = 5;
const GROUPS = ["阳光里", "河畔", "东门", "书香苑", "云杉"];
const HOUR = 3_600_000;
const SENDERS = 24;
const LONGEST_WAIT_MS = 4_000;

const LINES = [
  "草莓来两盒",
  "收到",
  "几点截单",
  "谢谢团长",
  "草莓下面一层都烂了",
  "鸡蛋少了两个",
  "哈哈哈",
  "孩子吃了拉肚子",
  "没有坏的，个个都甜",
  "快递怎么还没到，等了三天了",
];

function question(kind: "csat"): QuestionSnapshot {
  return { id: "q1", kind, text: "这次团购您满意吗？", touchpoint: "overall", options: [] };
}

const settings = {
  // No quiet hours and no caps: what is due is due, at whatever time of day the test runs.
  quietHours: { from: "00:00", to: "00:00" },
  capGroupPerDay: 99,
  capGroupPerWeek: 99,
  publicDigest: "automatic",
} as const;

/**
 * Groups, an open survey, surveys and digests that fall due while processes die. Says when the last
 * of them is due: with few rounds all deaths are over before that.
 */
async function prepare(location: StoreLocation): Promise<number> {
  const store = await openStore(location);
  const now = Date.now();
  await store.write(async (tx) => {
    const staff = groupId({ platform: "simulated", conversationId: "staff" });
    const shared = {
      platform: "simulated",
      language: "zh",
      timeZone: "Asia/Shanghai",
      createdAt: now - 48 * HOUR,
      leftAt: null,
    } as const;
    await tx.directory.addGroup({
      ...shared,
      id: staff,
      externalId: "staff",
      name: "店员",
      purpose: "staff",
      staffGroupId: null,
      settings: {},
    });
    for (const [index, name] of GROUPS.entries()) {
      const id = groupId({ platform: "simulated", conversationId: name });
      await tx.directory.addGroup({
        ...shared,
        id,
        externalId: name,
        name,
        purpose: "customers",
        staffGroupId: staff,
        settings,
      });
      const survey = {
        id: `survey-${String(index)}`,
        groupId: id,
        number: index + 1,
        title: "满意度",
        kind: "csat" as const,
        decision: "低于80%换供应商",
        questions: [question("csat")],
        status: "active" as const,
        pattern: null,
        openForMs: HOUR,
        remindAfterMs: null,
        createdAt: now,
      };
      await tx.surveys.insert(survey);
      const due = { groupId: id, pattern: null, timeZone: "Asia/Shanghai", graceMs: HOUR };
      if (index > 0) {
        await tx.schedules.set({
          ...due,
          kind: "survey.open",
          ownerId: survey.id,
          nextAt: now + 3_000 * index,
        });
      }
      await tx.schedules.set({
        ...due,
        kind: "digest.daily",
        ownerId: id,
        nextAt: now + 4_000 * (index + 1),
      });
    }
    const first = groupId({ platform: "simulated", conversationId: GROUPS[0] ?? "" });
    await tx.runs.insert({
      id: "the-run",
      surveyId: "survey-0",
      groupId: first,
      kind: "csat",
      openedFor: now,
      openedAt: now,
      closesAt: now + HOUR,
      closedAt: null,
      state: "open",
      questions: [question("csat")],
      eligible: VOTERS,
      cardKey: null,
    });
  });
  await store.close();
  return now + 4_000 * GROUPS.length;
}

function chatEvent(index: number): SimulatedPayload {
  const room = GROUPS[index % GROUPS.length] ?? "";
  const person = `邻居${String(index % 97)}`;
  const id = `chat-${String(index)}`;
  return {
    type: "said",
    id,
    at: Date.now(),
    room,
    person: { id: person, name: person },
    messageId: id,
    text: LINES[index % LINES.length] ?? "",
  };
}

function voteEvent(voter: number, round: number): SimulatedPayload {
  const id = `vote-${String(voter)}-${String(round)}`;
  const person = `投票人${String(voter)}`;
  return {
    type: "said",
    id,
    at: Date.now(),
    room: GROUPS[0] ?? "",
    person: { id: person, name: person },
    messageId: id,
    text: String(valueOf(voter, round)),
  };
}

function valueOf(voter: number, round: number): number {
  return ((voter * 7 + round * 3) % 5) + 1;
}

/** Sends everything, again and again until it is acknowledged, while processes die. */
class Traffic {
  readonly #platform: FakePlatform;
  readonly #random: () => number;
  /** Work of one sender stays in order: a member's votes follow one another. */
  readonly #lists: SimulatedPayload[][];
  readonly sent: string[] = [];

  constructor(platform: FakePlatform, random: () => number) {
    this.#platform = platform;
    this.#random = random;
    const lists: SimulatedPayload[][] = Array.from({ length: SENDERS }, () => []);
    for (let index = 0; index < CHAT_EVENTS; index += 1)
      lists[index % SENDERS]?.push(chatEvent(index));
    for (let voter = 0; voter < VOTERS; voter += 1) {
      for (let round = 0; round < VOTES_EACH; round += 1) {
        const list = lists[voter % SENDERS];
        list?.splice(
          Math.floor((list.length * (round + 1)) / VOTES_EACH),
          0,
          voteEvent(voter, round),
        );
      }
    }
    this.#lists = lists;
  }

  get left(): number {
    return this.#lists.reduce((sum, list) => sum + list.length, 0);
  }

  /** Sends on for as long as a process lives and there is something left; most `limit` events. */
  async run(lives: () => readonly Life[], limit: number): Promise<void> {
    let budget = limit;
    await Promise.all(
      this.#lists.map(async (list) => {
        for (;;) {
          const payload = list[0];
          const alive = lives().filter((life) => life.alive);
          const life = alive[Math.floor(this.#random() * alive.length)];
          if (payload === undefined || life === undefined || budget <= 0) return;
          budget -= 1;
          const acknowledged = await this.#platform.offer(life, { ...payload, at: Date.now() });
          if (!acknowledged) continue;
          list.shift();
          this.sent.push(payload.id);
          // A platform repeats itself now and then even when it was answered.
          if (this.#random() < 0.02) void this.#platform.offer(life, payload);
        }
      }),
    );
  }
}

/** Lets one process die in this round: while it hears, while it speaks, or at any time. */
async function die(
  platform: FakePlatform,
  alive: readonly Life[],
  { random, events }: { readonly random: () => number; readonly events: number },
): Promise<void> {
  const anyTime = new Promise<void>((resolve) => setTimeout(resolve, 50 + random() * 550));
  const victim = alive[Math.floor(random() * alive.length)];
  const choice = random();
  const share = random();
  if (choice < 0.2) {
    await anyTime;
    await victim?.kill();
    return;
  }
  const bed: DeathBed =
    choice < 0.6
      ? { kind: "acknowledging", left: Math.ceil(share * events * 0.8) }
      : { kind: "posting", taken: share < 0.5 };
  const late = setTimeout(() => {
    // Nothing was heard or said in this round.
    platform.reprieve();
    void victim?.kill();
  }, LONGEST_WAIT_MS);
  await Promise.race([platform.death(bed), ...(victim === undefined ? [] : [victim.ended])]);
  platform.reprieve();
  clearTimeout(late);
}

async function quiet(store: Store, lastDue: number): Promise<boolean> {
  return store.read(async (tx) => {
    const health = await tx.queueHealth();
    const next = await tx.schedules.nextDue();
    const soon = next !== null && next < Math.max(lastDue, Date.now()) + 1_000;
    return !soon && health.every((queue) => queue.due === 0);
  });
}

async function settle(store: Store, lastDue: number): Promise<void> {
  const until = Date.now() + 90_000;
  let calm = 0;
  while (calm < 3) {
    if (Date.now() > until) throw new Error("the queues did not become empty");
    calm = (await quiet(store, lastDue)) ? calm + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

describeStores(`killed ${String(ROUNDS)} times`, (kind) => {
  it(`loses no accepted event and no vote, and says nothing twice (seed ${String(SEED)})`, {
    timeout: 600_000,
  }, async () => {
    const location = await kind.fresh();
    const lastDue = await prepare(location);
    const random = seededRandom(SEED);
    const platform = new FakePlatform();
    const traffic = new Traffic(platform, random);
    const processes = kind.dialect === "postgres" ? 3 : 1;
    const lives: Life[] = [];
    const perRound = Math.ceil(traffic.left / ROUNDS);
    for (let round = 0; round < ROUNDS; round += 1) {
      while (lives.filter((life) => life.alive).length < processes)
        lives.push(new Life(location, platform));
      const alive = lives.filter((life) => life.alive);
      await Promise.race(alive.map((life) => life.ready));
      const work = traffic.run(() => lives, perRound);
      await die(platform, alive, { random, events: perRound });
      await work;
    }
    const last = new Life(location, platform);
    lives.push(last);
    await last.ready;
    await traffic.run(() => [last], Number.POSITIVE_INFINITY);
    const store = await openStore(location);
    await settle(store, lastDue);
    await Promise.all(lives.filter((life) => life.alive).map((life) => life.kill()));
    expect(traffic.left).toBe(0);
    await judge(store, platform, traffic);
    await store.close();
  });
});

/** The sentences that must hold after any number of deaths. */
async function judge(store: Store, platform: FakePlatform, traffic: Traffic): Promise<void> {
  const events = await store.read((tx) => tx.inboxEvents.find({}));
  expect(
    events.filter((row) => row.state !== "done").map((row) => [row.state, row.reason]),
  ).toEqual([]);
  expect(new Set(events.map((row) => row.eventKey)).size).toBe(new Set(traffic.sent).size);
  const messages = await store.read((tx) => tx.messages.rows.count({}));
  expect(messages).toBeGreaterThanOrEqual(CHAT_EVENTS);

  const votes = await store.read((tx) =>
    tx.responses.rows.find({ runId: "the-run", rating: true }),
  );
  const expected = new Map(
    Array.from({ length: VOTERS }, (_, voter) => [
      memberId({ platform: "simulated", memberId: `投票人${String(voter)}` }),
      valueOf(voter, VOTES_EACH - 1),
    ]),
  );
  expect(new Map(votes.map((vote) => [vote.memberId, vote.numeric]))).toEqual(expected);
  expect(votes).toHaveLength(VOTERS);

  const outbox = await store.read((tx) => tx.outbox.rows.find({}));
  expect(outbox.filter((row) => row.state === "due" || row.state === "parked")).toEqual([]);
  const saidKeys = platform.said.map((one) => one.key);
  expect(saidKeys.filter((key, index) => saidKeys.indexOf(key) !== index)).toEqual([]);
  const sentKeys = outbox
    .filter((row) => row.act === "send" && row.state === "sent")
    .map((row) => row.key);
  expect(saidKeys.toSorted()).toEqual(sentKeys.toSorted());

  const firings = await store.read((tx) => tx.schedules.firings.find({}));
  expect(new Set(firings.map((row) => `${row.scheduleId}@${String(row.dueAt)}`)).size).toBe(
    firings.length,
  );
  expect(firings.filter((row) => row.state !== "done")).toEqual([]);
  const cases = await store.read((tx) => tx.cases.find({}));
  expect(cases.length).toBeGreaterThan(0);
  for (const one of cases)
    expect(saidKeys.filter((key) => key === `alert:${one.id}`)).toHaveLength(1);
  const digests = await store.read((tx) => tx.digests.find({ audience: "staff" }));
  expect(digests).toHaveLength(GROUPS.length);
  const runs = await store.read((tx) =>
    tx.runs.find({
      id: { not: "the-run" },
      surveyId: GROUPS.map((_, index) => `survey-${String(index)}`),
    }),
  );
  for (const run of runs)
    expect(saidKeys.filter((key) => key === `card:${run.id}`)).toHaveLength(1);
}
