import { expect, type Page } from "@playwright/test";
import { demo } from "./visit.js";

const API = "/api/v1";

/** Asks the demo with the page's cookie, as a program does; what it answers, which has to be good. */
export async function ask<Answer>(page: Page, path: string, body?: unknown): Promise<Answer> {
  const options =
    body === undefined
      ? {}
      : {
          method: "POST",
          data: JSON.stringify(body),
          headers: { "content-type": "application/json" },
        };
  const answer = await page.request.fetch(`${demo()}${API}${path}`, options);
  expect(answer.ok(), `${path}: ${answer.ok() ? "" : await answer.text()}`).toBe(true);
  return (await answer.json()) as Answer;
}

/** Opens the pretend group and enters a room by its name. */
export async function enterRoom(page: Page, room: string): Promise<void> {
  await page.goto(`${demo()}/chat`);
  await page.locator("[data-pane=setup]").getByText(room, { exact: true }).click();
  await page.locator("[role=log] article").first().waitFor();
}

/** Writes a line as whoever one is, and sends it by Enter. */
export async function write(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "消息" }).fill(text);
  await page.keyboard.press("Enter");
}

/** Says something in a room; the id of the line. */
export async function sayIn(
  page: Page,
  line: {
    readonly room: string;
    readonly memberId: string;
    readonly text: string;
    readonly quote?: string;
  },
): Promise<string> {
  const { id } = await ask<{ readonly id: string }>(page, "/simulator/lines", line);
  return id;
}
