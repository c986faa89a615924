import type {
  Group,
  Member,
  Response,
  ScheduleFiring,
  Survey,
  SurveyRun,
} from "#entities/index.js";
import type { GroupSettings, QuestionSnapshot } from "#entities/types.js";
import type { FiringKind, Language, Role } from "#entities/vocabulary.js";
import { conversationKey, messageKey } from "#src/platform/conversation.js";
import type { ActionEvent, MessageEvent, RecalledEvent } from "#src/platform/inbound-event.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import { instantOf } from "#src/scheduling/zoned-time.js";
import { groupId, memberId, membershipId } from "#src/store/directory-store.js";
import type { Place } from "#src/store/place.js";
import type { Store } from "#src/store/store.js";
import type { Transaction } from "#src/store/transaction.js";
import { testStore } from "../../support/store.js";

export const ZONE = "Asia/Shanghai";
const PLATFORM = "simulated";

/** An instant by the clock of the test group. */
export function at(day: string, time: string): number {
  return instantOf(day, time, ZONE);
}

export const DAY_ONE = "2026-11-02";

export function csatQuestion(extra: Partial<QuestionSnapshot> = {}): QuestionSnapshot {
  return {
    id: "q1",
    kind: "csat",
    text: "这次草莓的新鲜度，您满意吗？",
    touchpoint: "product",
    options: [{ id: "na", label: "没买", outsideN: true }],
    ...extra,
  };
}

export const WHY_WORDS: QuestionSnapshot = {
  id: "why",
  kind: "text",
  text: "能说说哪里不满意吗？",
  touchpoint: "product",
  options: [],
  askedWhen: { atMost: 3 },
};

export const WHY_TAGS: QuestionSnapshot = {
  id: "why",
  kind: "multi",
  text: "主要是哪方面？",
  touchpoint: "product",
  options: [
    { id: "late", label: "送晚了", aspect: "delivery" },
    { id: "bad", label: "不新鲜", aspect: "quality" },
    { id: "less", label: "少发", aspect: "shortage" },
  ],
  askedWhen: { atMost: 3 },
};

export interface SceneOptions {
  readonly language?: Language;
  readonly settings?: GroupSettings;
  readonly customers?: number;
}

/** A group with customers 阿一…, a staff room, staff member 店长, on a fresh store. */
export class SurveyScene {
  readonly store: Store;
  readonly group: Group;
  readonly room: Group;
  #events = 0;

  private constructor(store: Store, group: Group, room: Group) {
    this.store = store;
    this.group = group;
    this.room = room;
  }

  static async make(options: SceneOptions = {}): Promise<SurveyScene> {
    const store = await testStore();
    const language = options.language ?? "zh";
    const room = makeGroup({ name: "店里", externalId: "room", purpose: "staff", language });
    const group = makeGroup({
      name: "草莓群",
      externalId: "berries",
      purpose: "customers",
      language,
      staffGroupId: room.id,
      settings: options.settings ?? {},
    });
    const scene = new SurveyScene(store, group, room);
    await store.write(async (tx) => {
      await tx.directory.addGroup(room);
      await tx.directory.addGroup(group);
    });
    await scene.join("boss", "staff", "店长");
    for (let i = 1; i <= (options.customers ?? 3); i += 1) await scene.join(`c${i}`);
    return scene;
  }

  async join(externalId: string, role: Role = "customer", name = externalId): Promise<Member> {
    const member: Member = {
      id: memberId({ platform: PLATFORM, memberId: externalId }),
      platform: PLATFORM,
      externalId,
      name,
      createdAt: 0,
      mutedAt: null,
      optedOutAt: null,
      erasedAt: null,
    };
    await this.store.write(async (tx) => {
      await tx.directory.addMember(member);
      await tx.directory.addMembership({
        id: membershipId(this.group.id, member.id),
        groupId: this.group.id,
        memberId: member.id,
        role,
        joinedAt: 0,
        leftAt: null,
      });
    });
    return member;
  }

  async place(externalId: string, direct = false): Promise<Place> {
    const id = memberId({ platform: PLATFORM, memberId: externalId });
    return this.store.read(async (tx) => {
      const member = await tx.directory.memberById(id);
      const membership = await tx.directory.membership(this.group.id, id);
      const group = await tx.directory.groupById(this.group.id);
      if (member === null || membership === null || group === null) throw new Error("nobody");
      return { group, member, membership, direct };
    });
  }

  message(
    author: string,
    text: string,
    instant: number,
    extra: Partial<MessageEvent> = {},
  ): MessageEvent {
    this.#events += 1;
    const id = `e${this.#events}`;
    const isDirect = extra.isDirect ?? false;
    const conversation = {
      platform: PLATFORM,
      conversationId: isDirect ? `direct-${author}` : this.group.externalId,
    };
    return {
      kind: "message",
      eventId: id,
      at: instant,
      conversation,
      author: { platform: PLATFORM, memberId: author, name: author },
      text,
      message: { conversation, messageId: `m-${id}` },
      mentionsBot: false,
      isDirect,
      ...extra,
    };
  }

  press(author: string, value: string, instant: number, action = "vote"): ActionEvent {
    this.#events += 1;
    return {
      kind: "action",
      eventId: `e${this.#events}`,
      at: instant,
      conversation: { platform: PLATFORM, conversationId: this.group.externalId },
      author: { platform: PLATFORM, memberId: author, name: author },
      action,
      value,
      replyHandle: "handle",
    };
  }

  recall(of: MessageEvent, instant: number): RecalledEvent {
    this.#events += 1;
    return {
      kind: "recalled",
      eventId: `e${this.#events}`,
      at: instant,
      conversation: of.conversation,
      author: of.author,
      message: of.message,
    };
  }

