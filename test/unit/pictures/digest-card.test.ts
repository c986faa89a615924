import { beforeAll, describe, expect, it } from "vitest";
import type { DigestCardModel } from "#src/console/charts/digest-card-model.js";
import { composePublic } from "#src/digests/compose-public.js";
import type { PublicFacts } from "#src/digests/digest-facts.js";
import { publicCard } from "#src/digests/public-card.js";
import { answers, local, Shop } from "../digests/support/shop.js";
import {
  badFriday,
  cardFor,
  goodWeek,
  type Language,
  type OrderedCard,
  ordered,
  writeAwkward,
  writeDays,
} from "./card-scenes.js";

const TWENTY = "2026-11-20 20:00";
const AUTOMATIC = { publicDigest: "automatic" } as const;

function tile(
  { model }: OrderedCard,
  id: "csat" | "nps" | "participation",
): DigestCardModel["tiles"][number] {
  const found = model.tiles.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no tile ${id}`);
  return found;
}

/** Every text of a card that a reader sees as one string. */
function everyWord(model: DigestCardModel): string {
  const { trend, ...rest } = model;
  return JSON.stringify({ ...rest, title: trend?.title, note: trend?.note });
}

describe.each(["zh", "en"] as const)("a staff digest and its picture (%s)", (language) => {
  let card: OrderedCard;
  beforeAll(async () => {
    card = cardFor(await badFriday(language), "staff");
  });

  it("tell the same satisfied share, interval, base and comparison", () => {
    const { value, unit, base, change } = tile(card, "csat");
    expect(`${value ?? ""}${unit}`).toBe("85%");
    expect(card.text).toContain(
      language === "zh" ? "满意率85%（区间71–93%，40份）" : "85% (71–93%, n=40)",
    );
    expect(base.join(" ")).toContain("71–93%");
    expect(base.join(" ")).toContain("40");
    expect(base.join(" ")).toContain("65%");
    expect(change).toMatchObject({ direction: "up", tone: "good" });
    expect(change?.text).toContain("+20");
    expect(card.text).toContain("+20");
  });

  it("tell the same NPS, and claim no change that was not tested", () => {
    expect(tile(card, "nps")).toMatchObject({ value: "50", change: null });
    expect(card.text).toContain("NPS 50");
  });

  it("tell the same participation", () => {
    const { value, base } = tile(card, "participation");
    expect(value).toBe("63");
    expect(base[0]).toContain(language === "zh" ? "76/120" : "76 of 120");
    expect(card.text).toContain(
      language === "zh" ? "参与率63%（76/120" : "63% took part (76 of 120",
    );
  });

  it("tell the same complainers per aspect, most first", () => {
    const { bars } = card.model;
    expect(bars?.bars.map((bar) => bar.size)).toEqual([6, 2, 1, 1]);
    for (const { label, size } of bars?.bars ?? []) {
      expect(card.text).toContain(language === "zh" ? `${label}${size}人` : `${label} ${size}`);
    }
  });

  it("name the same cases in the same order, with words only for staff", () => {
    expect(card.model.waiting?.cases.map((one) => one.number)).toEqual(["#12", "#14", "#15"]);
    const [first] = card.model.waiting?.cases ?? [];
    expect(first).toMatchObject({ tone: "urgent" });
    expect(first?.status).toContain("48");
    expect(first?.excerpt).toContain("草莓下层都压坏了");
    expect(first?.excerpt).not.toContain("20261120998877");
  });

  it("end their trend at the headline", () => {
    expect(card.model.trend?.data.current.at(-1)).toMatchObject({
      day: "2026-11-20",
      value: 0.85,
      n: 40,
    });
    expect(card.model.trend?.data.current).toHaveLength(14);
    expect(card.model.trend?.data.previous).toHaveLength(14);
  });

  it("say what the bot missed, and no member's name", () => {
    expect(card.model.footer.missed).toMatch(/2.*10/u);
    expect(everyWord(card.model)).not.toMatch(/顾客\d+号|member-/u);
  });

  it("read well without eyes", () => {
    expect(card.alt).toBe(card.model.alt);
    for (const words of [card.model.header.title, card.model.header.date, "85%", "50"]) {
      expect(card.alt).toContain(words);
    }
  });
});

describe.each(["zh", "en"] as const)("a post for the group and its picture (%s)", (language) => {
  let card: OrderedCard;
  beforeAll(async () => {
    card = cardFor(await goodWeek(language), "public");
  });

  it("tell the same rounded numbers", () => {
    expect(tile(card, "csat")).toMatchObject({ value: "85", unit: "%" });
    expect(tile(card, "nps")).toMatchObject({ value: "50", unit: "%" });
    expect(tile(card, "participation")).toMatchObject({ value: "40" });
    expect(card.text).toContain(language === "zh" ? "约85%满意" : "about 85% are satisfied");
    expect(card.text).toContain(language === "zh" ? "约40位" : "about 40 neighbours");
  });

  it("hold no number of their own: each one of the picture stands in the text", () => {
    const text = card.text;
    const { header: _header, footer: _footer, alt: _alt, version: _version, ...rest } = card.model;
    const shown = everyWord({ ...card.model, ...rest, alt: "" })
      .replace(JSON.stringify(card.model.header), "")
      .replace(JSON.stringify(card.model.footer), "")
      .replace('"version":1', "");
    const numbers = shown.match(/\d+/gu) ?? [];
    expect(numbers.length).toBeGreaterThan(4);
    expect(numbers.filter((number) => !text.includes(number))).toEqual([]);
  });

  it("tell what was done, how far it is and how to speak up, and quote nobody", () => {
    const lines = card.model.words.flatMap((words) => words.lines);
    expect(lines.length).toBeGreaterThanOrEqual(3);
    for (const line of lines) expect(card.text).toContain(line);
    expect(everyWord(card.model)).not.toMatch(/压坏了|鸡蛋|自提点没人|小陈|Chen|#1\d/u);
    expect(card.model.waiting).toBeNull();
  });
});

describe("small numbers on a card", () => {
  const few = async (language: Language, count: number): Promise<readonly OrderedCard[]> =>
    ordered(
      async (tx) => {
        const shop = new Shop(tx);
        await shop.open({ language, settings: AUTOMATIC });
        await writeDays(shop, [{ count, good: count - 1 }]);
      },
      "daily",
      TWENTY,
    );

  it("of fewer than five people are not told to staff, in the tile or in the trend", async () => {
    const card = cardFor(await few("zh", 4), "staff");
    expect(tile(card, "csat")).toMatchObject({ value: null, instead: "样本不足", change: null });
    expect(tile(card, "csat").base).toEqual(["样本不足 5 人，不公布"]);
    expect(card.model.trend).toBeNull();
    expect(card.text).toContain("不到5份");
  });

  it("of fewer than ten are no share: the count is told, the point is hollow and has no label", async () => {
    const card = cardFor(await few("en", 7), "staff");
    expect(tile(card, "csat")).toMatchObject({ value: null, instead: "7 answers" });
    expect(card.text).toContain("n=7, too few for a share");
    expect(card.model.trend?.note).toContain("Hollow");
  });

  it("are told to the group in words or not at all", async () => {
    const cards = await few("zh", 4);
    for (const { model } of cards.filter(({ model: one }) => one.audience === "public")) {
      expect(model.tiles.map(({ value }) => value)).toEqual([null, null, null]);
    }
    const card = cardFor(await few("zh", 12), "public");
    // Eleven of twelve: one person could be named, so that words stand where the share would.
    expect(tile(card, "csat")).toMatchObject({ value: null, instead: "多数表示满意" });
    expect(card.text).toContain("多数表示满意");
  });

  it("of a group that is one day old claim nothing about change", async () => {
    const cards = await ordered(
      async (tx) => {
        const shop = new Shop(tx);
        await shop.open({ createdAt: local("2026-11-20 08:00") });
        await writeDays(shop, [{ count: 30, good: 20 }]);
      },
      "daily",
      TWENTY,
    );
    const card = cardFor(cards, "staff");
    expect(card.model.header.sentence).toContain("刚开始");
    expect(card.model.tiles.map(({ change }) => change)).toEqual([null, null, null]);
    expect(card.model.trend?.legend.previous).toBeNull();
  });

  it("of nobody leave no 0 %, no NaN and no endless number", async () => {
    const cards = await ordered(
      async (tx) => {
        const shop = new Shop(tx);
        await shop.open({ language: "en" });
        await shop.complaint({
          number: 1,
          aspect: "price",
          openedAt: local("2026-11-20 12:00"),
          members: [1],
        });
      },
      "daily",
      TWENTY,
    );
    const card = cardFor(cards, "staff");
    expect(card.model.tiles.map(({ value }) => value)).toEqual([null, null, null]);
    expect(everyWord(card.model)).not.toMatch(/NaN|Infinity|undefined|null%|0%/u);
  });
});

describe("awkward groups", () => {
  it("keep at most five bars and three cases, however many there are", async () => {
    const cards = await ordered((tx) => writeAwkward(tx, "zh"), "daily", TWENTY);
    const { model } = cardFor(cards, "staff");
    expect(model.waiting?.cases).toHaveLength(3);
    expect(model.waiting?.rest).toContain("另有 5 件");
    expect(model.bars?.bars.length).toBeLessThanOrEqual(5);
    expect(everyWord(model)).not.toContain("13800138000");
    const gaps = model.trend?.data.current.map(({ value, n }) => ({ told: value !== null, n }));
    for (const { told, n } of gaps ?? []) expect(told).toBe(n >= 5);
  });
});

describe("the trend that a group sees", () => {
  const facts = (over: Partial<PublicFacts>): PublicFacts => ({
    kind: "daily",
    groupName: "阳光里3群",
    timeZone: "Asia/Shanghai",
    from: local("2026-11-19 20:00"),
    to: local(TWENTY),
    firstDay: "2026-11-19",
    lastDay: "2026-11-20",
    audience: "public",
    k: 5,
    closedRuns: 1,
    answerers: { kind: "nothing" },
    ratings: [],
    themes: [],
    progress: null,
    improvements: [],
    nextDay: null,
    wasPromised: false,
    hold: null,
    ...over,
  });
  const post = (day: number, days: number, satisfied: number, metric = "digest:csat") => ({
    metric,
    windowStart: local(`2026-11-${day} 20:00`) - days * 86_400_000,
    windowEnd: local(`2026-11-${day} 20:00`),
    shown: JSON.stringify({
      about: 40,
      percentages: { satisfied, not_satisfied: 100 - satisfied },
      counts: { satisfied: 33, not_satisfied: 6 },
    }),
  });
  const cardOf = (published: ReturnType<typeof post>[], over: Partial<PublicFacts> = {}) => {
    const all = facts(over);
    return publicCard({ facts: all, document: composePublic(all, "zh"), published });
  };

  it("is made of the rounded numbers of earlier posts of its own length, and of nothing else", () => {
    const { trend } = cardOf([
      post(17, 1, 80),
      post(18, 7, 70),
      post(18, 1, 85),
      post(19, 1, 90, "digest:nps"),
      post(21, 1, 95),
    ]);
    expect(trend?.data.current.map(({ day, value }) => [day, value])).toEqual([
      ["2026-11-17", 0.8],
      ["2026-11-18", 0.85],
    ]);
    expect(trend?.data.current.some((one) => "low" in one)).toBe(false);
    expect(JSON.stringify(trend)).not.toMatch(/33|0\.84/u);
  });

  it("ends with this post's own number where that is told", () => {
    const publication = {
      kind: "number",
      metric: "digest:csat",
      about: 30,
      people: 31,
      percentages: { satisfied: 75, not_satisfied: 25 },
      counts: { satisfied: 23, not_satisfied: 8 },
      window: { from: local("2026-11-19 20:00"), to: local(TWENTY) },
      repeated: false,
    } as const;
    const ratings = [{ kind: "csat", publication, change: null }] as const;
    const { trend } = cardOf([post(18, 1, 85)], { ratings });
    expect(trend?.data.current.map(({ value }) => value)).toEqual([0.85, 0.75]);
  });

  it("needs two posts, and reads past a memory that it cannot understand", () => {
    expect(cardOf([post(18, 1, 85)]).trend).toBeNull();
    const broken = ["", "[]", "null", '{"about":"x"}', '{"about":5,"percentages":3}'].map(
      (shown) => ({ ...post(17, 1, 80), shown }),
    );
    expect(cardOf([...broken, post(18, 1, 85)]).trend).toBeNull();
  });
});

describe("a digest that is one quiet line", () => {
  it("brings no picture", async () => {
    const cards = await ordered(
      async (tx) => {
        const shop = new Shop(tx);
        await shop.open({});
        await shop.talk(12, local("2026-11-20 09:00"), 4);
      },
      "daily",
      TWENTY,
    );
    expect(cards).toEqual([]);
  });

  it("changes with votes: the same day with answers brings one", async () => {
    const cards = await ordered(
      async (tx) => {
        const shop = new Shop(tx);
        await shop.open({});
        await shop.run({
          name: "one",
          openedAt: local("2026-11-20 10:00"),
          closedAt: local("2026-11-20 18:00"),
          answers: answers({ count: 10, good: 5, at: local("2026-11-20 11:00") }),
        });
      },
      "daily",
      TWENTY,
    );
    expect(cards.map(({ model }) => model.audience)).toContain("staff");
  });
});
