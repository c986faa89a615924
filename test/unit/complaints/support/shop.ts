import type { CaseEntry, ComplaintCase, Group, Member, OutboxMessage } from "#entities/index.js";
import type { GroupSettings } from "#entities/types.js";
import type { Aspect, Language, Role, Severity } from "#entities/vocabulary.js";
import { type Complaints, createComplaints } from "#src/complaints/complaints.js";
import type { Detector, Verdict } from "#src/complaints/detection/verdict.js";
import { type MessageRef, messageKey } from "#src/platform/conversation.js";
import type { MessageEvent, Quote } from "#src/platform/inbound-event.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import { instantOf } from "#src/scheduling/zoned-time.js";
import { stableId } from "#src/shared/ids.js";
import type { Place } from "#src/store/place.js";
import type { Store } from "#src/store/store.js";
import type { Transaction } from "#src/store/transaction.js";
import { testStore } from "../../../support/store.js";

const PLATFORM = "simulated";
export const ZONE = "Asia/Shanghai";

/** An instant of the shop's wall clock: "2026-11-20 16:30". */
export function clockAt(words: string): number {
  const [day = "", time = ""] = words.split(" ");
  return instantOf(day, time, ZONE);
}

/** What the scripted detector thinks of a text. */
export interface Opinion {
  readonly severity?: Severity;
  readonly aspects?: readonly Aspect[];
  readonly score?: number;
  readonly rule?: string;
  readonly thanks?: boolean;
  readonly query?: boolean;
  readonly agrees?: boolean;
}

/** A detector that knows just these texts; "+1" joins the latest complaint before it. */
export function scriptedDetector(opinions: Readonly<Record<string, Opinion>>): Detector {
  return {
    threshold: () => 0.5,
    language: () => "zh",
    consider(message, context, options) {
      const opinion = opinions[message.text];
      const before = context.filter(
        (line) => line.complaint && line.memberKey !== message.memberKey,
      );
      const meToo = before.length > 0 && (message.text === "+1" || opinion?.agrees === true);
      return verdictOf(message.text, opinion, {
        meToo,
        threshold: options.threshold ?? 0.5,
        joined: before.at(-1)?.aspects ?? [],
      });
    },
  };
}

interface Hearing {
  readonly meToo: boolean;
  readonly threshold: number;
  readonly joined: readonly Aspect[];
}

const QUIET: Verdict = {
  complaint: false,
  score: 0,
  polarity: 0,
  aspects: [],
  severity: null,
  evidence: [],
  meToo: false,
  resolvedThanks: false,
  query: false,
  p1Rule: null,
  language: "zh",
  signals: { rules: 0, sentiment: 0, model: null },
};

function verdictOf(text: string, given: Opinion | undefined, hearing: Hearing): Verdict {
  const opinion = given ?? {};
  const own = opinion.severity !== undefined;
  const score = opinion.score ?? (own ? 0.9 : 0);
  const heard: Verdict = {
    ...QUIET,
    score,
    aspects: opinion.aspects ?? [],
    resolvedThanks: opinion.thanks === true,
    query: opinion.query === true,
  };
  const sure = opinion.rule !== undefined || (own && score >= hearing.threshold);
  if (!sure && !hearing.meToo) return heard;
  return { ...heard, ...complaintOf(text, opinion, hearing), score: own ? score : 0.85 };
}

function complaintOf(text: string, opinion: Opinion, hearing: Hearing): Partial<Verdict> {
  return {
    complaint: true,
    polarity: -0.6,
    aspects: opinion.aspects ?? hearing.joined,
    severity: opinion.severity ?? "P3",
    evidence: evidenceOf(text, opinion),
    meToo: hearing.meToo,
    p1Rule: opinion.rule ?? null,
  };
}

function evidenceOf(text: string, opinion: Opinion): Verdict["evidence"] {
  const own = opinion.rule === undefined ? "rule" : "safety";
  const source = opinion.severity === undefined ? "context" : own;
  return [
    { text: text.slice(0, 4), start: 0, end: 4, source, weight: 2 },
    { text: text.slice(0, 2), start: 0, end: 2, source, weight: 1 },
  ];
}

