import { Entity, Index, Unique } from "typeorm";
import {
  FlagColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  WordColumn,
} from "./columns.js";
import type { FiringKind } from "./vocabulary.js";

/** One row is when something happens next: once, or by a recurrence. */
@Entity("schedule")
@Unique("uq_schedule_owner", ["kind", "ownerId"])
@Index("ix_schedule_next", ["nextAt"])
export class Schedule {
  @IdColumn()
  id!: string;

  @WordColumn()
  kind!: FiringKind;

  /** What it belongs to: a survey, a run, a case, a group or a message. */
  @KeyColumn()
  ownerId!: string;

  @KeyColumn({ nullable: true })
  groupId!: string | null;

  /** Cron syntax, or null for a single time. */
  @KeyColumn({ nullable: true })
  pattern!: string | null;

  @WordColumn()
  timeZone!: string;

  @InstantColumn({ nullable: true })
  nextAt!: number | null;

  /** How late a firing may be and still count, ms; later is `missed`. */
  @InstantColumn()
  graceMs!: number;

  @FlagColumn()
  enabled!: boolean;

  @JsonColumn()
  payload!: Readonly<Record<string, string | number>>;
}
