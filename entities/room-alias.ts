import { Entity, Index } from "typeorm";
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  TextColumn,
  WordColumn,
} from "./columns.js";

/** One row is a room under one id of the platform, kept as a keyed hash; ours, or held until staff bind it. */
@Entity("room_alias")
@Index("ix_room_alias_conversation", ["conversationId"])
@Index("ix_room_alias_account", ["platform", "account", "epoch"])
export class RoomAlias {
  /** Made of platform, account and keyed hash. */
  @IdColumn()
  id!: string;

  @WordColumn()
  platform!: string;

  @KeyColumn()
  account!: string;

  /** By which staff name it while it is held, and bound it; 0 where it was found again without them. */
  @CountColumn()
  number!: number;

  /** The epoch of the account in which it was last seen. */
  @CountColumn()
  epoch!: number;

  /** Our id of the room (`chat_group.externalId`); null while it is held. */
  @KeyColumn({ nullable: true })
  conversationId!: string | null;

  @TextColumn()
  topic!: string;

  /** Keyed hash of the owner's name; null where the platform does not tell it. */
  @KeyColumn({ nullable: true })
  ownerMark!: string | null;

  /** Keyed hashes of the members' names, by which the room is known again after a log-in. */
  @JsonColumn()
  memberMarks!: readonly string[];

  /** Lines said while it was held; nothing else is kept of them. */
  @CountColumn()
  heard!: number;

  @InstantColumn()
  firstSeenAt!: number;

  @InstantColumn()
  lastSeenAt!: number;

  /** Since when this id leads to our room; null while it is held. */
  @InstantColumn({ nullable: true })
  boundAt!: number | null;
}
