import type { ComplaintCase } from "#entities/index.js";
import { complaintTexts } from "#src/i18n/complaints.js";
import { DAY } from "#src/shared/clock.js";
import { CLOSE_AFTER_MS } from "./case-deadlines.js";
import { normaliseText } from "./detection/normalised-text.js";
import { hasPhrase } from "./detection/surroundings.js";
import type { Verdict } from "./detection/verdict.js";

/** Without "still" or "again", only a complaint this soon after the resolution is about the same thing. */
export const REPEAT_WITHIN_MS = DAY;
/** And only one that is as sure as this: jokes and half-complaints stay below or name another trouble. */
export const REPEAT_SCORE = 0.9;
const LONGEST_READ = 500;

const AGAIN_WORDS = wordsOf("againWords");
const UNSOLVED_WORDS = wordsOf("unsolvedWords");

function wordsOf(list: "againWords" | "unsolvedWords"): readonly string[] {
  return Object.values(complaintTexts).flatMap(({ customer }) =>
    customer[list].map((word) => normaliseText(word).text().trim()),
  );
}

/** What the reporter of a settled case says about it. */
export interface Mention {
  readonly text: string;
  readonly at: number;
  /** The words stand beside a vote. */
  readonly vote: boolean;
  readonly verdict: Pick<Verdict, "complaint" | "score" | "severity" | "aspects">;
}

/** Whether "not solved" still reopens this case: it was resolved less than 72 hours ago. */
export function mayReopen(row: ComplaintCase, at: number): boolean {
  const settled = row.state === "resolved" || row.state === "told" || row.state === "closed";
  return settled && row.resolvedAt !== null && at - row.resolvedAt <= CLOSE_AFTER_MS;
}

/**
 * What a complaint of its reporter means for a settled case that may be reopened. `not_solved`: they
 * say that it is still so or happened again, or complain within a day about the same thing beyond
 * doubt. `mentioned`: the reason of a rating, which looks back; they are asked. Null: something new.
 */
export function readMention(
  row: Pick<ComplaintCase, "aspect" | "aspects" | "severity" | "resolvedAt">,
  mention: Mention,
): "not_solved" | "mentioned" | null {
  const { verdict, at, vote } = mention;
  const words = normaliseText(mention.text.slice(0, LONGEST_READ)).text();
  if (hasPhrase(words, UNSOLVED_WORDS)) return "not_solved";
  // Harm that nobody has spoken of yet is never filed under an ordinary case.
  if (verdict.severity === "P1" && row.severity !== "P1") return null;
  if (!sharesTrouble(row, verdict)) return null;
  if (hasPhrase(words, AGAIN_WORDS)) return "not_solved";
  if (vote) return "mentioned";
  const sure = verdict.aspects[0] === row.aspect && verdict.score >= REPEAT_SCORE;
  return sure && at - (row.resolvedAt ?? 0) <= REPEAT_WITHIN_MS ? "not_solved" : null;
}

function sharesTrouble(
  row: Pick<ComplaintCase, "aspects">,
  { aspects }: Pick<Verdict, "aspects">,
): boolean {
  return aspects.some((aspect) => aspect !== "other" && row.aspects.includes(aspect));
}
