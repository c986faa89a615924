import {
  Alarm,
  type AuditEntry,
  CaseEntry,
  CaseMember,
  CaseMessage,
  ComplaintCase,
  Digest,
  Improvement,
  InboxEvent,
  PlatformInstallation,
  PlatformOutage,
  Prompt,
  PublishedNumber,
  RelayLine,
  Schedule,
  ScheduleFiring,
  ServiceSpan,
  Survey,
  SurveyRun,
  TrayItem,
  VerdictLabel,
} from "#entities/index.js";
import { AccessStore } from "./access-store.js";
import type { AuditKey, ChainReport } from "./audit-chain.js";
import { type AuditRecord, AuditStore } from "./audit-store.js";
import { DirectoryStore } from "./directory-store.js";
import { ErasureStore } from "./erasure-store.js";
import { IdentityStore } from "./identity-store.js";
import { InboxStore } from "./inbox-store.js";
import { LaneStore, type QueueName } from "./lane-store.js";
import { MessageStore, type RecentLines } from "./message-store.js";
import { OpinionStore } from "./opinion-store.js";
import { OutboxStore } from "./outbox-store.js";
import { ResponseStore } from "./response-store.js";
import { ScheduleStore } from "./schedule-store.js";
import type { Session } from "./session.js";
import { StaffStore } from "./staff-store.js";
import { Table } from "./table.js";

/** One queue at a glance. */
export interface QueueHealth {
  readonly queue: QueueName;
  readonly due: number;
  readonly parked: number;
  /** Since when the oldest waiting row waits, epoch ms. */
  readonly oldest: number | null;
}

/**
 * Everything that one transaction can read and change. Features get it as their first argument;
 * the edges open and commit it.
 */
export class Transaction {
  readonly directory: DirectoryStore;
  readonly messages: MessageStore;
  readonly responses: ResponseStore;
  readonly lanes: LaneStore;
  readonly inbox: InboxStore;
  readonly outbox: OutboxStore;
  readonly schedules: ScheduleStore;
  readonly opinions: OpinionStore;
  readonly staff: StaffStore;
  readonly surveys: Table<Survey>;
  readonly runs: Table<SurveyRun>;
  readonly prompts: Table<Prompt>;
  readonly cases: Table<ComplaintCase>;
  readonly caseMessages: Table<CaseMessage>;
  readonly caseMembers: Table<CaseMember>;
  readonly caseEntries: Table<CaseEntry>;
  readonly labels: Table<VerdictLabel>;
  readonly improvements: Table<Improvement>;
  readonly digests: Table<Digest>;
  readonly published: Table<PublishedNumber>;
  readonly alarms: Table<Alarm>;
  readonly spans: Table<ServiceSpan>;
  readonly outages: Table<PlatformOutage>;
  readonly installations: Table<PlatformInstallation>;
  readonly inboxEvents: Table<InboxEvent>;
  readonly relayLines: Table<RelayLine>;
  readonly tray: Table<TrayItem>;
  readonly #session: Session;
  readonly #audits: AuditStore;
  readonly #auditKey: AuditKey | undefined;
  #access: AccessStore | undefined;
  #identities: IdentityStore | undefined;
  #erasures: ErasureStore | undefined;

  constructor(session: Session, recentLines?: RecentLines, auditKey?: AuditKey) {
    this.#session = session;
    this.directory = new DirectoryStore(session);
    this.messages = new MessageStore(session, recentLines);
    this.responses = new ResponseStore(session);
    this.lanes = new LaneStore(session);
    this.inbox = new InboxStore(session, this.lanes);
    this.outbox = new OutboxStore(session, this.lanes);
    this.staff = new StaffStore(this.directory, this.outbox);
    this.schedules = new ScheduleStore(
      new Table(session, Schedule),
      new Table(session, ScheduleFiring),
      this.lanes,
    );
    this.opinions = new OpinionStore(session, this.schedules.rows, this.lanes);
    this.surveys = new Table(session, Survey);
    this.runs = new Table(session, SurveyRun);
    this.prompts = new Table(session, Prompt);
    this.cases = new Table(session, ComplaintCase);
    this.caseMessages = new Table(session, CaseMessage);
    this.caseMembers = new Table(session, CaseMember);
    this.caseEntries = new Table(session, CaseEntry);
    this.labels = new Table(session, VerdictLabel);
    this.improvements = new Table(session, Improvement);
    this.digests = new Table(session, Digest);
    this.published = new Table(session, PublishedNumber);
    this.alarms = new Table(session, Alarm);
    this.spans = new Table(session, ServiceSpan);
    this.outages = new Table(session, PlatformOutage);
    this.#audits = new AuditStore(session, auditKey);
    this.#auditKey = auditKey;
    this.installations = new Table(session, PlatformInstallation);
    this.inboxEvents = new Table(session, InboxEvent);
    this.relayLines = new Table(session, RelayLine);
    this.tray = new Table(session, TrayItem);
  }

