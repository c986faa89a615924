import type { ReplyParse, VoteValue } from "./reply-parse.js";
import type { Scale } from "./scale.js";

const GAP_WORDS: ReadonlyMap<VoteValue, string> = new Map<VoteValue, string>([
  [-1, "worse"],
  [0, "as"],
  [1, "better"],
]);

/** The form of a parse that the command line prints and the case file expects. */
export type PlainVote =
  | VoteValue
  | null
  | { readonly jielong: readonly { readonly n: number; readonly value: VoteValue | null }[] };

/**
 * The bare vote of a parse: a number (halves allowed), "yes"/"no", "worse"/"as"/"better", an option
 * id or a list of them; `{jielong: […]}` for a list whose topic matches; null for no vote.
 */
export function voteOfParse(parse: ReplyParse, scale: Scale): PlainVote {
  if (parse.kind === "none") return null;
  if (parse.kind === "vote") return plainValue(parse.value, scale);
  if (!parse.topicMatches) return null;
  return {
    jielong: parse.entries.map(({ n, value }) => ({
      n,
      value: value === null ? null : plainValue(value, scale),
    })),
  };
}

function plainValue(value: VoteValue, scale: Scale): VoteValue {
  return scale.kind === "gap" ? (GAP_WORDS.get(value) ?? value) : value;
}
