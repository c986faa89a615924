/** Why a line is not understood, or understood with a doubt. */
export const DOUBTS = [
  "no-sender",
  "inner-head",
  "day-assumed",
  "time-assumed",
  "date-order",
  "future",
  "too-old",
  "too-long",
  "markup",
  "staff-command",
  "other-group",
] as const;
export type Doubt = (typeof DOUBTS)[number];

/** Doubts with which a line is left out instead of handed in. */
export const LEFT_OUT: ReadonlySet<Doubt> = new Set([
  "no-sender",
  "future",
  "too-old",
  "too-long",
  "markup",
  "staff-command",
  "other-group",
]);

/** A wall-clock time as it was written, as far as it was written. */
export interface SaidTime {
  readonly day?:
    | { readonly year: number | null; readonly month: number; readonly day: number }
    | { readonly daysBack: number }
    /** ISO 8601: Monday 1 to Sunday 7. */
    | { readonly weekday: number };
  /** The first two numbers of the day may stand in either order. */
  readonly swappable?: boolean;
  readonly clock?: {
    readonly hour: number;
    readonly minute: number;
    readonly second: number | null;
  };
}

/** One entry of a paste as its form tells it. */
export interface RawLine {
  /**
   * "separator" is a line that is a time and nothing else; "heading" names the conversation that
   * follows; "list" is a #接龙 list that nobody said.
   */
  readonly kind: "message" | "list" | "system" | "separator" | "heading" | "unclear";
  /** First and last line of the paste, from 1. */
  readonly from: number;
  readonly to: number;
  readonly name: string | null;
  readonly said: SaidTime | null;
  readonly text: string;
  readonly media: boolean;
  readonly doubts: readonly Doubt[];
}

/** When a line was said, as far as that is known. */
export interface LineTime {
  /** It was said at or after this instant and before the next, epoch ms. */
  readonly from: number;
  readonly until: number;
  /** The instant it counts for, epoch ms. */
  readonly at: number;
  /** Whether the line itself says its time. */
  readonly sure: "second" | "minute" | "stretch" | "assumed";
  /** The time as ids hold it: what two pastes of one line agree on. */
  readonly key: string;
}

/** One line that is not a mere separator, with its time. */
export interface PastedLine extends Omit<RawLine, "kind" | "said"> {
  readonly kind: "message" | "list" | "system" | "own" | "unclear";
  readonly time: LineTime;
  /** Which conversation of the paste it belongs to, from 0. */
  readonly section: number;
}

/** True for a line that will be handed in. */
export function isHandedIn({ kind, doubts }: Pick<PastedLine, "kind" | "doubts">): boolean {
  return (kind === "message" || kind === "list") && !doubts.some((doubt) => LEFT_OUT.has(doubt));
}
