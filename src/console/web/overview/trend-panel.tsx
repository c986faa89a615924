import { SegmentedControl, Skeleton } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import type { Overview } from "#src/console/contract/care.js";
import { cx } from "../shared/cx.js";
import { dayInWords, percent } from "../shared/format.js";
import { useLanguage, useTexts } from "../shared/use-texts.js";
import classes from "./overview.module.css";

const TrendChart = lazy(async () => ({ default: (await import("./trend-chart.js")).TrendChart }));

function TrendTable({ trend }: { readonly trend: Overview["trend"] }) {
  const language = useLanguage();
  const { table } = useTexts().overview;
  const write = (value: number | null | undefined): string =>
    value === null || value === undefined ? "–" : percent(value, language);
  return (
    <div className={classes.tableBox} tabIndex={0} role="region" aria-label={table.value}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{table.day}</th>
            <th scope="col">{table.value}</th>
            <th scope="col">{table.n}</th>
            <th scope="col">{table.before}</th>
          </tr>
        </thead>
        <tbody>
          {trend.current.map((point, index) => (
            <tr key={point.day}>
              <th scope="row">{dayInWords(point.day, language)}</th>
              <td>{write(point.value)}</td>
              <td>{point.n}</td>
              <td>{write(trend.previous[index]?.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Satisfaction day by day, as a chart or as a table. */
export function TrendPanel({ trend }: { readonly trend: Overview["trend"] }) {
  const { overview: words } = useTexts();
  const [shape, setShape] = useState<"chart" | "table">("chart");
  const hasData = trend.current.some((point) => point.value !== null);
  return (
    <section className={cx(classes.panel, classes.span8)} aria-label={words.trend}>
      <div className={classes.panelHead}>
        <div>
          <h2 className={classes.panelTitle}>{words.trend}</h2>
          <p className={classes.panelHint}>{words.trendHint}</p>
        </div>
        <SegmentedControl
          size="xs"
          value={shape}
          aria-label={words.trend}
          onChange={(value) => setShape(value === "table" ? "table" : "chart")}
          data={[
            { value: "chart", label: words.asChart },
            { value: "table", label: words.asTable },
          ]}
        />
      </div>
      {shape === "table" ? (
        <TrendTable trend={trend} />
      ) : hasData ? (
        <Suspense fallback={<Skeleton height={280} radius="md" />}>
          <TrendChart trend={trend} />
        </Suspense>
      ) : (
        <p className={classes.nothing}>{words.noTrend}</p>
      )}
    </section>
  );
}
