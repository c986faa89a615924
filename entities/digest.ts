import { Entity, Index, Unique } from "typeorm";
import {
  IdColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  TextColumn,
  WordColumn,
} from "./columns.js";

/** One row is one digest of a group, kind and audience for one window. */
@Entity("digest")
@Unique("uq_digest", ["groupId", "kind", "audience", "windowEnd"])
@Index("ix_digest_group_end", ["groupId", "windowEnd"])
export class Digest {
  @IdColumn()
  id!: string;

  @KeyColumn()
  groupId!: string;

  /** "daily" or "weekly". */
  @WordColumn()
  kind!: "daily" | "weekly";

  @WordColumn()
  audience!: "staff" | "public";

  @InstantColumn()
  windowStart!: number;

  /** Exclusive; the next digest of this kind starts here. */
  @InstantColumn()
  windowEnd!: number;

  /** "posted", "waiting" (for approval), "skipped" (nothing to say) or "withheld". */
  @WordColumn()
  state!: "posted" | "waiting" | "skipped" | "withheld";

  /** The facts it was composed from, so that it can be shown again; holds no member's words or ids. */
  @JsonColumn()
  facts!: unknown;

  @TextColumn()
  text!: string;

  @InstantColumn()
  createdAt!: number;
}
