import type { BarSeriesOption, EChartsOption, LineSeriesOption } from "echarts";
import type { Language } from "#entities/vocabulary.js";
import { chartTexts } from "#src/i18n/cards.js";
import type { ChartTheme } from "./chart-theme.js";
import type { TrendData, TrendValue } from "./digest-card-model.js";

/** Below this many answers a point is drawn hollow: one answer more could move it far. */
export const SOLID_FROM = 10;

const NARROWEST = 0.4;
const STEP = 0.1;
/** Between two labels of the day axis at least. */
const MOST_DAY_LABELS = 7;

/**
 * The trend of a share over days, for the page's chart and for the digest's picture: this period as
 * a line with its interval, the one before dashed, the least and the last value labelled (of those
 * that rest on enough answers to be told as numbers). Days without a value stay gaps, bridged by a dotted hair so that the eye finds the next point.
 * Animation and tooltip are the page's to add. Pure.
 */
export function trendOption(data: TrendData, theme: ChartTheme, language: Language): EChartsOption {
  const { low, high } = scaleOf(data);
  return {
    animation: false,
    textStyle: { fontFamily: theme.font, color: theme.text },
    grid: { left: 46, right: 30, top: 38, bottom: 28 },
    xAxis: {
      type: "category",
      data: data.current.map(({ day }) => dayLabel(day)),
      boundaryGap: false,
      axisLine: { lineStyle: { color: theme.grid } },
      axisTick: { show: false },
      axisLabel: {
        color: theme.muted,
        fontSize: 13,
        margin: 12,
        interval: labelled(data.current.length),
      },
    },
    yAxis: {
      type: "value",
      min: low,
      max: high,
      interval: high - low > 0.55 ? 2 * STEP : STEP,
      splitLine: { lineStyle: { color: theme.grid } },
      axisLabel: {
        color: theme.muted,
        fontSize: 13,
        formatter: (value: number) => percent(value),
      },
    },
    series: [
      ...bandSeries(data.current, theme),
      ...pillSeries(data.current, theme),
      previousSeries(data.previous, theme),
      bridgeSeries(data.current, theme),
      currentSeries(data.current, theme, language),
    ],
  };
}

/** Every second day or rarer, counted from the last one, so that today has its label. */
function labelled(days: number): (index: number) => boolean {
  const every = Math.max(1, Math.ceil(days / MOST_DAY_LABELS));
  return (index) => (days - 1 - index) % every === 0;
}

