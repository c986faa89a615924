import { describe, expect, test } from "vitest";
import type { Schedule } from "#entities/index.js";
import type { GroupSettings } from "#entities/types.js";
import { createDigests } from "#src/digests/digests.js";
import { digestReadModel } from "#src/store/digest-read-model.js";
import { testStore } from "../../support/store.js";
import { local, Shop } from "./support/shop.js";

const digests = createDigests({ readModel: digestReadModel });

async function schedules(settings: GroupSettings, patch = {}): Promise<readonly Schedule[]> {
  const store = await testStore();
  return store.write(async (tx) => {
    const group = await new Shop(tx).open({ settings });
    await digests.scheduleDigests(tx, group, local("2026-11-17 20:00"));
    if (Object.keys(patch).length > 0) {
      await digests.scheduleDigests(tx, { ...group, ...patch }, local("2026-11-17 20:00"));
    }
    return tx.schedules.rows.find({}, { order: { kind: "asc" } });
  });
}

describe("schedules of digests", () => {
  test("are daily at 20:00 and weekly on Monday unless settings say otherwise", async () => {
    expect(await schedules({})).toMatchObject([
      {
        kind: "digest.daily",
        pattern: "0 20 * * *",
        nextAt: local("2026-11-18 20:00"),
        timeZone: "Asia/Shanghai",
      },
      { kind: "digest.weekly", pattern: "0 20 * * 1", nextAt: local("2026-11-23 20:00") },
    ]);
  });

  test("follow the settings, Sunday being the seventh day", async () => {
    expect(await schedules({ dailyDigestAt: "7:05", weeklyDigestOn: 7 })).toMatchObject([
      { pattern: "5 7 * * *", nextAt: local("2026-11-18 07:05") },
      { pattern: "5 7 * * 0", nextAt: local("2026-11-22 07:05") },
    ]);
  });

  test("have no weekly one where the weekday is none, and none at all after the bot has left", async () => {
    expect(await schedules({ weeklyDigestOn: 0 })).toHaveLength(1);
    const left = await schedules({}, { leftAt: local("2026-11-17 21:00") });
    expect(left.map(({ enabled, nextAt }) => [enabled, nextAt])).toEqual([
      [false, null],
      [false, null],
    ]);
  });
});
