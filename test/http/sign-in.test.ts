import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { identity } from "#src/console/contract/access.js";
import { storeLink } from "#src/http/access/stored-access-rows.js";
import { tokenHash } from "#src/http/access/token.js";
import { DAY, HOUR, MINUTE, SECOND } from "#src/shared/clock.js";
import { cookieOf, PASSWORD, type TestEdge, testEdge } from "../support/edge.js";

let edge: TestEdge;
beforeEach(async () => {
  edge = await testEdge();
});
afterEach(() => edge.close());

function newToken(): string {
  return edge.access.issueOneTimeLink().split("t=")[1] ?? "";
}

function claim(token: string, cookie = ""): Promise<Response> {
  return edge.ask(cookie, "/api/v1/access/claim", { method: "POST", json: { token } });
}

function signIn(password: string, cookie = ""): Promise<Response> {
  return edge.ask(cookie, "/api/v1/access/sign-in", { method: "POST", json: { password } });
}

async function statusOf(cookie: string): Promise<number> {
  return (await edge.ask(cookie, "/api/v1/access/me")).status;
}

describe("the one-time link", () => {
  it("carries its secret behind the #, where no server and no log sees it", () => {
    expect(edge.access.issueOneTimeLink()).toMatch(/^\/#\/in\?t=[A-Za-z0-9_-]{43}$/);
  });

  it("signs in once: then it is 404, an invented one 403, a late one 410", async () => {
    const token = newToken();
    const first = await claim(token);
    expect(first.status).toBe(200);
    expect(identity.parse(await first.json())).toMatchObject({ role: "owner", hasPassword: false });
    expect((await claim(token)).status).toBe(404);
    expect((await claim("invented")).status).toBe(403);
    const late = newToken();
    edge.clock.advance(10 * MINUTE);
    expect((await claim(late)).status).toBe(410);
  });

  it("works until the last moment of its ten minutes", async () => {
    const token = newToken();
    edge.clock.advance(10 * MINUTE - 1);
    expect((await claim(token)).status).toBe(200);
  });

  it("lets one of two visitors in who open it in the same moment", async () => {
    const token = newToken();
    const answers = await Promise.all([claim(token), claim(token)]);
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 404]);
  });

  it("of the command line works in the running service, once, and only its hash is kept", async () => {
    const at = edge.clock.now();
    const token = "t".repeat(43);
    await storeLink(edge.store, { hash: tokenHash(token), at, expiresAt: at + 10 * MINUTE });
    const rows = await edge.store.read((tx) => tx.access.links.find({}));
    expect(JSON.stringify(rows)).not.toContain(token);
    const answers = await Promise.all([claim(token), claim(token)]);
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 404]);
    const late = "u".repeat(43);
    await storeLink(edge.store, { hash: tokenHash(late), at, expiresAt: at + 10 * MINUTE });
    edge.clock.advance(10 * MINUTE);
    expect((await claim(late)).status).toBe(410);
  });
});

describe("attempts", () => {
  it("are five a minute from one address, then it is told when to come back", async () => {
    await edge.access.setPassword(PASSWORD);
    for (let index = 0; index < 5; index += 1) expect((await signIn("wrong")).status).toBe(401);
    const sixth = await signIn(PASSWORD);
    expect([sixth.status, sixth.headers.get("retry-after")]).toEqual([429, "60"]);
    expect((await claim(newToken())).status).toBe(429);
    edge.clock.advance(59 * SECOND);
    expect((await signIn(PASSWORD)).headers.get("retry-after")).toBe("1");
    edge.clock.advance(SECOND);
    expect((await signIn(PASSWORD)).status).toBe(200);
  });

  it("that come all at once are counted before their outcome is known", async () => {
    await edge.access.setPassword(PASSWORD);
    const answers = await Promise.all(Array.from({ length: 12 }, () => signIn("wrong")));
    const refused = answers.filter((answer) => answer.status === 429);
    expect(refused).toHaveLength(7);
  });

  it("with the right password are never counted against anybody", async () => {
    await edge.access.setPassword(PASSWORD);
    for (let index = 0; index < 20; index += 1) expect((await signIn(PASSWORD)).status).toBe(200);
  });
});

describe("the cookie", () => {
  it("is out of reach for scripts and for other sites", async () => {
    const [cookie] = (await claim(newToken())).headers.getSetCookie();
    expect(cookie).toMatch(/^huiyin=[A-Za-z0-9_-]{43};/);
    expect(cookie).toContain("HttpOnly");
    expect(cookie).toContain("SameSite=Lax");
    expect(cookie).toContain("Path=/");
    expect(cookie).not.toContain("Domain");
  });

  it("is bound to host and https where the console is reached by https", async () => {
    const secure = await testEdge({ publicUrl: "https://huiyin.example" });
    const token = secure.access.issueOneTimeLink().split("t=")[1] ?? "";
    const answer = await secure.ask("", "/api/v1/access/claim", {
      method: "POST",
      json: { token },
    });
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-huiyin=[A-Za-z0-9_-]{43};.*Secure/);
    expect(answer.headers.get("strict-transport-security")).not.toBeNull();
    expect((await secure.ask(cookieOf(answer), "/api/v1/access/me")).status).toBe(200);
    await secure.close();
  });

  it("of the demo is strict", async () => {
    const demo = await testEdge({ mode: "demo" });
    const token = demo.access.issueOneTimeLink().split("t=")[1] ?? "";
    const answer = await demo.ask("", "/api/v1/access/claim", { method: "POST", json: { token } });
    expect(answer.headers.getSetCookie()[0]).toContain("SameSite=Strict");
    await demo.close();
  });
});

