import { createServer, get } from "node:http";
import { describe, expect, it } from "vitest";
import { SimulatedAdapter } from "#adapters/simulated/simulated-adapter.js";
import { SimulatedChat } from "#adapters/simulated/simulated-chat.js";
import { createMetrics } from "#src/app/metrics.js";
import type { ConsolePort } from "#src/console/contract/console-port.js";
import type { RelayPort } from "#src/console/contract/relay-port.js";
import {
  Access,
  createHttpApp,
  type HttpSources,
  listen,
  memoryAccessRows,
} from "#src/http/server.js";
import type { AdapterRoute } from "#src/platform/platform-adapter.js";
import { AppError } from "#src/shared/app-error.js";
import { silentLogger } from "#src/shared/logger.js";
import { testStore } from "../../support/store.js";

const NOON = Date.UTC(2026, 10, 20, 4);
const MIB = 1_048_576;

const nothing: ConsolePort = {
  groups: async () => [],
  overview: () => Promise.reject(new AppError("not-found", "none")),
  cases: async () => ({ items: [], next: null }),
  case: () => Promise.reject(new AppError("not-found", "none")),
  act: () => Promise.reject(new AppError("not-found", "none")),
  digestCard: () => Promise.reject(new AppError("not-supported", "Cannot draw.")),
  health: () => Promise.reject(new AppError("store-unavailable", "away")),
  wechat: () => Promise.reject(new AppError("store-unavailable", "away")),
  watch: () => () => undefined,
};

const away = (): Promise<never> => Promise.reject(new AppError("not-found", "none"));
const noRelay: RelayPort = {
  groups: async () => [],
  create: away,
  setStaff: away,
  preview: away,
  take: away,
  tray: away,
  setTaken: away,
  picture: away,
  tell: away,
  questions: away,
  survey: away,
};

function httpApp(more: Partial<HttpSources> = {}) {
  return createHttpApp({
    mode: "service",
    version: "0.1.0",
    access: new Access({ rows: memoryAccessRows(), now: () => NOON }),
    console: nothing,
    relay: noRelay,
    consoleFolder: "/nowhere/at/all",
    logger: silentLogger,
    troubles: async () => [],
    metrics: async () => ({ type: "text/plain", text: "" }),
    routes: [],
    adapters: () => [],
    ...more,
  });
}

describe("health and readiness", () => {
  it("says that it is alive", async () => {
    const answer = await httpApp().request("/healthz");
    expect([answer.status, await answer.json()]).toEqual([200, { status: "alive" }]);
  });

  it("is ready while its platforms listen, and says in words what is wrong when one has stopped", async () => {
    const adapter = new SimulatedAdapter({ platform: new SimulatedChat(), botNames: [] });
    const app = httpApp({
      troubles: async () =>
        adapter.health().state === "ok" ? [] : [`simulated: ${adapter.health().detail}`],
      adapters: () => [{ platform: adapter.platform, health: adapter.health() }],
    });
    await adapter.start({ accept: async () => "accepted" });
    const ready = await app.request("/readyz");
    expect([ready.status, await ready.json()]).toEqual([
      200,
      {
        status: "ready",
        troubles: [],
        adapters: [{ platform: "simulated", state: "ok", detail: "" }],
      },
    ]);
    await adapter.stop();
    const not = await app.request("/readyz");
    expect(not.status).toBe(503);
    expect(await not.json()).toMatchObject({
      status: "not ready",
      troubles: ["simulated: The simulated chat is not connected."],
      adapters: [{ state: "stopped" }],
    });
  });

  it("answers an unknown path and a failing part without anybody's words", async () => {
    const lost = await httpApp().request("/nothing.txt");
    expect([lost.status, await lost.json()]).toEqual([
      404,
      expect.objectContaining({ status: 404, title: "There is nothing here." }),
    ]);
    const lines: object[] = [];
    const app = httpApp({
      logger: { ...silentLogger, error: (fields) => void lines.push(fields) },
      metrics: () => Promise.reject(new TypeError("秘密")),
    });
    const failed = await app.request("/metrics");
    expect(failed.status).toBe(500);
    expect(await failed.text()).not.toContain("秘密");
    expect(lines).toHaveLength(1);
  });
});

describe("what the product cannot do", () => {
  it("is told with its own status, and its trouble goes to the log", async () => {
    const lines: object[] = [];
    const app = httpApp({ logger: { ...silentLogger, warn: (fields) => void lines.push(fields) } });
    const sources = { rows: memoryAccessRows(), now: () => NOON };
    const access = new Access(sources);
    const own = httpApp({ access, logger: { ...silentLogger, warn: (f) => void lines.push(f) } });
    const { token } = await access.claim(access.issueOneTimeLink().split("t=")[1] ?? "", {
      address: "a",
      agent: "?",
      session: null,
    });
    const ask = (path: string) =>
      own.request(`/api/v1${path}`, { headers: { cookie: `huiyin=${token}` } });
    const days = "from=2026-11-01&to=2026-11-02";
    expect((await ask(`/groups/g/digest-card?${days}`)).status).toBe(501);
    expect(lines).toHaveLength(0);
    expect((await ask("/health")).status).toBe(503);
    expect(lines).toHaveLength(1);
    expect((await app.request("/api/v1/health")).status).toBe(401);
  });
});

