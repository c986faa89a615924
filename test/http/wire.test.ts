import { connect, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Listening, listen } from "#src/http/server.js";
import {
  countingSimulator,
  rawRequest,
  statusOf,
  type TestEdge,
  testEdge,
  wireRequest,
} from "../support/edge.js";

const MIB = 1_048_576;
const calls: string[] = [];
let edge: TestEdge;
let door: Listening;
let cookie: string;
let host: string;
beforeAll(async () => {
  edge = await testEdge({ mode: "demo", simulator: countingSimulator(calls) });
  cookie = await edge.signIn();
  door = await listen(edge.app, {
    host: "127.0.0.1",
    port: 0,
    mode: "demo",
    limits: { headersTimeout: 700, requestTimeout: 900, connectionsCheckingInterval: 100 },
    listeners: [{ prefix: "/slack/", listener: (_, response) => response.writeHead(401).end() }],
  });
  host = `127.0.0.1:${String(door.port)}`;
});
afterAll(async () => {
  await door.close();
  await edge.close();
});

/** Request lines that mean one place to a router and another to whoever opens files. */
const LINES = [
  "GET /../package.json",
  "GET /..%2fpackage.json",
  "GET /%2e%2e/package.json",
  "GET /%2e%2e%2fpackage.json",
  "GET /assets/../../package.json",
  "GET /assets/..%2f..%2fpackage.json",
  "GET /assets/%2e%2e/%2e%2e/package.json",
  "GET /assets/..%5c..%5cpackage.json",
  "GET /assets\\..\\..\\package.json",
  "GET //package.json",
  "GET //assets//main-4f3a2b1c.js",
  "GET /assets//main-4f3a2b1c.js",
  "GET /assets/%00main-4f3a2b1c.js",
  "GET /assets/main-4f3a2b1c.js%00.png",
  "GET /assets/main-4f3a2b1c.js/",
  "GET /assets%2fmain-4f3a2b1c.js",
  "GET /ASSETS/main-4f3a2b1c.js",
  "GET /assets/none.js",
  "GET /.env",
  "GET /.git/config",
  "GET /api/v1/../v1/cases",
  "GET /api/v1//cases",
  "GET /api/v1/%63ases",
  "GET /api%2fv1%2fcases",
  "GET /slack/../api/v1/cases",
  "GET /API/v1/cases",
];

