import { Entity, Index, Unique } from "typeorm";
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  RealColumn,
  TextColumn,
  WordColumn,
} from "./columns.js";
import type { VerdictSnapshot } from "./types.js";
import type { Aspect, CaseState, Severity } from "./vocabulary.js";

/** One row is one complaint, from candidate to closed. `version` fences two operators at once. */
@Entity("complaint_case")
@Unique("uq_complaint_case_number", ["number"])
@Index("ix_complaint_case_group", ["groupId", "openedAt"])
@Index("ix_complaint_case_state", ["state"])
@Index("ix_complaint_case_group_state", ["groupId", "state"])
@Index("ix_complaint_case_resolved", ["groupId", "resolvedAt"])
export class ComplaintCase {
  @IdColumn()
  id!: string;

  @KeyColumn()
  groupId!: string;

  /** Short number that staff type (`case 12`), unique in the workspace. */
  @CountColumn()
  number!: number;

  @WordColumn()
  state!: CaseState;

  @WordColumn()
  severity!: Severity;

  /** Most likely first. */
  @JsonColumn()
  aspects!: readonly Aspect[];

  /** The first of `aspects`, as a column for counts. */
  @WordColumn()
  aspect!: Aspect;

  @RealColumn()
  score!: number;

  @JsonColumn()
  verdict!: VerdictSnapshot;

  @KeyColumn()
  reporterId!: string;

  /** Distinct members: the reporter and everyone who joined. */
  @CountColumn()
  affected!: number;

  @KeyColumn({ nullable: true })
  assigneeId!: string | null;

  @InstantColumn()
  openedAt!: number;

  /** Last report, follow-up or "me too": windows are counted from here. */
  @InstantColumn()
  lastReportAt!: number;

  @InstantColumn({ nullable: true })
  confirmedAt!: number | null;

  /** First human reply to the customer; a bot's acknowledgement is kept apart in `botAcknowledgedAt`. */
  @InstantColumn({ nullable: true })
  firstReplyAt!: number | null;

  @InstantColumn({ nullable: true })
  botAcknowledgedAt!: number | null;

  @InstantColumn({ nullable: true })
  resolvedAt!: number | null;

  @InstantColumn({ nullable: true })
  toldAt!: number | null;

  @InstantColumn({ nullable: true })
  closedAt!: number | null;

  /** Deadlines, computed once when the clock starts and stored. */
  @InstantColumn({ nullable: true })
  acknowledgeDueAt!: number | null;

  @InstantColumn({ nullable: true })
  updateDueAt!: number | null;

  @InstantColumn({ nullable: true })
  resolveDueAt!: number | null;

  /** How often staff were reminded of a missed deadline (0, 1 at 80 %, 2 at 100 %). */
  @CountColumn()
  escalation!: number;

  @CountColumn()
  reopened!: number;

  /** What was done, in staff's words. */
  @TextColumn({ nullable: true })
  resolution!: string | null;

  @KeyColumn({ nullable: true })
  parentId!: string | null;

  @CountColumn()
  version!: number;
}
