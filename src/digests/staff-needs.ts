import type { WaitingWords } from "#src/i18n/digests.js";
import { HOUR } from "#src/shared/clock.js";
import type { Waiting } from "./case-figures.js";
import type { LiveParts } from "./digest-document.js";
import type { StaffFacts } from "./digest-facts.js";
import { timeWords, type Wording } from "./digest-words.js";

/** Deadlines this near belong to what waits now. */
const SOON = 2 * HOUR;
const MOST_CASES = 3;

/** Block A: what waits on a person, the most overdue first; never more than five lines. */
export function needsLines(
  facts: StaffFacts,
  live: LiveParts,
  wording: Wording,
): readonly string[] {
  const { needs } = wording.texts;
  const pressing = facts.waiting.filter((one) => isPressing(one, facts.asOf));
  const rest = facts.waiting.filter((one) => !pressing.includes(one));
  const candidates = rest.filter((one) => one.candidate);
  const inHand = rest.length - candidates.length;
  const approvals = facts.waitingDigests > 0 ? [needs.approvals(facts.waitingDigests)] : [];
  if (facts.kind === "weekly") return [...weeklyLines(facts, wording), ...approvals];
  const shown = pressing.slice(0, MOST_CASES);
  const hidden = pressing.slice(MOST_CASES);
  const overdue = hidden.filter((one) => isOverdue(one, facts.asOf)).length;
  const others = hidden.length - overdue + (shown.length > 0 ? inHand : 0);
  const lines = [
    ...shown.map((one, index) => needs.one(index + 1, waitingWords(one, facts, live, wording))),
    ...(overdue + others > 0 ? [needs.more(overdue, others)] : []),
    ...(candidates.length > 0 ? [needs.candidates(candidates.map(({ number }) => number))] : []),
    ...approvals,
  ];
  if (shown.length > 0) return lines;
  return inHand > 0
    ? [needs.nothingDue(inHand), ...lines]
    : lines.length > 0
      ? lines
      : [needs.nothing];
}

function weeklyLines(facts: StaffFacts, { texts }: Wording): readonly string[] {
  if (facts.waiting.length === 0) return [texts.needs.nothing];
  const candidates = facts.waiting.filter((one) => one.candidate).length;
  return [
    texts.needs.weekly({
      overdue: facts.waiting.filter((one) => isOverdue(one, facts.asOf)).length,
      candidates,
      open: facts.waiting.length,
    }),
  ];
}

function isOverdue({ dueAt }: Waiting, now: number): boolean {
  return dueAt !== null && dueAt < now;
}

/** Overdue, due soon, or dangerous. Candidates of the ordinary kind are asked about together. */
function isPressing(one: Waiting, now: number): boolean {
  if (one.severity === "P1") return true;
  return !one.candidate && one.dueAt !== null && one.dueAt <= now + SOON;
}

function waitingWords(
  one: Waiting,
  { asOf }: StaffFacts,
  live: LiveParts,
  wording: Wording,
): WaitingWords {
  const { number, aspect, severity, affected, dueAt, assigned, candidate } = one;
  return {
    number,
    aspect: wording.texts.aspects[aspect],
    severity,
    affected,
    candidate,
    timing:
      dueAt === null
        ? { kind: "open" }
        : dueAt < asOf
          ? { kind: "overdue", by: wording.texts.duration(asOf - dueAt) }
          : { kind: "due", at: timeWords(dueAt, asOf, wording) },
    owner: assigned ? (live.owners.get(number) ?? "") : null,
  };
}
