import { z } from "zod";
import { CHART_LIMITS } from "./chart-block.js";

const { label, seriesName, axisName, points, series } = CHART_LIMITS;

const name = (most: number) =>
  z
    .string()
    .min(1, "empty")
    .max(most, `longer than ${String(most)} characters`)
    .refine((text) => text.isWellFormed(), "half a character");

const segment = z.object({ label: name(label), value: z.number() });

const axes = z.object({
  categories: z.array(name(label)).min(1, "no category").max(points, "too many categories"),
  x_label: name(axisName).optional(),
  y_label: name(axisName).optional(),
});

const graph = z
  .object({
    type: z.enum(["line", "bar", "area"]),
    series: z
      .array(
        z.object({
          name: name(seriesName),
          data: z.array(segment).min(1, "no point").max(points, "too many points"),
        }),
      )
      .min(1, "no series")
      .max(series, "too many series")
      .refine(
        (all) => new Set(all.map((one) => one.name)).size === all.length,
        "two series of one name",
      ),
    axis_config: axes,
  })
  .refine(
    (chart) =>
      chart.series.every(
        ({ data }) =>
          JSON.stringify(data.map((point) => point.label)) ===
          JSON.stringify(chart.axis_config.categories),
      ),
    "points that do not stand at the categories",
  )
  .refine(
    ({ axis_config: { categories } }) => new Set(categories).size === categories.length,
    "two categories of one name",
  );

const pie = z.object({
  type: z.literal("pie"),
  segments: z.array(segment).min(1, "no segment").max(series, "too many segments"),
});

const block = z.looseObject({
  title: z.string().min(1, "empty"),
  chart: z.discriminatedUnion("type", [graph, pie]),
});

/** What Slack would refuse about a chart beyond the length of its title; paths begin with a dot. */
export function chartFaults(
  thing: unknown,
): readonly { readonly path: string; readonly problem: string }[] {
  const { error } = block.safeParse(thing);
  return (error?.issues ?? []).map(({ path, message }) => ({
    path: path
      .map((key) => (typeof key === "number" ? `[${String(key)}]` : `.${String(key)}`))
      .join(""),
    problem: message,
  }));
}