describe("a path that two readers could take differently", () => {
  it("is one of twenty-six", () => {
    expect(new Set(LINES).size).toBe(26);
  });

  it.each(LINES)("%s gives nothing away", async (line) => {
    const answer = await rawRequest(
      door.port,
      `${line} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
    );
    expect([400, 401, 404, 421]).toContain(statusOf(answer));
    expect(answer).not.toMatch(/"name": "huiyin"|export const page|console page|"items"/);
  });
});

describe("the files of the console", () => {
  const ask = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    wireRequest(door.port, path, { headers: { host, ...headers } });

  it("are kept for a year where the name has a hash, and asked for anew where it has not", async () => {
    const script = await ask("/assets/main-4f3a2b1c.js");
    expect([script.status, script.headers["cache-control"]]).toEqual([
      200,
      "public, max-age=31536000, immutable",
    ]);
    expect(script.headers["content-type"]).toContain("text/javascript");
    expect((await ask("/icon.svg")).headers["cache-control"]).toBe("no-cache");
    expect((await ask("/")).headers["cache-control"]).toBe("no-cache");
  });

  it("travel compressed to whoever can read that", async () => {
    const script = await ask("/assets/main-4f3a2b1c.js", { "accept-encoding": "gzip" });
    expect([script.headers["content-encoding"], script.headers["vary"]]).toEqual([
      "gzip",
      "accept-encoding",
    ]);
  });

  it("answer every page of the console with its one page, and nothing else with it", async () => {
    for (const path of ["/", "/cases", "/cases/", "/groups/g-1/overview", "/settings?tab=2"]) {
      expect([path, (await ask(path)).text]).toEqual([
        path,
        expect.stringContaining("console page"),
      ]);
    }
    for (const path of [
      "/api",
      "/api/none",
      "/wechat/callback",
      "/slack",
      "/robots.php",
      "/x.js",
    ]) {
      expect([path, (await ask(path)).status]).toEqual([path, 404]);
    }
    for (const path of ["/", "/cases"]) {
      const answer = await wireRequest(door.port, path, { method: "POST", headers: { host } });
      expect(answer.status).toBe(404);
    }
  });

  it("are replaced by a page that says what to run while they are not built", async () => {
    const bare = await testEdge({ consoleFolder: "/nowhere/at/all" });
    for (const [language, word] of [
      ["zh-CN", "npm run build"],
      ["en", "is not built yet"],
    ]) {
      const answer = await bare.app.request("/", {
        headers: { "accept-language": language ?? "" },
      });
      expect([answer.status, await answer.text()]).toEqual([
        503,
        expect.stringContaining(word ?? ""),
      ]);
    }
    await bare.close();
  });
});

function say(text: string): string {
  return JSON.stringify({ room: "r", memberId: "m", text });
}

function post(path: string, body: string | Buffer, more: Readonly<Record<string, string>> = {}) {
  return wireRequest(door.port, path, {
    method: "POST",
    headers: { host, cookie, "content-type": "application/json", ...more },
    body,
  });
}

const LINES_PATH = "/api/v1/simulator/lines";

describe("a body", () => {
  it("of more than a mebibyte is refused, whether its length is told or not", async () => {
    calls.length = 0;
    const big = "x".repeat(5 * MIB);
    expect((await post(LINES_PATH, big).catch(() => ({ status: 413 }))).status).toBe(413);
    const chunked = await post(LINES_PATH, big, { "transfer-encoding": "chunked" }).catch(() => ({
      status: 413,
    }));
    expect(chunked.status).toBe(413);
    expect(calls).toEqual([]);
  });

  it("of a transcript may be eight megabytes, and of nothing else", async () => {
    calls.length = 0;
    const transcript = JSON.stringify({ name: "n", transcript: "x".repeat(8_000_000), speed: 0 });
    expect((await post("/api/v1/simulator/replay", transcript)).status).toBe(200);
    expect(calls).toEqual(["replay"]);
    const longer = JSON.stringify({ name: "n", transcript: "x".repeat(10_000_000), speed: 0 });
    const refused = await post("/api/v1/simulator/replay", longer).catch(() => ({ status: 413 }));
    expect(refused.status).toBe(413);
  });

  it("that is compressed is refused unread, however little it is", async () => {
    const bomb = gzipSync(Buffer.alloc(20 * MIB));
    const answer = await post(LINES_PATH, bomb, { "content-encoding": "gzip" });
    expect(answer.status).toBe(415);
  });

  it("may be nested 64 deep, not deeper; six thousand levels do no harm", async () => {
    const nested = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;
    const types: string[] = [];
    for (const depth of [64, 65, 6_000, 200_000]) {
      const answer = await post(LINES_PATH, nested(depth));
      expect(answer.status).toBe(400);
      types.push(answer.text.includes("too-deep") ? "too-deep" : "other");
    }
    expect(types).toEqual(["other", "too-deep", "too-deep", "too-deep"]);
  });

  it("is JSON in UTF-8 and nothing else", async () => {
    for (const type of ["text/json", "application/json; charset=utf-16", "application/xml", "x"]) {
      const answer = await post(LINES_PATH, say("x"), { "content-type": type });
      expect([type, answer.status]).toEqual([type, 415]);
    }
    const utf8 = await post(LINES_PATH, say("好"), {
      "content-type": 'application/json; charset="UTF-8"',
    });
    expect(utf8.status).toBe(200);
    for (const body of [Buffer.from([0x22, 0xff, 0x22]), "{", "{'a':1}", "NaN", '{"a":1}x']) {
      const answer = await post(LINES_PATH, body);
      expect([String(body), answer.status]).toEqual([String(body), 400]);
    }
  });
});

describe("slow and half-open clients", () => {
  function open(text: string): Promise<Socket> {
    return new Promise((resolve) => {
      const socket = connect(door.port, "127.0.0.1", () => {
        socket.write(text);
        resolve(socket);
      });
      socket.on("error", () => undefined);
    });
  }

  it("are cut off, with 408 where headers or body never end", async () => {
    const headers = rawRequest(door.port, `GET / HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `);
    const body = rawRequest(
      door.port,
      `POST ${LINES_PATH} HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`,
    );
    expect(statusOf(await headers)).toBe(408);
    expect([0, 408]).toContain(statusOf(await body));
  });

  it("do not keep others from being served", async () => {
    const sockets = await Promise.all(
      Array.from({ length: 500 }, () => open(`GET / HTTP/1.1\r\nHost: ${host}\r\n`)),
    );
    const answer = await wireRequest(door.port, "/api/v1/door", { headers: { host } });
    expect(answer.status).toBe(200);
    for (const socket of sockets) socket.destroy();
  });

  it("cannot send headers without end", async () => {
    const answer = await rawRequest(
      door.port,
      `GET / HTTP/1.1\r\nHost: ${host}\r\nX-Big: ${"x".repeat(20_000)}\r\n\r\n`,
    );
    expect(statusOf(answer)).toBe(431);
  });
});
