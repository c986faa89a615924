import type { LineTime } from "./pasted-line.js";

/** A line as the alignment sees it. */
export interface AlignedLine {
  /** What a repetition shares: who said it, and the words. */
  readonly mark: string;
  readonly time: Pick<LineTime, "from" | "until"> & { readonly sure: LineTime["sure"] };
  /** Words that hardly anybody says twice. */
  readonly telling: boolean;
}

/** A line that is known from an earlier paste. */
export interface KnownLine extends Omit<AlignedLine, "telling"> {
  readonly id: string;
  /** The line that it directly followed in a paste; null at the beginning of a stretch. */
  readonly previous: string | null;
}

/** Overlap of this many lines shows a repetition though the times do not say so. */
const ENOUGH_LINES = 3;
/** More pairs of equal lines than this are not looked through one by one. */
const MOST_PAIRS = 400_000;

/**
 * Which pasted line is which known one. Equal short lines ("1", "ok") are said again and again, so a
 * line alone proves nothing: a piece that was copied overlaps what is known as one stretch, in which
 * all lines agree, up to the end of the piece or of the stretch. Where no stretch agrees (single
 * messages were picked, or one was recalled) the longest common order decides. The longest overlap
 * is taken: what may be a repetition is one. Returns a known line's id, or null for a new line. Pure.
 */
export function alignLines(
  pasted: readonly AlignedLine[],
  known: readonly KnownLine[],
): readonly (string | null)[] {
  const found: (string | null)[] = pasted.map(() => null);
  const stretches = stretchesOf(known);
  const left: Stretch[] = [];
  const overlaps = stretches.map((stretch) => ({
    stretch,
    overlap: longestOverlap(pasted, stretch, agree),
  }));
  for (const { stretch, overlap } of overlaps.toSorted(
    (a, b) => (b.overlap?.length ?? 0) - (a.overlap?.length ?? 0),
  )) {
    if (overlap === null || !isFree(found, overlap)) left.push(stretch);
    else take(found, stretch, overlap);
  }
  const again: Stretch[] = [];
  for (const stretch of left) {
    const overlap = longestOverlap(pasted, stretch, agreeButForTime);
    const proves = overlap !== null && isProof(pasted, overlap) && isFree(found, overlap);
    if (proves) take(found, stretch, overlap);
    else again.push(stretch);
  }
  for (const stretch of again) takeCommonOrder(found, pasted, stretch);
  return found;
}

type Stretch = readonly KnownLine[];

/** Known lines as they followed each other. */
function stretchesOf(known: readonly KnownLine[]): readonly Stretch[] {
  const ids = new Set(known.map(({ id }) => id));
  const next = new Map<string, KnownLine>();
  const heads: KnownLine[] = [];
  for (const line of known) {
    const { previous } = line;
    if (previous === null || !ids.has(previous) || next.has(previous)) heads.push(line);
    else next.set(previous, line);
  }
  return heads.map((head) => {
    const stretch: KnownLine[] = [];
    for (let line: KnownLine | undefined = head; line !== undefined; line = next.get(line.id))
      stretch.push(line);
    return stretch;
  });
}

type Agree = (pasted: AlignedLine, known: KnownLine) => boolean;

const agree: Agree = (pasted, known) =>
  pasted.mark === known.mark &&
  pasted.time.from < known.time.until &&
  known.time.from < pasted.time.until;

/** The day of a line without a date is a guess: it may have been pasted on another day before. */
const agreeButForTime: Agree = (pasted, known) =>
  pasted.mark === known.mark &&
  (pasted.time.sure === "assumed" || known.time.sure === "assumed" || agree(pasted, known));

/** The pasted lines from `begin` on are those of the stretch from `at` on, `length` of them. */
interface Overlap {
  readonly begin: number;
  readonly at: number;
  readonly length: number;
}

/** The longest overlap in which all lines agree, from end to end of one side or the other. */
function longestOverlap(
  pasted: readonly AlignedLine[],
  stretch: Stretch,
  agrees: Agree,
): Overlap | null {
  const places = placesOf(stretch);
  const counts = new Map<number, number>();
  let pairs = 0;
  for (const [index, line] of pasted.entries()) {
    for (const at of places.get(line.mark) ?? []) {
      const known = stretch[at];
      if (known === undefined || !agrees(line, known)) continue;
      pairs += 1;
      if (pairs > MOST_PAIRS) break;
      counts.set(at - index, (counts.get(at - index) ?? 0) + 1);
    }
  }
  let best: Overlap | null = null;
  for (const [shift, count] of counts) {
    const begin = Math.max(0, -shift);
    const length = Math.min(pasted.length, stretch.length - shift) - begin;
    if (count === length && (best === null || length > best.length))
      best = { begin, at: begin + shift, length };
  }
  return best;
}

