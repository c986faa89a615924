import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CaseEntry, ComplaintCase } from "#entities/index.js";
import type { CaseState } from "#entities/vocabulary.js";
import { openTimers } from "#src/complaints/case-deadlines.js";
import { stateAfter } from "#src/complaints/case-states.js";
import { caseService, createComplaints } from "#src/complaints/complaints.js";
import { DAY, HOUR, MINUTE } from "#src/shared/clock.js";
import { stableId } from "#src/shared/ids.js";
import { testStore } from "../../support/store.js";
import {
  clockAt,
  type Opinion,
  openShop,
  type Shop,
  scriptedDetector,
  ZONE,
} from "./support/shop.js";

const TEN = clockAt("2026-11-20 10:00");
const OPINIONS: Readonly<Record<string, Opinion>> = {
  少了两个鸡蛋: { severity: "P3", aspects: ["shortage"] },
  孩子吃了拉肚子: { severity: "P1", aspects: ["safety"], rule: "stomach" },
  草莓烂了: { severity: "P2", aspects: ["quality"] },
  "已补发，谢谢": { thanks: true },
  今天真冷: {},
};

type Deed =
  | { readonly kind: "say"; readonly who: number; readonly text: string }
  | { readonly kind: "move"; readonly move: string; readonly staff: number }
  | { readonly kind: "press"; readonly action: string; readonly who: number }
  | { readonly kind: "wait"; readonly ms: number };

const deeds: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    kind: fc.constant("say" as const),
    who: fc.integer({ min: 0, max: 3 }),
    text: fc.constantFrom(...Object.keys(OPINIONS), "+1", "没解决"),
  }),
  fc.record({
    kind: fc.constant("move" as const),
    move: fc.constantFrom("confirm", "dismiss", "take", "note", "reply", "resolve", "reopen"),
    staff: fc.integer({ min: 0, max: 1 }),
  }),
  fc.record({
    kind: fc.constant("press" as const),
    action: fc.constantFrom("case.solved", "case.unsolved", "case.resolve"),
    who: fc.integer({ min: 0, max: 3 }),
  }),
  fc.record({
    kind: fc.constant("wait" as const),
    ms: fc.constantFrom(MINUTE, 10 * MINUTE, HOUR, 5 * HOUR, DAY, 4 * DAY),
  }),
);

const STAFF = ["店长", "店员小陈"];

async function doDeed(shop: Shop, deed: Deed, at: number): Promise<void> {
  const row = (await shop.cases()).at(-1);
  switch (deed.kind) {
    case "say":
      await shop.say(`邻居${String(deed.who)}`, deed.text, at);
      return;
    case "wait":
      return;
    case "press":
      if (row !== undefined) await shop.act(`邻居${String(deed.who)}`, deed.action, row.id, at);
      return;
    case "move": {
      if (row === undefined) return;
      const actor = await shop.person(STAFF[deed.staff] ?? "店长");
      const request = { caseId: row.id, actor, at, text: "已补发", reason: "原因" };
      const move = deed.move as "confirm";
      await shop.write((tx) => caseService[move](tx, request));
    }
  }
}

async function checkCases(shop: Shop, now: number): Promise<void> {
  for (const row of await shop.cases()) {
    checkLine(row, await shop.entries(row.id));
    checkClocks(shop, row, now);
    const members = await shop.store.read((tx) => tx.caseMembers.count({ caseId: row.id }));
    expect(row.affected).toBe(members);
    const schedules = await shop.store.read((tx) =>
      tx.schedules.rows.find({ kind: "case.timer", ownerId: row.id, enabled: true }),
    );
    expect(schedules.length).toBeLessThanOrEqual(1);
    for (const { nextAt } of schedules) if (nextAt !== null) expect(nextAt).toBeGreaterThan(now);
  }
}

/** Each step begins where the one before ended; nothing is resolved unanswered; exits have reasons. */
function checkLine(row: ComplaintCase, entries: readonly CaseEntry[]): void {
  let state: string | null = null;
  let answered = false;
  for (const { act, fromState, toState, actorId, note } of entries) {
    expect(actorId).not.toBe("");
    if (toState === null) continue;
    expect(fromState).toBe(state);
    if (fromState !== null)
      expect(stateAfter(fromState as CaseState, act as "confirm")).toBe(toState);
    if (act === "acknowledge") answered = true;
    if (act === "reopen") answered = false;
    if (act === "resolve") expect(answered).toBe(true);
    if (["dismiss", "close", "reopen"].includes(act)) expect(note).toBeTruthy();
    state = toState;
  }
  expect(state).toBe(row.state);
}

