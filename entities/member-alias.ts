import { Entity, Index } from "typeorm";
import { CountColumn, IdColumn, InstantColumn, KeyColumn, WordColumn } from "./columns.js";

/** One row is a person under one id of the platform, kept as a keyed hash. */
@Entity("member_alias")
@Index("ix_member_alias_person", ["personId"])
export class MemberAlias {
  /** Made of platform, account and keyed hash. */
  @IdColumn()
  id!: string;

  @WordColumn()
  platform!: string;

  @KeyColumn()
  account!: string;

  /** The epoch of the account in which it was last seen. */
  @CountColumn()
  epoch!: number;

  /** Our id of the person (`member.externalId`). */
  @KeyColumn()
  personId!: string;

  @InstantColumn()
  firstSeenAt!: number;

  @InstantColumn()
  lastSeenAt!: number;
}
