/** Colours and letters of a chart. */
export interface ChartTheme {
  /** What lies behind the chart: hollow points are filled with it. */
  readonly background: string;
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  /** This period. */
  readonly line: string;
  /** The interval around it. */
  readonly band: string;
  /** The period before. */
  readonly previous: string;
  readonly font: string;
}

/** Charts on white and on a dark page. Text keeps 4.5:1 against the background, lines 3:1. */
export const CHART_THEMES: Readonly<Record<"light" | "dark", ChartTheme>> = {
  light: {
    background: "#ffffff",
    text: "#16202e",
    muted: "#5b6779",
    grid: "#e6eaf0",
    line: "#0b7a6b",
    band: "rgba(11, 122, 107, 0.12)",
    previous: "#8591a3",
    font: '"Noto Sans SC", system-ui, sans-serif',
  },
  dark: {
    background: "#242424",
    text: "#e9edf2",
    muted: "#a7b0bd",
    grid: "#3a3f47",
    line: "#3cc9b2",
    band: "rgba(60, 201, 178, 0.16)",
    previous: "#8c97a7",
    font: '"Noto Sans SC", system-ui, sans-serif',
  },
};
