import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Listening, listen } from "#src/http/server.js";
import { rawRequest, statusOf, type TestEdge, testEdge, wireRequest } from "../support/edge.js";

let edge: TestEdge;
let door: Listening;
const heard: string[] = [];
beforeAll(async () => {
  edge = await testEdge({ mode: "demo" });
  door = await listen(edge.app, {
    host: "127.0.0.1",
    port: 0,
    mode: "demo",
    listeners: [
      {
        prefix: "/slack/",
        listener: (request, response) => {
          heard.push(request.url ?? "");
          response.end("bolt");
        },
      },
    ],
  });
});
afterAll(async () => {
  await door.close();
  await edge.close();
});

const PATH = "/api/v1/door";

interface RawCase {
  readonly name: string;
  readonly text: (port: string, path: string) => string;
  readonly good?: true;
}

function get(host: (port: string) => string): RawCase["text"] {
  return (port, path) => `GET ${path} HTTP/1.1\r\nHost: ${host(port)}\r\nConnection: close\r\n\r\n`;
}

const CASES: readonly RawCase[] = [
  { name: "127.0.0.1", text: get((port) => `127.0.0.1:${port}`), good: true },
  { name: "LOCALHOST", text: get((port) => `LOCALHOST:${port}`), good: true },
  { name: "[::1]", text: get((port) => `[::1]:${port}`), good: true },
  {
    name: "a forwarded host, which is not asked",
    text: get((port) => `127.0.0.1:${port}\r\nX-Forwarded-Host: evil.test`),
    good: true,
  },
  { name: "another name", text: get((port) => `evil.test:${port}`) },
  { name: "localhost as a part", text: get((port) => `localhost.evil.test:${port}`) },
  { name: "a name that resolves to us", text: get((port) => `127.0.0.1.nip.io:${port}`) },
  { name: "a trailing dot", text: get((port) => `localhost.:${port}`) },
  { name: "another port", text: get(() => "127.0.0.1:1") },
  { name: "no port", text: get(() => "127.0.0.1") },
  { name: "0.0.0.0", text: get((port) => `0.0.0.0:${port}`) },
  { name: "a user before the name", text: get((port) => `127.0.0.1:${port}@evil.test`) },
  { name: "none, HTTP/1.0", text: (_, path) => `GET ${path} HTTP/1.0\r\n\r\n` },
  {
    name: "none, HTTP/1.1",
    text: (_, path) => `GET ${path} HTTP/1.1\r\nConnection: close\r\n\r\n`,
  },
  { name: "an empty one", text: get(() => "") },
  {
    name: "two",
    text: get((port) => `127.0.0.1:${port}\r\nHost: evil.test`),
  },
  {
    name: "an address of another host in the request line",
    text: (port, path) =>
      `GET http://evil.test:${port}${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`,
  },
  {
    name: "our address in the request line, another host in the header",
    text: (port, path) =>
      `GET http://127.0.0.1:${port}${path} HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n`,
  },
  {
    name: "a path that begins like a host",
    text: (port) =>
      `GET //evil.test/api HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`,
  },
];

describe("the demo and the host that a request names", () => {
  it("are nineteen cases, four of them good", () => {
    expect(CASES).toHaveLength(19);
    expect(CASES.filter((one) => one.good === true)).toHaveLength(4);
  });

  it.each(CASES)("$name", async ({ text, good }) => {
    for (const path of [PATH, "/", "/slack/events"]) {
      heard.length = 0;
      const answer = await rawRequest(door.port, text(String(door.port), path));
      if (good === true) {
        expect(statusOf(answer)).toBe(200);
        continue;
      }
      expect([400, 421]).toContain(statusOf(answer));
      expect(answer).not.toMatch(/console page|hasPassword|bolt/);
      expect(heard).toEqual([]);
    }
  });
});

describe("the real service", () => {
  it("on this machine answers to its own names and to its public one, nobody else's", async () => {
    const own = await listen(edge.app, {
      host: "127.0.0.1",
      port: 0,
      mode: "service",
      publicUrl: "https://huiyin.example",
    });
    const ask = async (host: string): Promise<number> =>
      (await wireRequest(own.port, PATH, { headers: { host } })).status;
    expect(await ask("huiyin.example")).toBe(200);
    expect(await ask(`127.0.0.1:${String(own.port)}`)).toBe(200);
    expect(await ask("evil.test")).toBe(421);
    await own.close();
  });

  it("may listen for other machines, and the demo may not", async () => {
    const open = await listen(edge.app, { host: "0.0.0.0", port: 0, mode: "service" });
    const answer = await wireRequest(open.port, PATH, { headers: { host: "shop.example" } });
    expect(answer.status).toBe(200);
    await open.close();
    for (const host of ["0.0.0.0", "::", "192.168.1.5", "huiyin.example"]) {
      await expect(listen(edge.app, { host, port: 0, mode: "demo" })).rejects.toMatchObject({
        code: "invalid-config",
        message: expect.stringContaining("huiyin serve") as string,
      });
    }
  });
});

describe("a part of the port that somebody else answers", () => {
  it("gets its own paths with their bodies unread, and nothing else", async () => {
    heard.length = 0;
    const host = `127.0.0.1:${String(door.port)}`;
    const bolt = await wireRequest(door.port, "/slack/events?x=1", {
      method: "POST",
      headers: { host, "content-type": "application/x-www-form-urlencoded" },
      body: "payload=1",
    });
    expect([bolt.status, bolt.text, heard]).toEqual([200, "bolt", ["/slack/events?x=1"]]);
    for (const path of ["/slack", "/slackers/x", "/api/v1/door"]) {
      const other = await wireRequest(door.port, path, { headers: { host } });
      expect(other.text).not.toBe("bolt");
    }
  });
});
