import type {
  Alarm,
  ComplaintCase,
  Group,
  Improvement,
  Member,
  Membership,
  Response,
  ScheduleFiring,
  SurveyRun,
} from "#entities/index.js";
import type { GroupSettings, QuestionSnapshot } from "#entities/types.js";
import type { Aspect, QuestionKind, Role } from "#entities/vocabulary.js";
import { instantOf } from "#src/scheduling/zoned-time.js";
import { HOUR, MINUTE } from "#src/shared/clock.js";
import { stableId } from "#src/shared/ids.js";
import type { Store } from "#src/store/store.js";
import type { Transaction } from "#src/store/transaction.js";

export const ZONE = "Asia/Shanghai";
export const GROUP_ID = "group-sunshine";
export const ROOM_ID = "group-room";

/** An instant by the shop's clock: "2026-11-16 20:00". */
export function local(text: string): number {
  const [day = "", time = "00:00"] = text.split(" ");
  return instantOf(day, time, ZONE);
}

const RATING: Readonly<Record<string, string>> = {
  csat: "这次买的东西，您满意吗？",
  nps: "您愿意把我们推荐给邻居吗？",
  ces: "店家让我很容易解决了这个问题",
  gap: "比您预期的怎么样？",
};

function questionsOf(kind: QuestionKind): readonly QuestionSnapshot[] {
  return [
    { id: "q1", kind, text: RATING[kind] ?? kind, touchpoint: "product", options: [] },
    {
      id: "why",
      kind: "multi",
      text: "哪里不好？",
      touchpoint: "product",
      askedWhen: { atMost: 3 },
      options: [
        { id: "pack", label: "包装", aspect: "packaging" },
        { id: "late", label: "送得晚", aspect: "delivery" },
        { id: "skip", label: "不清楚", outsideN: true },
      ],
    },
    {
      id: "words",
      kind: "text",
      text: "想说的话",
      touchpoint: "product",
      askedWhen: { atMost: 3 },
      options: [],
    },
  ];
}

export interface AnswerSpec {
  readonly member: number;
  readonly value: number | string;
  readonly at: number;
  readonly tags?: readonly string[];
  readonly words?: string;
}

export interface RunSpec {
  readonly name: string;
  readonly kind?: QuestionKind;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly eligible?: number;
  readonly answers: readonly AnswerSpec[];
}

export interface CaseSpec {
  readonly number: number;
  readonly aspect: Aspect;
  readonly openedAt: number;
  readonly members: readonly number[];
  readonly severity?: ComplaintCase["severity"];
  readonly state?: ComplaintCase["state"];
  readonly repliedAfter?: number;
  readonly resolvedAfter?: number;
  readonly assignee?: number;
  readonly report?: string;
  readonly reply?: string;
  readonly reopened?: number;
}

export function memberId(place: number): string {
  return `member-${String(place).padStart(3, "0")}`;
}

/** Writes a small shop's rows straight into a store, one kind of row per call. */
export class Shop {
  readonly #tx: Transaction;

  constructor(tx: Transaction) {
    this.#tx = tx;
  }