function dayLabel(day: string): string {
  const [, month, date] = day.split("-");
  return `${Number(month)}/${Number(date)}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** The axis: whole tenths around everything drawn, never a span that makes little look like much. */
function scaleOf({ current, previous }: TrendData): {
  readonly low: number;
  readonly high: number;
} {
  const drawn = [...current, ...previous].flatMap(({ value, low, high }) =>
    [value, low ?? null, high ?? null].filter((one) => one !== null),
  );
  if (drawn.length === 0) return { low: 0, high: 1 };
  let low = Math.floor(Math.min(...drawn) / STEP + 0.001);
  let high = Math.ceil(Math.max(...drawn) / STEP - 0.001);
  while (high - low < NARROWEST / STEP) {
    if (high < 10) high += 1;
    if (low > 0 && high - low < NARROWEST / STEP) low -= 1;
  }
  // Labels at every second tenth need an even span to end at the top.
  if (high - low > 5 && (high - low) % 2 === 1) {
    if (low > 0) low -= 1;
    else high += 1;
  }
  return { low: low / 10, high: Math.min(10, high) / 10 };
}

interface Interval {
  readonly low: number;
  readonly width: number;
  /** No neighbour to draw an area to. */
  readonly alone: boolean;
}

function intervalsOf(days: readonly TrendValue[]): readonly (Interval | null)[] {
  const known = days.map(({ value, low, high }) =>
    value === null || low === undefined || low === null || high === undefined || high === null
      ? null
      : { low, width: high - low },
  );
  return known.map((one, index) => {
    if (one === null) return null;
    const alone = (known[index - 1] ?? null) === null && (known[index + 1] ?? null) === null;
    return { ...one, alone };
  });
}

/** The intervals of days in a row: the low edge unseen, the rest filled on top of it. */
function bandSeries(days: readonly TrendValue[], theme: ChartTheme): readonly LineSeriesOption[] {
  const intervals = intervalsOf(days).map((one) => (one?.alone === false ? one : null));
  if (intervals.every((one) => one === null)) return [];
  const edge: LineSeriesOption = {
    type: "line",
    stack: "band",
    silent: true,
    symbol: "none",
    smooth: 0.2,
    smoothMonotone: "x",
    lineStyle: { opacity: 0 },
  };
  return [
    { ...edge, data: intervals.map((one) => one?.low ?? null) },
    {
      ...edge,
      data: intervals.map((one) => one?.width ?? null),
      areaStyle: { color: theme.band, opacity: 1 },
    },
  ];
}

/** The intervals of days that stand alone: a pill each. */
function pillSeries(days: readonly TrendValue[], theme: ChartTheme): readonly BarSeriesOption[] {
  const intervals = intervalsOf(days).map((one) => (one?.alone === true ? one : null));
  if (intervals.every((one) => one === null)) return [];
  const pill: BarSeriesOption = { type: "bar", stack: "pill", silent: true, barWidth: 16 };
  return [
    {
      ...pill,
      itemStyle: { color: "transparent" },
      data: intervals.map((one) => one?.low ?? null),
    },
    {
      ...pill,
      itemStyle: { color: theme.band, borderRadius: 8 },
      data: intervals.map((one) => one?.width ?? null),
    },
  ];
}

/** The period before is there to compare with: its gaps are passed over. */
function previousSeries(days: readonly TrendValue[], theme: ChartTheme): LineSeriesOption {
  return {
    type: "line",
    name: "previous",
    data: days.map(({ value }) => value),
    connectNulls: true,
    symbol: "circle",
    symbolSize: 4,
    smooth: 0.2,
    smoothMonotone: "x",
    lineStyle: { color: theme.previous, width: 2, type: [6, 5] },
    itemStyle: { color: theme.previous },
  };
}

/** A dotted hair over the gaps; where a line is drawn anyway it lies under it. */
function bridgeSeries(days: readonly TrendValue[], theme: ChartTheme): LineSeriesOption {
  return {
    type: "line",
    silent: true,
    data: days.map(({ value }) => value),
    connectNulls: true,
    symbol: "none",
    smooth: 0.2,
    smoothMonotone: "x",
    lineStyle: { color: theme.line, width: 1.5, type: [1, 5], opacity: 0.7, cap: "round" },
  };
}

function currentSeries(
  days: readonly TrendValue[],
  theme: ChartTheme,
  language: Language,
): LineSeriesOption {
  // Few answers are shown as a point, never told as a number.
  const told = days.flatMap(({ value, n }, index) =>
    value === null || n < SOLID_FROM ? [] : [{ value, index }],
  );
  const last = told.at(-1);
  const least = told.reduce<(typeof told)[number] | undefined>(
    (lowest, one) => (lowest === undefined || one.value < lowest.value ? one : lowest),
    undefined,
  );
  return {
    type: "line",
    name: "current",
    symbol: "circle",
    symbolSize: 8,
    smooth: 0.2,
    smoothMonotone: "x",
    lineStyle: { color: theme.line, width: 3, cap: "round" },
    itemStyle: { color: theme.line },
    data: days.map((day, index) => {
      if (day.value === null) return null;
      const isLast = index === last?.index;
      const isLeast = index === least?.index;
      return {
        value: day.value,
        symbolSize: isLast ? 11 : 8,
        itemStyle: pointStyle(day.n, theme),
        label: {
          show: isLast || isLeast,
          position: isLast ? "top" : "bottom",
          // Beside the axis a centred label would lie on the axis's own.
          align: index === 0 ? "left" : "center",
          distance: 8,
          color: isLast ? theme.line : theme.text,
          fontSize: isLast ? 18 : 14,
          fontWeight: isLast ? 700 : 500,
          formatter: isLast ? percent(day.value) : chartTexts[language].least(percent(day.value)),
        },
      };
    }),
  };
}

function pointStyle(
  n: number,
  theme: ChartTheme,
): { readonly color: string; readonly borderColor: string; readonly borderWidth: number } {
  return n < SOLID_FROM
    ? { color: theme.background, borderColor: theme.line, borderWidth: 2 }
    : { color: theme.line, borderColor: theme.background, borderWidth: 1.5 };
}
