import { median, quantile } from "./quantiles.js";

const FEWEST_ORDERS = 4;
const GAPS_FOR_QUANTILE = 8;
const MEDIAN_FACTOR = 2.5;
const OWN_QUANTILE = 0.95;
const SMALLEST_FACTOR = 1.5;

/** What is known of one member; instants in epoch ms. */
export interface MemberActivity {
  /** Instants of the orders, in any order. */
  readonly orders: readonly number[];
  /** Last answer or message; null when there never was one. */
  readonly lastHeard: number | null;
  /** Whether the member used to answer surveys. */
  readonly formerlyAnswering: boolean;
}

/** Why a member is or is not on the silent-loyal list. */
export type SilentLoyalVerdict =
  | {
      readonly kind: "listed";
      /** Time without an order over the member's usual limit; above 1. */
      readonly lateness: number;
    }
  | {
      readonly kind: "not_listed";
      readonly reason: "too_few_orders" | "never_answered" | "not_late" | "heard_lately";
    };

/**
 * Silent-loyal watch (F17): a member with 4 or more orders who used to answer, whose time since
 * the last order exceeds the 95th percentile of the own gaps (2.5 × the median gap with fewer
 * than 8 gaps), and who was not heard of for as long. The percentile is never taken below 1.5 ×
 * the median gap: else a member of perfect regularity would be listed on being a day late.
 */
export function silentLoyal(member: MemberActivity, now: number): SilentLoyalVerdict {
  const orders = [...member.orders].sort((a, b) => a - b);
  const last = orders.at(-1);
  if (last === undefined || orders.length < FEWEST_ORDERS) return notListed("too_few_orders");
  if (!member.formerlyAnswering || member.lastHeard === null) return notListed("never_answered");
  const limit = usualLimit(orders);
  const waited = now - last;
  if (limit === null || waited <= limit) return notListed("not_late");
  if (now - member.lastHeard <= limit) return notListed("heard_lately");
  return { kind: "listed", lateness: waited / limit };
}

function usualLimit(orders: readonly number[]): number | null {
  const gaps = orders
    .slice(1)
    .map((at, index) => at - (orders[index] ?? at))
    // Several orders of one moment are one purchase.
    .filter((gap) => gap > 0);
  const middle = median(gaps);
  const high = quantile(gaps, OWN_QUANTILE);
  if (middle === null || high === null) return null;
  return gaps.length < GAPS_FOR_QUANTILE
    ? MEDIAN_FACTOR * middle
    : Math.max(high, SMALLEST_FACTOR * middle);
}

function notListed(
  reason: "too_few_orders" | "never_answered" | "not_late" | "heard_lately",
): SilentLoyalVerdict {
  return { kind: "not_listed", reason };
}
