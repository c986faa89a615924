import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SlackProduct } from "../../support/slack/slack-product.js";
import { CLIENT_ID, CLIENT_SECRET } from "../../support/slack/slack-workspace.js";

let product: SlackProduct;
afterEach(() => product.close());

async function open(more: Readonly<Record<string, string>> = {}): Promise<void> {
  product = await SlackProduct.open({
    HUIYIN_SLACK_CLIENT_ID: CLIENT_ID,
    HUIYIN_SLACK_CLIENT_SECRET: CLIENT_SECRET,
    HUIYIN_SECRET_KEY: "a-key-of-the-tests-0123456789abcdef",
    ...more,
  });
}

interface Begun {
  readonly state: string;
  readonly cookie: string;
  readonly scope: string;
  readonly redirect: string;
}

/** Opens the install link as a browser does. */
async function begin(): Promise<Begun> {
  const answer = await fetch(`${product.driver.url}/slack/install`, { redirect: "manual" });
  expect(answer.status).toBe(302);
  const to = new URL(answer.headers.get("location") ?? "");
  const [cookie = ""] = (answer.headers.get("set-cookie") ?? "").split(";");
  const query = (name: string): string => to.searchParams.get(name) ?? "";
  return { state: query("state"), cookie, scope: query("scope"), redirect: query("redirect_uri") };
}

/** An administrator agrees; the code that Slack sends back. */
async function agree(begun: Begun): Promise<string> {
  const answer = await fetch(`${product.workspace.emulatorUrl}/oauth/v2/authorize/callback`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      user_id: product.user("chen"),
      redirect_uri: begun.redirect,
      scope: begun.scope,
      state: begun.state,
      client_id: CLIENT_ID,
    }),
  });
  return new URL(answer.headers.get("location") ?? "").searchParams.get("code") ?? "";
}

async function finish(
  query: Readonly<Record<string, string>>,
  cookie: string,
): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await fetch(
    `${product.driver.url}/slack/oauth_redirect?${new URLSearchParams(query).toString()}`,
    { redirect: "manual", headers: cookie === "" ? {} : { cookie } },
  );
  return { status: answer.status, text: await answer.text() };
}

async function installedBy(): Promise<readonly string[]> {
  const rows = await product.store.read((tx) => tx.installations.find({}));
  return rows.map((row) => row.installedBy);
}

describe("installing through a browser", () => {
  beforeEach(() => open());

  it("asks for our scopes, comes back to our address, and seals the token it gets", async () => {
    const begun = await begin();
    expect(begun.redirect).toBe("https://huiyin.example/slack/oauth_redirect");
    expect(begun.scope.split(",")).toContain("channels:history");
    expect(begun.cookie).toMatch(/^__Host-/);
    const done = await finish({ code: await agree(begun), state: begun.state }, begun.cookie);
    expect(done.status).toBe(200);
    expect(done.text).toContain("/invite @Huiyin");
    expect(await installedBy()).toEqual([product.user("chen")]);
    const [row] = await product.store.read((tx) => tx.installations.find({}));
    expect(row?.sealedToken).toMatch(/^v1\./);
    expect(JSON.stringify(row)).not.toContain("xoxb-");
  });

  it("is refused without the cookie, with another's, twice, without a code, and when it was declined", async () => {
    const begun = await begin();
    const other = await begin();
    const code = await agree(begun);
    const { state, cookie } = begun;
    expect((await finish({ code, state }, "")).status).toBe(400);
    expect((await finish({ code, state }, other.cookie)).status).toBe(400);
    expect((await finish({ code, state: other.state }, cookie)).status).toBe(400);
    expect(
      (await finish({ code, state: "made-up" }, "__Host-huiyin-slack-state=made-up")).status,
    ).toBe(400);
    expect((await finish({ code }, cookie)).status).toBe(400);
    expect((await finish({ state }, cookie)).status).toBe(400);
    expect((await finish({ error: "access_denied", state }, cookie)).status).toBe(400);
    expect(await installedBy()).toEqual([""]);
    expect((await finish({ code, state }, cookie)).status).toBe(200);
    expect((await finish({ code, state }, cookie)).status).toBe(400);
    expect((await installedBy()).length).toBe(1);
  });

  it("is refused when it took longer than ten minutes", async () => {
    const begun = await begin();
    const code = await agree(begun);
    product.clock.advance(10 * 60_000);
    const done = await finish({ code, state: begun.state }, begun.cookie);
    expect(done.status).toBe(400);
    expect(await installedBy()).toEqual([""]);
  });
});

describe("an installation for certain workspaces", () => {
  beforeEach(() => open({ HUIYIN_SLACK_TEAMS: "T0SOMEBODYELSE" }));

  it("refuses every other one", async () => {
    const begun = await begin();
    const done = await finish({ code: await agree(begun), state: begun.state }, begun.cookie);
    expect(done.status).toBe(400);
    expect(done.text).toContain("已经登记的工作区");
    expect(await installedBy()).toEqual([""]);
  });
});
