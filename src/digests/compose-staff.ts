import type { Language } from "#entities/vocabulary.js";
import {
  type DigestDocument,
  type DigestSection,
  fitted,
  type LiveParts,
  MOST_STAFF_LINES,
  NOTHING_LIVE,
} from "./digest-document.js";
import type { StaffFacts } from "./digest-facts.js";
import {
  minutesOf,
  offsetWords,
  spanWords,
  stretchWords,
  type Wording,
  wordingOf,
} from "./digest-words.js";
import { judgeChanges } from "./judge-changes.js";
import { NumberBook } from "./number-book.js";
import type { RatingContext } from "./rating-lines.js";
import { changeLines } from "./staff-changes.js";
import { needsLines } from "./staff-needs.js";
import { numberLines } from "./staff-numbers.js";

const MOST_OUTAGES = 3;

/**
 * The digest or report for staff (§5.2): what waits on a person, what changed, numbers with their
 * intervals, voices, the state of the data, and how to see more. Pure; at most 25 lines.
 */
export function composeStaff(
  facts: StaffFacts,
  language: Language,
  live: LiveParts = NOTHING_LIVE,
): DigestDocument {
  const wording = wordingOf(language, facts.timeZone);
  const book = new NumberBook({ from: facts.firstDay, to: facts.lastDay });
  const context: RatingContext = { facts, changes: judgeChanges(facts), book, wording };
  const { texts } = wording;
  const title = texts.title(facts.kind, {
    group: facts.groupName,
    span: spanWords(facts, wording),
    zone: offsetWords(facts.to, facts.timeZone),
  });
  const heading = texts.sections;
  const sections: readonly DigestSection[] = [
    { id: "needs", title: heading.needs, lines: needsLines(facts, live, wording) },
    { id: "numbers", title: heading.numbers, lines: numberLines(context) },
    { id: "changes", title: heading.changes, lines: changeLines(context) },
    {
      id: "voices",
      title: heading.voices,
      lines: live.quotes.map(({ aspect, words }) => texts.voices.quote(aspect, words)),
    },
    { id: "health", title: heading.health, lines: healthLines(context, live) },
    {
      id: "commands",
      title: null,
      lines: [texts.commands.staff(facts.waiting[0]?.number ?? null, facts.kind !== "daily")],
    },
  ];
  const order = ["needs", "changes", "numbers", "voices", "health", "commands"];
  const inOrder = [...sections].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  const weight = weightOf(facts, live);
  const { total, speakers } = facts.messages;
  const quiet = { id: "quiet", title: null, lines: [texts.quiet(title, total, speakers)] };
  return {
    group: facts.groupName,
    kind: facts.kind,
    audience: "staff",
    language,
    from: facts.firstDay,
    to: facts.lastDay,
    title: weight === "news" ? title : null,
    sections: weight === "news" ? fitted(inOrder, title, MOST_STAFF_LINES) : [quiet],
    numbers: book.numbers,
    weight,
    generatedAt: null,
  };
}

function weightOf(facts: StaffFacts, live: LiveParts): DigestDocument["weight"] {
  const { health, cases } = facts;
  const happened =
    facts.waiting.length +
    facts.waitingDigests +
    facts.runs.length +
    facts.ratings.reduce((sum, rating) => sum + rating.now.n, 0) +
    facts.complaints.now.members +
    cases.opened +
    cases.resolved +
    cases.dismissed +
    facts.spikes.length +
    facts.improvements.length +
    health.offline.length +
    health.missedRuns +
    live.parked;
  if (happened > 0) return "news";
  return facts.messages.total > 0 ? "quiet" : "none";
}

function healthLines({ facts, book, wording }: RatingContext, live: LiveParts): readonly string[] {
  const { staffAnswers, unverified, outsideN, missedRuns } = facts.health;
  const { health, late } = wording.texts;
  const parts = [
    ...(live.due === null ? [] : [late(live.due)]),
    ...outageWords(facts, wording, book),
    ...(live.parked > 0 ? [health.parked(live.parked)] : []),
    ...(missedRuns > 0 ? [health.missed(missedRuns)] : []),
    ...(staffAnswers + unverified + outsideN > 0
      ? [health.apart(staffAnswers, unverified, outsideN)]
      : []),
  ];
  if (missedRuns > 0) book.count("surveys.missed", missedRuns);
  if (staffAnswers > 0) book.count("answers.staff", staffAnswers);
  if (unverified > 0) book.count("answers.unverified", unverified);
  if (outsideN > 0) book.count("answers.outside_n", outsideN);
  return parts.length === 0 ? [] : [parts.join(wording.texts.join)];
}

function outageWords(facts: StaffFacts, wording: Wording, book: NumberBook): readonly string[] {
  const { offline } = facts.health;
  if (offline.length === 0) return [];
  const total = offline.reduce((sum, { from, to }) => sum + to - from, 0);
  book.add("offline_minutes", "sum", { n: offline.length, value: minutesOf(total) });
  const spans = offline.slice(0, MOST_OUTAGES).map((stretch) => stretchWords(stretch, wording));
  return [
    wording.texts.health.offline(
      wording.texts.duration(total),
      spans,
      offline.length > MOST_OUTAGES,
    ),
  ];
}
