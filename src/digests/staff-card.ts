import { ASPECTS } from "#entities/vocabulary.js";
import type {
  CardBar,
  CardBars,
  CardCase,
  CardChange,
  CardWaiting,
  DigestCardModel,
} from "#src/console/charts/digest-card-model.js";
import { type CardMood, type CardTexts, cardTexts } from "#src/i18n/cards.js";
import type { DigestRows } from "#src/store/digest-rows.js";
import { cardHeader, cardOf } from "./card-frame.js";
import { staffTrend } from "./card-trend.js";
import { isOpenAt, type Waiting } from "./case-figures.js";
import type { DigestDocument } from "./digest-document.js";
import type { StaffFacts } from "./digest-facts.js";
import { roughly, timeWords, type Wording, wordingOf } from "./digest-words.js";
import { type Changes, complaintId, judgeChanges, usually } from "./judge-changes.js";
import { type StaffTileSources, staffTiles } from "./staff-tiles.js";
import { withoutPersonal } from "./without-personal.js";

const MOST_BARS = 5;
const MOST_CASES = 3;
/** About two lines of the card. */
const LONGEST_EXCERPT = 72;
const FEWEST_EARLIER_DAYS = 3;

/** What a card for staff is made from: the text that it goes with, its facts, and the rows of both. */
export interface StaffCardSources {
  readonly rows: DigestRows;
  readonly facts: StaffFacts;
  readonly document: DigestDocument;
}

/**
 * The card of a staff digest. Every figure that the text tells is read from the text's own list of
 * numbers; excerpts are cut and freed of names, and live only in the message that is sent.
 */
export function staffCard({ rows, facts, document }: StaffCardSources): DigestCardModel {
  const { language } = document;
  const texts = cardTexts[language];
  const wording = wordingOf(language, facts.timeZone);
  const sources: StaffTileSources = {
    rows,
    facts,
    document,
    wording,
    texts,
    changes: judgeChanges(facts),
  };
  return cardOf({
    version: 1,
    language,
    audience: "staff",
    header: cardHeader(facts, { audience: "staff", language }, sentenceOf(sources)),
    tiles: staffTiles(sources),
    waiting: waitingOf(sources),
    trend: staffTrend(rows, facts, language),
    bars: barsOf(sources),
    words: [],
    footer: {
      missed: missedOf(sources),
      privacy: texts.footer.staffPrivacy(facts.k),
      by: texts.footer.by,
    },
  });
}

function sentenceOf({ facts, document, changes, texts, wording }: StaffTileSources): string {
  const [spike] = facts.spikes;
  if (spike !== undefined) return texts.spike(wording.texts.aspects[spike.aspect]);
  return texts.moods[moodOf(facts, document, changes)];
}

function moodOf(facts: StaffFacts, document: DigestDocument, changes: Changes): CardMood {
  const csat = changes.get("csat")?.direction ?? null;
  if (csat !== null) return csat === "up" ? "better" : "worse";
  const complaints = complaintDirection(changes);
  if (complaints !== null) return complaints === "up" ? "moreComplaints" : "fewerComplaints";
  const headline = document.numbers.find((number) => number.id === "csat.satisfied");
  if (headline === undefined) return "notAsked";
  if (facts.earlierDays < FEWEST_EARLIER_DAYS) return "noEarlier";
  return changes.has("csat") ? "same" : "tooFew";
}

function complaintDirection(changes: Changes): "up" | "down" | null {
  const directions = ["complaints", ...ASPECTS.map(complaintId)].map(
    (id) => changes.get(id)?.direction ?? null,
  );
  // More of one thing is news also where the sum stays as it was.
  return directions.find((one) => one === "up") ?? directions.find((one) => one !== null) ?? null;
}

function barsOf({ facts, changes, texts, wording }: StaffTileSources): CardBars {
  const { now, before } = facts.complaints;
  const usual = usually(before.members, facts);
  const usualWords = usual === null || roughly(usual) === "0" ? null : roughly(usual);
  const bars = ASPECTS.map((aspect) => ({ aspect, members: now.byAspect[aspect] ?? 0 }))
    .filter(({ members }) => members > 0)
    .toSorted((a, b) => b.members - a.members)
    .slice(0, MOST_BARS)
    .map(({ aspect, members }): CardBar => {
      const expected = usually(before.byAspect[aspect] ?? 0, facts);
      return {
        label: wording.texts.aspects[aspect],
        size: members,
        text: texts.bars.people(members),
        change:
          expected === null
            ? null
            : barChange({ members, expected }, changes.get(complaintId(aspect))?.direction, texts),
      };
    });
  return {
    title: texts.bars.title,
    aside: now.members === 0 ? "" : texts.bars.aside(now.members, usualWords),
    bars,
    nothing: now.members === 0 ? wording.texts.numbers.noComplaints(usualWords) : null,
  };
}

