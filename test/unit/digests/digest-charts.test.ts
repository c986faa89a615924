import { describe, expect, it } from "vitest";
import { chartBlocks } from "#adapters/slack/chart-block.js";
import { digestCharts } from "#src/digests/digest-charts.js";
import { badFriday, cardFor, goodWeek } from "../pictures/card-scenes.js";

describe.each(["zh", "en"] as const)("the charts of a digest (%s)", (language) => {
  it("for staff are the trend and the complaints, with the card's own numbers", async () => {
    const { model } = cardFor(await badFriday(language), "staff");
    const [trend, bars] = digestCharts(model);
    const told = model.trend?.data.current.filter(({ value }) => value !== null) ?? [];
    expect(told.length).toBeGreaterThan(1);
    expect(trend).toMatchObject({ kind: "line", title: model.trend?.title, unit: "%" });
    expect(trend?.labels).toEqual(told.map(({ day }) => day.slice(5)));
    expect(trend?.series[0]?.values).toEqual(
      told.map(({ value }) => Math.round((value ?? 0) * 100)),
    );
    expect(bars?.series[0]?.values).toEqual(model.bars?.bars.map(({ size }) => size));
    expect(bars?.labels).toEqual(model.bars?.bars.map(({ label }) => label));
    expect(chartBlocks([trend, bars].flatMap((one) => one ?? []))).toHaveLength(2);
  });

  it("for the group hold rounded numbers that were told, and none that the card withholds", async () => {
    const { model } = cardFor(await goodWeek(language), "public");
    const shown = digestCharts(model).flatMap(({ series }) => series.flatMap((one) => one.values));
    const tellable = [
      ...(model.trend?.data.current ?? []).map(({ value }) => Math.round((value ?? 0) * 100)),
      ...(model.bars?.bars ?? []).map(({ size }) => size),
    ];
    for (const value of shown) expect(tellable).toContain(value);
  });

  it("leave out days without a value, and an earlier period that is not complete", async () => {
    const { model } = cardFor(await badFriday(language), "staff");
    const value = (day: string, share: number | null) => ({ day, value: share, n: 20 });
    const trend = {
      title: "t",
      legend: { current: "now", previous: "before" },
      note: null,
      data: {
        current: [value("2026-11-20", 0.5), value("2026-11-21", null), value("2026-11-22", 0.756)],
        previous: [value("2026-11-17", 0.4), value("2026-11-18", 0.1), value("2026-11-19", 0.6)],
      },
    };
    const [whole] = digestCharts({ ...model, trend, bars: null });
    expect(whole).toMatchObject({ labels: ["11-20", "11-22"] });
    expect(whole?.series).toEqual([
      { name: "now", values: [50, 76] },
      { name: "before", values: [40, 60] },
    ]);
    const [, , third = value("", 0)] = trend.data.previous;
    const gaps = [value("2026-11-17", null), value("2026-11-18", 0.1), third];
    const holey = { ...trend, data: { ...trend.data, previous: gaps } };
    expect(digestCharts({ ...model, trend: holey, bars: null })[0]?.series).toHaveLength(1);
    const single = { ...trend, data: { current: [value("2026-11-20", 0.5)], previous: [] } };
    expect(digestCharts({ ...model, trend: single, bars: null })).toEqual([]);
  });
});
