import { Entity, Index } from "typeorm";
import { IdColumn, InstantColumn, WordColumn } from "./columns.js";

/** One row is one time that a platform could not be heard or spoken to while the service was running. */
@Entity("platform_outage")
@Index("ix_platform_outage_time", ["platform", "startedAt"])
export class PlatformOutage {
  @IdColumn()
  id!: string;

  @WordColumn()
  platform!: string;

  /** The last moment that all was well, as far as it is known. */
  @InstantColumn()
  startedAt!: number;

  /** When it was well again; null while it is not. */
  @InstantColumn({ nullable: true })
  endedAt!: number | null;

  /** When staff were told; null when it was over before that. */
  @InstantColumn({ nullable: true })
  toldAt!: number | null;
}
