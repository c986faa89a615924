import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AccountGuard, notNow, type SendRules } from "#adapters/wechat/account-guard.js";
import type { GateMemory, Pause, Permission } from "#adapters/wechat/send-gate.js";
import type { SendState } from "#entities/types.js";
import type { MessageKind } from "#entities/vocabulary.js";
import { DAY, HOUR, MINUTE, SECOND } from "#src/shared/clock.js";

/** Tuesday 2026-11-24, 10:00 in Shanghai. */
const MORNING = Date.UTC(2026, 10, 24, 2, 0, 0);

const RULES: SendRules = {
  sending: true,
  gap: { from: 3 * SECOND, to: 8 * SECOND },
  roomGap: 30 * SECOND,
  perMinute: 6,
  perHour: 60,
  perDay: 300,
  quiet: { from: "22:00", to: "08:00" },
  timeZone: "Asia/Shanghai",
  firstSilence: DAY,
  pause: 30 * MINUTE,
};

interface Scene {
  guard: AccountGuard;
  /** A new process over what the old one kept. */
  restart(): void;
  readonly pauses: Pause[];
  readonly saved: SendState[];
}

function scene(
  options: { rules?: Partial<SendRules>; since?: number; random?: () => number } = {},
): Scene {
  let kept: SendState | null = null;
  const pauses: Pause[] = [];
  const saved: SendState[] = [];
  const memory: GateMemory = {
    load: async () => ({ accountSince: options.since ?? MORNING - 30 * DAY, state: kept }),
    save: async (state) => {
      // As a database would: what is kept shares nothing with what is in use.
      kept = structuredClone(state);
      saved.push(kept);
    },
  };
  const make = () =>
    new AccountGuard({
      rules: { ...RULES, ...options.rules },
      memory,
      random: options.random ?? (() => 0.5),
      onPause: async (pause) => {
        pauses.push(pause);
      },
    });
  const made: Scene = {
    guard: make(),
    restart: () => {
      made.guard = make();
    },
    pauses,
    saved,
  };
  return made;
}

/** Asks and, when it may, sends in 200 ms. */
async function send(
  { guard }: Scene,
  now: number,
  room: string,
  kind: MessageKind = "survey",
): Promise<Permission> {
  const permission = await guard.mayI(now, room, kind);
  if (permission.kind === "now") await guard.sent(now + 200, room);
  return permission;
}

