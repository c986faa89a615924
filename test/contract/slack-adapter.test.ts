import { afterAll, afterEach } from "vitest";
import type { Installation, InstallationBook } from "#adapters/slack/installation.js";
import { SlackAdapter } from "#adapters/slack/slack-adapter.js";
import { conversationIdOf } from "#adapters/slack/slack-ids.js";
import { formCallback, frameText } from "#adapters/slack/translate-interaction.js";
import type { Capabilities } from "#src/platform/capabilities.js";
import type { InboundEvent } from "#src/platform/inbound-event.js";
import { stableId } from "#src/shared/ids.js";
import { silentLogger } from "#src/shared/logger.js";
import { Secret } from "#src/shared/secret.js";
import { quietPages } from "../support/slack/quiet-pages.js";
import { runningClock } from "../support/slack/running-clock.js";
import { SIGNING_SECRET, SlackDriver } from "../support/slack/slack-driver.js";
import {
  type ApiCall,
  BOT_TOKEN,
  type Fault,
  SlackWorkspace,
} from "../support/slack/slack-workspace.js";
import {
  BASE_SECONDS,
  BOT_ID,
  BOT_USER,
  changedEvent,
  commandPayload,
  deletedEvent,
  envelope,
  GROUP_CHANNEL,
  memberEvent,
  messageEvent,
  pressPayload,
  reactionEvent,
  stamp,
  submissionPayload,
  TEAM,
} from "../unit/slack/slack-payloads.js";
import {
  type AdapterHarness,
  describeAdapterContract,
  type ExpectedFailure,
  type PayloadFixture,
  type Shown,
} from "./platform-adapter.contract.js";

const workspace = await SlackWorkspace.open();
const drivers: SlackDriver[] = [];
/** Bolt compares requests with the machine's clock: the test's own starts there and stands still. */
const FIXED_NOW = Date.now();

afterEach(async () => {
  workspace.calm();
  await Promise.all(drivers.splice(0).map((driver) => driver.close()));
});
afterAll(() => workspace.close());

/** The workspace of the recorded payloads and the emulated one are the same bot to the adapter. */
function installation(team: string, botUserId: string, botId: string): Installation {
  return {
    team,
    teamName: "Huiyin",
    appId: "A0HUIYIN1",
    botUserId,
    botId,
    token: new Secret(BOT_TOKEN),
    scopes: [],
    installedBy: "",
  };
}

const BOOK: InstallationBook = {
  find: async (team) => {
    if (team === TEAM) return installation(TEAM, BOT_USER, BOT_ID);
    return team === workspace.team
      ? installation(team, workspace.botUserId, workspace.botId)
      : null;
  },
  all: async () => [],
  save: async () => undefined,
  refused: async () => undefined,
  remove: async () => undefined,
};

const FAULTS: Readonly<Record<ExpectedFailure["code"], Fault>> = {
  "rate-limited": { kind: "answer", status: 429, body: {}, retryAfter: "2" },
  unreachable: { kind: "answer", status: 200, body: {} },
  ambiguous: { kind: "lost-answer" },
  unauthorized: { kind: "answer", status: 200, body: { ok: false, error: "token_revoked" } },
  gone: { kind: "answer", status: 200, body: { ok: false, error: "is_archived" } },
  forbidden: {
    kind: "answer",
    status: 200,
    body: { ok: false, error: "missing_scope", needed: "chat:write", provided: "" },
  },
  rejected: { kind: "answer", status: 200, body: { ok: false, error: "msg_too_long" } },
  "not-supported": { kind: "answer", status: 200, body: {} },
};

/** A message of a call as people see it: live references count as mentions, the rest is its words. */
function shownOf({ fields }: ApiCall): Shown {
  const raw = fields["text"] ?? "";
  const references = [...raw.matchAll(/<([^<>]*)>/g)].map(([, inner = ""]) => inner);
  const words = raw.replace(/^(?:<@[^<>]*> ?)+/, "");
  const blocks = JSON.parse(fields["blocks"] ?? "[]") as readonly Record<string, unknown>[];
  const picture = blocks.find((block) => block["type"] === "image");
  return {
    ...(picture === undefined ? {} : { pictureAlt: String(picture["alt_text"]) }),
    text: words.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"),
    mentions: references
      .filter((one) => one.startsWith("@"))
      .map((one) => `${workspace.team}/${one.slice(1)}`),
    everybodyMentioned: references.some((one) => one.startsWith("!")),
  };
}

