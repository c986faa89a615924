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

/**
 * How far a threshold may rise above its base: there the recall on the development sets (service lines
 * and own lines of both languages) has fallen by at most a tenth; a little further it falls by more.
 */
export const RISE_BOUND = 0.07;
/** How far it may fall below its base. */
export const FALL_BOUND = 0.1;
/** Fewer usable decisions than this move nothing. */
export const FEWEST_DECISIONS = 10;
/** The base weighs as much as this many decisions. */
export const PRIOR_DECISIONS = 20;
/** All decisions of one operator weigh at most as much as this many. */
export const OPERATOR_WEIGHT = 10;
/** So far one operator's labels may take the threshold from where those of the others put it. */
export const OPERATOR_REACH = 0.025;
const LOOKED_AT = 100;
/** Spread of the prior on the shift, in log-odds: keeps it finite when all decisions agree. */
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

interface Weighed extends StaffDecision {
  readonly weight: number;
}

/**
 * What each decision says about where the line should be: the less, the further its score is from the
 * line (a joke at 0.95 is no reason to lose complaints at 0.7), and no operator more than their share.
 */
function weighDecisions(decisions: readonly StaffDecision[], base: number): readonly Weighed[] {
  const near = decisions.map((one) => ({
    ...one,
    weight: Math.exp(-Math.abs(logit(one.score) - logit(base))),
  }));
  const sums = new Map<string, number>();
  for (const { operatorKey, weight } of near)
    sums.set(operatorKey, (sums.get(operatorKey) ?? 0) + weight);
  return near.map((one) => {
    const sum = sums.get(one.operatorKey) ?? 0;
    return sum <= OPERATOR_WEIGHT ? one : { ...one, weight: (one.weight * OPERATOR_WEIGHT) / sum };
  });
}

/**
 * How far the group's true chances near the line stand above the scores, in log-odds: the maximum of
 * the weighed likelihood of confirm and dismiss times a normal prior around 0, by Newton's method.
 */
function oddsShift(decisions: readonly Weighed[]): number {
  let shift = 0;
  for (let step = 0; step < STEPS; step += 1) {
    let slope = -shift / PRIOR_SPREAD ** 2;
    let curve = 1 / PRIOR_SPREAD ** 2;
    for (const { score, outcome, weight } of decisions) {
      const chance = logistic(logit(score) + shift);
      slope += weight * ((outcome === "confirmed" ? 1 : 0) - chance);
      curve += weight * chance * (1 - chance);
    }
    shift += slope / curve;
  }
  return shift;
}

/** The move that the decisions ask for, bounded, then shrunk by the weight of the base. */
function move(decisions: readonly StaffDecision[], base: number): number {
  if (decisions.length < FEWEST_DECISIONS) return 0;
  const weighed = weighDecisions(decisions, base);
  const weight = weighed.reduce((sum, one) => sum + one.weight, 0);
  const asked = logistic(logit(base) - oddsShift(weighed)) - base;
  return (clamp(asked, -FALL_BOUND, RISE_BOUND) * weight) / (weight + PRIOR_DECISIONS);
}

/** Keeps the move within an operator's reach of where it would be without their labels. */
function holdOperators(wanted: number, decisions: readonly StaffDecision[], base: number): number {
  const moves = [...new Set(decisions.map((decision) => decision.operatorKey))].map((operator) =>
    move(
      decisions.filter((decision) => decision.operatorKey !== operator),
      base,
    ),
  );
  const least = Math.max(...moves) - OPERATOR_REACH;
  const most = Math.min(...moves) + OPERATOR_REACH;
  return least > most ? (least + most) / 2 : clamp(wanted, least, most);
}

/**
 * The threshold of a group, learnt from what its staff confirmed and dismissed (oldest first), anew
 * from the labels each time: a label taken back leaves no trace. Dismissals raise it by at most
 * {@link RISE_BOUND} and confirmations lower it by at most {@link FALL_BOUND}, and one operator by at
 * most {@link OPERATOR_REACH} either way. Fewer than {@link FEWEST_DECISIONS} leave it at `base`.
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
