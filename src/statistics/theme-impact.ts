import { mean } from "./quantiles.js";

/** How much lower the people who mention a theme score, with both counts. */
export interface ThemeImpact {
  /** mean(all) − mean(mentioners), in points of the scale. An association, not a cause. */
  readonly impact: number;
  readonly nAll: number;
  readonly nMentioners: number;
}

/**
 * Theme impact (F24) from all scores and the scores of those who mention the theme, who are part
 * of all. Null when nobody mentions it.
 */
export function themeImpact(
  allScores: readonly number[],
  mentionerScores: readonly number[],
): ThemeImpact | null {
  if (mentionerScores.length > allScores.length) {
    throw new RangeError("Mentioners are part of all.");
  }
  const meanAll = mean(allScores);
  const meanMentioners = mean(mentionerScores);
  if (meanAll === null || meanMentioners === null) return null;
  return {
    impact: meanAll - meanMentioners,
    nAll: allScores.length,
    nMentioners: mentionerScores.length,
  };
}
