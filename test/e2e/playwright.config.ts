import { defineConfig } from "@playwright/test";
import { findBrowser, NO_BROWSER } from "./support/find-browser.js";

const browser = findBrowser();
if (browser === null) process.stderr.write(`\n*** ${NO_BROWSER} ***\n\n`);

export default defineConfig({
  testDir: ".",
  testMatch: browser === null ? "no-browser.spec.ts" : /(?<!no-browser)\.spec\.ts$/,
  outputDir: "../../node_modules/.cache/huiyin-e2e/results",
  globalSetup: "./support/global-setup.ts",
  // One world for all tests: they take turns.
  workers: 1,
  fullyParallel: false,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  retries: 0,
  reporter: [["list"]],
  use: {
    viewport: { width: 1360, height: 900 },
    contextOptions: { reducedMotion: "reduce" },
    trace: "retain-on-failure",
    launchOptions: {
      ...(browser === null ? {} : { executablePath: browser }),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
