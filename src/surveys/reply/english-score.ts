import { isLatin, matchAt } from "./scanner.js";

/**
 * What may stand before a number in an English vote ("I'd give it a", "rating:", "solid"). A plain
 * "it is", "at" or "for" is left out on purpose: "it is 5" tells the time.
 */
const OPENERS: readonly RegExp[] = [
  /(?:hm{1,4}|well|honestly|overall|personally|hi|hello|hey)[ ,.:!-]{1,3}/y,
  /(?:i'?d|i|we|we'?d|i would|we would|i'?ll|we'?ll) (?:say|give|gave|rate|rated|vote|score|go with)(?: (?:it|this|this one|this week|this order|them|you|you guys|that|as))?(?: (?:an?|about an?))? /y,
  /(?:give|giving|gave|rate|rated) (?:it|this|this week|this order|them|you guys|that) (?:an? )?/y,
  /(?:my |our )?(?:rating|score|vote|answer)(?: is)?(?: ?[:=-])? ?/y,
  /(?:it'?s|that'?s|this is|it is|it was|this was|that was) (?:an? )(?:solid |strong |clear |easy |definite )?/y,
  /(?:an? )?(?:solid|strong|easy|definite|definitely|clear|firm|honest|generous|big fat|absolutely) (?:an? )?/y,
  /an? /y,
];

const REVISERS: readonly RegExp[] = [
  /(?:please )?(?:change|make|update|switch) (?:it|that|mine|my (?:vote|rating|score|answer))(?: (?:from \d{1,2} )?to)?(?: an?)? /y,
  /change(?:d)? to (?:an? )?/y,
  /(?:correction|edit|update)[:,]? ?/y,
  /(?:sorry|oops)[,.!]? (?:i meant |meant |that's |make that )?(?:an? )?/y,
  /i meant (?:an? )?/y,
  /(?:actually|rather)[,]? (?:an? )?/y,
];

const HEDGE = /(?:probably|i guess) (?:an? )?/y;

/** One English opening phrase before a score. */
export interface EnglishOpening {
  readonly end: number;
  readonly role: "phrase" | "revision" | "hedge";
}

/** Reads one English opening phrase at `at`, or null. */
export function readEnglishOpening(text: string, at: number): EnglishOpening | null {
  if (!isLatin(text[at])) return null;
  for (const pattern of REVISERS) {
    const match = matchAt(text, at, pattern);
    if (match !== null) return { end: at + match.length, role: "revision" };
  }
  const hedge = matchAt(text, at, HEDGE);
  if (hedge !== null) return { end: at + hedge.length, role: "hedge" };
  for (const pattern of OPENERS) {
    const match = matchAt(text, at, pattern);
    if (match !== null) return { end: at + match.length, role: "phrase" };
  }
  return null;
}
