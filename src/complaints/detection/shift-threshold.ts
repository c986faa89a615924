/** What staff said about one alert. */
export interface StaffDecision {
  /** Who decided; only compared. */
  readonly operatorKey: string;
  readonly outcome: "confirmed" | "dismissed";
  /** The score of the verdict, 0 to 1. */
  readonly score: number;
  /** A safety or legal rule had decided: such alerts never move the threshold. */
  readonly p1: boolean;
}

/** The threshold of a group and what it rests on. */
export interface ShiftedThreshold {
  /** Score from which this group is alerted. */
  readonly threshold: number;
  /** Decisions looked at: the last 100 at most. */
  readonly n: number;
  /** Share of them that staff confirmed; null without any. */
  readonly precision: number | null;
}

/** A group's threshold stays within this distance of the base. */
export const SHIFT_BOUND = 0.15;
/** Fewer usable decisions than this move nothing. */
export const FEWEST_DECISIONS = 10;
const LOOKED_AT = 100;
/** Spread of the prior on the shift, in log-odds: the less, the closer to the base it stays. */
const PRIOR_SPREAD = 1;
const STEPS = 30;
const NEAR_CERTAIN = 0.995;
const LOWEST = 0.05;
const HIGHEST = 0.95;

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

function logit(chance: number): number {
  const held = clamp(chance, 1 - NEAR_CERTAIN, NEAR_CERTAIN);
  return Math.log(held / (1 - held));
}

function logistic(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}

/**
 * How far the group's true chances stand above the scores, in log-odds: the maximum of the likelihood
 * of confirm and dismiss times a normal prior around 0, by Newton's method.
 */
function oddsShift(decisions: readonly StaffDecision[]): number {
  let shift = 0;
  for (let step = 0; step < STEPS; step += 1) {
    let slope = -shift / PRIOR_SPREAD ** 2;
    let curve = 1 / PRIOR_SPREAD ** 2;
    for (const { score, outcome } of decisions) {
      const chance = logistic(logit(score) + shift);
      slope += (outcome === "confirmed" ? 1 : 0) - chance;
      curve += chance * (1 - chance);
    }
    shift += slope / curve;
  }
  return shift;
}

/** The move of the threshold that the decisions ask for, within the bound. */
function move(decisions: readonly StaffDecision[], base: number): number {
  if (decisions.length < FEWEST_DECISIONS) return 0;
  const asked = logistic(logit(base) - oddsShift(decisions)) - base;
  return clamp(asked, -SHIFT_BOUND, SHIFT_BOUND);
}

/** Keeps the move within half the bound of where it would be without any one operator's labels. */
function holdOperators(wanted: number, decisions: readonly StaffDecision[], base: number): number {
  const half = SHIFT_BOUND / 2;
  const moves = [...new Set(decisions.map((decision) => decision.operatorKey))].map((operator) =>
    move(
      decisions.filter((decision) => decision.operatorKey !== operator),
      base,
    ),
  );
  const least = Math.max(...moves) - half;
  const most = Math.min(...moves) + half;
  return least > most ? (least + most) / 2 : clamp(wanted, least, most);
}

/**
 * The threshold of a group, learnt from what its staff confirmed and dismissed (oldest first).
 * Dismissals raise it and confirmations lower it, at most {@link SHIFT_BOUND} from `base` and at most
 * half of that by the labels of one operator; fewer than {@link FEWEST_DECISIONS} leave it at `base`.
 */
export function shiftThreshold(
  decisions: readonly StaffDecision[],
  base: number,
): ShiftedThreshold {
  const recent = decisions.slice(-LOOKED_AT);
  const confirmed = recent.filter((decision) => decision.outcome === "confirmed").length;
  const usable = recent.filter((decision) => !decision.p1 && Number.isFinite(decision.score));
  const wanted = move(usable, base);
  const held = wanted === 0 ? 0 : holdOperators(wanted, usable, base);
  return {
    threshold: clamp(base + held, Math.min(LOWEST, base), Math.max(HIGHEST, base)),
    n: recent.length,
    precision: recent.length === 0 ? null : confirmed / recent.length,
  };
}
