import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROUTE_ROLES } from "#src/http/route-roles.js";
import { countingSimulator, type TestEdge, testEdge } from "../support/edge.js";

const calls: string[] = [];
let edge: TestEdge;
let cookie: string;
beforeAll(async () => {
  edge = await testEdge({ mode: "demo", simulator: countingSimulator(calls) });
  cookie = await edge.signIn();
});
afterAll(() => edge.close());

const changing = Object.keys(ROUTE_ROLES).filter((name) => !name.startsWith("GET "));

/** What a browser sends along for a page of another site, by the way in which the page asks. */
const FOREIGN: readonly (readonly [way: string, headers: Readonly<Record<string, string>>])[] = [
  ["fetch", { origin: "http://evil.test", "sec-fetch-site": "cross-site" }],
  ["a form", { origin: "null", "sec-fetch-site": "cross-site" }],
  ["another port of this machine", { origin: "http://localhost:1", "sec-fetch-site": "same-site" }],
  ["a browser without Sec-Fetch", { origin: "http://evil.test" }],
  ["a browser without Origin", { "sec-fetch-site": "cross-site" }],
];

describe("a change that another site's page asks for", () => {
  it.each(changing)("is refused at %s however it is asked for", async (name) => {
    calls.length = 0;
    const [method = "", path = ""] = name.split(" ");
    const url = `/api/v1${path.replaceAll(/\{\w+\}/g, "x1")}`;
    for (const [way, headers] of FOREIGN) {
      const answer = await edge.ask(cookie, url, { method, json: {}, headers });
      expect([way, answer.status]).toEqual([way, 403]);
    }
    expect(calls).toEqual([]);
    expect((await edge.ask(cookie, "/api/v1/access/me")).status).toBe(200);
  });

  it("is refused as a form or as plain text even from our own page", async () => {
    calls.length = 0;
    for (const type of [
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "text/plain",
      "text/plain; application/json",
      "application/jsonp",
    ]) {
      const answer = await edge.app.request("/api/v1/simulator/reset", {
        method: "POST",
        headers: { host: "localhost", cookie, "content-type": type },
        body: "{}",
      });
      expect([type, answer.status]).toEqual([type, 415]);
    }
    expect(calls).toEqual([]);
  });

  it("is taken from our own page", async () => {
    const headers = { origin: "http://localhost", "sec-fetch-site": "same-origin" };
    const answer = await edge.ask(cookie, "/api/v1/simulator/reset", { method: "POST", headers });
    expect(answer.status).toBe(200);
  });

  it("is taken from the page of the public address behind a proxy", async () => {
    const behind = await testEdge({ publicUrl: "https://huiyin.example" });
    const own = { origin: "https://huiyin.example", "sec-fetch-site": "same-origin" };
    const foreign = { origin: "https://huiyin.example.evil.test" };
    const mine = await behind.signIn();
    const path = "/api/v1/access/sign-out";
    expect((await behind.ask(mine, path, { method: "POST", headers: foreign })).status).toBe(403);
    expect((await behind.ask(mine, path, { method: "POST", headers: own })).status).toBe(204);
    await behind.close();
  });
});

describe("reading", () => {
  it("changes nothing: no route of the table that reads writes anything but when somebody was there", async () => {
    const reading = Object.keys(ROUTE_ROLES).filter((name) => name.startsWith("GET "));
    const before = await counts();
    for (const name of reading) {
      const path = `/api/v1${name.slice(4).replaceAll(/\{\w+\}/g, "x1")}`;
      const answer = await edge.ask(cookie, path);
      await answer.body?.cancel();
    }
    expect(await counts()).toEqual(before);
  });

  async function counts(): Promise<readonly number[]> {
    return edge.store.read(async (tx) => [
      await tx.audit.count({}),
      await tx.access.sessions.count({}),
      await tx.directory.members.count({}),
      await tx.caseEntries.count({}),
    ]);
  }
});