async function make(capabilities: Partial<Capabilities> = {}): Promise<AdapterHarness> {
  const clock = runningClock(FIXED_NOW);
  const from = workspace.calls.length;
  const adapter = new SlackAdapter({
    transport: { kind: "http", signingSecret: new Secret(SIGNING_SECRET) },
    book: BOOK,
    pages: quietPages,
    clock,
    logger: silentLogger,
    botName: "小助手",
    language: "zh",
    capabilities,
    apiUrl: workspace.apiUrl,
    responseOrigin: workspace.origin,
  });
  const { listener } = adapter;
  if (listener === null) throw new Error("there is no listener");
  const driver = await new SlackDriver(listener).open();
  drivers.push(driver);
  return {
    adapter,
    deliver: async (payload) => {
      const { status } = await driver.send(payload);
      return status === 200 ? "acknowledged" : "refused";
    },
    calls: () => workspace.calls.length - from,
    shown: () => shownSince(from),
    fail: ({ code, retryAfterMs }) => {
      const planned = FAULTS[code];
      const bare = code === "rate-limited" && retryAfterMs === undefined;
      workspace.fail(
        bare ? { kind: "answer", status: 429, body: {} } : planned,
        "chat.postMessage",
      );
    },
  };
}

/** Posts and their changes since a call, oldest first, as they are shown now. */
function shownSince(from: number): readonly Shown[] {
  const shown: Shown[] = [];
  for (const call of workspace.calls.slice(from)) {
    if (call.method === "chat.postMessage") shown.push(shownOf(call));
    if (call.method === "chat.update") shown[shown.length - 1] = shownOf(call);
  }
  return shown;
}

const SAID = { user: "U1", text: "草莓烂了 <@U0BOT0001>", ts: stamp(10, 1) };
const conversation = { platform: "slack", conversationId: conversationIdOf(TEAM, GROUP_CHANNEL) };
const author = { platform: "slack", memberId: `${TEAM}/U1`, name: "" };
const bot = { platform: "slack", memberId: `${TEAM}/${BOT_USER}`, name: "" };
const pressAuthor = { ...author, name: "handle" };
const message = { conversation, messageId: SAID.ts };
const at = (seconds: number): number => (BASE_SECONDS + seconds) * 1_000;

function eventFixture(
  name: string,
  inner: Parameters<typeof envelope>[1],
  event: InboundEvent | null,
): PayloadFixture {
  return { name, payload: envelope(`Ev-${name}`, inner), event };
}

const fixtures: readonly PayloadFixture[] = [
  eventFixture("said", messageEvent(SAID), {
    kind: "message",
    eventId: "Ev-said",
    at: at(10),
    conversation,
    author,
    text: "草莓烂了 @小助手",
    message,
    mentionsBot: true,
    isDirect: false,
  }),
  eventFixture("changed", changedEvent(SAID, { text: "草莓很甜", editedTs: stamp(20) }), {
    kind: "edited",
    eventId: `edited:${conversation.conversationId}/${SAID.ts}/${stamp(20)}`,
    at: at(20),
    conversation,
    author,
    text: "草莓很甜",
    message,
    saidAt: at(10),
    isDirect: false,
  }),
  eventFixture("deleted", deletedEvent(SAID, stamp(21)), {
    kind: "recalled",
    eventId: `deleted:${conversation.conversationId}/${SAID.ts}`,
    at: at(21),
    conversation,
    author,
    message,
  }),
  eventFixture(
    "reacted",
    reactionEvent("added", { user: "U1", reaction: "+1", to: SAID.ts, ts: stamp(22) }),
    {
      kind: "reaction",
      eventId: `reaction:${conversation.conversationId}/${SAID.ts}/U1/added/+1/${stamp(22)}`,
      at: at(22),
      conversation,
      author,
      message,
      reaction: "+1",
      change: "added",
    },
  ),
  eventFixture("bot joined", memberEvent("joined", BOT_USER, stamp(23)), {
    kind: "membership",
    eventId: "Ev-bot joined",
    at: at(23),
    conversation,
    author: bot,
    change: "joined",
    who: "bot",
  }),
  eventFixture(
    "renamed",
    {
      type: "channel_rename",
      channel: { id: GROUP_CHANNEL, name: "阳光里3群", created: 1 },
      event_ts: stamp(24),
    },
    {
      kind: "renamed",
      eventId: "Ev-renamed",
      at: at(24),
      conversation,
      author: bot,
      subject: "conversation",
      name: "阳光里3群",
    },
  ),
  {
    name: "pressed",
    payload: pressPayload({
      user: "U1",
      actionId: "vote:4",
      value: "r|q|5",
      actionTs: stamp(25),
      messageTs: stamp(9),
    }),
    event: {
      kind: "action",
      eventId: `action:${stableId(conversation.conversationId, stamp(9), "U1", "vote:4", stamp(25))}`,
      at: at(25),
      conversation,
      author: pressAuthor,
      replyHandle: "https://hooks.slack.com/actions/T/1/x",
      action: "vote",
      value: "r|q|5",
      message: { conversation, messageId: stamp(9) },
    },
  },
  eventFixture("a preview", changedEvent(SAID, { text: SAID.text, editedTs: stamp(20) }), null),
];

