import { Entity, Index, Unique } from "typeorm";
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  WordColumn,
} from "./columns.js";
import type { QuestionSnapshot } from "./types.js";
import type { QuestionKind, RunState } from "./vocabulary.js";

/** One row is one posting of a survey in one group, from open to closed. */
@Entity("survey_run")
@Unique("uq_survey_run", ["surveyId", "groupId", "openedFor"])
@Index("ix_survey_run_group_state", ["groupId", "state"])
export class SurveyRun {
  @IdColumn()
  id!: string;

  @KeyColumn()
  surveyId!: string;

  @KeyColumn()
  groupId!: string;

  @WordColumn()
  kind!: QuestionKind;

  /** The due time this run was opened for: the fence against opening twice. */
  @InstantColumn()
  openedFor!: number;

  @InstantColumn()
  openedAt!: number;

  @InstantColumn()
  closesAt!: number;

  @InstantColumn({ nullable: true })
  closedAt!: number | null;

  @WordColumn()
  state!: RunState;

  @JsonColumn()
  questions!: readonly QuestionSnapshot[];

  /** Members who could answer when it opened (closing fixes it). */
  @CountColumn()
  eligible!: number;

  /** Key of the card in the outbox; its message reference lives there. Null where the transcript posted it. */
  @KeyColumn({ nullable: true })
  cardKey!: string | null;
}
