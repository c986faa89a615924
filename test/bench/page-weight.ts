import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { Bench } from "./figure.js";

const CONSOLE = path.join("dist", "console");
const ASSETS = path.join(CONSOLE, "assets");
const MOST_BYTES = 300_000;
const TAG = /<(?:script|link rel="modulepreload")[^>]*?(?:src|href)="([^"]+\.js)"/g;
/** `import … from "./x.js"` and `import "./x.js"` of built files; `import("./x.js")` is loaded later. */
const STATIC_IMPORT = /(?:from|import)\s*["']\.\/([^"']+\.js)["']/g;

function firstOf(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? "");
}

/** The scripts that the page names, with all that these import at once: path to text. */
function firstScripts(): ReadonlyMap<string, string> {
  const page = readFileSync(path.join(CONSOLE, "index.html"), "utf8");
  const found = new Map<string, string>();
  const waiting = firstOf(page, TAG).map((address) => path.join(CONSOLE, address));
  for (const file of waiting) {
    if (found.has(file)) continue;
    const text = readFileSync(file, "utf8");
    found.set(file, text);
    for (const name of firstOf(text, STATIC_IMPORT)) waiting.push(path.join(ASSETS, name));
  }
  if (found.size < 2) throw new Error("the built page names no scripts");
  return found;
}

/** True for a file that holds the chart library: its names for chart events survive minifying. */
function drawsCharts(text: string): boolean {
  return text.includes("_ec_inner") || text.includes("__ec_");
}

/** What a browser has to load before it can show the console, and that charts are not among it. */
export const pageWeightBench: Bench = async () => {
  const scripts = [...firstScripts().values()];
  const bytes = scripts.reduce((sum, text) => sum + gzipSync(text).byteLength, 0);
  const charts = scripts.filter(drawsCharts).length;
  const all = readdirSync(ASSETS).filter((name) => name.endsWith(".js"));
  if (!all.some((name) => drawsCharts(readFileSync(path.join(ASSETS, name), "utf8"))))
    throw new Error("no script holds the chart library: it is not recognised any more");
  return [
    {
      bench: "page-weight",
      value: bytes,
      unit: "gzip bytes",
      floor: null,
      ratio: null,
      goal: `<= ${String(MOST_BYTES)}`,
      met: bytes <= MOST_BYTES,
    },
    {
      bench: "page-weight-charts",
      value: charts,
      unit: "first scripts with charts",
      floor: null,
      ratio: null,
      goal: "0",
      met: charts === 0,
    },
  ];
};
