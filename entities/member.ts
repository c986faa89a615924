import { Entity, Unique } from "typeorm";
import { IdColumn, InstantColumn, KeyColumn, TextColumn, WordColumn } from "./columns.js";

/** One row is a person on one platform. Erasing blanks name and external id and leaves a tombstone. */
@Entity("member")
@Unique("uq_member_person", ["platform", "externalId"])
export class Member {
  @IdColumn()
  id!: string;

  @WordColumn()
  platform!: string;

  @KeyColumn()
  externalId!: string;

  @TextColumn()
  name!: string;

  @InstantColumn()
  createdAt!: number;

  /** 免打扰: since when this person is not asked and not reminded; null when they may be. */
  @InstantColumn({ nullable: true })
  mutedAt!: number | null;

  /** Since when nothing of this person is read or kept (opt-out at the door). */
  @InstantColumn({ nullable: true })
  optedOutAt!: number | null;

  @InstantColumn({ nullable: true })
  erasedAt!: number | null;
}
