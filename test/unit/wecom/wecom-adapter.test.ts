import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SendOptions } from "#src/platform/platform-adapter.js";
import { PlatformError } from "#src/platform/platform-error.js";
import type { Picture } from "#src/shared/picture.js";
import {
  CONSOLE,
  KEY,
  ROOM,
  type WecomScene,
  wecomScene,
} from "../../support/wecom/wecom-scene.js";

const PNG: Picture = {
  bytes: Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  ),
  mediaType: "image/png",
  width: 1,
  height: 1,
  alt: "满意率 85%",
};
const ALERT: SendOptions = { key: "alert:1", kind: "alert" };
const DIGEST: SendOptions = { key: "digest:1", kind: "digest" };
const REPLY: SendOptions = { key: "reply:1", kind: "reply" };

let scene: WecomScene;
beforeEach(async () => {
  scene = await wecomScene();
});
afterEach(() => scene.close());

async function failure(sending: Promise<unknown>): Promise<PlatformError> {
  const error: unknown = await sending.catch((reason: unknown) => reason);
  if (error instanceof PlatformError) return error;
  throw new Error("no PlatformError was raised");
}

describe("a WeCom group", () => {
  it("reads an alert as text, with where and how to act", async () => {
    await scene.adapter.send(ROOM, { text: "【投诉 P2】#12 送货慢\n回复：处理 12 确认" }, ALERT);
    expect(scene.server.lines).toMatchObject([{ type: "text", mentioned: [] }]);
    const [line] = scene.server.lines;
    const content = line?.type === "text" ? line.content : "";
    expect(content).toMatch(/^【投诉 P2】#12 送货慢\n回复：处理 12 确认\n\n※ 这个群只收通知/);
    expect(content).toContain(CONSOLE);
    expect(content).toContain("私信发给机器人");
  });

  it("reads a digest that is too long for a text as one markdown message, and its picture after it", async () => {
    const text = "长".repeat(1_000);
    await scene.adapter.send(ROOM, { text }, { ...DIGEST, picture: PNG });
    expect(scene.server.lines.map((line) => line.type)).toEqual(["markdown", "image"]);
    const image = scene.server.lines[1];
    expect(image?.type === "image" && image.bytes.equals(Buffer.from(PNG.bytes))).toBe(true);
  });

  it("reads a very long text in parts of which none is too long", async () => {
    const text = Array.from({ length: 200 }, (_, at) => `第${String(at)}行${"长".repeat(15)}`).join(
      "\n",
    );
    await scene.adapter.send(ROOM, { text }, REPLY);
    expect(scene.server.lines.length).toBeGreaterThan(1);
    const read = scene.server.lines.map((line) => (line.type === "markdown" ? line.content : ""));
    expect(read.join("\n")).toBe(text);
  });

  it("gets the text though the picture is refused or too large, and the log says so", async () => {
    scene.server.fail({ kind: "errcode", errcode: 0 });
    scene.server.fail({ kind: "errcode", errcode: 301_019 });
    await scene.adapter.send(ROOM, { text: "日报" }, { ...REPLY, picture: PNG });
    expect(scene.logged()).toContain('"reason":"rejected"');
    const large = { ...PNG, bytes: Buffer.concat([Buffer.from(PNG.bytes), Buffer.alloc(2 ** 21)]) };
    await scene.adapter.send(ROOM, { text: "周报" }, { ...REPLY, picture: large });
    expect(scene.server.lines).toMatchObject([{ type: "text", content: "周报" }]);
    expect(scene.logged()).toContain("larger than WeCom takes");
  });

  it("sees that an alert is a repetition", async () => {
    await scene.adapter.send(ROOM, { text: "报警" }, { ...ALERT, again: true });
    const [line] = scene.server.lines;
    expect(line?.type === "text" ? line.content : "").toMatch(/^（再次发送.*）\n报警/);
  });

  it("does not get the first part again when a later one failed", async () => {
    const text = `${"甲".repeat(1_365)}${"乙".repeat(1_365)}${"丙".repeat(500)}`;
    scene.server.fail({ kind: "errcode", errcode: 0 });
    scene.server.fail({ kind: "errcode", errcode: 45_009 });
    // The first fault lets the call through unseen: count by what is asked for the second time.
    expect((await failure(scene.adapter.send(ROOM, { text }, REPLY))).code).toBe("rate-limited");
    const before = scene.server.calls;
    await scene.adapter.send(ROOM, { text }, REPLY);
    expect(scene.server.calls - before).toBe(2);
    const read = scene.server.lines.map((line) =>
      line.type === "markdown" ? line.content[0] : "",
    );
    expect(read).toEqual(["乙", "丙"]);
  });
});

describe("20 messages a minute", () => {
  it("are never exceeded: the 21st waits, and the platform refuses none", async () => {
    const saying = (number: number) =>
      scene.adapter.send(ROOM, { text: String(number) }, { ...REPLY, key: String(number) });
    for (let number = 1; number <= 20; number += 1) {
      await saying(number);
      scene.clock.advance(1_000);
    }
    const early = await failure(saying(21));
    expect(early).toMatchObject({ code: "rate-limited", retryAfterMs: 40_000 });
    expect(scene.server.calls).toBe(20);
    scene.clock.advance(40_000);
    await saying(21);
    expect((await failure(saying(22))).retryAfterMs).toBe(1_000);
    expect(scene.server.calls).toBe(21);
  });

  it("leave no message half said: text and picture go together or later", async () => {
    for (let number = 1; number <= 19; number += 1)
      await scene.adapter.send(ROOM, { text: "早" }, { ...REPLY, key: String(number) });
    const sending = scene.adapter.send(ROOM, { text: "日报" }, { ...REPLY, picture: PNG });
    expect((await failure(sending)).code).toBe("rate-limited");
    expect(scene.server.calls).toBe(19);
    scene.clock.advance(60_000);
    await scene.adapter.send(ROOM, { text: "日报" }, { ...REPLY, picture: PNG });
    expect(scene.server.lines.map((line) => line.type).slice(-2)).toEqual(["text", "image"]);
  });
});

describe("what goes wrong", () => {
  it.each([
    [45_009, "rate-limited", /20 messages a minute/],
    [93_000, "unauthorized", /not valid.*HUIYIN_WECOM_WEBHOOKS/],
    [93_004, "unauthorized", /switched off/],
    [93_008, "gone", /not in the group any more.*HUIYIN_WECOM_WEBHOOKS/],
    [60_020, "forbidden", /administrator/],
    [40_008, "rejected", /type of message/],
    [40_058, "rejected", /longer than WeCom takes/],
    [-1, "unreachable", /busy/],
    [99_999, "rejected", /refused \(99999\)/],
  ] as const)("%i is told as %s with what to do", async (errcode, code, words) => {
    scene.server.fail({ kind: "errcode", errcode });
    const error = await failure(scene.adapter.send(ROOM, { text: "x" }, REPLY));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(words);
  });

  it.each([
    [{ kind: "reset-after-accept" }, "ambiguous"],
    [{ kind: "garbage" }, "ambiguous"],
    [{ kind: "status", status: 502 }, "ambiguous"],
    [{ kind: "status", status: 404 }, "rejected"],
    [{ kind: "status", status: 429 }, "rate-limited"],
    [{ kind: "status", status: 302, location: "http://169.254.169.254/" }, "rejected"],
  ] as const)("%o is told as %s", async (fault, code) => {
    scene.server.fail(fault);
    expect((await failure(scene.adapter.send(ROOM, { text: "x" }, REPLY))).code).toBe(code);
    expect(scene.server.calls).toBe(1);
  });

  it("a call that is given up is unknown, a place that nobody listens at was never reached", async () => {
    scene.server.fail({ kind: "silent" });
    const limit = new AbortController();
    const sending = scene.adapter.send(ROOM, { text: "x" }, { ...REPLY, signal: limit.signal });
    await expect.poll(() => scene.server.calls).toBe(1);
    limit.abort();
    expect((await failure(sending)).code).toBe("ambiguous");
    await scene.server.close();
    expect((await failure(scene.adapter.send(ROOM, { text: "x" }, REPLY))).code).toBe(
      "unreachable",
    );
  });

  it("a group that the configuration does not name any more is gone", async () => {
    const nowhere = { platform: "wecom", conversationId: "旧群" };
    const error = await failure(scene.adapter.send(nowhere, { text: "x" }, REPLY));
    expect(error.code).toBe("gone");
    expect(error.message).toContain("HUIYIN_WECOM_WEBHOOKS");
  });

  it("shows in the health until a message arrives again", async () => {
    expect(scene.adapter.health()).toEqual({ state: "ok", detail: "" });
    scene.server.fail({ kind: "errcode", errcode: 93_000 });
    await failure(scene.adapter.send(ROOM, { text: "x" }, REPLY));
    const { state, detail } = scene.adapter.health();
    expect(state).toBe("degraded");
    expect(detail).toMatch(/^店长群: .*HUIYIN_WECOM_WEBHOOKS/);
    await scene.adapter.send(ROOM, { text: "y" }, REPLY);
    expect(scene.adapter.health().state).toBe("ok");
    await scene.adapter.stop();
    expect(scene.adapter.health().state).toBe("stopped");
  });

  it("never shows the address: not in errors, logs, health or prints", async () => {
    const told: string[] = [];
    const faults = [
      ...[45_009, 93_000, 40_008, -1].map((errcode) => ({ kind: "errcode", errcode }) as const),
      { kind: "reset-after-accept" },
      { kind: "garbage" },
      { kind: "status", status: 302, location: `https://evil.example/${KEY}` },
    ] as const;
    for (const fault of faults) {
      scene.server.fail(fault);
      const error = await failure(scene.adapter.send(ROOM, { text: "x" }, REPLY));
      told.push(error.message, error.stack ?? "", inspect(error, { depth: 9 }));
      told.push(JSON.stringify(scene.adapter.health()));
    }
    await scene.server.close();
    const lost = await failure(scene.adapter.send(ROOM, { text: "x" }, { ...REPLY, picture: PNG }));
    told.push(lost.stack ?? "", inspect(lost, { depth: 9 }), scene.logged());
    told.push(
      inspect(scene.adapter, { depth: 9, showHidden: true }),
      JSON.stringify(scene.adapter),
    );
    expect(told.join("\n")).not.toContain(KEY);
    expect(told.join("\n")).not.toContain("cgi-bin");
  });
});
