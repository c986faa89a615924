import type { ComplaintCase, Group, VerdictLabel } from "#entities/index.js";
import type { VerdictSnapshot } from "#entities/types.js";
import type { Aspect, Language, Severity } from "#entities/vocabulary.js";
import { wilsonInterval } from "#src/statistics/wilson-interval.js";
import type { Transaction } from "#src/store/transaction.js";
import { type StaffDecision, shiftThreshold } from "./detection/shift-threshold.js";
import type { Detector } from "./detection/verdict.js";

/** How many of the latest decisions of a group shift its threshold and are shown to staff. */
export const LABELS_CONSIDERED = 100;
const EXPORT_BATCH = 500;
const RAISED: NonNullable<VerdictSnapshot["raisedBy"]> = "second_opinion";

/** Why a case was dismissed. */
export const DISMISS_REASONS = [
  "not_complaint",
  "joke",
  "question",
  "other_shop",
  "duplicate",
] as const;
export type DismissReason = (typeof DISMISS_REASONS)[number];

const REASON_WORDS: readonly (readonly [DismissReason, readonly string[]])[] = [
  ["joke", ["玩笑", "joke", "kidding"]],
  ["question", ["提问", "问一下", "咨询", "question", "asking"]],
  ["other_shop", ["别家", "其他店", "不是我们", "other shop", "another shop"]],
  ["duplicate", ["重复", "duplicate", "same as"]],
];

/** The reason that staff mean by their words; `not_complaint` when they name none of the known ones. */
export function dismissReasonOf(words: string): DismissReason {
  const given = words.slice(0, 200).toLowerCase();
  const known = REASON_WORDS.find(([, marks]) => marks.some((mark) => given.includes(mark)));
  return known?.[0] ?? "not_complaint";
}

/** What one transaction knows of a group's labels: read once, then the thresholds by language. */
interface Learnt {
  readonly labels: readonly VerdictLabel[];
  readonly thresholds: Map<Language, number>;
}

const learnt = new WeakMap<Transaction, Map<string, Learnt>>();

function learntIn(tx: Transaction): Map<string, Learnt> {
  let groups = learnt.get(tx);
  if (groups === undefined) {
    groups = new Map();
    learnt.set(tx, groups);
  }
  return groups;
}

/** Learns with one statement which of many groups have no decision yet; the others are read when asked for. */
export async function rememberLabels(tx: Transaction, groupIds: readonly string[]): Promise<void> {
  const groups = learntIn(tx);
  const missing = groupIds.filter((id) => !groups.has(id));
  const decided = await tx.labels.distinct("groupId", { groupId: missing });
  for (const id of missing) {
    if (!decided.has(id)) groups.set(id, { labels: [], thresholds: new Map() });
  }
}

async function learntOf(tx: Transaction, groupId: string): Promise<Learnt> {
  const groups = learntIn(tx);
  let known = groups.get(groupId);
  if (known === undefined) {
    known = { labels: await latestLabels(tx, groupId), thresholds: new Map() };
    groups.set(groupId, known);
  }
  return known;
}

/**
 * The score from which a text of this group is a complaint, as this workspace's decisions shift it;
 * undefined while there are none. One statement per group and transaction.
 */
export async function thresholdOf(
  tx: Transaction,
  groupId: string,
  detector: Detector,
  text: string,
): Promise<number | undefined> {
  const { labels, thresholds } = await learntOf(tx, groupId);
  if (labels.length === 0) return undefined;
  const language = detector.language(text);
  let threshold = thresholds.get(language);
  if (threshold === undefined) {
    threshold = shiftedBy(labels, detector.threshold("chat", language));
    thresholds.set(language, threshold);
  }
  return threshold;
}

/** The threshold that the latest decisions (newest first) make of the shipped one. */
function shiftedBy(labels: readonly VerdictLabel[], shipped: number): number {
  const decisions = labels.toReversed().map(
    ({ operatorId, complaint, score, rule }): StaffDecision => ({
      operatorKey: operatorId,
      outcome: complaint ? "confirmed" : "dismissed",
      score,
      p1: rule !== null,
    }),
  );
  return shiftThreshold(decisions, shipped).threshold;
}

