import type { Random } from "#src/statistics/seeded-random.js";
import {
  changedEvent,
  deletedEvent,
  envelope,
  type Json,
  messageEvent,
  pressPayload,
  reactionEvent,
  type Said,
} from "../../unit/slack/slack-payloads.js";
import type { SlackWorkspace } from "./slack-workspace.js";

/** Slack sends a workspace no more events than this in an hour. */
const PER_HOUR = 30_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;
/** Slack's own times of sending again: at once, after one minute, after five. */
const AGAIN_AFTER = [0, MINUTE, 5 * MINUTE];
const REDELIVERED = 0.05;
/** Of those, how many come under an event id of their own. */
const OTHER_ID = 0.2;

const LINES = [
  "早上好",
  "草莓来两盒",
  "收到",
  "几点截单",
  "谢谢团长",
  "哈哈哈",
  "今天的蓝莓很甜",
  "没有坏的，个个都甜",
  "在哪里自提",
  "明天还有吗",
];
const COMPLAINTS = ["草莓下面一层都烂了", "鸡蛋少了两个", "快递怎么还没到，等了三天了"];
const COMPLAINING = 0.02;

/** One request of Slack, at its time. */
export interface Delivery {
  readonly at: number;
  readonly payload: Json;
  /** Set on what Slack sends again. */
  readonly retry: number;
}

/** What was recorded, and what a product must know afterwards. */
export interface Traffic {
  readonly deliveries: readonly Delivery[];
  readonly until: number;
  /** Different things that happened; each is one event for the product. */
  readonly events: number;
  readonly redelivered: number;
  readonly messages: number;
  /** Each voter's last press. */
  readonly votes: ReadonlyMap<string, number>;
}

export interface TrafficOptions {
  readonly workspace: SlackWorkspace;
  readonly events: number;
  readonly from: number;
  readonly random: Random;
  readonly channels: readonly string[];
  readonly people: readonly string[];
  /** Where presses go: the action's value but for the number that was pressed. */
  readonly ballot: { readonly channel: string; readonly value: string; readonly card: string };
}

/** Writes down what a workspace at Slack's own limit sends: chat, edits, deletions, reactions, presses. */
export function recordTraffic(options: TrafficOptions): Traffic {
  const { workspace, events, from, random, channels, people, ballot } = options;
  const deliveries: Delivery[] = [];
  const said: Said[] = [];
  const votes = new Map<string, number>();
  let redelivered = 0;
  let messages = 0;
  const pick = <One>(list: readonly One[]): One => list[Math.floor(random() * list.length)] as One;
  const gap = HOUR / PER_HOUR;
  const stampOf = (index: number): string => {
    const ms = Math.round(from + index * gap);
    const micros = String((ms % 1_000) * 1_000 + (index % 1_000)).padStart(6, "0");
    return `${String(Math.floor(ms / 1_000))}.${micros}`;
  };
  const message = (index: number): Json => {
    const text = random() < COMPLAINING ? pick(COMPLAINTS) : pick(LINES);
    const one = { user: pick(people), text, ts: stampOf(index), channel: pick(channels) };
    said.push(one);
    messages += 1;
    return messageEvent(one);
  };
  const happening = (index: number): Json => {
    const kind = random();
    const ts = stampOf(index);
    const earlier = said.length === 0 ? undefined : pick(said);
    if (kind < 0.1) {
      const user = pick(people);
      const value = 1 + Math.floor(random() * 5);
      votes.set(user, value);
      return {
        ...pressPayload({
          user,
          actionId: `vote:${String(value - 1)}`,
          value: `${ballot.value}|${String(value)}`,
          actionTs: ts,
          messageTs: ballot.card,
          channel: ballot.channel,
          team: workspace.team,
          responseUrl: workspace.responseUrl(`${user}-${ts}`),
        }),
      };
    }
    if (earlier === undefined || kind > 0.15) return message(index);
    if (kind < 0.12)
      return changedEvent(earlier, { text: `${pick(LINES)}（${String(index)}）`, editedTs: ts });
    if (kind < 0.13) {
      said.splice(said.indexOf(earlier), 1);
      return deletedEvent(earlier, ts);
    }
    const reaction = reactionEvent("added", {
      user: pick(people),
      reaction: "eyes",
      to: earlier.ts,
      ts,
    });
    return { ...reaction, item: { type: "message", channel: earlier.channel, ts: earlier.ts } };
  };
  for (let index = 0; index < events; index += 1) {
    const at = Math.round(from + index * gap);
    const what = happening(index);
    const isPress = what["type"] === "block_actions";
    const wrap = (id: string): Json => (isPress ? what : envelope(id, what, workspace.team));
    deliveries.push({ at, payload: wrap(`Ev${String(index)}`), retry: 0 });
    if (random() >= REDELIVERED) continue;
    redelivered += 1;
    const copies = 1 + Math.floor(random() * AGAIN_AFTER.length);
    for (let copy = 0; copy < copies; copy += 1) {
      const isMessage = what["type"] === "message" && what["subtype"] === undefined;
      const id =
        isMessage && random() < OTHER_ID
          ? `Ev${String(index)}-${String(copy)}`
          : `Ev${String(index)}`;
      deliveries.push({ at: at + (AGAIN_AFTER[copy] ?? 0), payload: wrap(id), retry: copy + 1 });
    }
  }
  return {
    deliveries: deliveries.toSorted((a, b) => a.at - b.at),
    until: Math.round(from + events * gap),
    events,
    redelivered,
    messages,
    votes,
  };
}
