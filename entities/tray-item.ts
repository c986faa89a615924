import { Entity, Index, Unique } from "typeorm";
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  TextColumn,
  WordColumn,
} from "./columns.js";
import type { MessageKind } from "./vocabulary.js";

/** One row is a message that staff carry into their chat by hand, since no account does. */
@Entity("tray_item")
@Unique("uq_tray_key", ["place", "key"])
@Index("ix_tray_place", ["place", "number"])
@Index("ix_tray_text", ["putAt"], { where: '"text" IS NOT NULL' })
export class TrayItem {
  @IdColumn()
  id!: string;

  /** The conversation's id on the platform. */
  @KeyColumn()
  place!: string;

  /** The outbox row's key. */
  @KeyColumn()
  key!: string;

  @WordColumn()
  kind!: MessageKind;

  /** Null when it is old, or held the words of somebody who was forgotten. */
  @TextColumn({ nullable: true })
  text!: string | null;

  /** PNG as base64; null without a picture. */
  @TextColumn({ nullable: true })
  picture!: string | null;

  /** What the picture says, in words. */
  @TextColumn({ nullable: true })
  alt!: string | null;

  @InstantColumn()
  putAt!: number;

  /** Counts all items ever put in, so that those of one instant keep their order. */
  @CountColumn()
  number!: number;

  /** When staff said that they had carried it; null until then. */
  @InstantColumn({ nullable: true })
  takenAt!: number | null;
}
