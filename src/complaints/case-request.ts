import type { ComplaintCase, Member } from "#entities/index.js";
import type { CaseState } from "#entities/vocabulary.js";
import type { ShownCase } from "./case-alert.js";
import type { CaseMove } from "./case-states.js";

/** Who asks for a move on which case. */
export interface CaseRequest {
  /** The short number that staff type, or the id. */
  readonly caseNumber?: number;
  readonly caseId?: string;
  readonly actor: Pick<Member, "id" | "name">;
  readonly at: number;
  /** The version that the actor was looking at; a case that moved on since is not changed. */
  readonly version?: number;
  /** What the card showed that the actor pressed: what a colleague did meanwhile is not undone by it. */
  readonly shown?: ShownCase;
  /** The caller has checked that this actor may handle every case (the console's sign-in). */
  readonly authorised?: boolean;
}

/** What became of a request. */
export type CaseOutcome =
  | {
      readonly kind: "done";
      readonly case: ComplaintCase;
      /** Personal data was taken out of what the group reads. */
      readonly hidden?: boolean;
    }
  | { readonly kind: "not-found" }
  | {
      readonly kind: "not-allowed";
      readonly case: ComplaintCase;
      readonly from: CaseState;
      readonly move: CaseMove;
    }
  | {
      readonly kind: "changed-meanwhile";
      readonly case: ComplaintCase;
      /** Null when it was the bot. */
      readonly by: Pick<Member, "id" | "name"> | null;
      readonly state: CaseState;
      readonly changedAt: number;
    };
