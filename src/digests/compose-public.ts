import type { Language } from "#entities/vocabulary.js";
import { formatDay, localDay } from "#src/scheduling/zoned-time.js";
import {
  type DigestDocument,
  type DigestSection,
  fitted,
  MOST_PUBLIC_LINES,
} from "./digest-document.js";
import type { PublicFacts } from "./digest-facts.js";
import { type Wording, wordingOf } from "./digest-words.js";
import { NumberBook } from "./number-book.js";
import type { Publication } from "./public-numbers.js";
import { withoutPersonal } from "./without-personal.js";

const MOST_MEASURES = 2;

type Rating = PublicFacts["ratings"][number];
type Told = Extract<Publication, { readonly kind: "number" }>;

/**
 * The post for the group itself (§5.3): thanks, what they said, what was done, the result, what
 * comes next, how to speak in private. Pure; at most ten lines, numbers rounded, nobody named.
 */
export function composePublic(facts: PublicFacts, language: Language): DigestDocument {
  const wording = wordingOf(language, facts.timeZone);
  const book = new NumberBook({ from: facts.firstDay, to: facts.lastDay });
  const body = bodySections(facts, wording, book);
  const news = hasNews(facts);
  const texts = wording.texts.public;
  const sections: readonly DigestSection[] = [
    ...(facts.kind === "report" && facts.hold !== null
      ? [block("hold", [texts.hold(facts.hold)])]
      : []),
    ...(body.length > 0 ? body : [block("nothing", [texts.nothing])]),
    block("privately", [texts.privately]),
  ];
  return {
    group: facts.groupName,
    kind: facts.kind,
    audience: "public",
    language,
    from: facts.firstDay,
    to: facts.lastDay,
    title: null,
    sections: fitted(sections, null, MOST_PUBLIC_LINES),
    numbers: book.numbers,
    weight: news ? "news" : "none",
    generatedAt: null,
  };
}

function block(id: string, lines: readonly string[]): DigestSection {
  return { id, title: null, lines };
}

/** Worth a post: a result, a theme, something done, or what was promised. */
function hasNews(facts: PublicFacts): boolean {
  const results = facts.ratings.some(({ publication }) => publication.kind !== "nothing");
  return (
    results ||
    facts.themes.length > 0 ||
    facts.improvements.length > 0 ||
    (facts.wasPromised && facts.progress !== null)
  );
}

function bodySections(
  facts: PublicFacts,
  wording: Wording,
  book: NumberBook,
): readonly DigestSection[] {
  if (!hasNews(facts) && facts.closedRuns === 0) return [];
  const texts = wording.texts.public;
  const result = resultLine(facts, wording, book);
  const next = facts.nextDay === null ? null : texts.next(dayWords(facts.nextDay, wording));
  return [
    block("thanks", [thanksLine(facts, wording, book)]),
    block("said", saidLines(facts, wording, book)),
    block("done", doneLines(facts, wording)),
    block("result", result === null ? [] : [result]),
    block("progress", facts.progress === null ? [] : [texts.progress(facts.progress)]),
    block("next", next === null ? [] : [next]),
  ].filter((section) => section.lines.length > 0);
}

function thanksLine(
  { kind, answerers, closedRuns }: PublicFacts,
  wording: Wording,
  book: NumberBook,
): string {
  const texts = wording.texts.public;
  const heading = texts.heading(kind);
  if (closedRuns === 0) return `${heading}${texts.noRuns}`;
  if (answerers.kind !== "number") {
    book.suppressed("answerers", "count");
    return `${heading}${texts.thanksWords}`;
  }
  book.count("answerers", answerers.about);
  return `${heading}${texts.thanks(answerers.about)}`;
}

function saidLines({ themes }: PublicFacts, wording: Wording, book: NumberBook): readonly string[] {
  if (themes.length === 0) return [];
  const { texts } = wording;
  const words = themes.map(({ aspect, publication, change }) => {
    const about = publication.kind === "number" ? publication.about : null;
    if (about === null) book.suppressed(`complaints.${aspect}`, "count");
    else book.count(`complaints.${aspect}`, about);
    return texts.public.theme(texts.aspects[aspect], about, change);
  });
  return [texts.public.said(words)];
}

function doneLines({ improvements }: PublicFacts, wording: Wording): readonly string[] {
  if (improvements.length === 0) return [];
  const texts = wording.texts.public;
  const parts = improvements.slice(-MOST_MEASURES).map(({ text, at, verdict }) => {
    const day = dayWords(localDay(at, wording.zone), wording);
    const words = verdict === null ? null : texts.verdict(verdict);
    return texts.measure(day, withoutPersonal(text), words);
  });
  return [texts.did(parts)];
}

function resultLine(facts: PublicFacts, wording: Wording, book: NumberBook): string | null {
  const texts = wording.texts.public;
  if (facts.ratings.length === 0) return null;
  const parts = facts.ratings.flatMap((rating) => {
    const words = ratingWords(rating, wording, book);
    if (words === null) return [];
    return [
      rating.change === null
        ? words
        : `${words}${wording.texts.aside(texts.change(rating.change))}`,
    ];
  });
  return parts.length === 0 ? texts.tooFew(facts.k) : texts.result(parts);
}

function ratingWords(
  { kind, publication }: Rating,
  wording: Wording,
  book: NumberBook,
): string | null {
  const texts = wording.texts.public;
  if (publication.kind === "number") return numberWords(kind, publication, wording, book);
  book.suppressed(publicId(kind), publicFormula(kind));
  if (publication.kind === "nothing") return null;
  const word = publication.majority === null ? undefined : texts.majorities[publication.majority];
  return word === undefined ? texts.divided : texts.majority(word);
}

function numberWords(kind: Rating["kind"], told: Told, wording: Wording, book: NumberBook): string {
  const texts = wording.texts.public;
  const n = Object.values(told.counts).reduce((sum, count) => sum + count, 0);
  const cell = (name: string, id: string): number => {
    const value = told.percentages[name] ?? 0;
    book.add(id, publicFormula(kind), {
      numerator: told.counts[name] ?? 0,
      denominator: n,
      n,
      value: value / 100,
    });
    return value;
  };
  switch (kind) {
    case "csat":
      return texts.csat(cell("satisfied", "csat.satisfied"));
    case "ces":
      return texts.ces(cell("easy", "ces.easy"));
    case "nps":
      return texts.nps(cell("promoter", "nps.promoters"), cell("detractor", "nps.detractors"));
    case "gap":
      return texts.gap(cell("better", "gap.better"), cell("worse", "gap.worse"));
  }
}

function publicId(kind: Rating["kind"]): string {
  return { csat: "csat.satisfied", ces: "ces.easy", nps: "nps.promoters", gap: "gap.better" }[kind];
}

function publicFormula(kind: Rating["kind"]): string {
  return { csat: "F1", ces: "F6", nps: "F3", gap: "F7" }[kind];
}

function dayWords(day: string, { language }: Wording): string {
  return formatDay(day, language, "short");
}
