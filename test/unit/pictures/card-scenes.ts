import type { DigestCardModel } from "#src/console/charts/digest-card-model.js";
import { createDigests } from "#src/digests/digests.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import { addLocalDays } from "#src/scheduling/zoned-time.js";
import { HOUR, MINUTE } from "#src/shared/clock.js";
import { digestReadModel } from "#src/store/digest-read-model.js";
import type { Transaction } from "#src/store/transaction.js";
import { testStore } from "../../support/store.js";
import { answers, firing, local, Shop } from "../digests/support/shop.js";
import { writeThreeWeeks } from "../digests/support/three-weeks.js";

const digests = createDigests({ readModel: digestReadModel });

/** A digest as it left: its text beside the card that was ordered with it. */
export interface OrderedCard {
  readonly text: string;
  readonly model: DigestCardModel;
  readonly alt: string;
}

export type Language = "zh" | "en";

/** The cards that are ordered when a digest falls due in a store that is written so. */
export async function ordered(
  write: (tx: Transaction) => Promise<unknown>,
  kind: "daily" | "weekly",
  at: string,
): Promise<readonly OrderedCard[]> {
  const store = await testStore();
  await store.write(write);
  const name = `digest.${kind}` as const;
  await store.write((tx) => digests.firings[name](tx, firing(name, local(at))));
  const rows = await store.read((tx) => tx.outbox.rows.find({ kind: "digest" }));
  await store.close();
  return rows.flatMap((row) => {
    const { text, picture } = JSON.parse(row.message ?? "{}") as OutboundMessage;
    if (picture === undefined) return [];
    return [{ text, model: picture.model as DigestCardModel, alt: picture.alt }];
  });
}

/** The one card for an audience. */
export function cardFor(
  cards: readonly OrderedCard[],
  audience: DigestCardModel["audience"],
): OrderedCard {
  const found = cards.find((card) => card.model.audience === audience);
  if (found === undefined) throw new Error(`no card for ${audience}`);
  return found;
}

/** Three ordinary weeks and a bad Friday. */
export function badFriday(language: Language): Promise<readonly OrderedCard[]> {
  return ordered((tx) => writeThreeWeeks(tx, { language }), "daily", "2026-11-20 20:00");
}

/** The week after, told to the group by itself. */
export function goodWeek(language: Language): Promise<readonly OrderedCard[]> {
  return ordered(
    (tx) => writeThreeWeeks(tx, { language, settings: { publicDigest: "automatic" } }),
    "weekly",
    "2026-11-23 20:00",
  );
}

/** Daily questions with as many answers as given, oldest first, up to Friday 20 November. */
export async function writeDays(
  shop: Shop,
  days: readonly { readonly count: number; readonly good: number }[],
): Promise<void> {
  for (const [index, { count, good }] of days.entries()) {
    const day = addLocalDays("2026-11-20", index - days.length + 1);
    const openedAt = local(`${day} 10:00`);
    await shop.run({
      name: `daily-${day}`,
      openedAt,
      closedAt: openedAt + 8 * HOUR,
      eligible: 60,
      answers: answers({ count, good, at: openedAt + 20 * MINUTE }),
    });
  }
}

/** A group whose names, words and numbers are as awkward as they come. */
export async function writeAwkward(tx: Transaction, language: Language): Promise<void> {
  const shop = new Shop(tx);
  await shop.open({
    language,
    name: "䶮龘堃生鲜🍓团购①群👨‍👩‍👧‍👦〖阳光花园三期东区业主互助与拼单交流〗𝓢𝓾𝓷𝓷𝔂 ꧁༺🦩༻꧂ สวัสดี",
    settings: { publicDigest: "automatic" },
  });
  const counts = [14, 12, 3, 15, 0, 11, 60, 9, 0, 0, 13, 16, 8, 20];
  await writeDays(
    shop,
    [...counts, ...counts].map((count, index) => ({
      count,
      good: Math.round(count * (0.4 + (index % 7) * 0.1)),
    })),
  );
  for (let place = 1; place <= 7; place += 1) {
    await shop.complaint({
      number: 990 + place * 1_001,
      aspect:
        (["delivery", "quality", "packaging", "price", "service", "refund", "pickup"] as const)[
          place - 1
        ] ?? "other",
      openedAt: local("2026-11-20 09:00") - place * 30 * HOUR,
      members: Array.from({ length: place * 5 }, (_, index) => index + 1),
      state: place % 2 === 0 ? "candidate" : "confirmed",
      severity: place === 1 ? "P1" : "P3",
      report:
        "昨晚下的单今天还没到😡😡，龘堃䶮家里老人等着吃，👍🏽🇨🇳❤️1️⃣ 麻烦给个准信，不要再让我等了，电话 13800138000，谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢",
    });
  }
  await shop.complaint({
    number: 123_456,
    aspect: "delivery",
    severity: "P1",
    openedAt: local("2026-11-20 09:30"),
    members: Array.from({ length: 58 }, (_, index) => index + 1),
    report:
      "昨晚下的单今天还没到😡😡，龘堃䶮家里老人等着吃，👍🏽🇨🇳❤️1️⃣ 麻烦给个准信，不要再让我等了，电话 13800138000，谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢",
  });
  await shop.life(local("2026-10-01 09:00"), local("2026-11-20 02:00"));
  await shop.life(local("2026-11-20 08:00"), local("2026-11-20 21:00"));
}