  async open(options: {
    readonly language?: "zh" | "en";
    readonly name?: string;
    readonly customers?: number;
    readonly settings?: GroupSettings;
    readonly createdAt?: number;
    readonly room?: boolean;
  }): Promise<Group> {
    const { language = "zh", customers = 60, settings = {}, room = true } = options;
    const createdAt = options.createdAt ?? local("2026-10-01 09:00");
    const base = { platform: "simulated", language, timeZone: ZONE, createdAt, leftAt: null };
    const group: Group = {
      ...base,
      id: GROUP_ID,
      externalId: "sunshine",
      name: options.name ?? (language === "zh" ? "阳光里3群" : "Sunshine-3"),
      purpose: "customers",
      staffGroupId: room ? ROOM_ID : null,
      settings,
    };
    await this.#tx.directory.addGroup(group);
    if (room) {
      await this.#tx.directory.addGroup({
        ...base,
        id: ROOM_ID,
        externalId: "room",
        name: "店里",
        purpose: "staff",
        staffGroupId: null,
        settings: {},
      });
    }
    for (let place = 1; place <= customers; place += 1) await this.member(place, "customer");
    await this.member(901, "staff", language === "zh" ? "小陈" : "Chen");
    return group;
  }

  async member(place: number, role: Role, name = `顾客${place}号`): Promise<Member> {
    const member: Member = {
      id: memberId(place),
      platform: "simulated",
      externalId: `u${place}`,
      name,
      createdAt: local("2026-10-01 09:00"),
      mutedAt: null,
      optedOutAt: null,
      erasedAt: null,
    };
    const membership: Membership = {
      id: stableId("membership", GROUP_ID, member.id),
      groupId: GROUP_ID,
      memberId: member.id,
      role,
      joinedAt: member.createdAt,
      leftAt: null,
    };
    await this.#tx.directory.addMember(member);
    await this.#tx.directory.addMembership(membership);
    return member;
  }

  async run(spec: RunSpec): Promise<void> {
    const kind = spec.kind ?? "csat";
    const run: SurveyRun = {
      id: `run-${spec.name}`,
      surveyId: `survey-${kind}`,
      groupId: GROUP_ID,
      kind,
      openedFor: spec.openedAt,
      openedAt: spec.openedAt,
      closesAt: spec.closedAt ?? spec.openedAt + 24 * HOUR,
      closedAt: spec.closedAt,
      state: spec.closedAt === null ? "open" : "closed",
      questions: questionsOf(kind),
      eligible: spec.eligible ?? 60,
      cardKey: `card:run-${spec.name}`,
    };
    await this.#tx.runs.insert(run);
    const rows = spec.answers.flatMap((answer) => responsesOf(run.id, answer));
    for (const row of rows) await this.#tx.responses.rows.insert(row);
  }

  async complaint(spec: CaseSpec): Promise<void> {
    const { number, openedAt, aspect } = spec;
    const id = `case-${number}`;
    const at = (after: number | undefined): number | null =>
      after === undefined ? null : openedAt + after;
    const resolvedAt = at(spec.resolvedAfter);
    const state = spec.state ?? (resolvedAt === null ? "confirmed" : "closed");
    await this.#tx.cases.insert({
      id,
      groupId: GROUP_ID,
      number,
      state,
      severity: spec.severity ?? "P3",
      aspects: [aspect],
      aspect,
      score: 0.9,
      verdict: {
        score: 0.9,
        polarity: -0.6,
        aspects: [aspect],
        severity: "P3",
        evidence: [],
        rule: null,
      },
      reporterId: memberId(spec.members[0] ?? 1),
      affected: spec.members.length,
      assigneeId: spec.assignee === undefined ? null : memberId(spec.assignee),
      openedAt,
      lastReportAt: openedAt,
      confirmedAt: state === "candidate" || state === "dismissed" ? null : openedAt + 2 * MINUTE,
      firstReplyAt: at(spec.repliedAfter),
      botAcknowledgedAt: null,
      resolvedAt,
      toldAt: null,
      closedAt: resolvedAt,
      acknowledgeDueAt: openedAt + 30 * MINUTE,
      updateDueAt: null,
      resolveDueAt: openedAt + 48 * HOUR,
      escalation: 0,
      reopened: spec.reopened ?? 0,
      resolution: null,
      parentId: null,
      version: 1,
    });
    for (const [index, place] of spec.members.entries()) {
      await this.#tx.caseMembers.insert({
        id: `${id}-${place}`,
        caseId: id,
        memberId: memberId(place),
        joinedBy: index === 0 ? "report" : "me_too",
        joinedAt: openedAt + index * MINUTE,
        toldAt: null,
        checkedAt: null,
      });
    }
    await this.#words(spec);
  }

  async #words({
    number,
    openedAt,
    members,
    report,
    reply,
    repliedAfter,
  }: CaseSpec): Promise<void> {
    const caseId = `case-${number}`;
    const reporter = memberId(members[0] ?? 1);
    if (report !== undefined) {
      await this.#tx.caseMessages.insert({
        id: `${caseId}-report`,
        caseId,
        memberId: reporter,
        part: "report",
        text: report,
        at: openedAt,
      });
    }
    if (reply !== undefined) {
      await this.#tx.caseMessages.insert({
        id: `${caseId}-reply`,
        caseId,
        memberId: memberId(901),
        part: "reply",
        text: reply,
        at: openedAt + (repliedAfter ?? 0),
      });
    }
  }

  async talk(count: number, from: number, speakers: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      this.#tx.messages.add({
        id: `message-${from}-${index}`,
        groupId: GROUP_ID,
        memberId: memberId(1 + (index % speakers)),
        role: "customer",
        sentAt: from + index * MINUTE,
        polarity: index % 4 === 0 ? -0.5 : 0.25,
        score: 0.1,
        complaint: false,
        aspects: [],
        severity: null,
        text: null,
      });
    }
    await this.#tx.messages.flush();
  }

  async improvement(row: Pick<Improvement, "number" | "text" | "aspect" | "at">): Promise<void> {
    await this.#tx.improvements.insert({
      id: `improvement-${row.number}`,
      groupId: GROUP_ID,
      operatorId: memberId(901),
      ...row,
    });
  }

  async alarm(
    row: Pick<Alarm, "aspect" | "day" | "members" | "expected" | "openedAt">,
  ): Promise<void> {
    await this.#tx.alarms.insert({
      id: `alarm-${row.aspect}-${row.day}`,
      groupId: GROUP_ID,
      probability: 0.002,
      ...row,
    });
  }

  async life(startedAt: number, lastBeatAt: number): Promise<void> {
    await this.#tx.spans.insert({ id: `span-${startedAt}`, startedAt, lastBeatAt });
  }
}