  /** Signing in; made when it is asked for, since hardly any transaction does. */
  get access(): AccessStore {
    this.#access ??= new AccessStore(this.#session);
    return this.#access;
  }

  /** Rooms and people of platforms whose ids come and go; made when it is asked for. */
  get identities(): IdentityStore {
    this.#identities ??= new IdentityStore(this.#session);
    return this.#identities;
  }

  /** Who was erased; made when it is asked for. */
  get erasures(): ErasureStore {
    this.#erasures ??= new ErasureStore(this.#session, this.#auditKey);
    return this.#erasures;
  }

  /** The next number of a series, for example "case": 1, 2, 3 … without gaps among committed rows. */
  async nextNumber(series: string): Promise<number> {
    const [row] = await this.#session.rows<{ value: number | string }>(
      `INSERT INTO "counter" ("id", "value") VALUES (?, 1)
       ON CONFLICT ("id") DO UPDATE SET "value" = "counter"."value" + 1 RETURNING "value"`,
      [series],
    );
    return Number(row?.value);
  }

  /** Who did what, as it stands in the database. */
  get audit(): Table<AuditEntry> {
    return this.#audits.rows;
  }

  /** Keeps who did what; it is written with the deed when the transaction flushes. */
  async record(entry: AuditRecord): Promise<void> {
    this.#audits.record(entry);
  }

  /** Checks the chain of the audit; null where the key that sealed it is not at hand. */
  async verifyAudit(): Promise<ChainReport | null> {
    return this.#audits.verify();
  }

  /** The queues that got something to do in this transaction. */
  get woken(): ReadonlySet<QueueName> {
    return this.lanes.woken;
  }

  /** Writes what was collected in memory; the store does it before each commit. */
  async flush(): Promise<void> {
    await this.messages.flush();
    await this.responses.flush();
    await this.#audits.flush();
  }

  /** How much waits in each queue, how much is parked, and since when the oldest waits. */
  async queueHealth(): Promise<readonly QueueHealth[]> {
    const read = async (
      queue: QueueName,
      table: string,
      since: string,
      final: string,
    ): Promise<QueueHealth> => {
      const rows = await this.query<{
        state: string;
        count: number | string;
        oldest: number | string | null;
      }>(
        `SELECT "state", count(*) AS "count", min("${since}") AS "oldest" FROM "${table}"
         WHERE "state" <> '${final}' AND "state" IN ('due', 'parked') GROUP BY "state"`,
        [],
      );
      const due = rows.find((row) => row.state === "due");
      const parked = rows.find((row) => row.state === "parked");
      return {
        queue,
        due: Number(due?.count ?? 0),
        parked: Number(parked?.count ?? 0),
        oldest: due?.oldest === null || due?.oldest === undefined ? null : Number(due.oldest),
      };
    };
    return [
      await read("inbox", "inbox_event", "receivedAt", "done"),
      await read("outbox", "outbox_message", "createdAt", "sent"),
      await read("firing", "schedule_firing", "dueAt", "done"),
    ];
  }

  /** One read statement with `?` placeholders, for read models in this room only. */
  async query<Row>(sql: string, values: readonly unknown[]): Promise<Row[]> {
    return this.#session.rows<Row>(sql, values);
  }

  get dialect(): "sqlite" | "postgres" {
    return this.#session.dialect;
  }
}

export type { QueueName };