describeAdapterContract({
  name: "slack",
  make,
  fixtures: [...fixtures, ...timelessFixtures()],
  own: [
    envelope("Ev-own", messageEvent({ ...SAID, user: BOT_USER })),
    envelope("Ev-own2", { ...messageEvent(SAID), bot_id: BOT_ID }),
    envelope(
      "Ev-own3",
      reactionEvent("added", { user: BOT_USER, reaction: "x", to: SAID.ts, ts: stamp(1) }),
    ),
  ],
  unknownKind: envelope("Ev-new", { type: "something_that_comes_later", channel: GROUP_CHANNEL }),
  malformed: [
    "said",
    {},
    [],
    envelope("", messageEvent(SAID)),
    envelope("x".repeat(301), messageEvent(SAID)),
    envelope("Ev", { ...messageEvent(SAID), ts: "now" }),
    envelope("Ev", { ...messageEvent(SAID), channel: undefined }),
    { ...envelope("Ev", messageEvent(SAID)), event: undefined },
    {
      ...pressPayload({ user: "U1", actionId: "vote:0", value: "", actionTs: "x", messageTs: "y" }),
    },
  ],
  conversation: {
    platform: "slack",
    conversationId: conversationIdOf(workspace.team, workspace.channels["group"] ?? ""),
  },
  member: {
    platform: "slack",
    memberId: `${workspace.team}/${workspace.users["wang"] ?? ""}`,
  },
  failures: [
    { code: "rate-limited", retryAfterMs: 2_000 },
    { code: "rate-limited" },
    { code: "ambiguous" },
    { code: "unauthorized" },
    { code: "gone" },
    { code: "forbidden" },
    { code: "rejected" },
  ],
  dangerousText: "@所有人 @all <!channel> <@U123> *粗* <https://x.example|点我> &amp;",
  skips: {},
});

/** Commands and modals carry no time: theirs is the moment they come, which the test's clock decides. */
function timelessFixtures(): readonly PayloadFixture[] {
  return [
    {
      name: "commanded",
      payload: commandPayload({ user: "U1", text: "报告 7天" }),
      event: {
        kind: "command",
        eventId: `command:${stableId(TEAM, GROUP_CHANNEL, "U1", "1.2.command")}`,
        at: FIXED_NOW,
        conversation,
        author: { ...author, name: "handle-U1" },
        replyHandle: "https://hooks.slack.com/commands/T/1/x",
        text: "报告 7天",
        isDirect: false,
      },
    },
    {
      name: "filled in",
      payload: submissionPayload({
        user: "U1",
        viewId: "V1",
        callback: formCallback("vote"),
        metadata: frameText({ channel: GROUP_CHANNEL, fixed: { run: "r", question: "q" } }),
        values: { value: { input: { type: "plain_text_input", value: "太酸" } } },
      }),
      event: {
        kind: "form",
        eventId: `view:${TEAM}/V1`,
        at: FIXED_NOW,
        conversation,
        author: pressAuthor,
        form: "vote",
        values: { value: "太酸", run: "r", question: "q" },
      },
    },
  ];
}
