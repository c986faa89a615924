import { aboutCount, publicPercentage } from "./public-number.js";
import { cellFloor, isSmall, isUnanimous, SMALLEST_CELL } from "./suppress-cells.js";

/** One counted answer to the question: who, when (epoch ms), and which cell it falls into. */
export interface CountedAnswer {
  readonly answerer: string;
  readonly at: number;
  readonly cell: string;
}

/** A stretch of time, `from` included and `to` excluded, in epoch ms. */
export interface CountingWindow {
  readonly from: number;
  readonly to: number;
}

/**
 * What the store keeps of each number that was posted for one question in one group: its window
 * and its exact counts. The exact counts are memory for the next decision and are never shown.
 */
export interface PublishedNumber extends CountingWindow {
  readonly counts: Readonly<Record<string, number>>;
}

/** Why words are posted in place of a number; for staff, the public is not told the reason. */
export type PublicationObstacle =
  /** Some cell holds 1…k − 1 people. */
  | "small_cell"
  /** All gave the same answer to a sensitive question. */
  | "unanimous"
  /** Together with earlier posts, some smaller set of answers could be worked out. */
  | "small_difference"
  /** Answers behind an overlapping earlier post were changed or removed since. */
  | "earlier_answers_changed"
  /** Fewer than k people answered since the posts so far. */
  | "too_few_new_answerers";

/** What may be posted about the candidate window. */
export type PublicationDecision =
  | {
      readonly kind: "number";
      /** Rounded number of answers, for "about …". */
      readonly about: number;
      /** Rounded percentage per cell; a cell that nobody chose is absent. */
      readonly percentages: Readonly<Record<string, number>>;
      /** To be stored when, and only when, the number is really posted. */
      readonly record: PublishedNumber;
    }
  | {
      readonly kind: "words";
      readonly obstacle: PublicationObstacle;
      /** The cell that more than half chose; null when there is none. */
      readonly majority: string | null;
    }
  | { readonly kind: "nothing"; readonly answerers: number };

/** Everything the decision rests on. */
export interface PublicationRequest {
  /** Numbers posted so far for the same question in the same group, in any order. */
  readonly history: readonly PublishedNumber[];
  readonly candidate: CountingWindow;
  /** All counted answers of the candidate and of every window in the history. */
  readonly answers: readonly CountedAnswer[];
  readonly k?: number;
  readonly sensitive?: boolean;
}

/**
 * Decides whether a new public number may be posted, given all that were posted before (§3.4).
 *
 * The attacker it defends against is stronger than the reader of rounded posts: one who knows
 * each posted window, its exact n and exact counts, and adds and subtracts as many posts as
 * wanted. Posted windows that overlap cut the answers into pieces, each piece being the answers
 * that belong to the same set of posts; sums and differences of posts can isolate unions of
 * pieces and nothing finer. A number is allowed only when in every piece each cell is empty or
 * holds at least k distinct people (for a sensitive question also not all in one cell), so no
 * combination of posts, pairs included, tells a cell of 1…k − 1. Windows that do not overlap
 * never stand in each other's way: a shop that posts week by week is not slowed down.
 *
 * It also wants k distinct people among the answers that no post has covered yet, and refuses
 * while an overlapping earlier post no longer agrees with the answers, where a difference would
 * show who changed their mind.
 */
export function decidePublication(request: PublicationRequest): PublicationDecision {
  const { history, candidate, answers } = request;
  for (const window of [candidate, ...history]) requireWindow(window);
  const floor = cellFloor(request.k ?? SMALLEST_CELL);
  const own = answers.filter((answer) => covers(candidate, answer));
  const answerers = distinctAnswerers(own);
  const about = aboutCount(own.length);
  if (answerers < floor || about === null) return { kind: "nothing", answerers };
  const counts = countCells(own);
  const obstacle = findObstacle(request, own, floor);
  if (obstacle !== null) return { kind: "words", obstacle, majority: majorityCell(counts) };
  const percentages = Object.fromEntries(
    Object.entries(counts).map(([cell, n]) => [cell, publicPercentage(n / own.length)]),
  );
  const record = { from: candidate.from, to: candidate.to, counts };
  return { kind: "number", about, percentages, record };
}

