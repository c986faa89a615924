import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blockFaults } from "#adapters/slack/block-limits.js";
import { CHART_LIMITS, chartBlocks } from "#adapters/slack/chart-block.js";
import { renderMessage } from "#adapters/slack/render-message.js";
import type { Chart } from "#src/platform/outbound-message.js";

const TREND: Chart = {
  kind: "line",
  title: "近 14 天满意率",
  unit: "%",
  labels: ["11-20", "11-21"],
  series: [
    { name: "本期", values: [80, 76] },
    { name: "上期", values: [70, 71] },
  ],
};

function faultsOf(blocks: readonly object[]): readonly string[] {
  return blockFaults({ blocks }, "message").map(({ path, problem }) => `${path}: ${problem}`);
}

describe("a chart block", () => {
  it("is what Slack documents: a title, series of labelled points, and the categories they stand at", () => {
    expect(chartBlocks([TREND])).toEqual([
      {
        type: "data_visualization",
        title: "近 14 天满意率",
        chart: {
          type: "line",
          series: [
            {
              name: "本期",
              data: [
                { label: "11-20", value: 80 },
                { label: "11-21", value: 76 },
              ],
            },
            {
              name: "上期",
              data: [
                { label: "11-20", value: 70 },
                { label: "11-21", value: 71 },
              ],
            },
          ],
          axis_config: { categories: ["11-20", "11-21"], y_label: "%" },
        },
      },
    ]);
  });

  it("of a long line keeps the newest points, of many bars the first; equal labels are told apart", () => {
    const labels = Array.from({ length: 30 }, (_, index) => `第${String(index)}天`);
    const long = { ...TREND, labels, series: [{ name: "x", values: labels.map((_, at) => at) }] };
    const [line, bar] = chartBlocks([long, { ...long, kind: "bar" }]);
    expect(line?.chart.axis_config.categories.at(-1)).toBe("第29天");
    expect(line?.chart.series[0]?.data[0]).toEqual({ label: "第10天", value: 10 });
    expect(bar?.chart.axis_config.categories[0]).toBe("第0天");
    const [same] = chartBlocks([{ ...TREND, labels: ["11-20", "11-20"] }]);
    expect(same?.chart.axis_config.categories).toEqual(["11-20", "11-20 2"]);
  });

  it("is left out when there is nothing to draw, and so is a series with a hole", () => {
    const none = [
      { ...TREND, labels: [] },
      { ...TREND, series: [] },
      { ...TREND, series: [{ name: "x", values: [1] }] },
      { ...TREND, series: [{ name: "x", values: [1, Number.NaN] }] },
    ];
    for (const chart of none) expect(chartBlocks([chart])).toEqual([]);
    expect(renderMessage({ text: "日报" }, { charts: none.slice(0, 1) })).toEqual({ text: "日报" });
    const holey = { ...TREND, series: [...TREND.series, { name: "x", values: [1, Infinity] }] };
    expect(chartBlocks([holey])[0]?.chart.series).toHaveLength(2);
  });

  it("never breaks a limit, whatever its words and numbers are, and keeps every value it shows", () => {
    const unit = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 30 }),
      fc.constantFrom(
        "长",
        "🍓",
        "👨‍👩‍👧",
        "\n",
        "<!channel>",
        "字".repeat(3_001),
        "\ud83c",
        "\u202e",
      ),
    );
    const words = fc.array(unit, { maxLength: 12 }).map((parts) => parts.join(""));
    const chart = fc
      .record({
        kind: fc.constantFrom("line" as const, "bar" as const),
        title: words,
        unit: words,
        labels: fc.array(words, { minLength: 1, maxLength: 40 }),
      })
      .chain((head) =>
        fc.record({
          kind: fc.constant(head.kind),
          title: fc.constant(head.title),
          unit: fc.constant(head.unit),
          labels: fc.constant(head.labels),
          series: fc.array(
            fc.record({
              name: words,
              values: fc.array(fc.integer(), {
                minLength: head.labels.length,
                maxLength: head.labels.length,
              }),
            }),
            { minLength: 1, maxLength: 9 },
          ),
        }),
      );
    fc.assert(
      fc.property(fc.array(chart, { minLength: 1, maxLength: 4 }), (charts) => {
        const blocks = chartBlocks(charts);
        expect(faultsOf(blocks)).toEqual([]);
        expect(blocks).toHaveLength(Math.min(charts.length, CHART_LIMITS.perMessage));
        for (const [index, block] of blocks.entries()) {
          const given = charts[index];
          const from =
            given?.kind === "line" ? Math.max(0, given.labels.length - CHART_LIMITS.points) : 0;
          for (const [at, { data }] of block.chart.series.entries())
            expect(data.map(({ value }) => value)).toEqual(
              given?.series[at]?.values.slice(from, from + CHART_LIMITS.points),
            );
        }
        const text = "日报\n一切都好";
        expect(renderMessage({ text }, { kind: "digest", charts }).text).toBe(text);
      }),
      { numRuns: 200 },
    );
  });
});

