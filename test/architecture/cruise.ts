import { spawnSync } from "node:child_process";
import path from "node:path";
import { PRODUCT, ROOT } from "./source-files.js";

/** One broken rule: who imports whom. */
export interface Breach {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

/** What dependency-cruiser saw. */
export interface CruiseReport {
  /** Files of our own, without packages. */
  readonly files: readonly string[];
  readonly breaches: readonly Breach[];
}

interface RawReport {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly rule: { readonly name: string };
      readonly from: string;
      readonly to: string;
    }[];
  };
}

const CRUISER = path.join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
const SETTINGS = path.join(ROOT, ".dependency-cruiser.cjs");

/** Cruises a tree with the repository's own rules, by the same command as `npm run check`. */
export function cruise(folder: string): CruiseReport {
  const options = ["--config", SETTINGS, "--output-type", "json", ...PRODUCT];
  const result = spawnSync(process.execPath, [CRUISER, ...options], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (!result.stdout.startsWith("{")) throw new Error(`the cruise failed: ${result.stderr}`);
  const report = JSON.parse(result.stdout) as RawReport;
  return {
    files: report.modules
      .map(({ source }) => source)
      .filter((source) => PRODUCT.some((room) => source.startsWith(`${room}/`))),
    breaches: report.summary.violations.map(({ rule, from, to }) => ({
      rule: rule.name,
      from,
      to,
    })),
  };
}
