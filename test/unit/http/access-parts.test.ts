import { describe, expect, it } from "vitest";
import { agentName } from "#src/http/access/agent-name.js";
import { AttemptLimit } from "#src/http/access/attempt-limit.js";
import { isLoopback } from "#src/http/edge.js";

describe("the name of a browser", () => {
  it.each([
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
      "Chrome · macOS",
    ],
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0",
      "Edge · Windows",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1",
      "Safari · iPhone",
    ],
    [
      "Mozilla/5.0 (Linux; Android 14; M2102) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 MicroMessenger/8.0.50",
      "WeChat · Android",
    ],
    ["curl/8.5.0", "curl"],
    ["", "?"],
    ["<script>alert(1)</script>", "?"],
  ])("out of %s is %s", (header, name) => {
    expect(agentName(header)).toBe(name);
  });
});

describe("an address of this machine alone", () => {
  it("is known in all its forms, and no other is taken for one", () => {
    for (const own of ["127.0.0.1", "127.8.8.8", "::1", "localhost", "::ffff:127.0.0.1"])
      expect([own, isLoopback(own)]).toEqual([own, true]);
    for (const other of ["0.0.0.0", "::", "", "127.0.0.1.evil.test", "localhost.evil", "10.0.0.1"])
      expect([other, isLoopback(other)]).toEqual([other, false]);
  });
});

describe("the limit of attempts", () => {
  it("slides: each attempt is forgotten a minute after it was made", () => {
    let now = 1_000_000;
    const limit = new AttemptLimit(() => now, 2);
    limit.count("a");
    now += 20_000;
    limit.count("a");
    expect(limit.waitSeconds("a")).toBe(40);
    expect(limit.waitSeconds("b")).toBe(0);
    now += 40_000;
    expect(limit.waitSeconds("a")).toBe(0);
    limit.count("a");
    expect(limit.waitSeconds("a")).toBe(20);
  });

  it("remembers ten thousand addresses, and the latest of them", () => {
    const limit = new AttemptLimit(() => 0, 1);
    for (let index = 0; index <= 10_000; index += 1) limit.count(String(index));
    expect(limit.waitSeconds("0")).toBe(0);
    expect(limit.waitSeconds("1")).toBe(60);
    expect(limit.waitSeconds("10000")).toBe(60);
  });
});
