import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SimulatedAdapter } from "#adapters/simulated/simulated-adapter.js";
import {
  type PostRequest,
  type RoomLook,
  SimulatedChat,
  type SimulatedPlatform,
} from "#adapters/simulated/simulated-chat.js";
import type { SimulatedPayload } from "#adapters/simulated/simulated-payload.js";
import type { Capabilities } from "#src/platform/capabilities.js";
import type { InboundEvent } from "#src/platform/inbound-event.js";
import { PlatformError } from "#src/platform/platform-error.js";
import {
  type AdapterHarness,
  describeAdapterContract,
  type PayloadFixture,
} from "./platform-adapter.contract.js";

const FOLDER = new URL("../fixtures/simulated/", import.meta.url);

const fixtures: readonly PayloadFixture[] = readdirSync(FOLDER)
  .toSorted()
  .map((file) => ({
    name: file.replace(".json", ""),
    ...(JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as Omit<PayloadFixture, "name">),
  }));

function payloadOf(name: string): SimulatedPayload {
  const found = fixtures.find((fixture) => fixture.name === name);
  if (found === undefined) throw new Error(`there is no fixture ${name}`);
  return found.payload as SimulatedPayload;
}

/** The pretend platform, with a count of the calls that reached it. */
class CountingChat extends SimulatedChat implements SimulatedPlatform {
  calls = 0;

  override async post(request: PostRequest): Promise<string> {
    this.calls += 1;
    return super.post(request);
  }

  override async edit(...call: Parameters<SimulatedChat["edit"]>): Promise<void> {
    this.calls += 1;
    return super.edit(...call);
  }

  override async find(room: string, key: string): Promise<string | null> {
    this.calls += 1;
    return super.find(room, key);
  }
}

async function make(capabilities: Partial<Capabilities> = {}): Promise<AdapterHarness> {
  const chat = new CountingChat();
  return {
    adapter: new SimulatedAdapter({ platform: chat, botNames: ["小助手"], capabilities }),
    deliver: (payload) =>
      chat.emit(payload as SimulatedPayload).then(
        () => "acknowledged",
        () => "refused",
      ),
    calls: () => chat.calls,
    // On this platform a mention is data beside the text: words alone notify nobody.
    shown: () =>
      chat.posts.map(({ text, mentions, picture }) => ({
        text,
        mentions,
        everybodyMentioned: mentions.includes("everybody"),
        ...(picture === null ? {} : { pictureAlt: picture.alt }),
      })),
    fail: ({ code, ...wait }) => chat.failNext(new PlatformError(code, "planned", wait)),
  };
}

const said = payloadOf("said");

describeAdapterContract({
  name: "simulated",
  make,
  fixtures,
  own: [payloadOf("said-by-the-bot"), payloadOf("reacted-by-the-bot")],
  unknownKind: payloadOf("unknown-kind"),
  malformed: [
    null,
    "said",
    {},
    { ...said, id: "" },
    { ...said, id: "x".repeat(301) },
    { ...said, at: "now" },
    { ...said, person: undefined },
    { ...said, text: undefined },
    { ...payloadOf("reacted"), change: "maybe" },
  ],
  conversation: { platform: "simulated", conversationId: "阳光里3群" },
  member: { platform: "simulated", memberId: "王阿姨" },
  failures: [
    { code: "rate-limited", retryAfterMs: 12_345 },
    { code: "rate-limited" },
    { code: "unreachable" },
    { code: "ambiguous" },
    { code: "unauthorized" },
    { code: "gone" },
    { code: "forbidden" },
    { code: "rejected" },
  ],
  dangerousText: "@所有人 @all <!channel> <@U123> *粗* <https://x.example|点我> &amp;",
  skips: {},
});

describe("the pretend platform without", () => {
  async function heardWithout(
    capability: keyof Capabilities,
    name: string,
  ): Promise<readonly InboundEvent[]> {
    const { adapter, deliver } = await make({ [capability]: false });
    const events: InboundEvent[] = [];
    await adapter.start({
      accept: async (event) => {
        events.push(event);
        return "accepted";
      },
    });
    expect(await deliver(payloadOf(name))).toBe("acknowledged");
    await adapter.stop();
    return events;
  }

  const silent: readonly (readonly [keyof Capabilities, string])[] = [
    ["recall", "took-back"],
    ["reactions", "reacted"],
    ["commands", "commanded"],
    ["buttons", "pressed"],
  ];
  for (const [capability, name] of silent) {
    it(`${capability} tells of none`, async () => {
      expect(await heardWithout(capability, name)).toEqual([]);
    });
  }

  it("ids of quotes tells the quoted text and author only", async () => {
    const [event] = await heardWithout("quoteIds", "said");
    expect(event).toMatchObject({ repliesTo: { text: "草莓烂了", author: { memberId: "李叔" } } });
    expect(event?.kind === "message" && event.repliesTo).not.toHaveProperty("messageId");
  });

  it("room for a text refuses it, also as a change", async () => {
    const { adapter } = await make({ maxTextLength: 3 });
    const where = { platform: "simulated", conversationId: "a" };
    const options = { key: "k", kind: "reply" } as const;
    await expect(adapter.send(where, { text: "four" }, options)).rejects.toMatchObject({
      code: "rejected",
    });
    const sent = await adapter.send(where, { text: "ok" }, options);
    await expect(adapter.edit(sent, { text: "four" })).rejects.toMatchObject({ code: "rejected" });
  });
});