describe("a session", () => {
  it("gets a new secret at each sign-in, and the one before is worth nothing", async () => {
    const planted = `huiyin=${"A".repeat(43)}`;
    const first = cookieOf(await claim(newToken(), planted));
    expect(first).not.toBe(planted);
    expect(await statusOf(planted)).toBe(401);
    const second = cookieOf(await claim(newToken(), first));
    expect(second).not.toBe(first);
    expect([await statusOf(first), await statusOf(second)]).toEqual([401, 200]);
  });

  it("is worth nothing after signing out, even for whoever copied the cookie", async () => {
    const cookie = await edge.signIn();
    const out = await edge.ask(cookie, "/api/v1/access/sign-out", { method: "POST" });
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie()[0]).toContain("Max-Age=0");
    expect(await statusOf(cookie)).toBe(401);
  });

  it("ends after twelve idle hours, and lasts while somebody comes", async () => {
    const cookie = await edge.signIn();
    edge.clock.advance(12 * HOUR - 1);
    expect(await statusOf(cookie)).toBe(200);
    edge.clock.advance(12 * HOUR - 1);
    expect(await statusOf(cookie)).toBe(200);
    edge.clock.advance(12 * HOUR);
    expect(await statusOf(cookie)).toBe(401);
  });

  it("ends after thirty days however often somebody comes", async () => {
    const cookie = await edge.signIn();
    const start = edge.clock.now();
    while (edge.clock.now() + 10 * HOUR < start + 30 * DAY) {
      edge.clock.advance(10 * HOUR);
      expect(await statusOf(cookie)).toBe(200);
    }
    edge.clock.set(start + 30 * DAY);
    expect(await statusOf(cookie)).toBe(401);
  });

  it("is listed with its browser, and can be ended from another", async () => {
    const mine = await edge.signIn();
    const token = newToken();
    const other = cookieOf(
      await edge.ask("", "/api/v1/access/claim", {
        method: "POST",
        json: { token },
        headers: { "user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/130.0" },
      }),
    );
    const list = (await (await edge.ask(mine, "/api/v1/access/sessions")).json()) as {
      id: string;
      agent: string;
      current: boolean;
    }[];
    expect(list.filter((one) => one.current)).toHaveLength(1);
    const stranger = list.find((one) => !one.current);
    expect(stranger?.agent).toBe("Firefox · Windows");
    const path = `/api/v1/access/sessions/${stranger?.id ?? ""}`;
    expect((await edge.ask(mine, path, { method: "DELETE" })).status).toBe(204);
    expect((await edge.ask(mine, path, { method: "DELETE" })).status).toBe(404);
    expect([await statusOf(mine), await statusOf(other)]).toEqual([200, 401]);
  });

  it("is kept as a hash alone, with an audit entry for its beginning and its end", async () => {
    const cookie = await edge.signIn();
    await edge.ask(cookie, "/api/v1/access/sign-out", { method: "POST" });
    const again = await edge.signIn();
    const kept = await edge.store.read(async (tx) => ({
      sessions: await tx.access.sessions.find({}),
      audit: await tx.audit.find({}, { order: { seq: "asc" } }),
    }));
    const text = JSON.stringify(kept);
    for (const secret of [cookie, again]) expect(text).not.toContain(secret.split("=")[1]);
    expect(kept.audit.map((entry) => entry.act)).toEqual([
      "session.begin",
      "session.end",
      "session.begin",
    ]);
  });
});

describe("the owner's password", () => {
  const set = (cookie: string, json: object): Promise<Response> =>
    edge.ask(cookie, "/api/v1/access/password", { method: "POST", json });

  it("is set after the first link, signs in, and ends every other session", async () => {
    const mine = await edge.signIn();
    const other = await edge.signIn();
    const answer = await set(mine, { next: PASSWORD });
    expect(answer.status).toBe(200);
    const renewed = cookieOf(answer);
    const states = [await statusOf(mine), await statusOf(other), await statusOf(renewed)];
    expect(states).toEqual([401, 401, 200]);
    expect((await signIn(PASSWORD)).status).toBe(200);
    expect((await signIn("another password")).status).toBe(401);
  });

  it("needs the current one to be changed, and a wrong one changes nothing", async () => {
    await edge.access.setPassword(PASSWORD);
    const cookie = cookieOf(await signIn(PASSWORD));
    const next = "a quite new password";
    for (const json of [{ next }, { current: "wrong", next }]) {
      const refused = await set(cookie, json);
      expect([refused.status, await refused.json()]).toEqual([
        401,
        expect.objectContaining({ field: "current" }),
      ]);
    }
    expect((await set(cookie, { current: PASSWORD, next })).status).toBe(200);
    expect((await signIn(PASSWORD)).status).toBe(401);
    expect((await signIn(next)).status).toBe(200);
  });

  it("that is lost is set anew through a fresh link, and through one of yesterday no more", async () => {
    await edge.access.setPassword(PASSWORD);
    const cookie = await edge.signIn();
    edge.clock.advance(16 * MINUTE);
    expect((await set(cookie, { next: "a quite new password" })).status).toBe(401);
    const fresh = await edge.signIn();
    expect((await set(fresh, { next: "a quite new password" })).status).toBe(200);
  });

  it("has twelve characters or more", async () => {
    const refused = await set(await edge.signIn(), { next: "elevenchars" });
    expect([refused.status, await refused.json()]).toEqual([
      400,
      expect.objectContaining({ field: "next" }),
    ]);
  });

  it("is nothing for the demo", async () => {
    const demo = await testEdge({ mode: "demo" });
    const cookie = await demo.signIn();
    const path = "/api/v1/access/password";
    const answer = await demo.ask(cookie, path, { method: "POST", json: { next: PASSWORD } });
    expect(answer.status).toBe(409);
    expect(await demo.access.hasPassword()).toBe(false);
    await demo.close();
  });
});
