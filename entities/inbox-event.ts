import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from "typeorm";
import { CountColumn, InstantColumn, KeyColumn, TextColumn, WordColumn } from "./columns.js";
import type { RowState } from "./vocabulary.js";

/** One row is an event as it arrived. When it is handled the payload goes and the "seen" mark stays. */
@Entity("inbox_event")
@Unique("uq_inbox_event", ["eventKey"])
@Unique("uq_inbox_fence", ["fenceKey"])
@Index("ix_inbox_lane_state", ["lane", "state", "seq"])
@Index("ix_inbox_state", ["state"], { where: "\"state\" <> 'done'" })
export class InboxEvent {
  @PrimaryGeneratedColumn({ type: "integer" })
  seq!: number;

  /** Platform and event id. */
  @KeyColumn()
  eventKey!: string;

  /** Conversation, message and kind of change; null for events without a message. */
  @KeyColumn({ nullable: true })
  fenceKey!: string | null;

  /** The conversation: order is kept inside it. */
  @KeyColumn()
  lane!: string;

  @WordColumn()
  kind!: string;

  /** The event as JSON; null as soon as it is handled. */
  @Column({ type: "text", nullable: true })
  payload!: string | null;

  @InstantColumn()
  receivedAt!: number;

  @WordColumn()
  state!: RowState;

  @CountColumn()
  attempts!: number;

  /** Why it is parked: a code and a class of failure, never the words. */
  @TextColumn({ nullable: true })
  reason!: string | null;
}