function findObstacle(
  { history, candidate, answers, sensitive = false }: PublicationRequest,
  own: readonly CountedAnswer[],
  floor: number,
): PublicationObstacle | null {
  const ownPeople = peopleByCell(own);
  if (hasSmallCell(ownPeople, floor)) return "small_cell";
  if (sensitive && isUnanimous(ownPeople)) return "unanimous";
  const fresh = own.filter((answer) => !history.some((post) => covers(post, answer)));
  if (distinctAnswerers(fresh) < floor) return "too_few_new_answerers";
  const linked = linkedPosts(history, candidate);
  if (linked.some((post) => hasChanged(post, answers))) return "earlier_answers_changed";
  const pieces = cutIntoPieces([candidate, ...linked], answers).map(peopleByCell);
  const unsafe = pieces.some(
    (people) => hasSmallCell(people, floor) || (sensitive && isUnanimous(people)),
  );
  return unsafe ? "small_difference" : null;
}

/** Earlier posts that overlap the candidate, directly or through other posts. */
function linkedPosts(
  history: readonly PublishedNumber[],
  candidate: CountingWindow,
): readonly PublishedNumber[] {
  const linked: PublishedNumber[] = [];
  let rest = [...history];
  let frontier: readonly CountingWindow[] = [candidate];
  while (frontier.length > 0) {
    const reached = rest.filter((post) => frontier.some((window) => overlap(window, post)));
    rest = rest.filter((post) => !reached.includes(post));
    linked.push(...reached);
    frontier = reached;
  }
  return linked;
}

/** Answers grouped by the exact set of windows they lie in; those in none are left out. */
function cutIntoPieces(
  windows: readonly CountingWindow[],
  answers: readonly CountedAnswer[],
): readonly (readonly CountedAnswer[])[] {
  const pieces = new Map<string, CountedAnswer[]>();
  for (const answer of answers) {
    const signature = windows.map((window) => (covers(window, answer) ? "1" : "0")).join("");
    if (!signature.includes("1")) continue;
    const piece = pieces.get(signature) ?? [];
    piece.push(answer);
    pieces.set(signature, piece);
  }
  return [...pieces.values()];
}

function hasChanged(post: PublishedNumber, answers: readonly CountedAnswer[]): boolean {
  const now = countCells(answers.filter((answer) => covers(post, answer)));
  const cells = new Set([...Object.keys(now), ...Object.keys(post.counts)]);
  return [...cells].some((cell) => (now[cell] ?? 0) !== (post.counts[cell] ?? 0));
}

function countCells(answers: readonly CountedAnswer[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { cell } of answers) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return Object.fromEntries(counts);
}

function peopleByCell(answers: readonly CountedAnswer[]): readonly number[] {
  const people = new Map<string, Set<string>>();
  for (const { cell, answerer } of answers) {
    people.set(cell, (people.get(cell) ?? new Set<string>()).add(answerer));
  }
  return [...people.values()].map((set) => set.size);
}

function hasSmallCell(people: readonly number[], floor: number): boolean {
  return people.some((count) => isSmall(count, floor));
}

function distinctAnswerers(answers: readonly CountedAnswer[]): number {
  return new Set(answers.map((answer) => answer.answerer)).size;
}

function majorityCell(counts: Readonly<Record<string, number>>): string | null {
  const entries = Object.entries(counts);
  const total = entries.reduce((sum, [, n]) => sum + n, 0);
  return entries.find(([, n]) => 2 * n > total)?.[0] ?? null;
}

function covers(window: CountingWindow, answer: CountedAnswer): boolean {
  return answer.at >= window.from && answer.at < window.to;
}

function overlap(a: CountingWindow, b: CountingWindow): boolean {
  return a.from < b.to && b.from < a.to;
}

function requireWindow({ from, to }: CountingWindow): void {
  if (!(from < to)) throw new RangeError("A window ends after it begins.");
}
