import { encode } from "uqr";
import { afterEach, describe, expect, it } from "vitest";
import { SimulatedAdapter } from "#adapters/simulated/simulated-adapter.js";
import { SimulatedChat } from "#adapters/simulated/simulated-chat.js";
import type { SessionView } from "#adapters/wechat/session-view.js";
import { type WechatView, wechatView } from "#src/console/contract/wechat.js";
import { type TestEdge, testEdge } from "../support/edge.js";

const CODE = "https://login.weixin.qq.com/l/canary-f00d==";
const SCAN: SessionView = {
  state: "scan",
  qr: CODE,
  account: null,
  since: 1_700_000_000_000,
  heardAt: null,
  detail: "",
  sending: { on: true, held: "logged-out", until: null },
  heldRooms: [{ topic: "阳光里3群", since: 1_700_000_000_000 }],
};

let edge: TestEdge | null = null;
afterEach(async () => {
  await edge?.close();
  edge = null;
});

async function open(view: SessionView | null): Promise<TestEdge> {
  edge = await testEdge({}, view === null ? {} : { wechat: { sessionView: () => view } });
  return edge;
}

async function read(view: SessionView | null): Promise<WechatView> {
  const asked = await open(view);
  const answer = await asked.ask(await asked.signIn(), "/api/v1/wechat");
  expect(answer.status).toBe(200);
  return wechatView.strict().parse(await answer.json());
}

/** The dark modules of a path of `M x y h n v1 h-n z` strokes. */
function modulesOf(path: string, size: number): readonly (readonly boolean[])[] {
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    rows[Number(y)]?.fill(true, Number(x), Number(x) + Number(length));
  return rows;
}

describe("the code to scan", () => {
  it("is for the owner alone: nobody else learns that there is one", async () => {
    const asked = await open(SCAN);
    const answer = await asked.ask("", "/api/v1/wechat");
    expect(answer.status).toBe(401);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.text()).not.toMatch(/qr|scan|path/i);
  });

  it("is drawn as it is, with the white that scanners want, and never kept by anybody", async () => {
    const asked = await open(SCAN);
    const answer = await asked.ask(await asked.signIn(), "/api/v1/wechat");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const text = await answer.text();
    expect(text).not.toContain("canary");
    const { qr } = wechatView.parse(JSON.parse(text));
    const expected = encode(CODE, { border: 4, ecc: "M" });
    expect(qr?.size).toBe(expected.size);
    expect(modulesOf(qr?.path ?? "", qr?.size ?? 0)).toEqual(expected.data);
    expect(expected.data.slice(0, 4).flat()).not.toContain(true);
  });

  it("is on no other page: health, readiness, metrics", async () => {
    const asked = await open(SCAN);
    const cookie = await asked.signIn();
    for (const path of ["/api/v1/health", "/readyz", "/metrics", "/api/openapi.json"])
      expect(await (await asked.ask(cookie, path)).text()).not.toContain("canary");
  });

  it("is gone once somebody is logged in, even while the adapter still knows it", async () => {
    const view = await read({ ...SCAN, state: "in", account: "小助手" });
    expect(view).toMatchObject({ state: "in", account: "小助手", qr: null });
  });
});

describe("the session", () => {
  it("tells why nothing is sent and until when, and which rooms wait", async () => {
    const until = SCAN.since + 1_800_000;
    const view = await read({ ...SCAN, state: "in", sending: { on: true, held: "paused", until } });
    expect(view.sending).toEqual({ on: true, held: "paused", until });
    expect(view.heldRooms).toEqual([{ topic: "阳光里3群", since: SCAN.since }]);
  });

  it("is off where WeChat is not configured", async () => {
    expect(await read(null)).toMatchObject({ state: "off", since: null, qr: null, heldRooms: [] });
  });

  it("that waits for a scan keeps the service ready, or a proxy would hide the code; the health says so", async () => {
    const asked = await open(SCAN);
    const { app } = asked.chat.simulation;
    const waiting = new SimulatedAdapter({ platform: new SimulatedChat(), botNames: [] });
    waiting.health = () => ({ state: "degraded", detail: "Scan the code." });
    app.adapters.set("wechat", waiting);
    expect((await asked.ask("", "/readyz")).status).toBe(200);
    const health = await asked.ask(await asked.signIn(), "/api/v1/health");
    expect(await health.json()).toMatchObject({
      status: "not ready",
      troubles: ["simulated: Scan the code."],
    });
    waiting.health = () => ({ state: "stopped", detail: "It is not listening." });
    expect((await asked.ask("", "/readyz")).status).toBe(503);
  });
});
