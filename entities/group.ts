import { Entity, Unique } from "typeorm";
import {
  IdColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  TextColumn,
  WordColumn,
} from "./columns.js";
import type { GroupSettings } from "./types.js";
import type { Language } from "./vocabulary.js";

/** One row is a conversation the bot serves: a customers' group or the staff room of some groups. */
@Entity("chat_group")
@Unique("uq_chat_group_place", ["platform", "externalId"])
export class Group {
  @IdColumn()
  id!: string;

  @WordColumn()
  platform!: string;

  /** The platform's own id of the conversation. */
  @KeyColumn()
  externalId!: string;

  @TextColumn()
  name!: string;

  /** "customers" or "staff". */
  @WordColumn()
  purpose!: "customers" | "staff";

  @WordColumn()
  language!: Language;

  /** IANA name, for example "Asia/Shanghai". */
  @WordColumn()
  timeZone!: string;

  /** The staff room that gets alerts and staff digests of this group; null while none is bound. */
  @KeyColumn({ nullable: true })
  staffGroupId!: string | null;

  @JsonColumn()
  settings!: GroupSettings;

  @InstantColumn()
  createdAt!: number;

  /** When the bot was removed; null while it is in the group. */
  @InstantColumn({ nullable: true })
  leftAt!: number | null;
}