describe("the pretend platform", () => {
  it("has taken a message whose answer got lost, and shows it when it is looked up", async () => {
    const { adapter, fail } = await make();
    fail({ code: "ambiguous" });
    const where = { platform: "simulated", conversationId: "a" };
    await expect(
      adapter.send(where, { text: "x" }, { key: "k", kind: "reply" }),
    ).rejects.toMatchObject({ code: "ambiguous" });
    expect(await adapter.find(where, "k")).toEqual({ conversation: where, messageId: "bot:k" });
  });

  it("cannot edit what is not there", async () => {
    const { adapter } = await make();
    const conversation = { platform: "simulated", conversationId: "a" };
    await expect(
      adapter.edit({ conversation, messageId: "1" }, { text: "x" }),
    ).rejects.toMatchObject({ code: "gone" });
  });

  it("knows the names of rooms, and which are direct", async () => {
    const chat = new SimulatedChat();
    chat.nameRoom("a", "阳光里3群");
    const adapter = new SimulatedAdapter({ platform: chat, botNames: [] });
    const direct = await adapter.openDirect({ platform: "simulated", memberId: "王" });
    expect(await adapter.describe(direct)).toEqual({ name: "direct:王", isDirect: true });
    const room = { platform: "simulated", conversationId: "a" };
    expect(await adapter.describe(room)).toEqual({ name: "阳光里3群", isDirect: false });
    expect(adapter.routes()).toEqual([]);
  });
});

describe("a pretend room with a look", () => {
  const room = { platform: "simulated", conversationId: "阳光里3群" };
  const withLook = (look: RoomLook) => {
    const chat = new SimulatedChat();
    chat.setLook(room.conversationId, look);
    return { chat, adapter: new SimulatedAdapter({ platform: chat, botNames: ["小助手"] }) };
  };

  it("like Slack has what the platform has, and pictures", () => {
    const { adapter } = withLook("slack");
    expect(adapter.capabilitiesIn(room)).toEqual({ ...adapter.capabilities, pictures: true });
    const other = { ...room, conversationId: "another" };
    expect(adapter.capabilitiesIn(other)).toEqual(adapter.capabilities);
  });

  it("like WeChat takes no buttons, edits or private notes, and shows pictures", async () => {
    const { adapter, chat } = withLook("wechat");
    const options = { key: "k", kind: "reply" } as const;
    const choices = [{ action: "vote", choices: [{ label: "5", value: "5" }] }];
    const onlyFor = { platform: "simulated", memberId: "王" };
    const refusals = [
      adapter.send(room, { text: "x", choices }, options),
      adapter.send(room, { text: "x" }, { ...options, onlyFor }),
      adapter.edit({ conversation: room, messageId: "1" }, { text: "x" }),
    ];
    for (const refusal of refusals) {
      await expect(refusal).rejects.toMatchObject({ code: "not-supported" });
    }
    const bytes = new Uint8Array([137, 80]);
    const picture = { bytes, mediaType: "image/png", width: 2, height: 2, alt: "x" } as const;
    await adapter.send(room, { text: "日报" }, { ...options, picture });
    expect(chat.posts).toMatchObject([{ text: "日报", picture: { bytes } }]);
  });

  it("like WeChat tells of no presses, reactions or commands, and of quotes by their text", async () => {
    const { adapter, chat } = withLook("wechat");
    const events: InboundEvent[] = [];
    await adapter.start({
      accept: async (event) => {
        events.push(event);
        return "accepted";
      },
    });
    const inRoom = (name: string) => ({ ...payloadOf(name), room: room.conversationId });
    for (const name of ["pressed", "reacted", "commanded", "said"]) await chat.emit(inRoom(name));
    await adapter.stop();
    expect(events.map((event) => event.kind)).toEqual(["message"]);
    expect(events[0]?.kind === "message" && events[0].repliesTo).not.toHaveProperty("messageId");
  });
});
