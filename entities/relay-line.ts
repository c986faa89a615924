import { Entity, Index } from "typeorm";
import { IdColumn, InstantColumn, KeyColumn, WordColumn } from "./columns.js";

/**
 * One row is a line that staff pasted out of a chat: enough to know it again when an overlapping
 * piece is pasted, without its words. Kept as long as a paste may reach back.
 */
@Entity("relay_line")
@Index("ix_relay_line_place", ["place", "at"])
@Index("ix_relay_line_member", ["memberId"])
export class RelayLine {
  /** Also the platform's id of the message. */
  @IdColumn()
  id!: string;

  /** The conversation's id on the platform. */
  @KeyColumn()
  place!: string;

  @KeyColumn()
  memberId!: string;

  /** Digest of who and what. */
  @KeyColumn()
  mark!: string;

  /** The line that it directly followed in a paste; null at the beginning of a stretch. */
  @KeyColumn({ nullable: true })
  previous!: string | null;

  /** It was said at or after this instant … */
  @InstantColumn()
  at!: number;

  /** … and before this one. */
  @InstantColumn()
  until!: number;

  @WordColumn()
  sure!: "second" | "minute" | "stretch" | "assumed";

  /** The time as the id holds it. */
  @KeyColumn()
  timeKey!: string;
}