  survey(extra: Partial<Survey> = {}): Survey {
    const questions = extra.questions ?? [csatQuestion()];
    return {
      id: "s1",
      groupId: this.group.id,
      number: 1,
      title: "草莓新鲜度",
      kind: questions[0]?.kind ?? "csat",
      decision: "低于 80% 就换供货商",
      questions,
      status: "active",
      pattern: null,
      openForMs: 24 * 3_600_000,
      remindAfterMs: null,
      createdAt: 0,
      ...extra,
    };
  }

  async addSurvey(extra: Partial<Survey> = {}): Promise<Survey> {
    const survey = this.survey(extra);
    await this.store.write((tx) => tx.surveys.insert(survey));
    return survey;
  }

  async openCase(extra: {
    readonly id: string;
    readonly reporter: string;
    readonly severity?: "P1" | "P2" | "P3";
    readonly state?: "confirmed" | "resolved" | "closed";
    readonly joined?: readonly string[];
  }): Promise<void> {
    const idOf = (one: string): string => memberId({ platform: PLATFORM, memberId: one });
    await this.store.write(async (tx) => {
      await tx.cases.insert({
        id: extra.id,
        groupId: this.group.id,
        number: await tx.nextNumber("case"),
        state: extra.state ?? "confirmed",
        severity: extra.severity ?? "P3",
        aspects: ["quality"],
        aspect: "quality",
        score: 0.9,
        verdict: {
          score: 0.9,
          polarity: -1,
          aspects: ["quality"],
          severity: "P3",
          evidence: [],
          rule: null,
        },
        reporterId: idOf(extra.reporter),
        affected: 1,
        assigneeId: null,
        openedAt: 0,
        lastReportAt: 0,
        confirmedAt: null,
        firstReplyAt: null,
        botAcknowledgedAt: null,
        resolvedAt: null,
        toldAt: null,
        closedAt: null,
        acknowledgeDueAt: null,
        updateDueAt: null,
        resolveDueAt: null,
        escalation: 0,
        reopened: 0,
        resolution: null,
        parentId: null,
        version: 0,
      });
      for (const one of [extra.reporter, ...(extra.joined ?? [])]) {
        await tx.caseMembers.insert({
          id: `${extra.id}-${one}`,
          caseId: extra.id,
          memberId: idOf(one),
          joinedBy: "report",
          joinedAt: 0,
          toldAt: null,
          checkedAt: null,
        });
      }
    });
  }

  firing(
    kind: FiringKind,
    ownerId: string,
    dueAt: number,
    extra: Partial<ScheduleFiring> = {},
  ): ScheduleFiring {
    return {
      id: `${kind}-${ownerId}-${dueAt}`,
      scheduleId: "x",
      kind,
      ownerId,
      groupId: this.group.id,
      dueAt,
      firedAt: dueAt,
      outcome: "on_time",
      payload: {},
      state: "due",
      attempts: 0,
      notBefore: 0,
      reason: null,
      ...extra,
    };
  }

  write<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.store.write(work);
  }

  /** Everything that was ordered to be said, oldest first. */
  async said(): Promise<readonly Said[]> {
    const rows = await this.store.read((tx) => tx.outbox.rows.find({}, { order: { seq: "asc" } }));
    return rows.map((row) => ({
      key: row.key,
      kind: row.kind,
      act: row.act,
      to: row.lane,
      onlyFor: row.onlyFor,
      quiet: row.quiet !== null,
      expiresAt: row.expiresAt,
      message: JSON.parse(row.message ?? "null") as OutboundMessage,
    }));
  }

  async saidWith(prefix: string): Promise<readonly Said[]> {
    return (await this.said()).filter((row) => row.key.startsWith(prefix));
  }

  /** Pretends that the card was sent under this message id. */
  async sent(run: SurveyRun, messageId: string): Promise<void> {
    await this.write((tx) =>
      tx.outbox.rows.update({ key: run.cardKey ?? "" }, { state: "sent", messageId }),
    );
  }

  async answers(run: SurveyRun, questionId = "q1"): Promise<Readonly<Record<string, Response>>> {
    const rows = await this.store.read((tx) =>
      tx.responses.rows.find({ runId: run.id, questionId }),
    );
    const members = await this.store.read((tx) => tx.directory.members.find({}));
    const names = new Map(members.map((member) => [member.id, member.externalId]));
    return Object.fromEntries(rows.map((row) => [names.get(row.memberId) ?? row.memberId, row]));
  }

  /** Present values by member. */
  async values(run: SurveyRun, questionId = "q1"): Promise<Readonly<Record<string, unknown>>> {
    const rows = await this.answers(run, questionId);
    return Object.fromEntries(
      Object.entries(rows).map(([who, row]) => [who, JSON.parse(row.value) as unknown]),
    );
  }

  laneOfRoom(): string {
    return conversationKey({ platform: PLATFORM, conversationId: this.room.externalId });
  }

  laneOfGroup(): string {
    return conversationKey({ platform: PLATFORM, conversationId: this.group.externalId });
  }

  keyOf(event: MessageEvent): string {
    return messageKey(event.message);
  }
}

export interface Said {
  readonly key: string;
  readonly kind: string;
  readonly act: string;
  readonly to: string;
  readonly onlyFor: string | null;
  readonly quiet: boolean;
  readonly expiresAt: number | null;
  readonly message: OutboundMessage;
}

function makeGroup(
  given: Pick<Group, "name" | "externalId" | "purpose" | "language"> & Partial<Group>,
): Group {
  return {
    id: groupId({ platform: PLATFORM, conversationId: given.externalId }),
    platform: PLATFORM,
    timeZone: ZONE,
    staffGroupId: null,
    settings: {},
    createdAt: 0,
    leftAt: null,
    ...given,
  };
}
