import { CHART_THEMES } from "#src/console/charts/chart-theme.js";
import type { TrendData } from "#src/console/charts/digest-card-model.js";
import { trendOption } from "#src/console/charts/trend-option.js";
import { FONT_FAMILY } from "./engine.js";

/** The trend as an SVG text, from the same option that the page draws; size in its own units. */
export async function trendSvg(
  data: TrendData,
  language: "zh" | "en",
  size: { readonly width: number; readonly height: number },
): Promise<string> {
  const [core, charts, components, renderers] = await Promise.all([
    import("echarts/core"),
    import("echarts/charts"),
    import("echarts/components"),
    import("echarts/renderers"),
  ]);
  core.use([charts.LineChart, charts.BarChart, components.GridComponent, renderers.SVGRenderer]);
  const chart = core.init(null, null, { renderer: "svg", ssr: true, ...size });
  try {
    chart.setOption(trendOption(data, { ...CHART_THEMES.light, font: FONT_FAMILY }, language));
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
