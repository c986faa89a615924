import { requireCount, requirePart } from "./estimate.js";

/** What became of private prompts to a known list of people (AAPOR's words). */
export interface PromptOutcomes {
  /** I: answered completely. */
  readonly complete: number;
  /** P: answered in part. */
  readonly partial: number;
  /** R: refused or dismissed. */
  readonly refused: number;
  /** NC: delivered, no reaction. */
  readonly noContact: number;
  /** O: could not answer. */
  readonly other: number;
}

/** AAPOR response rates, 0…1, with the denominator that both share. */
export interface ResponseRates {
  readonly rr1: number;
  readonly rr2: number;
  readonly prompted: number;
}

/**
 * Response rates RR1 and RR2 (F8) for a known list, where nobody's eligibility is unknown.
 * Null when nobody was prompted.
 */
export function responseRates(outcomes: PromptOutcomes): ResponseRates | null {
  const { complete, partial, refused, noContact, other } = outcomes;
  for (const count of [complete, partial, refused, noContact, other]) {
    requireCount("Each outcome", count);
  }
  const prompted = complete + partial + (refused + noContact + other);
  if (prompted === 0) return null;
  return { rr1: complete / prompted, rr2: (complete + partial) / prompted, prompted };
}

/** Participation of a group card: who answered of those who could. */
export interface Participation {
  readonly value: number;
  readonly answerers: number;
  readonly eligible: number;
}

/**
 * Participation rate (F9, 参与率): distinct valid answerers over eligible members, for instance
 * the buyers of a round and never the size of the chat. No interval, because all eligible members
 * are counted and none is sampled. Null when nobody was eligible.
 */
export function participationRate(answerers: number, eligible: number): Participation | null {
  requirePart("answerers", answerers, eligible);
  return eligible === 0 ? null : { value: answerers / eligible, answerers, eligible };
}
