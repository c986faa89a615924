import { expect } from "@playwright/test";
import { PASSWORD } from "./support/servers.js";
import { cutTextsOf, service, test, usedLink, violationsOf } from "./support/visit.js";

for (const scheme of ["light", "dark"] as const) {
  for (const language of ["zh", "en"] as const) {
    test(`the door, ${scheme}, ${language}: readable for everybody`, async ({ visit }) => {
      const page = await visit({ scheme, language, signedIn: false });
      await page.goto(`${service()}/`);
      await page.locator("input[type=password]").waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await cutTextsOf(page)).toEqual([]);
    });
  }
}

test("a used link says so, and leaves neither address nor history", async ({ visit }) => {
  const page = await visit({ signedIn: false, language: "en" });
  await page.goto(usedLink());
  await expect(page.getByRole("alert")).toContainText("used");
  expect(page.url()).not.toContain("t=");
  await page.reload();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a used link harms nobody who is signed in", async ({ visit }) => {
  const page = await visit({ language: "en" });
  await page.goto(usedLink());
  await expect(page.getByRole("navigation")).toBeVisible();
  await expect(page).toHaveURL(/\/chat/);
});

test("a wrong password is told in words, the right one opens", async ({ visit }) => {
  const page = await visit({ signedIn: false, language: "en" });
  await page.goto(`${service()}/`);
  const field = page.getByLabel("Owner password", { exact: true });
  await field.fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("not right", { exact: false })).toBeVisible();
  await field.fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("No group is connected yet")).toBeVisible();
});

test("a browser that is signed out from another one is told at once", async ({ visit }) => {
  const [mine, other] = [
    await visit({ signedIn: false, language: "en" }),
    await visit({ signedIn: false, language: "en" }),
  ];
  for (const page of [mine, other]) {
    await page.goto(`${service()}/settings`);
    await page.getByLabel("Owner password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("heading", { name: "Signed-in browsers" })).toBeVisible();
  }
  await mine.getByRole("button", { name: "Sign out all others" }).click();
  await expect(mine.getByText("Signed out.")).toBeVisible();
  await expect(other.getByText("signed out from another one")).toBeVisible();
  await expect(mine.getByRole("heading", { name: "Signed-in browsers" })).toBeVisible();
});
