import { Entity, Index } from "typeorm";
import { IdColumn, InstantColumn, KeyColumn, WordColumn } from "./columns.js";
import type { QuestionKind } from "./vocabulary.js";

/** One row is one display of a question: to a whole group (a card) or to one member in private. Caps count these. */
@Entity("prompt")
@Index("ix_prompt_group", ["groupId", "shownAt"])
@Index("ix_prompt_member", ["memberId", "shownAt"])
export class Prompt {
  @IdColumn()
  id!: string;

  @KeyColumn()
  groupId!: string;

  /** Null for a card that the whole group sees. */
  @KeyColumn({ nullable: true })
  memberId!: string | null;

  @KeyColumn({ nullable: true })
  runId!: string | null;

  @WordColumn()
  kind!: QuestionKind;

  /**
   * "card", "reminder", "follow_up" (a why that the member's own score led to) or "case_check"; the
   * last is exempt from the caps but counted once per case.
   */
  @WordColumn()
  reason!: "card" | "reminder" | "follow_up" | "case_check";

  @InstantColumn()
  shownAt!: number;
}
