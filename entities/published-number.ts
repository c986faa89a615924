import { Entity, Index } from "typeorm";
import { CountColumn, IdColumn, InstantColumn, KeyColumn, TextColumn } from "./columns.js";

/** One row is one number that was posted to a group: suppression's memory over time. */
@Entity("published_number")
@Index("ix_published_number", ["groupId", "metric", "at"])
export class PublishedNumber {
  @IdColumn()
  id!: string;

  @KeyColumn()
  groupId!: string;

  /** What was published, for example "csat". */
  @KeyColumn()
  metric!: string;

  /** Distinct answerers behind it. */
  @CountColumn()
  n!: number;

  /** The number as it was shown. */
  @TextColumn()
  shown!: string;

  @InstantColumn()
  windowStart!: number;

  @InstantColumn()
  windowEnd!: number;

  @InstantColumn()
  at!: number;
}
