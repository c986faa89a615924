import { Entity, Index } from "typeorm";
import { CountColumn, IdColumn, InstantColumn, KeyColumn, WordColumn } from "./columns.js";

/** One row is the code by which a held room is bound: for this room alone, once, within ten minutes. */
@Entity("binding_code")
@Index("ix_binding_code_expires", ["expiresAt"])
export class BindingCode {
  /** The held room's `room_alias.id`: a newer code takes the place of the older. */
  @IdColumn()
  id!: string;

  /** Hash of code and room. */
  @KeyColumn()
  codeMark!: string;

  /** Wrong codes that may still be said in the room before this one is void. */
  @CountColumn()
  triesLeft!: number;

  @InstantColumn()
  expiresAt!: number;

  /** What the room becomes: "customers" or "staff". */
  @WordColumn()
  purpose!: "customers" | "staff";

  /** Our id of the room that it is, when it is one that was lost; null for a new one. */
  @KeyColumn({ nullable: true })
  conversationId!: string | null;

  /** The staff room (`chat_group.id`) that gets its alerts; null for none. */
  @KeyColumn({ nullable: true })
  staffGroupId!: string | null;

  /** Who asked for the code. */
  @KeyColumn()
  issuedBy!: string;
}
