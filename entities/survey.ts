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
import type { QuestionSnapshot } from "./types.js";
import type { QuestionKind, SurveyStatus } from "./vocabulary.js";

/** One row is the definition of a survey that is asked again and again in one group. */
@Entity("survey")
@Index("ix_survey_group", ["groupId"])
export class Survey {
  @IdColumn()
  id!: string;

  @KeyColumn()
  groupId!: string;

  /** Short number that staff type, unique in the workspace. */
  @CountColumn()
  number!: number;

  @TextColumn()
  title!: string;

  /** Kind of the rating question, which all caps and tallies go by. */
  @WordColumn()
  kind!: QuestionKind;

  /** The decision that this survey serves; empty blocks scheduling. */
  @TextColumn()
  decision!: string;

  /** One rating and at most two follow-ups. */
  @JsonColumn()
  questions!: readonly QuestionSnapshot[];

  @WordColumn()
  status!: SurveyStatus;

  /** Five-field cron in the group's time zone, or null for a survey that staff run by hand. */
  @KeyColumn({ nullable: true })
  pattern!: string | null;

  /** How long a run stays open, ms. */
  @InstantColumn()
  openForMs!: number;

  /** When the one private reminder goes out after opening, ms; null for none. */
  @InstantColumn({ nullable: true })
  remindAfterMs!: number | null;

  @InstantColumn()
  createdAt!: number;
}
