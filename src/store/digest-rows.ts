import type { QuestionSnapshot } from "#entities/types.js";
import type { Aspect, CaseState, QuestionKind, Severity } from "#entities/vocabulary.js";

/** A stretch of time of one group, epoch ms: `from` included, `to` excluded. */
export interface DigestRange {
  readonly from: number;
  readonly to: number;
  /** Start of the earlier weeks that the window is compared with; not after `from`. */
  readonly baselineFrom: number;
}

/** One posting of a survey as a digest needs it. */
export interface RunRow {
  readonly id: string;
  readonly kind: QuestionKind;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly eligible: number;
  /** Number of the survey that staff type; 0 when its definition is gone. */
  readonly survey: number;
  /** The check question after a solved case: asked of one member, in private. */
  readonly private: boolean;
  readonly questions: readonly QuestionSnapshot[];
}

/** One member's answer to one question; the words of a comment stay in the store. */
export interface AnswerRow {
  readonly runId: string;
  readonly questionId: string;
  readonly memberId: string;
  readonly numeric: number | null;
  readonly rating: boolean;
  /** Answers kept apart, by whom: they count nowhere. */
  readonly apart: "staff" | "unverified" | null;
  /** Options that a follow-up answer chose: the reasons. */
  readonly tags: readonly string[];
  /** A rating that stands outside n ("不清楚", "没买"). */
  readonly outsideN: boolean;
  /** Weight of the words that came with it: Chinese characters, and two for each other word. */
  readonly words: number;
  readonly firstAnsweredAt: number;
  readonly answeredAt: number;
}

/** One complaint case as a digest needs it. */
export interface CaseRow {
  readonly id: string;
  readonly number: number;
  readonly state: CaseState;
  readonly severity: Severity;
  readonly aspect: Aspect;
  readonly affected: number;
  readonly assigneeId: string | null;
  readonly openedAt: number;
  readonly lastReportAt: number;
  readonly confirmedAt: number | null;
  readonly firstReplyAt: number | null;
  readonly resolvedAt: number | null;
  readonly closedAt: number | null;
  readonly acknowledgeDueAt: number | null;
  readonly updateDueAt: number | null;
  readonly resolveDueAt: number | null;
  readonly reopened: number;
}

/** A member who joined a case in the range. */
export interface CaseMemberRow {
  readonly caseId: string;
  readonly memberId: string;
  readonly joinedAt: number;
}

/** A message that belongs to a case of the window, with its words. */
export interface CaseWordsRow {
  readonly caseId: string;
  readonly part: string;
  readonly text: string;
  readonly at: number;
}

export interface AlarmRow {
  readonly aspect: Aspect;
  readonly members: number;
  readonly expected: number;
  readonly probability: number;
  readonly openedAt: number;
}

export interface ImprovementRow {
  readonly number: number;
  readonly text: string;
  readonly aspect: Aspect | null;
  readonly at: number;
}

export interface PublishedRow {
  readonly metric: string;
  readonly shown: string;
  readonly windowStart: number;
  readonly windowEnd: number;
}

/** A stretch in which the service was alive. */
export interface SpanRow {
  readonly startedAt: number;
  readonly lastBeatAt: number;
}

/** What a group said in the window, as counts. */
export interface MessageCounts {
  readonly total: number;
  readonly customers: number;
  readonly speakers: number;
  /** Mean polarity of customers' messages, -1…1; null when there were none. */
  readonly polarity: number | null;
}

/** A time that the group's platform could not be reached; `endedAt` null while it still cannot. */
export interface OutageRow {
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** Everything of one group that a digest or report of one window is made from. */
export interface DigestRows {
  readonly runs: readonly RunRow[];
  readonly answers: readonly AnswerRow[];
  readonly cases: readonly CaseRow[];
  readonly caseMembers: readonly CaseMemberRow[];
  readonly caseWords: readonly CaseWordsRow[];
  readonly messages: MessageCounts;
  readonly alarms: readonly AlarmRow[];
  readonly improvements: readonly ImprovementRow[];
  readonly spans: readonly SpanRow[];
  readonly outages: readonly OutageRow[];
  readonly prompts: Readonly<Record<string, number>>;
  /** Survey postings that came too late to be opened. */
  readonly missedRuns: number;
  readonly published: readonly PublishedRow[];
  /** Public digests that wait for staff's word at the end of the window. */
  readonly waitingDigests: readonly string[];
  /** The latest instant that the store knows of this group; null when it knows none. */
  readonly lastKnownAt: number | null;
}
