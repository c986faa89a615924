import { criticalZ, DEFAULT_LEVEL } from "./estimate.js";
import { normalQuantile } from "./normal-distribution.js";

const WANTED_POWER = 0.8;

/**
 * The smallest later share that two equal groups of `perGroup` answers tell apart from
 * `currentShare` with 80 % power at the two-sided level (Cohen's arcsine form, §3.1), so that a
 * shop hears beforehand what its n can show. Null when not even 100 % would be noticed.
 */
export function smallestDetectableShare(
  currentShare: number,
  perGroup: number,
  level: number = DEFAULT_LEVEL,
): number | null {
  if (!(currentShare >= 0 && currentShare <= 1)) throw new RangeError("A share is 0 to 1.");
  if (!(perGroup >= 0)) throw new RangeError("perGroup must be at least 0.");
  const effect = (criticalZ(level) + normalQuantile(WANTED_POWER)) / Math.sqrt(perGroup / 2);
  const angle = 2 * Math.asin(Math.sqrt(currentShare)) + effect;
  return angle > Math.PI ? null : Math.sin(angle / 2) ** 2;
}
