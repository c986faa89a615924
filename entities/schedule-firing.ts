import { Entity, Index, Unique } from "typeorm";
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  TextColumn,
  WordColumn,
} from "./columns.js";
import type { FiringKind, RowState } from "./vocabulary.js";

/** One row is one occurrence of a schedule. Unique per schedule and due time: the second fence. */
@Entity("schedule_firing")
@Unique("uq_schedule_firing", ["scheduleId", "dueAt"])
@Index("ix_schedule_firing_state", ["state", "dueAt"])
export class ScheduleFiring {
  @IdColumn()
  id!: string;

  @KeyColumn()
  scheduleId!: string;

  @WordColumn()
  kind!: FiringKind;

  @KeyColumn()
  ownerId!: string;

  @KeyColumn({ nullable: true })
  groupId!: string | null;

  @InstantColumn()
  dueAt!: number;

  @InstantColumn()
  firedAt!: number;

  /** Whether the grace had run out when it was found. */
  @WordColumn()
  outcome!: "on_time" | "late" | "missed";

  @JsonColumn()
  payload!: Readonly<Record<string, string | number>>;

  @WordColumn()
  state!: RowState;

  @CountColumn()
  attempts!: number;

  /** Not before this instant (back-off). */
  @InstantColumn()
  notBefore!: number;

  @TextColumn({ nullable: true })
  reason!: string | null;
}