/** Everything said so far, readable. */
export interface Said {
  readonly key: string;
  readonly to: string;
  readonly act: string;
  readonly text: string;
  readonly message: OutboundMessage;
  readonly onlyFor: string | null;
  readonly row: OutboxMessage;
}

/** A shop with one customers' group, its staff room and some people, on a real store. */
export interface Shop {
  readonly store: Store;
  readonly complaints: Complaints;
  readonly group: Group;
  readonly room: Group;
  /** A member of the group, made when first named. Names that begin with 店 or Staff are staff. */
  person(name: string): Promise<Member>;
  /** A message in the group. Returns what came of it and its reference. */
  say(
    name: string,
    text: string,
    at: number,
    more?: Partial<MessageEvent> & {
      readonly quotes?: MessageRef;
      readonly alone?: boolean;
      readonly vote?: boolean;
    },
  ): Promise<MessageRef>;
  act(name: string, action: string, value: string, at: number): Promise<boolean>;
  /** Lets time pass: everything that is scheduled until then happens when it is due. */
  passTo(at: number): Promise<void>;
  cases(): Promise<readonly ComplaintCase[]>;
  only(): Promise<ComplaintCase>;
  entries(caseId: string): Promise<readonly CaseEntry[]>;
  said(): Promise<readonly Said[]>;
  inGroup(): Promise<readonly Said[]>;
  inRoom(): Promise<readonly Said[]>;
  write<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
}

/** Settings of the shop that a test needs. */
export interface ShopOptions {
  readonly language?: Language;
  readonly settings?: GroupSettings;
  readonly opinions?: Readonly<Record<string, Opinion>>;
  readonly detector?: Detector;
  readonly withoutRoom?: boolean;
  readonly since?: number;
}

const START = clockAt("2026-10-01 08:00");

function groupRow(
  id: string,
  purpose: Group["purpose"],
  options: ShopOptions,
  staffGroupId: string | null,
): Group {
  return {
    id,
    platform: PLATFORM,
    externalId: purpose === "staff" ? "room" : "group",
    name: purpose === "staff" ? "店员群" : "阳光里3群",
    purpose,
    language: options.language ?? "zh",
    timeZone: ZONE,
    staffGroupId,
    settings: purpose === "staff" ? {} : (options.settings ?? {}),
    createdAt: options.since ?? START,
    leftAt: null,
  };
}

function roleOf(name: string): Role {
  return name.startsWith("店") || name.startsWith("Staff") ? "staff" : "customer";
}

