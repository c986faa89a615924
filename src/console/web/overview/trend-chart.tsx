import { useComputedColorScheme } from "@mantine/core";
import { LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { type EChartsType, use as include, init } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import type { Language } from "#entities/vocabulary.js";
import { CHART_THEMES } from "#src/console/charts/chart-theme.js";
import { trendOption } from "#src/console/charts/trend-option.js";
import type { Overview } from "#src/console/contract/care.js";
import { consoleTexts } from "#src/i18n/console.js";
import { dayInWords, percent } from "../shared/format.js";
import { useLanguage, useTexts } from "../shared/use-texts.js";
import classes from "./overview.module.css";

include([LineChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer]);

type Trend = Overview["trend"];

/** What one sees when pointing at a day. */
function pointedAt(trend: Trend, index: number, language: Language): string {
  const words = consoleTexts[language].overview;
  const [now, before] = [trend.current[index], trend.previous[index]];
  if (now === undefined) return "";
  const write = (value: number | null | undefined): string =>
    value === null || value === undefined ? "–" : percent(value, language);
  return [
    dayInWords(now.day, language),
    `${words.table.value} <b>${write(now.value)}</b> · ${words.n(now.n)}`,
    ...(before === undefined ? [] : [words.change.before(write(before.value))]),
  ].join("<br>");
}

function tooltip(trend: Trend, scheme: "light" | "dark", language: Language) {
  const theme = CHART_THEMES[scheme];
  return {
    trigger: "axis" as const,
    confine: true,
    backgroundColor: theme.background,
    borderColor: theme.grid,
    textStyle: { color: theme.text, fontSize: 13 },
    axisPointer: { lineStyle: { color: theme.previous } },
    formatter: (pointed: unknown) => {
      const first: unknown = Array.isArray(pointed) ? pointed[0] : pointed;
      const index =
        typeof first === "object" && first !== null && "dataIndex" in first
          ? Number(first.dataIndex)
          : -1;
      return pointedAt(trend, index, language);
    },
  };
}

/** The trend as the digest's picture draws it, with a word on each day one points at. */
export function TrendChart({ trend }: { readonly trend: Trend }) {
  const language = useLanguage();
  const { overview: words } = useTexts();
  const scheme = useComputedColorScheme("light", { getInitialValueInEffect: false });
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);

  useEffect(() => {
    const box = place.current;
    if (box === null) return;
    const made = init(box, null, { renderer: "svg" });
    chart.current = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(box);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    chart.current?.setOption(
      {
        ...trendOption(trend, CHART_THEMES[scheme], language),
        // The label of a day with 100% stands above the grid.
        grid: { left: 46, right: 34, top: 42, bottom: 28 },
        tooltip: tooltip(trend, scheme, language),
      },
      { notMerge: true },
    );
  }, [trend, scheme, language]);

  const told = trend.current.filter((point) => point.value !== null);
  const summary = told
    .map((point) => `${dayInWords(point.day, language)} ${percent(point.value ?? 0, language)}`)
    .join(", ");
  return (
    <div
      ref={place}
      className={classes.chart}
      role="img"
      aria-label={`${words.trend}: ${summary}`}
    />
  );
}
