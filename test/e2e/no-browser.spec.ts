import { expect, test } from "@playwright/test";
import { NO_BROWSER, needsBrowser } from "./support/find-browser.js";

test("the pages are tested in a browser", () => {
  test.skip(!needsBrowser(), NO_BROWSER);
  expect(NO_BROWSER, "this run needs a browser").toBe("");
});
