import type { Group } from "#entities/index.js";
import type { GroupSettings } from "#entities/types.js";
import { addLocalDays } from "#src/scheduling/zoned-time.js";
import { HOUR, MINUTE } from "#src/shared/clock.js";
import type { Transaction } from "#src/store/transaction.js";
import { answers, local, Shop } from "./shop.js";

/** Satisfied of 40 answers on Mondays, Wednesdays and Fridays of three weeks; the last is better. */
const GOOD = [26, 27, 25, 28, 26, 27, 34, 35, 34] as const;

/**
 * Three weeks of one shop, 2 to 22 November 2026: three questions a week, an NPS question, fixed
 * complaints every few days and a burst about packaging on the last Friday, one improvement that is
 * two weeks old, a night without the service.
 */
export async function writeThreeWeeks(
  tx: Transaction,
  options: {
    readonly language: "zh" | "en";
    readonly settings?: GroupSettings;
    /** Writes the same rows the other way round. */
    readonly reversed?: boolean;
  },
): Promise<Group> {
  const shop = new Shop(tx);
  const group = await shop.open(options);
  const days = ["2026-11-02", "2026-11-04", "2026-11-06"].flatMap((day) => [
    day,
    addLocalDays(day, 7),
    addLocalDays(day, 14),
  ]);
  const inOrder = [...days.toSorted().entries()];
  if (options.reversed === true) {
    await writeComplaints(shop, true);
    inOrder.reverse();
  }
  for (const [index, day] of inOrder) {
    const openedAt = local(`${day} 10:00`);
    await shop.run({
      name: day,
      openedAt,
      closedAt: openedAt + 8 * HOUR,
      answers: answers({ count: 40, good: GOOD[index] ?? 26, at: openedAt + 20 * MINUTE }),
    });
    await shop.talk(30, local(`${day} 09:00`), 18);
  }
  await shop.run({
    name: "nps",
    kind: "nps",
    openedAt: local("2026-11-20 10:00"),
    closedAt: local("2026-11-20 18:00"),
    answers: answers({ count: 36, good: 18, at: local("2026-11-20 11:00"), high: 9, low: 7 }),
  });
  if (options.reversed !== true) await writeComplaints(shop, false);
  await shop.improvement({
    number: 1,
    text: "草莓改用硬盒单层",
    aspect: "packaging",
    at: local("2026-11-06 22:00"),
  });
  await shop.life(local("2026-10-01 09:00"), local("2026-11-20 03:00"));
  await shop.life(local("2026-11-20 05:10"), local("2026-11-23 20:00"));
  return group;
}

async function writeComplaints(shop: Shop, reversed: boolean): Promise<void> {
  if (reversed) await writeLatest(shop);
  const earlier = ["2026-11-03", "2026-11-06", "2026-11-10", "2026-11-13"];
  const inOrder = [...earlier.entries()];
  if (reversed) inOrder.reverse();
  for (const [index, day] of inOrder) {
    await shop.complaint({
      number: index + 1,
      aspect: index % 2 === 0 ? "delivery" : "quality",
      openedAt: local(`${day} 15:00`),
      members: [index + 1],
      repliedAfter: 12 * MINUTE,
      resolvedAfter: 5 * HOUR,
      report: "说好三点送到，现在还没到",
      reply: "您好，三点的配送晚了，半小时内送到",
    });
  }
  if (!reversed) await writeLatest(shop);
}

async function writeLatest(shop: Shop): Promise<void> {
  await shop.complaint({
    number: 12,
    aspect: "packaging",
    severity: "P2",
    openedAt: local("2026-11-20 18:42"),
    members: [11, 12, 13, 14, 15, 16],
    assignee: 901,
    state: "confirmed",
    report: "草莓下层都压坏了，盒子也裂了，单号 20261120998877",
  });
  await shop.complaint({
    number: 13,
    aspect: "shortage",
    openedAt: local("2026-11-20 12:10"),
    members: [17, 18],
    repliedAfter: 7 * MINUTE,
    resolvedAfter: 3 * HOUR,
    report: "鸡蛋少了五个",
    reply: "少的五个鸡蛋今天下午补发给您",
  });
  await shop.complaint({
    number: 14,
    aspect: "pickup",
    openedAt: local("2026-11-20 19:45"),
    members: [19],
    state: "confirmed",
    report: "自提点没人",
  });
  await shop.complaint({
    number: 15,
    aspect: "price",
    openedAt: local("2026-11-20 19:50"),
    members: [20],
    state: "candidate",
    report: "是不是又涨价了",
  });
  await shop.alarm({
    aspect: "packaging",
    day: "2026-11-20",
    members: 6,
    expected: 0.4,
    openedAt: local("2026-11-20 18:50"),
  });
}
