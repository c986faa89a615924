import type { Language } from "#entities/vocabulary.js";
import type { Figure } from "#src/console/contract/care.js";
import { percent, signed } from "../shared/format.js";

/** How a figure is written: a share as per cent, a score with its sign. */
export type FigureKind = "share" | "score";

/** A change between two spans in the figure's own measure. */
export interface Change {
  readonly direction: "up" | "down" | "same";
  /** With its sign. */
  readonly amount: string;
}

/** Fewer answers than this make a change a hint, not a finding. */
export const SMALL_SAMPLE = 30;

/** A value of a figure in words. */
export function valueInWords(value: number, kind: FigureKind, language: Language): string {
  return kind === "share" ? percent(value, language) : signed(value);
}

/** What has changed; null where one of the two has no value or may not be shown. */
export function changeOf(now: Figure, before: Figure, kind: FigureKind): Change | null {
  if (now.value === null || before.value === null || now.suppressed || before.suppressed) {
    return null;
  }
  const scale = kind === "share" ? 100 : 1;
  const difference = Math.round(now.value * scale) - Math.round(before.value * scale);
  return {
    direction: difference > 0 ? "up" : difference < 0 ? "down" : "same",
    amount: signed(difference),
  };
}