describe("the limits of a chart", () => {
  const [good] = chartBlocks([TREND]);
  if (good === undefined) throw new Error("there is no chart");
  const withChart = (chart: object) => ({ ...good, chart: { ...good.chart, ...chart } });
  const point = { label: "a", value: 1 };
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ label: String(index), value: index }));
  const line = (points: readonly { readonly label: string; readonly value: unknown }[]) => ({
    series: [{ name: "s", data: points }],
    axis_config: { categories: points.map(({ label }) => label) },
  });

  it.each<readonly [string, object]>([
    ["a title of 51", { ...good, title: "x".repeat(51) }],
    ["no title", { ...good, title: "" }],
    ["no chart", { type: "data_visualization", title: "x" }],
    ["another kind", withChart({ type: "radar" })],
    ["no series", withChart({ series: [] })],
    [
      "seven series",
      withChart({
        ...line([point]),
        series: many(7).map(({ label }) => ({ name: label, data: [point] })),
      }),
    ],
    ["21 points", withChart(line(many(21)))],
    ["a label of 21", withChart(line([{ label: "x".repeat(21), value: 1 }]))],
    [
      "a name of 21",
      withChart({ ...line([point]), series: [{ name: "x".repeat(21), data: [point] }] }),
    ],
    ["a value that is none", withChart(line([{ label: "a", value: "1" }]))],
    ["one category twice", withChart(line([point, point]))],
    [
      "one name twice",
      withChart({ ...line([point]), series: [1, 2].map(() => ({ name: "s", data: [point] })) }),
    ],
    [
      "a point beside its category",
      withChart({ ...line([point]), axis_config: { categories: ["b"] } }),
    ],
    [
      "an axis of 51",
      withChart({ ...line([point]), axis_config: { categories: ["a"], y_label: "x".repeat(51) } }),
    ],
    ["half a character", withChart(line([{ label: "\ud83c", value: 1 }]))],
    ["a pie of seven", { ...good, chart: { type: "pie", segments: many(7) } }],
  ])("know %s", (_name, block) => {
    expect(faultsOf([block])).not.toEqual([]);
  });

  it("let pass what is as long as may be, and a pie", () => {
    const labels = many(20).map(({ label, value }) => ({ label: label.padEnd(20, "x"), value }));
    const series = many(6).map(({ label }) => ({ name: label.padEnd(20, "x"), data: labels }));
    const axis_config = { categories: labels.map(({ label }) => label), y_label: "x".repeat(50) };
    const longest = { ...withChart({ series, axis_config }), title: "x".repeat(50) };
    expect(faultsOf([longest, { ...good, chart: { type: "pie", segments: many(6) } }])).toEqual([]);
    expect(faultsOf([good, good, good])).toEqual(["blocks: more than 2 charts"]);
  });
});
