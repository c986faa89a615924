import { Entity, Index } from "typeorm";
import { IdColumn, InstantColumn, KeyColumn } from "./columns.js";

/**
 * One row is a way in which one member is reached apart from a group: the lane of their conversation
 * with the bot alone, or how the outbox names them. An erasure goes by these rows, and they outlive it
 * until nothing in the queues holds the way any more.
 */
@Entity("contact")
@Index("ix_contact_member", ["memberId"])
@Index("ix_contact_erased", ["erasedAt"], { where: '"erasedAt" IS NOT NULL' })
export class Contact {
  /** The lane (`conversationKey`), or the person as `["platform","id"]`. */
  @IdColumn()
  id!: string;

  /** After an erasure the tombstone. */
  @KeyColumn()
  memberId!: string;

  /** When its member was erased; null while it is in use. */
  @InstantColumn({ nullable: true })
  erasedAt!: number | null;
}
