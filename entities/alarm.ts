import { Entity, Index, Unique } from "typeorm";
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  RealColumn,
  WordColumn,
} from "./columns.js";
import type { Aspect } from "./vocabulary.js";

/** One row is a spike of complaints about one aspect on one local day; more members re-open the same alarm. */
@Entity("alarm")
@Unique("uq_alarm", ["groupId", "aspect", "day"])
@Index("ix_alarm_group", ["groupId", "openedAt"])
export class Alarm {
  @IdColumn()
  id!: string;

  @KeyColumn()
  groupId!: string;

  @WordColumn()
  aspect!: Aspect;

  /** Local day of the group, "YYYY-MM-DD". */
  @WordColumn()
  day!: string;

  /** Distinct complaining members so far. */
  @CountColumn()
  members!: number;

  @RealColumn()
  expected!: number;

  /** Chance of so many by the Gamma–Poisson predictive (F14). */
  @RealColumn()
  probability!: number;

  @InstantColumn()
  openedAt!: number;
}
