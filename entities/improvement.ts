import { Entity, Index } from "typeorm";
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  TextColumn,
  WordColumn,
} from "./columns.js";
import type { Aspect } from "./vocabulary.js";

/** One row is something the shop changed because of what customers said. */
@Entity("improvement")
@Index("ix_improvement_group", ["groupId", "at"])
export class Improvement {
  @IdColumn()
  id!: string;

  @KeyColumn()
  groupId!: string;

  @CountColumn()
  number!: number;

  @TextColumn()
  text!: string;

  @WordColumn({ nullable: true })
  aspect!: Aspect | null;

  @KeyColumn()
  operatorId!: string;

  @InstantColumn()
  at!: number;
}
