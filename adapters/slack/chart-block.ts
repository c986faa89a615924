import { cutText } from "#src/platform/cut-text.js";
import type { Chart } from "#src/platform/outbound-message.js";
import { withoutControls } from "./slack-text.js";

/** Slack's limits of a `data_visualization` block. */
export const CHART_LIMITS = {
  title: 50,
  label: 20,
  seriesName: 20,
  axisName: 50,
  points: 20,
  series: 6,
  perMessage: 2,
} as const;

interface Point {
  readonly label: string;
  readonly value: number;
}

/** A chart that Slack draws itself; Slack's packages have no type for it yet. */
export interface ChartBlock {
  readonly type: "data_visualization";
  readonly title: string;
  readonly chart: {
    readonly type: Chart["kind"];
    readonly series: readonly { readonly name: string; readonly data: readonly Point[] }[];
    readonly axis_config: { readonly categories: readonly string[]; readonly y_label?: string };
  };
}

/** The charts as blocks, as far as Slack's limits go; what cannot be drawn is left out. */
export function chartBlocks(charts: readonly Chart[]): readonly ChartBlock[] {
  return charts.flatMap((chart) => chartBlock(chart) ?? []).slice(0, CHART_LIMITS.perMessage);
}

function chartBlock({ kind, title, unit, labels, series }: Chart): ChartBlock | null {
  // Of a line the newest points matter, of bars the first, which are the longest.
  const from = kind === "line" ? Math.max(0, labels.length - CHART_LIMITS.points) : 0;
  const shown = labels.slice(from, from + CHART_LIMITS.points);
  const whole = series.filter(
    ({ values }) => values.length === labels.length && values.every(Number.isFinite),
  );
  if (shown.length === 0 || whole.length === 0) return null;
  const categories = distinct(shown, CHART_LIMITS.label);
  const some = whole.slice(0, CHART_LIMITS.series);
  const names = distinct(
    some.map(({ name }) => name),
    CHART_LIMITS.seriesName,
  );
  const axis = oneLine(unit, CHART_LIMITS.axisName);
  return {
    type: "data_visualization",
    title: oneLine(title, CHART_LIMITS.title) || "–",
    chart: {
      type: kind,
      series: some.map(({ values }, index) => ({
        name: names[index] ?? "",
        data: categories.map((label, at) => ({ label, value: values[from + at] ?? 0 })),
      })),
      axis_config: { categories, ...(axis === "" ? {} : { y_label: axis }) },
    },
  };
}

/** Texts within a length that all differ: Slack finds a point by its label. */
function distinct(texts: readonly string[], most: number): readonly string[] {
  const taken = new Set<string>();
  return texts.map((text) => {
    const plain = oneLine(text, most) || "–";
    let own = plain;
    for (let number = 2; taken.has(own); number += 1) {
      const mark = ` ${String(number)}`;
      own = cutText(plain, most - mark.length) + mark;
    }
    taken.add(own);
    return own;
  });
}

function oneLine(text: string, most: number): string {
  const line = withoutControls(text).replaceAll(/\s+/g, " ").trim().toWellFormed();
  return cutText(line, most);
}