function responsesOf(runId: string, answer: AnswerSpec): readonly Response[] {
  const base = {
    runId,
    memberId: memberId(answer.member),
    firstAnsweredAt: answer.at,
    answeredAt: answer.at,
    via: "reply",
    messageKey: null,
    earlier: [],
  };
  const row = (questionId: string, value: unknown, rating: boolean): Response => ({
    ...base,
    id: `${runId}-${questionId}-${answer.member}`,
    questionId,
    value: JSON.stringify(value),
    numeric: typeof value === "number" ? value : null,
    comment: rating ? (answer.words ?? null) : null,
    rating,
  });
  return [
    row("q1", answer.value, true),
    ...(answer.tags === undefined ? [] : [row("why", answer.tags, false)]),
  ];
}

/** `count` answers by different members; the first `good` of them with `high`, the rest with `low`. */
export function answers(options: {
  readonly count: number;
  readonly good: number;
  readonly at: number;
  readonly high?: number;
  readonly low?: number;
  readonly first?: number;
}): readonly AnswerSpec[] {
  const { count, good, at, high = 5, low = 2, first = 1 } = options;
  return Array.from({ length: count }, (_, index) => ({
    member: first + index,
    value: index < good ? high : low,
    at: at + index * MINUTE,
    ...(index < good ? {} : { tags: [index % 3 === 0 ? "late" : "pack"] }),
  }));
}

/** A firing as the scheduler makes it, on time unless told otherwise. */
export function firing(
  kind: "digest.daily" | "digest.weekly",
  dueAt: number,
  late = 0,
): ScheduleFiring {
  return {
    id: stableId("firing", kind, dueAt),
    scheduleId: `schedule-${kind}`,
    kind,
    ownerId: GROUP_ID,
    groupId: GROUP_ID,
    dueAt,
    firedAt: dueAt + late,
    outcome: late > 2 * HOUR ? "missed" : late > MINUTE ? "late" : "on_time",
    payload: {},
    state: "due",
    attempts: 0,
    notBefore: dueAt,
    reason: null,
  };
}

/** What was said to a conversation, oldest first. */
export async function said(store: Store, externalId: string): Promise<readonly string[]> {
  return store.read(async (tx) => {
    const rows = await tx.outbox.rows.find(
      { lane: `simulated/${externalId}`, act: "send" },
      { order: { seq: "asc" } },
    );
    return rows.map((row) => (JSON.parse(row.message ?? "{}") as { text: string }).text);
  });
}