describe("the guard of a WeChat account", () => {
  it("lets nothing out while sending is off, and keeps it in the outbox", async () => {
    const off = scene({ rules: { sending: false } });
    const permission = await send(off, MORNING, "g1");
    expect(permission).toEqual({ kind: "refused", why: "sending-is-off" });
    if (permission.kind === "now") throw new Error("unreachable");
    expect(notNow(permission, MORNING)).toMatchObject({
      code: "rate-limited",
      retryAfterMs: HOUR,
    });
    expect(off.saved).toEqual([]);
  });

  it("only listens in the first 24 hours of an account, to the second", async () => {
    const fresh = scene({ since: MORNING });
    expect(await send(fresh, MORNING + 5 * HOUR, "g1", "alert")).toEqual({
      kind: "wait",
      until: MORNING + DAY,
      why: "new-account",
    });
    expect(await send(fresh, MORNING + DAY - 1, "g1")).toMatchObject({ why: "new-account" });
    expect(await send(fresh, MORNING + DAY, "g1")).toEqual({ kind: "now" });
  });

  it("waits for the morning by the local clock; alerts do not", async () => {
    const quiet = scene();
    const evening = MORNING + 12 * HOUR;
    expect(await send(quiet, evening - 1, "g1")).toEqual({ kind: "now" });
    expect(await send(quiet, evening + MINUTE, "g2")).toEqual({
      kind: "wait",
      until: MORNING + 22 * HOUR,
      why: "quiet-hours",
    });
    for (const kind of ["result", "digest", "reply", "notice", "acknowledgement"] as const)
      expect(await send(quiet, evening + MINUTE, "g2", kind)).toMatchObject({ why: "quiet-hours" });
    expect(await send(quiet, evening + MINUTE, "staff", "alert")).toEqual({ kind: "now" });
    // … but they keep the pace.
    expect(await send(quiet, evening + MINUTE + 1, "staff2", "alert")).toMatchObject({
      why: "gap",
    });
  });

  it("draws the gap between 3 and 8 seconds, and gives a room 30", async () => {
    for (const [drawn, gap] of [
      [0, 3_000],
      [0.999_999, 8_000],
    ] as const) {
      const one = scene({ random: () => drawn });
      await send(one, MORNING, "g1");
      expect(await one.guard.mayI(MORNING + 300, "g2", "survey")).toEqual({
        kind: "wait",
        until: MORNING + 200 + gap,
        why: "gap",
      });
      expect(await one.guard.mayI(MORNING + 300, "g1", "survey")).toEqual({
        kind: "wait",
        until: MORNING + 200 + 30_000,
        why: "room-gap",
      });
    }
  });

  it("gives one of sixteen that ask at once their turn", async () => {
    const one = scene();
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, i) => one.guard.mayI(MORNING, `g${String(i)}`, "alert")),
    );
    expect(answers.filter(({ kind }) => kind === "now")).toHaveLength(1);
  });

  it("lets nobody in while a send is under way, at most half a minute", async () => {
    const one = scene();
    await one.guard.mayI(MORNING, "g1", "survey");
    expect(await one.guard.mayI(MORNING + 20_000, "g2", "survey")).toEqual({
      kind: "wait",
      until: MORNING + 21_000,
      why: "gap",
    });
    expect(await one.guard.mayI(MORNING + 30_000, "g2", "survey")).toEqual({ kind: "now" });
  });

  it("pauses 30 minutes when WeChat says that it is too much, doubles, and tells once each time", async () => {
    const one = scene();
    let now = MORNING;
    const lengths: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      const { until, lengthMs } = await one.guard.throttled(now);
      // The same moment reported twice is one pause.
      expect(await one.guard.throttled(now + SECOND)).toEqual({ until, lengthMs });
      expect(await one.guard.mayI(until - 1, "g1", "alert")).toMatchObject({ why: "paused" });
      one.restart();
      expect(await one.guard.mayI(until - 1, "g1", "alert")).toMatchObject({ why: "paused" });
      lengths.push(lengthMs / MINUTE);
      now = until + MINUTE;
    }
    expect(lengths).toEqual([30, 60, 120, 240, 480, 960, 1_440, 1_440]);
    expect(one.pauses).toHaveLength(8);
  });

  it("begins with the first pause again after a day without one", async () => {
    const one = scene();
    const first = await one.guard.throttled(MORNING);
    const second = await one.guard.throttled(first.until + DAY - 1);
    expect(second.lengthMs).toBe(HOUR);
    const third = await one.guard.throttled(second.until + DAY);
    expect(third.lengthMs).toBe(30 * MINUTE);
  });

  it("is not silenced by a clock that was put back", async () => {
    const one = scene();
    await send(one, MORNING + 5 * DAY, "g1");
    one.restart();
    expect(await one.guard.mayI(MORNING, "g1", "survey")).toMatchObject({
      kind: "wait",
      until: MORNING + 30_000,
    });
  });

  it("sends nothing when what it counts cannot be kept", async () => {
    const guard = new AccountGuard({
      rules: RULES,
      memory: {
        load: async () => ({ accountSince: 0, state: null }),
        save: async () => Promise.reject(new Error("disk full")),
      },
      random: () => 0,
      onPause: async () => undefined,
    });
    await expect(guard.mayI(MORNING, "g1", "survey")).rejects.toThrow("disk full");
  });

  it("never exceeds a limit in any window, whatever comes when, over restarts and lost ends", async () => {
    const step = fc.record({
      wait: fc.oneof(
        fc.integer({ min: 0, max: 4_000 }),
        fc.integer({ min: 0, max: 90_000 }),
        fc.integer({ min: 0, max: 2 * HOUR }),
      ),
      room: fc.integer({ min: 0, max: 4 }),
      alert: fc.boolean(),
      end: fc.constantFrom("sent", "sent", "sent", "lost", "restart"),
      takes: fc.integer({ min: 0, max: 9_000 }),
      draw: fc.double({ min: 0, max: 0.999, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 100, maxLength: 400 }),
        fc.constantFrom(
          { perMinute: 6, perHour: 60, perDay: 300 },
          { perMinute: 3, perHour: 7, perDay: 11 },
        ),
        async (steps, most) => {
          let draw = 0;
          const one = scene({ rules: most, random: () => draw });
          let now = MORNING;
          const sends: { at: number; room: string; alert: boolean }[] = [];
          for (const { wait, room, alert, end, takes, draw: next } of steps) {
            now += wait;
            draw = next;
            const name = `g${String(room)}`;
            const answer = await one.guard.mayI(now, name, alert ? "alert" : "result");
            if (answer.kind !== "now") {
              // As the outbox does: sometimes the wait is sat out to the millisecond.
              if (answer.kind === "wait" && wait % 2 === 0) now = answer.until;
              continue;
            }
            const begun = now;
            now += takes;
            if (end === "sent") await one.guard.sent(now, name);
            if (end === "restart") one.restart();
            sends.push({ at: end === "sent" ? now : begun, room: name, alert });
          }
          holds(sends, most);
        },
      ),
      { numRuns: 60 },
    );
  });
});

function holds(
  sends: readonly { readonly at: number; readonly room: string; readonly alert: boolean }[],
  most: { readonly perMinute: number; readonly perHour: number; readonly perDay: number },
): void {
  const times = sends.map(({ at }) => at);
  for (const [limit, span] of [
    [most.perMinute, MINUTE],
    [most.perHour, HOUR],
    [most.perDay, DAY],
  ] as const) {
    for (const from of times)
      expect(times.filter((at) => at >= from && at < from + span).length).toBeLessThanOrEqual(
        limit,
      );
  }
  for (const [index, { at, room, alert }] of sends.entries()) {
    const before = sends[index - 1];
    if (before !== undefined) expect(at - before.at).toBeGreaterThanOrEqual(3 * SECOND);
    const same = sends.slice(0, index).findLast((one) => one.room === room);
    if (same !== undefined) expect(at - same.at).toBeGreaterThanOrEqual(30 * SECOND);
    const hour = (Math.floor(at / HOUR) + 8) % 24;
    // A send that began before 22:00 may end a few seconds into the night.
    const late = hour === 22 && at % HOUR <= 9_000;
    if (!alert && !late) expect(hour).toSatisfy((one: number) => one >= 8 && one < 22);
  }
}