function placesOf(stretch: Stretch): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [at, { mark }] of stretch.entries()) {
    const known = places.get(mark);
    if (known === undefined) places.set(mark, [at]);
    else known.push(at);
  }
  return places;
}

function isFree(found: readonly (string | null)[], { begin, length }: Overlap): boolean {
  return found.slice(begin, begin + length).every((id) => id === null);
}

function take(found: (string | null)[], stretch: Stretch, { begin, at, length }: Overlap): void {
  for (let step = 0; step < length; step += 1) found[begin + step] = stretch[at + step]?.id ?? null;
}

function isProof(pasted: readonly AlignedLine[], { begin, length }: Overlap): boolean {
  return (
    length >= ENOUGH_LINES || pasted.slice(begin, begin + length).some(({ telling }) => telling)
  );
}

/**
 * Takes what agrees in the longest common order. Where both sides have other lines at the same place
 * they contradict each other, and what stands between two contradictions must prove itself: by
 * telling words or by its length.
 */
function takeCommonOrder(
  found: (string | null)[],
  pasted: readonly AlignedLine[],
  stretch: Stretch,
): void {
  const isTelling = ({ index }: Pair): boolean => pasted[index]?.telling === true;
  const chain = longestIncreasing(pairsOf(found, pasted, stretch));
  for (const { pairs, isOpen } of runsOf(chain, { index: pasted.length, at: stretch.length })) {
    if (isOpen && pairs.length < ENOUGH_LINES && !pairs.some(isTelling)) continue;
    for (const { index, at } of pairs) found[index] = stretch[at]?.id ?? null;
  }
}

/** What agrees between two contradictions; open when there is one at either end. */
interface Run {
  readonly pairs: Pair[];
  readonly isOpen: boolean;
}

function runsOf(chain: readonly Pair[], end: Pair): readonly Run[] {
  const runs: Run[] = [];
  let pairs: Pair[] = [];
  let last: Pair = { index: -1, at: -1 };
  let isOpen = false;
  for (const pair of [...chain, end]) {
    const contradicts = pair.index - last.index > 1 && pair.at - last.at > 1;
    if (contradicts || pair === end) {
      runs.push({ pairs, isOpen: isOpen || contradicts });
      pairs = [];
      isOpen = contradicts;
    }
    pairs.push(pair);
    last = pair;
  }
  return runs;
}

/** A pasted line and the known one that it may be. */
interface Pair {
  readonly index: number;
  readonly at: number;
}

function pairsOf(
  found: readonly (string | null)[],
  pasted: readonly AlignedLine[],
  stretch: Stretch,
): readonly Pair[] {
  const places = placesOf(stretch);
  const pairs: Pair[] = [];
  for (const [index, line] of pasted.entries()) {
    if (found[index] !== null) continue;
    for (const at of (places.get(line.mark) ?? []).toReversed()) {
      const known = stretch[at];
      if (known !== undefined && agree(line, known)) pairs.push({ index, at });
    }
    if (pairs.length > MOST_PAIRS) break;
  }
  return pairs;
}

/** Pairs come by index, and by falling place within one index: the classic way to a longest common order. */
function longestIncreasing(pairs: readonly Pair[]): readonly Pair[] {
  const tails: number[] = [];
  const before: number[] = [];
  for (const [place, { at }] of pairs.entries()) {
    const length = placeAmong(tails, pairs, at);
    before[place] = length === 0 ? -1 : (tails[length - 1] ?? -1);
    tails[length] = place;
  }
  const chain: Pair[] = [];
  for (let place = tails.at(-1) ?? -1; place >= 0; place = before[place] ?? -1) {
    const pair = pairs[place];
    if (pair !== undefined) chain.push(pair);
  }
  return chain.toReversed();
}

/** How many of the orders found so far end before `at`. */
function placeAmong(tails: readonly number[], pairs: readonly Pair[], at: number): number {
  let [low, high] = [0, tails.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const tail = pairs[tails[middle] ?? 0];
    if (tail !== undefined && tail.at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
