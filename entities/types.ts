import type { Aspect, QuestionKind, Severity, Touchpoint } from "./vocabulary.js";

/** One option of a choice, multi, yes/no or gap question. */
export interface OptionSnapshot {
  readonly id: string;
  readonly label: string;
  /** Not counted in n ("不清楚", "没买"). */
  readonly outsideN?: boolean;
  /** The aspect that choosing this tag stands for. */
  readonly aspect?: Aspect;
}

/** When a follow-up is asked: after a rating at or below / at or above this value. */
export interface FollowUpRule {
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** A question as it was asked; a run keeps its own copy so that later edits change nothing. */
export interface QuestionSnapshot {
  readonly id: string;
  readonly kind: QuestionKind;
  readonly text: string;
  readonly touchpoint: Touchpoint;
  readonly options: readonly OptionSnapshot[];
  /** Absent on the first question, which everybody gets. */
  readonly askedWhen?: FollowUpRule;
}

/** Daily quiet hours by the group's clock, "HH:mm"; they may cross midnight. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** Opening periods by weekday (1 = Monday), "HH:mm" pairs; `always` means 24×7. */
export interface OpeningHours {
  readonly always?: boolean;
  readonly week?: Readonly<Record<string, readonly (readonly [string, string])[]>>;
  readonly holidays?: readonly string[];
}

/** Targets of one severity, ms. */
export interface Targets {
  readonly acknowledgeMs: number;
  readonly updateMs: number;
  readonly resolveMs: number;
}

/** Settings of a group; absent fields take the product's defaults (src/directory/settings.ts). */
export interface GroupSettings {
  readonly quietHours?: QuietHours;
  readonly dailyDigestAt?: string;
  readonly weeklyDigestOn?: number;
  readonly digestAudiences?: readonly ("staff" | "public")[];
  /** The public digest goes out by itself, or waits for staff. */
  readonly publicDigest?: "automatic" | "approved" | "off";
  readonly acknowledge?: "on_confirm" | "at_once" | "off";
  readonly capPersonPerWeek?: number;
  readonly capPersonPerMonth?: number;
  readonly capGroupPerDay?: number;
  readonly capGroupPerWeek?: number;
  readonly npsGapDays?: number;
  readonly suppressBelow?: number;
  readonly extraWords?: readonly { readonly word: string; readonly aspect: Aspect }[];
  readonly caseCheck?: "first_resolve" | "every_resolve" | "off";
  readonly hours?: Partial<Record<Severity, OpeningHours>>;
  readonly targets?: Partial<Record<Severity, Targets>>;
  readonly followUpWindowMs?: number;
}

/** A word that helped the decision, where it stands in the text, and how much it weighed. */
export interface EvidenceSnapshot {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly source: string;
  readonly weight: number;
}

/** Why a message became a case: the verdict as it was at that moment. */
export interface VerdictSnapshot {
  readonly score: number;
  readonly polarity: number;
  readonly aspects: readonly Aspect[];
  readonly severity: Severity | null;
  readonly evidence: readonly EvidenceSnapshot[];
  /** The safety or legal rule that decided alone, if one did. */
  readonly rule: string | null;
  /** Present when the verdict was no complaint and the second opinion made it one. */
  readonly raisedBy?: "second_opinion";
}

/** One earlier answer that was replaced; it comes back when the later message is recalled. */
export interface EarlierAnswer {
  readonly value: string;
  readonly numeric: number | null;
  readonly comment: string | null;
  readonly answeredAt: number;
  readonly messageKey: string | null;
}

/** One number of a digest or report, traceable to what it was made from. */
export interface TracedNumber {
  readonly id: string;
  /** Formula of the product page (F1…F25) or "count". */
  readonly formula: string;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly n: number | null;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** First and last local day of the window, inclusive. */
  readonly from: string;
  readonly to: string;
  readonly suppressed: boolean;
}

/** What has to outlive a restart of whoever sends with an account that may be banned for sending too much. */
export interface SendState {
  /** When something was sent in the last 24 hours, epoch ms, oldest first. */
  readonly sent: readonly number[];
  /** When conversations that have to rest now were last sent to. */
  readonly rooms: Readonly<Record<string, number>>;
  /** Nothing is sent before this instant. */
  readonly nextAt: number;
  /** End of the pause that the platform has forced; 0 when there was none. */
  readonly pausedUntil: number;
  /** Length of that pause, ms; 0 when there was none. */
  readonly pauseMs: number;
}
