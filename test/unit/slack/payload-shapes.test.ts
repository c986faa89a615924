import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  changedEvent,
  commandPayload,
  deletedEvent,
  envelope,
  type Json,
  memberEvent,
  messageEvent,
  pressPayload,
  reactionEvent,
  shortcutPayload,
  stamp,
  submissionPayload,
} from "./slack-payloads.js";

const SAMPLES = new URL("../../../../shared/fixtures/slack-samples/", import.meta.url);

/** Keys of ours that the sample of its type lacks, as paths. Arrays are compared with the sample's first element. */
function strangeKeys(ours: unknown, sample: unknown, path = ""): readonly string[] {
  if (Array.isArray(ours)) {
    const [first] = Array.isArray(sample) ? (sample as readonly unknown[]) : [];
    return first === undefined ? [] : ours.flatMap((one) => strangeKeys(one, first, `${path}[]`));
  }
  if (typeof ours !== "object" || ours === null) return [];
  if (typeof sample !== "object" || sample === null) return [];
  const known = sample as Json;
  return Object.entries(ours).flatMap(([key, value]) =>
    key in known ? strangeKeys(value, known[key], `${path}.${key}`) : [`${path}.${key}`],
  );
}

const SAID = { user: "U1", text: "草莓烂了", ts: stamp(1), thread: stamp(0), parent: "U2" };
const REACTION = { user: "U1", reaction: "x", to: stamp(1), ts: stamp(2) };

const PAYLOADS: readonly (readonly [string, unknown])[] = [
  [
    "events/MessageChangedPayload",
    envelope("Ev1", changedEvent(SAID, { text: "x", editedTs: stamp(3) })),
  ],
  ["events/MessageDeletedPayload", envelope("Ev1", deletedEvent(SAID, stamp(3)))],
  ["events/MessagePayload", envelope("Ev1", messageEvent(SAID))],
  ["events/ReactionAddedPayload", envelope("Ev1", reactionEvent("added", REACTION))],
  ["events/ReactionRemovedPayload", envelope("Ev1", reactionEvent("removed", REACTION))],
  ["events/MemberJoinedChannelPayload", envelope("Ev1", memberEvent("joined", "U1", stamp(4)))],
  ["events/MemberLeftChannelPayload", envelope("Ev1", memberEvent("left", "U1", stamp(4)))],
  [
    "app-backend/interactive-components/BlockActionPayload",
    pressPayload({
      user: "U1",
      actionId: "vote:0",
      value: "5",
      actionTs: stamp(5),
      messageTs: stamp(1),
    }),
  ],
  [
    "app-backend/interactive-components/MessageShortcutPayload",
    shortcutPayload({ user: "U9", author: "U1", text: "烂了", messageTs: stamp(1) }),
  ],
  ["app-backend/slash-commands/SlashCommandPayload", commandPayload({ user: "U1", text: "help" })],
  [
    "app-backend/views/ViewSubmissionPayload",
    submissionPayload({
      user: "U1",
      viewId: "V1",
      callback: "form:vote",
      metadata: "{}",
      values: {},
    }),
  ],
];

describe("the payloads that these tests send", () => {
  const there = existsSync(SAMPLES);
  if (!there) {
    process.stderr.write(`SKIPPED: shapes of Slack's payloads: ${SAMPLES.pathname} is not there\n`);
    it("would be compared with Slack's own samples", () => {
      expect(PAYLOADS.length).toBeGreaterThan(0);
    });
    return;
  }
  it.each(PAYLOADS)("have no key that Slack's sample lacks: %s", (file, payload) => {
    const sample: unknown = JSON.parse(readFileSync(new URL(`${file}.json`, SAMPLES), "utf8"));
    // Replies have these two, which stand in another sample of messages; the sample's state of a view is empty.
    const known = new Set([".event.thread_ts", ".event.parent_user_id", ".view.state.values"]);
    expect(strangeKeys(payload, sample).filter((key) => !known.has(key))).toEqual([]);
  });
});