/** One open timer of each kind, no instant before the report or in the future. */
function checkClocks(shop: Shop, row: ComplaintCase, now: number): void {
  const timers = openTimers(row, shop.group).map((timer) => timer.kind);
  expect(new Set(timers).size).toBe(timers.length);
  for (const instant of [row.confirmedAt, row.firstReplyAt, row.resolvedAt, row.toldAt]) {
    expect(instant ?? row.openedAt).toBeGreaterThanOrEqual(row.openedAt);
    expect(instant ?? now).toBeLessThanOrEqual(now);
  }
  for (const dueAt of [row.acknowledgeDueAt, row.updateDueAt, row.resolveDueAt])
    expect(dueAt ?? now + 1).toBeGreaterThan(row.openedAt);
}

describe("whatever people do to a case", () => {
  test("its line of states, clocks, timers and members stay true", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deeds, { minLength: 3, maxLength: 14 }), async (list) => {
        const shop = await openShop({ opinions: OPINIONS });
        let now = TEN;
        for (const deed of list) {
          now += deed.kind === "wait" ? deed.ms : 1_000;
          await shop.passTo(now);
          await doDeed(shop, deed, now);
        }
        await checkCases(shop, now);
        await shop.store.close();
      }),
      { numRuns: 40 },
    );
  });
});

interface Line {
  readonly name: string;
  readonly text: string;
}

/** The same transcript, cut into transactions of the given sizes; some are first tried in vain. */
async function replay(lines: readonly Line[], sizes: readonly number[]): Promise<unknown> {
  const store = await testStore();
  const complaints = createComplaints({ detector: scriptedDetector(OPINIONS) });
  let start = 0;
  let turn = 0;
  while (start < lines.length) {
    const size = sizes[turn % sizes.length] ?? 1;
    const batch = lines.slice(start, start + size);
    const from = start;
    const work = (fail: boolean) =>
      store.write(async (tx) => {
        const group = await tx.directory.addGroup({
          id: stableId("group", "simulated", "group"),
          platform: "simulated",
          externalId: "group",
          name: "group",
          purpose: "customers",
          language: "zh",
          timeZone: ZONE,
          staffGroupId: null,
          settings: {},
          createdAt: TEN - 40 * DAY,
          leftAt: null,
        });
        for (const [index, line] of batch.entries()) {
          const id = stableId("member", line.name);
          const member = await tx.directory.addMember({
            id,
            platform: "simulated",
            externalId: line.name,
            name: line.name,
            createdAt: TEN,
            mutedAt: null,
            optedOutAt: null,
            erasedAt: null,
          });
          const membership = await tx.directory.addMembership({
            id: stableId("membership", group.id, id),
            groupId: group.id,
            memberId: id,
            role: line.name === "店长" ? "staff" : "customer",
            joinedAt: TEN,
            leftAt: null,
          });
          const conversation = { platform: "simulated", conversationId: "group" };
          const messageId = `m${String(from + index)}`;
          await complaints.considerMessage(
            tx,
            { group, member, membership, direct: false },
            {
              kind: "message",
              eventId: messageId,
              at: TEN + (from + index) * 20_000,
              conversation,
              author: { platform: "simulated", memberId: line.name, name: line.name },
              text: line.text,
              message: { conversation, messageId },
              mentionsBot: false,
              isDirect: false,
            },
            { vote: null },
          );
        }
        if (fail) throw new Error("power cut");
      });
    if (turn % 2 === 1) await expect(work(true)).rejects.toThrow("power cut");
    await work(false);
    start += size;
    turn += 1;
  }
  const end = await store.read(async (tx) => ({
    cases: await tx.cases.find({}, { order: { number: "asc" } }),
    entries: await tx.caseEntries.find({}, { order: { id: "asc" } }),
    members: await tx.caseMembers.find({}, { order: { id: "asc" } }),
    messages: await tx.caseMessages.find({}, { order: { id: "asc" } }),
    judged: await tx.messages.rows.find({}, { order: { id: "asc" } }),
    alarms: await tx.alarms.find({}, { order: { id: "asc" } }),
    schedules: await tx.schedules.rows.find({}, { order: { id: "asc" } }),
    said: (await tx.outbox.rows.find({}, { order: { seq: "asc" } })).map(({ key, message }) => [
      key,
      message,
    ]),
  }));
  await store.close();
  return end;
}

describe("the same transcript", () => {
  test("ends in the same rows however it is cut into transactions and interrupted", async () => {
    const lines = fc.array(
      fc.record({
        name: fc.constantFrom("王芳", "李雷", "韩梅", "店长"),
        text: fc.constantFrom(...Object.keys(OPINIONS), "+1", "+1"),
      }),
      { minLength: 4, maxLength: 30 },
    );
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(lines, sizes, async (given, cuts) => {
        expect(await replay(given, cuts)).toEqual(await replay(given, [1]));
      }),
      { numRuns: 15 },
    );
  });
});
