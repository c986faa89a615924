import { Entity, Index } from "typeorm";
import { CountColumn, IdColumn, InstantColumn, KeyColumn, WordColumn } from "./columns.js";

/**
 * One row is the turn of one conversation in one queue: whoever holds the lease works through the
 * lane's rows in order, and `version` tells whether more came in meanwhile.
 */
@Entity("lane")
@Index("ix_lane_due", ["queue", "dueAt"])
export class Lane {
  /** Queue and key. */
  @IdColumn()
  id!: string;

  @WordColumn()
  queue!: "inbox" | "outbox" | "firing";

  @KeyColumn()
  key!: string;

  /** Earliest time for the next claim; null while there is nothing to do. */
  @InstantColumn({ nullable: true })
  dueAt!: number | null;

  @InstantColumn({ nullable: true })
  leaseUntil!: number | null;

  @KeyColumn({ nullable: true })
  leaseToken!: string | null;

  /** Counts arrivals. */
  @CountColumn()
  version!: number;
}