/** Opens a shop on a fresh store. */
export async function openShop(options: ShopOptions = {}): Promise<Shop> {
  const store = await testStore();
  const complaints = createComplaints({
    detector: options.detector ?? scriptedDetector(options.opinions ?? {}),
  });
  const { group, room } = await store.write(async (tx) => {
    const groupId = stableId("group", PLATFORM, "group");
    const roomId = stableId("group", PLATFORM, "room");
    return {
      room: await tx.directory.addGroup(groupRow(roomId, "staff", options, null)),
      group: await tx.directory.addGroup(
        groupRow(groupId, "customers", options, options.withoutRoom === true ? null : roomId),
      ),
    };
  });
  let count = 0;

  async function person(name: string): Promise<Member> {
    return store.write((tx) => personIn(tx, name));
  }

  async function personIn(tx: Transaction, name: string): Promise<Member> {
    const id = stableId("member", PLATFORM, name);
    const known = await tx.directory.memberById(id);
    if (known !== null) return known;
    const member = await tx.directory.addMember({
      id,
      platform: PLATFORM,
      externalId: name,
      name,
      createdAt: START,
      mutedAt: null,
      optedOutAt: null,
      erasedAt: null,
    });
    const role = roleOf(name);
    for (const place of role === "staff" ? [group, room] : [group]) {
      await tx.directory.addMembership({
        id: stableId("membership", place.id, id),
        groupId: place.id,
        memberId: id,
        role,
        joinedAt: START,
        leftAt: null,
      });
    }
    return member;
  }

  async function placeOf(tx: Transaction, name: string, direct = false): Promise<Place> {
    const member = await personIn(tx, name);
    const membership = await tx.directory.membership(group.id, member.id);
    if (membership === null) throw new Error("no membership");
    const now = await tx.directory.groupById(group.id);
    return { group: now ?? group, member, membership, direct };
  }

  const allSaid = async (): Promise<readonly Said[]> => {
    const rows = await store.read((tx) => tx.outbox.rows.find({}, { order: { seq: "asc" } }));
    return rows.map((row) => {
      const message = JSON.parse(row.message ?? "{}") as OutboundMessage;
      const to = decodeURIComponent(row.lane.split("/")[1] ?? "");
      return {
        key: row.key,
        to,
        act: row.act,
        text: message.text,
        message,
        onlyFor: row.onlyFor,
        row,
      };
    });
  };
  const sentTo = async (to: string): Promise<readonly Said[]> =>
    (await allSaid()).filter((one) => one.to === to && one.act === "send");

  return {
    store,
    complaints,
    group,
    room,
    person,
    async say(name, text, at, more = {}) {
      count += 1;
      const { quotes, alone = false, vote = false, ...rest } = more;
      const conversation = {
        platform: PLATFORM,
        conversationId: alone ? `direct-${name}` : "group",
      };
      const message = { conversation, messageId: `m${String(count)}` };
      const repliesTo: Quote | undefined =
        quotes === undefined ? undefined : { messageId: quotes.messageId };
      const event: MessageEvent = {
        kind: "message",
        eventId: `e${String(count)}`,
        at,
        conversation,
        author: { platform: PLATFORM, memberId: name, name },
        text,
        message,
        mentionsBot: false,
        isDirect: alone,
        ...(repliesTo === undefined ? {} : { repliesTo }),
        ...rest,
      };
      await store.write(async (tx) => {
        const place = await placeOf(tx, name, alone);
        await complaints.considerMessage(tx, place, event, {
          vote: vote ? { comment: text } : null,
        });
      });
      return message;
    },
    async act(name, action, value, at) {
      count += 1;
      const eventId = `a${String(count)}`;
      const conversation = { platform: PLATFORM, conversationId: "group" };
      return store.write(async (tx) =>
        complaints.onAction(tx, await placeOf(tx, name), {
          kind: "action",
          eventId,
          at,
          conversation,
          author: { platform: PLATFORM, memberId: name, name },
          action,
          value,
        }),
      );
    },
    passTo: (at) => passTo(store, complaints, at),
    cases: () => store.read((tx) => tx.cases.find({}, { order: { number: "asc" } })),
    async only() {
      const rows = await store.read((tx) => tx.cases.find({}, { order: { number: "asc" } }));
      if (rows.length !== 1 || rows[0] === undefined)
        throw new Error(`expected one case, found ${String(rows.length)}`);
      return rows[0];
    },
    entries: (caseId) =>
      store.read((tx) => tx.caseEntries.find({ caseId }, { order: { id: "asc" } })),
    said: allSaid,
    inGroup: () => sentTo("group"),
    inRoom: () => sentTo("room"),
    write: (work) => store.write(work),
  };
}

async function passTo(store: Store, complaints: Complaints, at: number): Promise<void> {
  for (;;) {
    const rang = await store.write(async (tx) => {
      const [schedule] = await tx.schedules.due(at, 1);
      if (schedule === undefined || schedule.nextAt === null) return false;
      await tx.schedules.fire(schedule, null, schedule.nextAt);
      const [firing] = await tx.schedules.firings.find(
        { scheduleId: schedule.id, state: "due" },
        { limit: 1 },
      );
      if (firing === undefined) return true;
      if (firing.kind === "case.timer" || firing.kind === "case.check")
        await complaints.firings[firing.kind](tx, firing);
      await tx.schedules.firings.update({ id: firing.id }, { state: "done" });
      return true;
    });
    if (!rang) return;
  }
}

/** Key of a message as rows carry it. */
export const keyOf = messageKey;
