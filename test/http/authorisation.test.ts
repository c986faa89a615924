import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Endpoints } from "#src/http/endpoint.js";
import { ROUTE_ROLES } from "#src/http/route-roles.js";
import { createHttpApp } from "#src/http/server.js";
import { countingSimulator, type TestEdge, testEdge } from "../support/edge.js";

const calls: string[] = [];
let edge: TestEdge;
beforeAll(async () => {
  edge = await testEdge({ mode: "demo", simulator: countingSimulator(calls) });
});
afterAll(() => edge.close());

const table = Object.entries(ROUTE_ROLES);

/** "POST /cases/{id}/actions" as Hono names it. */
function routed(name: string): string {
  return name.replace(" ", " /api/v1").replaceAll(/\{(\w+)\}/g, ":$1");
}

/** The same with something in place of each id. */
function called(name: string): { readonly method: string; readonly path: string } {
  const [method = "", path = ""] = name.split(" ");
  return { method, path: `/api/v1${path.replaceAll(/\{\w+\}/g, "x1")}` };
}

describe("the table of routes and roles", () => {
  it("names exactly the routes that are mounted", () => {
    const mounted = edge.app.routes
      .filter(({ method, path }) => method !== "ALL" && path.startsWith("/api/v1"))
      .map(({ method, path }) => `${method} ${path}`);
    expect([...new Set(mounted)].toSorted()).toEqual(
      table.map(([name]) => routed(name)).toSorted(),
    );
  });

  it("does not let a route in that it does not name", () => {
    const endpoints = new Endpoints(createHttpApp(edge.sources));
    const forgotten = { route: "GET /forgotten", summary: "", answer: null } as const;
    expect(() => {
      // @ts-expect-error the compiler refuses it as well
      endpoints.add({ ...forgotten, handle: async () => undefined });
    }).toThrow("route-roles.ts");
  });

  it("opens three routes to anybody, and those only tell what the door looks like or sign in", () => {
    const open = table.filter(([, admission]) => admission === "anyone").map(([name]) => name);
    expect(open).toEqual(["GET /door", "POST /access/claim", "POST /access/sign-in"]);
  });
});

describe("who is not signed in", () => {
  const closed = table.filter(([, admission]) => admission !== "anyone");

  it.each(closed.map(([name]) => name))("is refused at %s, and nothing is done", async (name) => {
    calls.length = 0;
    const { method, path } = called(name);
    const ended = await edge.signIn();
    await edge.ask(ended, "/api/v1/access/sign-out", { method: "POST" });
    for (const cookie of ["", "huiyin=", "huiyin=invented", `huiyin=${"x".repeat(4_000)}`, ended]) {
      const answer = await edge.ask(cookie, path, { method });
      expect([cookie, answer.status]).toEqual([cookie, 401]);
      expect(answer.headers.get("content-type")).toContain("application/problem+json");
    }
    expect(calls).toEqual([]);
  });

  it("does not learn which routes there are", async () => {
    const answer = await edge.ask("", "/api/v1/nothing/of/the/kind");
    expect(answer.status).toBe(401);
  });
});

describe("the owner", () => {
  it("reaches every route of the table", async () => {
    // Signing out ends the session that the others need.
    const others = table.filter(([name]) => name !== "POST /access/sign-out");
    for (const [name] of others) {
      const { method, path } = called(name);
      const answer = await edge.ask(await edge.signIn(), path, { method });
      await answer.body?.cancel();
      expect([name, answer.status]).not.toEqual([name, 401]);
      expect([name, answer.status]).not.toEqual([name, 403]);
      expect([name, answer.status < 500]).toEqual([name, true]);
    }
  });

  it("loses everything in the moment in which the session is ended elsewhere", async () => {
    const mine = await edge.signIn();
    const other = await edge.signIn();
    expect((await edge.ask(mine, "/api/v1/cases")).status).toBe(200);
    await edge.ask(other, "/api/v1/access/sessions", { method: "DELETE" });
    expect((await edge.ask(mine, "/api/v1/cases")).status).toBe(401);
    expect((await edge.ask(other, "/api/v1/cases")).status).toBe(200);
  });

  it("gets no route of the pretend group from a real service", async () => {
    const real = await testEdge();
    const answer = await real.ask(await real.signIn(), "/api/v1/simulator");
    expect(answer.status).toBe(404);
    await real.close();
  });
});
