import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SimulatedAdapter } from "#adapters/simulated/simulated-adapter.js";
import { SimulatedChat } from "#adapters/simulated/simulated-chat.js";
import type { Aspect } from "#entities/vocabulary.js";
import { createApp } from "#src/app/create-app.js";
import { createMetrics, type Metrics } from "#src/app/metrics.js";
import {
  buildSecondOpinion,
  countedSecondOpinion,
  describeSecondOpinion,
} from "#src/app/second-opinion.js";
import type { SecondOpinionConfig } from "#src/app/second-opinion-config.js";
import { createService } from "#src/app/service.js";
import { FAULTS_BEFORE_REST, REST_MS } from "#src/complaints/opinion/second-opinion.js";
import { manualClock, systemClock } from "#src/shared/clock.js";
import { randomIds } from "#src/shared/ids.js";
import { createLogger, type Logger, silentLogger } from "#src/shared/logger.js";
import { openStore, type Store } from "#src/store/store.js";
import { ChatScript, HOUR, MINUTE, MORNING } from "../support/chat-script.js";
import {
  COMPLAINT,
  NO_COMPLAINT,
  type OpinionServer,
  opinionConfig,
  opinionServer,
  says,
} from "../support/opinion-server.js";
import { describeStores } from "../support/stores.js";
import { type Opinion, scriptedDetector } from "../unit/complaints/support/shop.js";

const GROUP = "阳光里3群";
const STAFF = "staff";
const QUALITY: readonly Aspect[] = ["quality"];
/** The threshold of the scripted small model is 0.5. */
const BELOW = "王阿姨说草莓有点软，电话 13800138000";
const ABOVE = "这个梨不太行吧";
const SURE = "鸡蛋一板少了两个";
const CLEAR = "今天几点到";
const VERDICTS: Readonly<Record<string, Opinion>> = {
  [BELOW]: { severity: "P3", score: 0.45, aspects: QUALITY },
  "草莓有点软，退我": { severity: "P3", score: 0.46, aspects: QUALITY },
  "又来了，还是软": { severity: "P3", score: 0.44, aspects: QUALITY },
  [ABOVE]: { severity: "P3", score: 0.55, aspects: QUALITY },
  [SURE]: { severity: "P3", score: 0.95, aspects: ["shortage"] },
  [CLEAR]: { score: 0.1 },
  孩子吃了拉肚子: { severity: "P1", score: 0.52, aspects: ["safety"], rule: "stomach" },
  "3，草莓有点软": { severity: "P3", score: 0.45, aspects: QUALITY },
  "已退，谢谢": { score: 0.5, thanks: true },
};

