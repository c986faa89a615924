import { describe, expect, test } from "vitest";
import {
  businessHoursOf,
  deadline,
  isOverdue,
  openTimers,
  timerPoints,
} from "#src/complaints/case-deadlines.js";
import { HOUR, MINUTE } from "#src/shared/clock.js";
import { clockAt, ZONE } from "./support/shop.js";

const SHOP = { settings: {}, timeZone: ZONE };
const OFFICE = {
  timeZone: ZONE,
  settings: {
    hours: {
      P3: {
        week: Object.fromEntries(
          ["1", "2", "3", "4", "5"].map((day) => [day, [["09:00", "17:00"] as const]]),
        ),
      },
    },
  },
} as const;

const ROW = {
  state: "confirmed",
  severity: "P3",
  openedAt: clockAt("2026-11-20 11:40"),
  lastReportAt: clockAt("2026-11-20 11:40"),
  acknowledgeDueAt: null,
  updateDueAt: null,
  resolveDueAt: null,
  resolvedAt: null,
  toldAt: null,
  assigneeId: null,
} as const;

describe("deadlines in open time", () => {
  test("Friday 16:30 and one hour of office time end on Monday 09:30", () => {
    // 2026-11-20 is a Friday.
    expect(deadline(OFFICE, "P3", clockAt("2026-11-20 16:30"), HOUR)).toBe(
      clockAt("2026-11-23 09:30"),
    );
  });

  test("a split day counts the morning and goes on in the afternoon", () => {
    expect(deadline(SHOP, "P3", clockAt("2026-11-20 11:40"), 30 * MINUTE)).toBe(
      clockAt("2026-11-20 13:40"),
    );
  });

  test("the clock of a P1 never stops", () => {
    expect(deadline(SHOP, "P1", clockAt("2026-11-21 03:00"), 5 * MINUTE)).toBe(
      clockAt("2026-11-21 03:05"),
    );
    expect(businessHoursOf(SHOP, "P1")).toEqual({ kind: "always" });
  });

  test("hours that cannot be used lose no complaint: calendar time holds then", () => {
    const broken = { timeZone: ZONE, settings: { hours: { P3: { week: {} } } } };
    const start = clockAt("2026-11-20 16:30");
    expect(deadline(broken, "P3", start, HOUR)).toBe(start + HOUR);
  });

  test("the warning comes at 80 % of the open time, also across a break", () => {
    const dueAt = deadline(SHOP, "P3", clockAt("2026-11-20 11:40"), 30 * MINUTE);
    const points = timerPoints({ ...ROW, acknowledgeDueAt: dueAt }, SHOP);
    expect(points.map(({ stage, at }) => [stage, at])).toEqual([
      // 24 of 30 minutes: 20 before noon, 4 after 13:30.
      ["warn", clockAt("2026-11-20 13:34")],
      ["due", clockAt("2026-11-20 13:40")],
    ]);
  });

  test("80 % that fall on closing time are reached at closing time", () => {
    const dueAt = deadline(SHOP, "P3", clockAt("2026-11-20 11:36"), 30 * MINUTE);
    const [warn] = timerPoints({ ...ROW, acknowledgeDueAt: dueAt }, SHOP);
    expect(warn?.at).toBe(clockAt("2026-11-20 12:00"));
  });
});

describe("the timers of a case", () => {
  test("a candidate waits half an hour of open time for a decision, a P1 for its deadline", () => {
    expect(openTimers({ ...ROW, state: "candidate" }, SHOP)).toEqual([
      { kind: "triage", dueAt: clockAt("2026-11-20 13:40") },
    ]);
    const dueAt = clockAt("2026-11-20 11:45");
    expect(
      openTimers({ ...ROW, state: "candidate", severity: "P1", acknowledgeDueAt: dueAt }, SHOP),
    ).toEqual([{ kind: "triage", dueAt }]);
  });

  test("a P1 that nobody took is paged again after the deadline, a taken one is not", () => {
    const due = clockAt("2026-11-20 12:00");
    const p1 = { ...ROW, severity: "P1" as const, acknowledgeDueAt: due };
    const pages = timerPoints(p1, SHOP).filter((point) => point.stage === "repeat");
    expect(pages.map((point) => point.at - due)).toEqual([5, 15, 30].map((m) => m * MINUTE));
    const taken = timerPoints({ ...p1, assigneeId: "somebody" }, SHOP);
    expect(taken.map((point) => point.stage)).toEqual(["warn", "due"]);
  });

  test("a told case closes after 72 quiet hours and is never overdue", () => {
    const toldAt = clockAt("2026-11-20 12:00");
    const told = { ...ROW, state: "told" as const, resolvedAt: toldAt, toldAt };
    expect(openTimers(told, SHOP)).toEqual([{ kind: "close", dueAt: toldAt + 72 * HOUR }]);
    expect(isOverdue(told, SHOP, toldAt + 100 * HOUR)).toBe(false);
  });
});
