import type { NormalisedText } from "./normalised-text.js";
import type { ConsideredMessage, ContextLine } from "./verdict.js";

/** What was said before a line, as far as it bears on it. All 0 without earlier lines. */
export interface Talk {
  /** Something was said before: the line stands in a group's talk. */
  readonly going: boolean;
  /** How likely somebody else complained lately, 0 to 1; fades line by line. */
  readonly others: number;
  /** How likely the same member complained lately, 0 to 1. */
  readonly own: number;
  /** How much complaining went on, 0 to about 6. */
  readonly unrest: number;
  /** The line just before is by staff. */
  readonly staffBefore: boolean;
}

const HALF_HOUR = 30 * 60_000;
const LINES_BACK = 12;
/** What a line by somebody else, and all complaining together, loses with each line that follows. */
const OTHERS_FADE = 0.9;
const UNREST_FADE = 0.85;
/** The same member's line counts in full for so many lines, then half. */
const OWN_FRESH = 8;
/** Chance taken for a complaint whose score is not known. */
const UNKNOWN_SCORE = 0.8;

function chanceOf(line: ContextLine): number {
  return line.score ?? (line.complaint ? UNKNOWN_SCORE : 0);
}

/** Sums up the last twelve lines of the half hour before a message. */
export function readTalk(message: ConsideredMessage, context: readonly ContextLine[]): Talk {
  let others = 0;
  let own = 0;
  let unrest = 0;
  const last = context.length - 1;
  for (let at = last; at >= 0 && at > last - LINES_BACK; at -= 1) {
    const line = context[at];
    if (line === undefined || isOld(line, message)) break;
    if (line.role !== "customer") continue;
    const back = last - at;
    const chance = chanceOf(line);
    if (line.memberKey === message.memberKey)
      own = Math.max(own, back < OWN_FRESH ? chance : chance / 2);
    else others = Math.max(others, chance * OTHERS_FADE ** back);
    unrest += chance * UNREST_FADE ** back;
  }
  const before = context[last];
  const going = before !== undefined && !isOld(before, message);
  const staffBefore = going && before.role !== "customer";
  return { going, others, own, unrest, staffBefore };
}

function isOld(line: ContextLine, message: ConsideredMessage): boolean {
  return message.at !== undefined && (line.at > message.at || message.at - line.at > HALF_HOUR);
}

const CLOSING = new Set([..." \n?~.!"].map((mark) => mark.charCodeAt(0)));
const MA = 0x5417;
const MO = 0x4e48;
const ASK = 63;

/** True when the last mark is a question mark or the last word 吗 or 么. */
export function endsAsQuestion({ codes, length }: NormalisedText): boolean {
  let at = length - 1;
  while (at >= 0 && CLOSING.has(codes[at] ?? 0)) {
    if (codes[at] === ASK) return true;
    at -= 1;
  }
  return codes[at] === MA || codes[at] === MO;
}