describe("routes of platforms", () => {
  const echo: AdapterRoute = {
    path: "/platforms/echo",
    handle: async (request) => new Response(String((await request.text()).length)),
  };
  const app = httpApp({ routes: [echo] });
  const post = (body: string | ReadableStream) =>
    app.request("/platforms/echo", { method: "POST", body, duplex: "half" });

  it("take a body up to a mebibyte", async () => {
    const answer = await post("x".repeat(MIB));
    expect([answer.status, await answer.text()]).toEqual([200, String(MIB)]);
  });

  it("refuse a larger one, also when its length is not told", async () => {
    const stream = new ReadableStream({
      start(controller) {
        for (let index = 0; index < 17; index += 1) controller.enqueue(new Uint8Array(65_536));
        controller.close();
      },
    });
    for (const body of ["x".repeat(MIB + 1), stream]) {
      const answer = await post(body);
      expect([answer.status, await answer.json()]).toEqual([
        413,
        expect.objectContaining({ status: 413, title: "This request is too large." }),
      ]);
    }
  });
});

describe("the port", () => {
  it("serves, and is free again after closing", async () => {
    const door = await listen(httpApp(), { host: "127.0.0.1", port: 0, mode: "service" });
    const status = await new Promise((resolve, reject) => {
      get(`http://127.0.0.1:${String(door.port)}/healthz`, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).once("error", reject);
    });
    expect(status).toBe(200);
    await door.close();
    const again = await listen(httpApp(), { host: "127.0.0.1", port: door.port, mode: "service" });
    await again.close();
  });

  it("that is taken is refused with what to do", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await expect(
      listen(httpApp(), { host: "127.0.0.1", port, mode: "service" }),
    ).rejects.toMatchObject({
      code: "invalid-config",
      message: expect.stringMatching(/in use.*HUIYIN_PORT/) as string,
    });
    // The demo takes the next one, when nobody named a port.
    const next = await listen(httpApp(), { host: "127.0.0.1", port, mode: "demo", tries: 20 });
    expect(next.port).toBeGreaterThan(port);
    await next.close();
    await new Promise((resolve) => other.close(resolve));
  });

  it("of a host that is not ours is refused with what to look at", async () => {
    await expect(
      listen(httpApp(), { host: "203.0.113.1", port: 0, mode: "service" }),
    ).rejects.toMatchObject({
      code: "invalid-config",
      message: expect.stringContaining("HUIYIN_HOST") as string,
    });
  });
});

describe("metrics", () => {
  it("count events, verdicts and sends, and read depth, parked rows and age from the queues", async () => {
    const store = await testStore();
    const metrics = createMetrics(store, () => NOON + 5_000);
    metrics.accepted("accepted");
    metrics.accepted("duplicate");
    metrics.handled(3, 40);
    metrics.judged(true);
    metrics.sent("alert", 900);
    await store.write(async (tx) => {
      const shared = {
        fenceKey: null,
        lane: "a",
        kind: "message",
        payload: "{}",
        receivedAt: NOON,
      };
      await tx.inbox.add(
        [
          { ...shared, eventKey: "1" },
          { ...shared, eventKey: "2" },
        ],
        NOON,
      );
      const [row] = await tx.inbox.waiting(["a"], 1);
      await tx.inbox.fail(row?.seq ?? 0, 5, "TypeError", true);
    });
    const app = httpApp({
      metrics: async () => ({
        type: metrics.registry.contentType,
        text: await metrics.registry.metrics(),
      }),
    });
    const answer = await app.request("/metrics");
    expect(answer.headers.get("content-type")).toContain("text/plain");
    const lines = (await answer.text()).split("\n");
    for (const line of [
      'huiyin_events_total{outcome="accepted"} 1',
      'huiyin_events_total{outcome="duplicate"} 1',
      "huiyin_events_handled_total 3",
      'huiyin_event_age_seconds_bucket{le="0.05"} 1',
      'huiyin_verdicts_total{complaint="yes"} 1',
      'huiyin_send_seconds_bucket{le="1",kind="alert"} 1',
      'huiyin_queue_rows{queue="inbox",state="due"} 1',
      'huiyin_queue_rows{queue="inbox",state="parked"} 1',
      'huiyin_queue_rows{queue="outbox",state="due"} 0',
      'huiyin_queue_rows{queue="firing",state="parked"} 0',
      'huiyin_queue_oldest_seconds{queue="inbox"} 5',
      'huiyin_queue_oldest_seconds{queue="outbox"} 0',
    ])
      expect(lines).toContain(line);
  });

  it("still tell what the process knows while the store is away", async () => {
    const store = await testStore();
    await store.close();
    const metrics = createMetrics(store, () => NOON);
    metrics.accepted("accepted");
    expect(await metrics.registry.metrics()).toContain('huiyin_events_total{outcome="accepted"} 1');
  });
});
