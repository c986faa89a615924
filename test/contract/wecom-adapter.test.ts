import { afterEach } from "vitest";
import type { GroupLine, WebhookFault } from "../support/wecom/webhook-server.js";
import { ROOM, type WecomScene, wecomScene } from "../support/wecom/wecom-scene.js";
import {
  describeAdapterContract,
  type ExpectedFailure,
  type Shown,
} from "./platform-adapter.contract.js";

const HEARS_NOTHING = "a webhook is send-only: WeCom tells nothing of what is said in the group";

const scenes: WecomScene[] = [];
afterEach(async () => {
  await Promise.all(scenes.splice(0).map((scene) => scene.close()));
});

const FAULTS: Readonly<Partial<Record<ExpectedFailure["code"], WebhookFault>>> = {
  "rate-limited": { kind: "errcode", errcode: 45_009 },
  unreachable: { kind: "errcode", errcode: -1 },
  ambiguous: { kind: "reset-after-accept" },
  unauthorized: { kind: "errcode", errcode: 93_000 },
  gone: { kind: "errcode", errcode: 93_008 },
  forbidden: { kind: "errcode", errcode: 60_020 },
  rejected: { kind: "errcode", errcode: 40_008 },
};

function shownAs(lines: readonly GroupLine[]): Shown {
  const words = lines.filter((line) => line.type !== "image");
  const mentions = words.flatMap((line) => (line.type === "text" ? line.mentioned : []));
  return {
    text: words.map((line) => line.content).join(""),
    mentions,
    everybodyMentioned: mentions.includes("@all"),
  };
}

describeAdapterContract({
  name: "WeCom",
  make: async (capabilities = {}) => {
    const scene = await wecomScene({ capabilities });
    scenes.push(scene);
    const { adapter, server } = scene;
    // A long text is several messages in the group, which people read as one.
    const ends: number[] = [];
    const send = adapter.send.bind(adapter);
    adapter.send = async (...saying) => {
      const sent = await send(...saying);
      ends.push(server.lines.length);
      return sent;
    };
    return {
      adapter,
      deliver: async () => "refused",
      calls: () => server.calls,
      shown: () => ends.map((end, index) => shownAs(server.lines.slice(ends[index - 1] ?? 0, end))),
      fail: ({ code }) => server.fail(FAULTS[code] ?? { kind: "garbage" }),
    };
  },
  fixtures: [],
  own: [],
  unknownKind: {},
  malformed: [],
  conversation: ROOM,
  member: { platform: "wecom", memberId: "wangwu" },
  failures: [
    { code: "rate-limited", retryAfterMs: 60_000 },
    { code: "unreachable" },
    { code: "ambiguous" },
    { code: "unauthorized" },
    { code: "gone" },
    { code: "forbidden" },
    { code: "rejected" },
  ],
  dangerousText: '<@all> @所有人 [领红包](https://evil.example) <font color="warning">急</font>',
  skips: {
    1: HEARS_NOTHING,
    2: HEARS_NOTHING,
    3: HEARS_NOTHING,
    4: HEARS_NOTHING,
    5: HEARS_NOTHING,
    7: "a webhook answers with no id: nothing can be changed or looked up afterwards",
    12: HEARS_NOTHING,
    13: "WeCom shows a picture as a message of its own and takes no words for it; test/unit/wecom sees it arrive after its text",
  },
});
