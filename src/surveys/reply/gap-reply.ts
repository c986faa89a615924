import { readLabelReply } from "./label-reply.js";
import type { NormalisedReply } from "./normalise-reply.js";
import { readOptionReply } from "./option-reply.js";
import type { Reading, ReadingContext } from "./reply-parse.js";
import type { OptionScale } from "./scale.js";

/** The three answers of a gap question in the order they are listed: 1 worse, 2 as, 3 better. */
const GAP_SCALE: OptionScale = {
  kind: "choice",
  options: [
    { id: "1", label: "比预期差" },
    { id: "2", label: "和预期一样" },
    { id: "3", label: "比预期好" },
  ],
};

/**
 * Reads a reply to "worse, as or better than expected": the listed number (1, 2, 3) or the words.
 * The value is −1, 0 or 1 (formula F7).
 */
export function readGapReply(reply: NormalisedReply, context: ReadingContext): Reading {
  const listed = readOptionReply(reply, GAP_SCALE, context);
  if (listed.ok) return { ...listed, value: Number(listed.value) - 2 };
  return listed.reason === "not-a-reply" ? readLabelReply(reply, "gap", context) : listed;
}