async function latestLabels(tx: Transaction, groupId: string): Promise<readonly VerdictLabel[]> {
  return tx.labels.find(
    { groupId },
    { order: { at: "desc", id: "asc" }, limit: LABELS_CONSIDERED },
  );
}

/** Keeps a person's word on the verdict of a case; the last word wins. */
export async function labelVerdict(
  tx: Transaction,
  row: ComplaintCase,
  word: { readonly complaint: boolean; readonly operatorId: string; readonly at: number },
): Promise<void> {
  const label: VerdictLabel = {
    id: row.id,
    groupId: row.groupId,
    score: row.verdict.score,
    complaint: word.complaint,
    operatorId: word.operatorId,
    rule: row.verdict.rule ?? row.verdict.raisedBy ?? null,
    at: word.at,
  };
  await tx.labels.upsert([label], {
    key: ["id"],
    columns: ["score", "complaint", "operatorId", "rule", "at"],
  });
  learnt.get(tx)?.delete(row.groupId);
}

/** Takes the word on a verdict back, for a dismissal that says nothing about the detector. */
export async function unlabelVerdict(tx: Transaction, row: ComplaintCase): Promise<void> {
  await tx.labels.remove({ id: row.id });
  learnt.get(tx)?.delete(row.groupId);
}

/** How well the detector does in one group, by what staff decided. */
export interface DetectorHealth {
  readonly groupId: string;
  /** Decisions that count: at most the last 100. */
  readonly decisions: number;
  /** Of those, confirmed as complaints. */
  readonly confirmed: number;
  /** Share confirmed with its 95 % interval (F2); null without decisions. */
  readonly precision: {
    readonly value: number;
    readonly low: number;
    readonly high: number;
  } | null;
  /** Threshold that holds now for texts in the group's language, and the one that was shipped. */
  readonly threshold: number;
  readonly shippedThreshold: number;
}

/** The precision over the last 100 decisions of a group and the threshold that follows from them. */
export async function detectorHealth(
  tx: Transaction,
  group: Pick<Group, "id" | "language">,
  detector: Detector,
): Promise<DetectorHealth> {
  const decided = await latestLabels(tx, group.id);
  // What the second opinion raised says nothing of the detector, which had let it pass.
  const labels = decided.filter((label) => label.rule !== RAISED);
  const confirmed = labels.filter((label) => label.complaint).length;
  const share = wilsonInterval(confirmed, labels.length);
  const shippedThreshold = detector.threshold("chat", group.language);
  return {
    groupId: group.id,
    decisions: labels.length,
    confirmed,
    precision: share === null ? null : { value: share.value, low: share.low, high: share.high },
    threshold: shiftedBy(labels, shippedThreshold),
    shippedThreshold,
  };
}

/** One decision as it can be taken elsewhere to train on; names nobody. */
export interface ExportedLabel {
  readonly caseNumber: number;
  readonly groupId: string;
  /** The words of the report; null after a recall or an erasure. */
  readonly text: string | null;
  readonly complaint: boolean;
  readonly score: number;
  readonly aspects: readonly Aspect[];
  readonly severity: Severity;
  readonly rule: string | null;
  /** Epoch ms. */
  readonly at: number;
}

/** All decisions of the workspace, oldest first. */
export async function exportLabels(tx: Transaction): Promise<readonly ExportedLabel[]> {
  const labels = await tx.labels.find({}, { order: { at: "asc", id: "asc" } });
  const ids = labels.map((label) => label.id);
  const cases = new Map<string, ComplaintCase>();
  const texts = new Map<string, string | null>();
  for (let start = 0; start < ids.length; start += EXPORT_BATCH) {
    const part = ids.slice(start, start + EXPORT_BATCH);
    for (const row of await tx.cases.find({ id: part })) cases.set(row.id, row);
    const reports = await tx.caseMessages.find({ caseId: part, part: "report" });
    for (const { caseId, text } of reports) texts.set(caseId, text);
  }
  return labels.flatMap((label): ExportedLabel[] => {
    const row = cases.get(label.id);
    if (row === undefined) return [];
    const { groupId, complaint, score, rule, at } = label;
    const { number: caseNumber, aspects, severity } = row;
    const text = texts.get(label.id) ?? null;
    return [{ caseNumber, groupId, text, complaint, score, aspects, severity, rule, at }];
  });
}