function barChange(
  { members, expected }: { readonly members: number; readonly expected: number },
  tested: "up" | "down" | null | undefined,
  { bars }: CardTexts,
): CardChange {
  const usual = roughly(expected);
  const shown = Number(usual);
  const direction = members > shown ? "up" : members < shown ? "down" : "same";
  const never = usual === "0";
  if (tested === "up") {
    return { direction, text: never ? bars.neverBefore : bars.changed(usual, "more"), tone: "bad" };
  }
  if (tested === "down") return { direction, text: bars.changed(usual, "fewer"), tone: "good" };
  return { direction, text: never ? bars.never : bars.usually(usual), tone: "neutral" };
}

function waitingOf({ rows, facts, texts, wording }: StaffTileSources): CardWaiting {
  const { waiting, asOf } = facts;
  const words = texts.waiting;
  const overdue = waiting.filter(({ dueAt }) => dueAt !== null && dueAt < asOf).length;
  const oldest = rows.cases
    .filter((row) => isOpenAt(row, asOf))
    .reduce((first, row) => Math.min(first, row.openedAt), asOf);
  const shown = waiting.slice(0, MOST_CASES);
  const excerpts = excerptsOf(rows);
  const more = waiting.length - shown.length;
  const rest = [
    ...(waiting.length === 0 ? [words.nothing] : []),
    ...(more > 0 ? [words.more(more)] : []),
    ...(facts.waitingDigests > 0 ? [wording.texts.needs.approvals(facts.waitingDigests)] : []),
  ];
  return {
    title: words.title,
    counts:
      waiting.length === 0
        ? []
        : [
            words.open(waiting.length),
            ...(overdue > 0 ? [words.overdue(overdue)] : []),
            words.oldest(wording.texts.duration(asOf - oldest)),
          ],
    cases: shown.map((one) => ({
      number: `#${one.number}`,
      aspect: wording.texts.aspects[one.aspect],
      people: words.people(one.affected),
      ...statusOf(one, facts, texts, wording),
      excerpt: excerpts.get(one.number) ?? "",
    })),
    rest: rest.length === 0 ? null : rest.join(wording.texts.join),
  };
}

function statusOf(
  { severity, dueAt, assigned, candidate }: Waiting,
  { asOf }: StaffFacts,
  { waiting }: CardTexts,
  wording: Wording,
): Pick<CardCase, "status" | "tone"> {
  if (dueAt !== null && dueAt < asOf) {
    return { status: waiting.late(wording.texts.duration(asOf - dueAt)), tone: "urgent" };
  }
  const urgent = severity === "P1" ? "urgent" : null;
  if (candidate) return { status: waiting.candidate, tone: urgent ?? "open" };
  if (assigned) return { status: waiting.taken, tone: urgent ?? "working" };
  const status = dueAt === null ? waiting.free : waiting.due(timeWords(dueAt, asOf, wording));
  return { status, tone: urgent ?? "open" };
}

/** The first words of each case's report, without names and numbers, by the case's number. */
function excerptsOf(rows: DigestRows): ReadonlyMap<number, string> {
  const numbers = new Map(rows.cases.map((row) => [row.id, row.number]));
  const excerpts = new Map<number, string>();
  for (const { caseId, part, text } of rows.caseWords) {
    const number = numbers.get(caseId);
    if (part !== "report" || number === undefined || excerpts.has(number)) continue;
    excerpts.set(number, withoutPersonal(text, LONGEST_EXCERPT));
  }
  return excerpts;
}

function missedOf({ facts, texts, wording }: StaffTileSources): string | null {
  const { offline, missedRuns } = facts.health;
  const total = offline.reduce((sum, { from, to }) => sum + to - from, 0);
  const parts = [
    ...(total > 0 ? [texts.footer.offline(wording.texts.duration(total))] : []),
    ...(missedRuns > 0 ? [wording.texts.health.missed(missedRuns)] : []),
  ];
  return parts.length === 0 ? null : parts.join(wording.texts.join);
}
