import { container } from "@takumi-rs/helpers";
import type { DigestCardModel } from "#src/console/charts/digest-card-model.js";
import { createEngine, type PictureEngine } from "#src/pictures/engine.js";
import { renderDigestCard } from "#src/pictures/render-digest-card.js";
import { type Bench, percentile, rounded } from "./figure.js";

const CARDS = 400;
/** Fonts, chart and caches are warm by then. */
const WARM = 60;
const FIRST_IDEOGRAPH = 0x4e00;
const IDEOGRAPHS = 20_900;

/** Sixty characters that no earlier card has drawn, until all of them are through. */
function words(card: number): string {
  const start = card * 60;
  return Array.from({ length: 60 }, (_, index) =>
    String.fromCodePoint(FIRST_IDEOGRAPH + ((start + index) % IDEOGRAPHS)),
  ).join("");
}

function cardModel(card: number): DigestCardModel {
  const days = Array.from({ length: 14 }, (_, index) => ({
    day: `2026-11-${String(7 + index).padStart(2, "0")}`,
    value: (index + card) % 6 === 4 ? null : 0.6 + ((index * 7 + card) % 30) / 100,
    n: 12,
    low: 0.5,
    high: 0.95,
  }));
  const tile = { prefix: "", unit: "%", instead: "", base: ["40 份回答 · 区间 71–93%"] } as const;
  const change = { direction: "up", text: "+6 个百分点，更高", tone: "good" } as const;
  return {
    version: 1,
    language: "zh",
    audience: "staff",
    header: {
      title: "今日满意度日报",
      group: `阳光花园 ${String(card)} 号楼 🍓`,
      date: "2026年11月20日 周五",
      sentence: "满意的人比前几周多了 😊",
    },
    tiles: [
      { ...tile, id: "csat", label: "满意率 CSAT", value: String(60 + (card % 40)), change },
      { ...tile, id: "nps", label: "净推荐值 NPS", value: "42", unit: "", change: null },
      { ...tile, id: "participation", label: "参与率", value: "61", change },
    ],
    waiting: {
      title: "等您处理",
      counts: ["未结 3 件", "超时 1 件"],
      cases: [1, 2, 3].map((number) => ({
        number: `#${String(number)}`,
        aspect: "配送",
        people: "7 人提到",
        status: "待确认",
        tone: "open",
        excerpt: `${words(card * 3 + number)} 😡`,
      })),
      rest: null,
    },
    trend: {
      title: "近 14 天满意率",
      legend: { current: "本期", previous: "上期" },
      data: { current: days, previous: days },
      note: null,
    },
    bars: {
      title: "投诉分布",
      aside: "49 人投诉",
      bars: [18, 12, 9, 6, 4].map((size) => ({
        label: "配送",
        size,
        text: `${String(size)} 人`,
        change,
      })),
      nothing: null,
    },
    words: [],
    footer: { missed: null, privacy: "不显示姓名", by: "回音 Huiyin" },
    alt: "日报",
  };
}

function residentMiB(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss / 1_048_576;
}

/** A white picture of a card's size: what encoding alone costs on this machine at this moment. */
async function drawBlank(engine: PictureEngine): Promise<void> {
  const style = { width: 800, height: 1_300, backgroundColor: "#ffffff" };
  const root = container({ style, children: [] });
  await engine.draw({ root, images: [], width: 1_600, scale: 2 });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Draws 400 different cards: how long a warm one takes, and whether memory stays where it was. */
export const cardBench: Bench = async () => {
  const engine = createEngine();
  const times: number[] = [];
  const blanks: number[] = [];
  let early = 0;
  for (let card = 0; card < CARDS; card += 1) {
    const time = await timed(() => renderDigestCard(cardModel(card), { engine }));
    if (card >= WARM) times.push(time);
    if (card >= WARM && card % 5 === 0) blanks.push(await timed(() => drawBlank(engine)));
    if (card === WARM) early = residentMiB();
  }
  const late = residentMiB();
  const median = percentile(times, 0.5);
  const floor = percentile(blanks, 0.5);
  return [
    {
      bench: "card",
      value: rounded(median),
      unit: "ms",
      floor: rounded(floor),
      ratio: rounded(median / floor),
      goal: "ratio <= 10",
      met: median / floor <= 10,
    },
    {
      bench: "card-memory",
      value: rounded(late),
      unit: "MiB",
      floor: rounded(early),
      ratio: rounded(late / early),
      goal: "ratio <= 1.15",
      met: late / early <= 1.15,
    },
  ];
};
