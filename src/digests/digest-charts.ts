import type {
  CardBars,
  CardTrend,
  DigestCardModel,
} from "#src/console/charts/digest-card-model.js";
import { cardTexts } from "#src/i18n/cards.js";
import type { Chart } from "#src/platform/outbound-message.js";

/** One point or one bar is no picture of anything. */
const FEWEST = 2;

/**
 * The charts of a digest's card for platforms that draw themselves: the trend, then the complaints by
 * topic. Only numbers that the card shows; days that tell nothing are left out. Pure.
 */
export function digestCharts({ trend, bars, language }: DigestCardModel): readonly Chart[] {
  const { people } = cardTexts[language].tiles;
  return [
    ...(trend === null ? [] : trendChart(trend)),
    ...(bars === null ? [] : barChart(bars, people)),
  ];
}

function trendChart({ title, legend, data }: CardTrend): readonly Chart[] {
  const days = data.current.map((now, index) => ({ now, before: data.previous[index] ?? null }));
  const told = days.flatMap(({ now: { day, value }, before }) =>
    value === null ? [] : [{ day, value, before: before?.value ?? null }],
  );
  if (told.length < FEWEST) return [];
  const current = { name: legend.current, values: told.map(({ value }) => percent(value)) };
  // A line needs a value everywhere: the earlier period is drawn where it is complete, or not at all.
  const earlier = told.flatMap(({ before }) => (before === null ? [] : [percent(before)]));
  const previous =
    legend.previous === null || earlier.length < told.length
      ? []
      : [{ name: legend.previous, values: earlier }];
  return [
    {
      kind: "line",
      title,
      unit: "%",
      labels: told.map(({ day }) => day.slice(5)),
      series: [current, ...previous],
    },
  ];
}

function barChart({ title, bars }: CardBars, unit: string): readonly Chart[] {
  const told = bars.flatMap(({ label, size }) => (size === null ? [] : [{ label, size }]));
  if (told.length < FEWEST) return [];
  return [
    {
      kind: "bar",
      title,
      unit,
      labels: told.map(({ label }) => label),
      series: [{ name: title, values: told.map(({ size }) => size) }],
    },
  ];
}

function percent(share: number): number {
  return Math.round(share * 100);
}