describeStores("a second opinion", (kind) => {
  let store: Store;
  let server: OpinionServer;
  let chat: ChatScript;
  let metrics: Metrics;
  const logs: string[] = [];
  const logger: Logger = createLogger("debug", {
    write: (line: string) => {
      logs.push(line);
    },
  });

  async function open(change: Partial<SecondOpinionConfig> = {}, on = true): Promise<void> {
    // The rest of the second opinion goes by the clock of the walk.
    const time = { now: (): number => chat?.simulation.clock.now() ?? MORNING };
    metrics = createMetrics(store, time.now);
    const parts = buildSecondOpinion(opinionConfig(server, change), time);
    const around = { metrics, store, clock: time, timeZone: "Asia/Shanghai" };
    chat = await ChatScript.open(store, {
      detector: scriptedDetector(VERDICTS),
      logger,
      ...(on ? { secondOpinion: countedSecondOpinion(parts, around) } : {}),
    });
    await chat.says(STAFF, "小陈", "早", { role: "staff" });
    await chat.says(GROUP, "李娜", "早上好");
  }

  async function openCsat(): Promise<void> {
    const { app, clock } = chat.simulation;
    const at = clock.now();
    await store.write(async (tx) => {
      const place = { platform: "simulated", conversationId: GROUP };
      const group = await app.rooms.directory.ensureGroup(tx, { place, at });
      const run = { group, runId: "r", kind: "csat", opensAt: at, closesAt: at + HOUR } as const;
      await app.rooms.surveys.openFromTranscript(tx, run);
    });
  }

  const cases = () => store.read((tx) => tx.cases.find({}, { order: { number: "asc" } }));
  const waiting = () => store.read((tx) => tx.opinions.waiting(100));
  async function figure(name: string): Promise<string> {
    const text = await metrics.registry.metrics();
    return text.split("\n").find((line) => line.startsWith(name)) ?? "";
  }

  beforeEach(async () => {
    logs.length = 0;
    store = await openStore(await kind.fresh());
    server = await opinionServer();
  });
  afterEach(async () => {
    await chat.simulation.stop();
    await store.close();
    await server.close();
  });

  it("opens a candidate that the small model left just below the threshold, and shows why", async () => {
    await open();
    await chat.says(GROUP, "小陈", "李娜的草莓到了，3栋2单元取", { role: "staff" });
    await chat.says(GROUP, "李娜", BELOW);
    const [heard, ...more] = server.questions;
    expect(more).toEqual([]);
    expect(heard?.line).toEqual({ role: "customer", text: "[name]说草莓有点软,电话 [number]" });
    expect(heard?.before).toEqual([
      { role: "customer", text: "早上好" },
      { role: "staff", text: "[name]的草莓到了,[address]取" },
    ]);
    expect(heard?.body).not.toMatch(/13800138000|李娜|小陈|阳光里|simulated/);
    const alert = chat.post(STAFF, /#1/);
    expect(alert.text).toContain("投诉 P3");
    expect(alert.text).toContain("第二意见：是投诉（把握 90%）");
    expect(alert.text).toContain(BELOW);
    const [row, ...others] = await cases();
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      state: "candidate",
      severity: "P3",
      aspect: "quality",
      score: 0.45,
    });
    expect(row?.verdict.raisedBy).toBe("second_opinion");
    expect(await waiting()).toEqual([]);
    expect(chat.said(GROUP, /./)).toEqual([]);
  });

  it("marks the alert of an uncertain complaint with its answer, for and against, and closes nothing", async () => {
    await open();
    await chat.says(GROUP, "李娜", ABOVE);
    expect(chat.post(STAFF, /#1/).text).toContain("第二意见：是投诉（把握 90%）");
    server.behave(says(NO_COMPLAINT));
    await chat.passes(2 * HOUR);
    await chat.says(GROUP, "赵六", ABOVE);
    expect(server.questions).toHaveLength(2);
    expect(chat.post(STAFF, /#2/).text).toContain("第二意见：不是投诉（把握 80%）");
    const rows = await cases();
    expect(rows.map((row) => [row.state, row.severity])).toEqual([
      ["candidate", "P3"],
      ["candidate", "P3"],
    ]);
    const acts = await store.read((tx) =>
      tx.caseEntries.find({}, { order: { at: "asc", id: "asc" } }),
    );
    expect(acts.map((entry) => entry.act)).toEqual(
      expect.arrayContaining(["opinion_agrees", "opinion_differs"]),
    );
  });

  it("is asked about nothing that is sure, settled, said by staff, beside a vote or to the bot alone", async () => {
    await open();
    await chat.says(GROUP, "李娜", SURE);
    await chat.says(GROUP, "赵六", CLEAR);
    await chat.says(GROUP, "赵六", "已退，谢谢");
    await chat.says(GROUP, "小陈", BELOW, { role: "staff" });
    await chat.tells("李娜", BELOW);
    await openCsat();
    await chat.says(GROUP, "李娜", "3，草莓有点软");
    expect(await store.read((tx) => tx.responses.rows.count({}))).toBe(1);
    expect(server.sockets()).toBe(0);
    expect(await waiting()).toEqual([]);
  });

  it("never lowers what a safety rule decides, and makes nothing P1 itself", async () => {
    server.behave(says({ ...NO_COMPLAINT, confidence: 1 }));
    await open();
    await chat.says(GROUP, "李娜", "孩子吃了拉肚子");
    expect(server.sockets()).toBe(0);
    expect((await cases())[0]).toMatchObject({ severity: "P1", state: "candidate" });
    server.behave(says({ ...COMPLAINT, confidence: 1, severity: "P1" }));
    await chat.passes(2 * HOUR);
    await chat.says(GROUP, "赵六", BELOW);
    expect((await cases())[1]).toMatchObject({ severity: "P2", state: "candidate" });
    expect(chat.seen(STAFF).filter((post) => /P1.*#2/.test(post.text))).toEqual([]);
  });

  it("leaves the small model's verdict when it says no, doubts itself, is wrong, late or away", async () => {
    await open({ timeoutMs: 500 });
    for (const words of [
      JSON.stringify(NO_COMPLAINT),
      JSON.stringify({ ...COMPLAINT, confidence: 0.5 }),
      "I think so",
    ]) {
      server.behave(says(words));
      await chat.says(GROUP, "李娜", BELOW);
    }
    server.behave(() => null);
    await chat.says(GROUP, "李娜", BELOW);
    await server.close();
    await chat.says(GROUP, "李娜", BELOW);
    await chat.says(GROUP, "赵六", SURE);
    expect((await cases()).map((row) => row.aspect)).toEqual(["shortage"]);
    expect(await waiting()).toEqual([]);
    expect(await figure('huiyin_second_opinions_total{outcome="failed"}')).toMatch(/ 3$/);
  });

  it("changes nothing for words that were edited, taken back or erased while it was asked", async () => {
    await open();
    for (const meanwhile of ["recalled", "edited", "opted out"] as const) {
      let id = "";
      server.behave((heard, response) => {
        const change = async (): Promise<void> => {
          await store.write(async (tx) => {
            const [row] = await tx.messages.rows.find({ text: BELOW });
            if (row === undefined) throw new Error(`the line is not there: ${id}`);
            if (meanwhile === "recalled")
              await tx.messages.rows.update({ id: row.id }, { text: null });
            if (meanwhile === "edited")
              await tx.messages.rows.update({ id: row.id }, { text: "草莓很好" });
            if (meanwhile === "opted out")
              await tx.directory.members.update({ id: row.memberId }, { optedOutAt: MORNING });
          });
          says(COMPLAINT)(heard, response, 1);
        };
        void change();
      });
      id = await chat.says(GROUP, "李娜", BELOW);
    }
    expect(server.questions).toHaveLength(3);
    expect(await cases()).toEqual([]);
  });

  it("asks no more than the day's budget, also after a restart, and again the next day", async () => {
    await open({ dailyBudget: 2 });
    server.behave(says(NO_COMPLAINT));
    await chat.says(GROUP, "李娜", BELOW);
    expect(await figure("huiyin_second_opinion_budget_left")).toMatch(/ 1$/);
    await chat.simulation.stop();
    await open({ dailyBudget: 2 });
    await chat.says(GROUP, "李娜", BELOW);
    await chat.says(GROUP, "李娜", BELOW);
    await chat.says(GROUP, "李娜", BELOW);
    expect(server.questions).toHaveLength(2);
    expect(await waiting()).toEqual([]);
    expect(await figure("huiyin_second_opinion_budget_left")).toMatch(/ 0$/);
    expect(await figure('huiyin_second_opinions_total{outcome="over_budget"}')).toMatch(/ 2$/);
    const config = opinionConfig(server, { dailyBudget: 2 });
    expect(await describeSecondOpinion(config, store, "2026-11-20")).toBe(
      `Second opinion: on; ${new URL(server.url).host} is asked for small about scores within 0.15 of the threshold, 2 of 2 requests today.`,
    );
    await chat.until("2026-11-21T10:00:00");
    await chat.says(GROUP, "李娜", BELOW);
    expect(server.questions).toHaveLength(3);
    expect(await store.read((tx) => tx.opinions.spent("2026-11-20"))).toBe(0);
  });

  it("leaves a broken server alone for a while; what is said meanwhile waits half an hour at most", async () => {
    await open();
    server.behave(says("?"));
    for (let count = 0; count < FAULTS_BEFORE_REST; count += 1) {
      await chat.says(GROUP, "李娜", BELOW);
      await chat.passes(MINUTE);
    }
    expect(server.questions).toHaveLength(FAULTS_BEFORE_REST);
    expect(await figure("huiyin_second_opinion_resting")).toMatch(/ 1$/);
    server.behave(says(COMPLAINT));
    await chat.says(GROUP, "李娜", "草莓有点软，退我");
    expect(server.questions).toHaveLength(FAULTS_BEFORE_REST);
    expect(await waiting()).toHaveLength(1);
    await chat.passes(REST_MS);
    expect(server.questions).toHaveLength(FAULTS_BEFORE_REST + 1);
    expect((await cases()).map((row) => row.verdict.raisedBy)).toEqual(["second_opinion"]);
  });

  it("counts what became of each question, and logs neither words nor names", async () => {
    await open();
    await chat.says(GROUP, "李娜", ABOVE);
    await chat.passes(2 * HOUR);
    await chat.says(GROUP, "赵六", BELOW);
    server.behave(says("nonsense of 王阿姨"));
    await chat.passes(2 * HOUR);
    await chat.says(GROUP, "孙七", "又来了，还是软");
    for (const [outcome, count] of Object.entries({ asked: 3, agreed: 1, differed: 1, failed: 1 }))
      expect(await figure(`huiyin_second_opinions_total{outcome="${outcome}"}`)).toMatch(
        new RegExp(` ${String(count)}$`),
      );
    expect(await figure("huiyin_second_opinion_budget_left")).toMatch(/ 97$/);
    expect(logs.join("")).toContain("not_json");
    expect(logs.join("")).not.toMatch(
      /软|不太行|王阿姨|李娜|赵六|孙七|13800138000|canary|nonsense/,
    );
  });

  it("moves no threshold by what staff say of a case that it opened", async () => {
    await open();
    await chat.says(GROUP, "李娜", BELOW);
    await chat.says(STAFF, "小陈", "处理 1 忽略", { role: "staff" });
    const labels = await store.read((tx) => tx.labels.find({}));
    expect(labels.map((label) => [label.complaint, label.rule])).toEqual([
      [false, "second_opinion"],
    ]);
    const [group] = await store.read((tx) => tx.directory.groups.find({ name: GROUP }));
    if (group === undefined) throw new Error("no group");
    const health = await store.read((tx) => chat.simulation.app.rooms.complaints.health(tx, group));
    expect(health).toMatchObject({ decisions: 0, precision: null, threshold: 0.5 });
  });

  it("opens no socket and keeps no question while it is off", async () => {
    await open({}, false);
    await chat.says(GROUP, "李娜", BELOW);
    await chat.says(GROUP, "赵六", ABOVE);
    await chat.passes(HOUR);
    expect(chat.simulation.app.opinionWorker).toBeNull();
    expect(server.sockets()).toBe(0);
    expect(await waiting()).toEqual([]);
    expect((await cases()).map((row) => row.aspect)).toEqual(["quality"]);
    expect(chat.post(STAFF, /#1/).text).not.toContain("第二意见");
    expect(await describeSecondOpinion(null, store, "2026-11-20")).toContain("off");
  });
});

describe("the running service", () => {
  it("asks by itself, and its stop does not wait for an answer that is late", async () => {
    let asked: () => void = () => undefined;
    const wasAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const server = await opinionServer(() => {
      asked();
    });
    const store = await openStore({ dialect: "sqlite", file: ":memory:" });
    const platform = new SimulatedChat();
    const app = createApp({
      store,
      clock: systemClock,
      ids: randomIds,
      random: Math.random,
      logger: silentLogger,
      detector: scriptedDetector(VERDICTS),
      adapters: [new SimulatedAdapter({ platform, botNames: ["小助手"] })],
      botNames: ["小助手"],
      language: "zh",
      timeZone: "Asia/Shanghai",
      staffRooms: [{ platform: "simulated", conversationId: STAFF }],
      digests: false,
      notice: false,
      secondOpinion: buildSecondOpinion(opinionConfig(server, { timeoutMs: 60_000 }), systemClock),
    });
    const now = (): number => systemClock.now();
    const service = createService({ app, lifeId: "life", seenDays: 14, now });
    await service.start();
    await platform.emit({
      type: "said",
      id: "e1",
      at: now(),
      room: GROUP,
      person: { id: "李娜", name: "李娜" },
      messageId: "m1",
      text: BELOW,
    });
    await wasAsked;
    await service.stop();
    expect(server.questions).toHaveLength(1);
    expect(await store.read((tx) => tx.opinions.waiting(10))).toEqual([]);
    expect(await store.read((tx) => tx.cases.count({}))).toBe(0);
    await store.close();
    await server.close();
  });
});

describe("an English staff room", () => {
  it("reads what the second opinion said", async () => {
    const server = await opinionServer(says(NO_COMPLAINT));
    const store = await openStore({ dialect: "sqlite", file: ":memory:" });
    const chat = await ChatScript.open(store, {
      language: "en",
      detector: scriptedDetector(VERDICTS),
      secondOpinion: buildSecondOpinion(opinionConfig(server), manualClock(MORNING)),
    });
    await chat.says(STAFF, "Ben", "morning", { role: "staff" });
    await chat.says(GROUP, "Anna", ABOVE);
    expect(chat.post(STAFF, /#1/).text).toContain("second opinion: no complaint (80% sure)");
    await chat.simulation.stop();
    await store.close();
    await server.close();
  });
});

describe("the first words to a new group", () => {
  it("tell of the second opinion where there is one, in both languages", async () => {
    const server = await opinionServer();
    for (const [language, words] of [
      ["zh", "另一个模型"],
      ["en", "another model"],
    ] as const) {
      for (const on of [true, false]) {
        const store = await openStore({ dialect: "sqlite", file: ":memory:" });
        const parts = buildSecondOpinion(opinionConfig(server), manualClock(MORNING));
        const chat = await ChatScript.open(store, {
          language,
          notice: true,
          ...(on ? { secondOpinion: parts } : {}),
        });
        await chat.says(GROUP, "李娜", "早上好");
        expect(chat.said(GROUP, /./).join("").includes(words)).toBe(on);
        await chat.simulation.stop();
        await store.close();
      }
    }
    await server.close();
  });
});
