import type { OutboxMessage } from "#entities/index.js";
import type { Insight } from "#src/console/contract/simulator.js";
import { conversationFromKey } from "#src/platform/conversation.js";

type SendInsight = Extract<Insight, { kind: "send" }>;

const LONGEST_PREVIEW = 140;

interface SendFacts {
  /** What was said since the last look, by the key it was said under. */
  readonly texts: ReadonlyMap<string, string>;
  readonly now: number;
}

/** What stands in the queue of what the bot says; changes of earlier messages are left out. */
export function readSends(
  rows: readonly OutboxMessage[],
  facts: SendFacts,
): readonly SendInsight[] {
  return rows.filter((row) => row.act === "send").map((row) => sendOf(row, facts));
}

function sendOf(row: OutboxMessage, { texts, now }: SendFacts): SendInsight {
  const state = row.state === "due" ? "waiting" : row.state === "sent" ? "sent" : "failed";
  return {
    kind: "send",
    id: `send:${row.key}`,
    room: row.sentTo ?? conversationFromKey(row.lane).conversationId,
    at: row.createdAt,
    messageKind: row.kind,
    state,
    reason: state === "waiting" ? whyItWaits(row, now) : state === "failed" ? row.reason : null,
    dueAt: row.sentAt ?? row.notBefore,
    preview: previewOf(texts.get(row.key) ?? textOf(row)),
  };
}

function whyItWaits(row: OutboxMessage, now: number): string | null {
  if (row.attempts > 0) return row.reason;
  if (row.notBefore <= now) return "pacing";
  return row.quiet === null ? null : "quiet-hours";
}

function textOf(row: OutboxMessage): string {
  if (row.message === null) return "";
  const message: unknown = JSON.parse(row.message);
  return typeof message === "object" &&
    message !== null &&
    "text" in message &&
    typeof message.text === "string"
    ? message.text
    : "";
}

function previewOf(text: string): string {
  const letters = [...text];
  return letters.length <= LONGEST_PREVIEW
    ? text
    : `${letters.slice(0, LONGEST_PREVIEW - 1).join("")}…`;
}
