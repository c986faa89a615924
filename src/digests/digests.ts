import type { Digest, Group } from "#entities/index.js";
import type { Language } from "#entities/vocabulary.js";
import type { DigestCardModel } from "#src/console/charts/digest-card-model.js";
import { digestTexts } from "#src/i18n/digests.js";
import type { ActionEvent } from "#src/platform/inbound-event.js";
import type { FiringHandler } from "#src/queue/handling.js";
import type { DigestReadModel } from "#src/store/digest-read-model.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import {
  type DecisionOutcome,
  type DigestDecision,
  decideDigest,
  onDigestAction,
} from "./decide-digest.js";
import type { DigestDocument } from "./digest-document.js";
import type { Audience } from "./digest-facts.js";
import { digestFiring } from "./digest-service.js";
import { type NamedGroup, nearestGroups } from "./nearest-groups.js";
import { type ReportFormat, renderReport } from "./render-report.js";
import { buildReport, buildReportCard, type ReportRequest } from "./report.js";
import { scheduleDigests } from "./schedule-digests.js";

/** What digests need from outside. */
export interface DigestDeps {
  readonly readModel: DigestReadModel;
}

/** Daily and weekly digests, reports, and what staff decide about them. */
export interface Digests {
  readonly firings: {
    readonly "digest.daily": FiringHandler;
    readonly "digest.weekly": FiringHandler;
  };
  onAction(tx: Transaction, place: Place, event: ActionEvent): Promise<void>;
  /** The same decisions by a typed command; the caller says the answer. */
  decide(tx: Transaction, place: Place, decision: DigestDecision): Promise<DecisionOutcome>;
  scheduleDigests(tx: Transaction, group: Group, at: number): Promise<void>;
  buildReport(tx: Transaction, request: ReportRequest): Promise<DigestDocument>;
  /** The report's card, to be drawn. Throws as `buildReport` does. */
  buildReportCard(
    tx: Transaction,
    request: Omit<ReportRequest, "generatedAt">,
  ): Promise<DigestCardModel>;
  renderReport(document: DigestDocument, format: ReportFormat): string;
  /** The latest digest with a text for an audience, whatever became of it; or null. */
  lastDigest(tx: Transaction, group: Group, audience: Audience): Promise<Digest | null>;
  /** The answer to a group name that is none, with the nearest names. */
  unknownGroup(name: string, groups: readonly NamedGroup[], language: Language): string;
}

/** Bundles the room's functions over a read model. */
export function createDigests({ readModel }: DigestDeps): Digests {
  return {
    firings: {
      "digest.daily": digestFiring(readModel, "daily"),
      "digest.weekly": digestFiring(readModel, "weekly"),
    },
    onAction: (tx, place, event) => onDigestAction(readModel, tx, place, event),
    decide: (tx, place, decision) => decideDigest(readModel, tx, place, decision),
    scheduleDigests,
    buildReport: (tx, request) => buildReport(readModel, tx, request),
    buildReportCard: (tx, request) => buildReportCard(readModel, tx, request),
    renderReport,
    lastDigest: (tx, group, audience) =>
      tx.digests.first(
        { groupId: group.id, audience, state: ["posted", "waiting", "withheld"] },
        { order: { windowEnd: "desc", kind: "asc" } },
      ),
    unknownGroup: (name, groups, language) =>
      digestTexts[language].unknownGroup(name, nearestGroups(name, groups)),
  };
}
