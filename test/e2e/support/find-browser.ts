import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** What is said where no browser is found. */
export const NO_BROWSER =
  "no Chromium found, so the pages were NOT tested: set CHROME_PATH, or apt-get install chromium";

/** The browser of this machine: CHROME_PATH, the usual places, then Playwright's own. Null for none. */
export function findBrowser(): string | null {
  const named = process.env["CHROME_PATH"];
  const places = [...(named ? [named] : USUAL_PLACES), chromium.executablePath()];
  return places.find((place) => place !== "" && existsSync(place)) ?? null;
}

/** True where a missing browser is a fault: in CI, and where somebody asks for it. */
export function needsBrowser(): boolean {
  return ["CI", "REQUIRE_BROWSER"].some(
    (name) => ![undefined, "", "0"].includes(process.env[name]),
  );
}
