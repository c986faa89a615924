import type { TracedNumber } from "#entities/types.js";
import type { Language } from "#entities/vocabulary.js";
import type { Audience, DigestKind } from "./digest-facts.js";

/** One block of a digest. */
export interface DigestSection {
  readonly id: string;
  /** Heading; null where the lines stand alone. */
  readonly title: string | null;
  readonly lines: readonly string[];
}

/** A digest or report ready to be shown: text in blocks, and each number with what it is made of. */
export interface DigestDocument {
  readonly group: string;
  readonly kind: DigestKind;
  readonly audience: Audience;
  readonly language: Language;
  /** First and last local day, both included. */
  readonly from: string;
  readonly to: string;
  /** First line; the public post has none of its own. */
  readonly title: string | null;
  readonly sections: readonly DigestSection[];
  readonly numbers: readonly TracedNumber[];
  /** `none`: nothing at all happened; `quiet`: people only talked; `news`: worth a post. */
  readonly weight: "none" | "quiet" | "news";
  /** When a report was asked for, ISO 8601; null for digests, which speak of their window alone. */
  readonly generatedAt: string | null;
}

/** What is told in the staff room at once and kept nowhere: words and names. */
export interface LiveParts {
  /** Excerpts of complaints, without names. */
  readonly quotes: readonly { readonly aspect: string; readonly words: string }[];
  /** Who works on a case, by its number. */
  readonly owners: ReadonlyMap<number, string>;
  readonly parked: number;
  /** When the digest was due, in local words, if it comes late. */
  readonly due: string | null;
}

/** Nothing live: what is stored and reported. */
export const NOTHING_LIVE: LiveParts = {
  quotes: [],
  owners: new Map(),
  parked: 0,
  due: null,
};

/** The most lines that a digest for staff has, title and headings counted. */
export const MOST_STAFF_LINES = 25;

/** The most lines that a post for the group has. */
export const MOST_PUBLIC_LINES = 10;

/** Every line of a document from top to bottom. */
export function linesOf({
  title,
  sections,
}: Pick<DigestDocument, "title" | "sections">): readonly string[] {
  const body = sections.flatMap((section) =>
    section.title === null ? section.lines : [section.title, ...section.lines],
  );
  return title === null ? body : [title, ...body];
}

/**
 * Drops lines, voices before changes before numbers, until the document fits; what waits on a
 * person and the headline numbers stay.
 */
export function fitted(
  sections: readonly DigestSection[],
  title: string | null,
  most: number,
): readonly DigestSection[] {
  let fitting = sections.filter((section) => section.lines.length > 0);
  for (const id of ["voices", "changes", "numbers"]) {
    while (linesOf({ title, sections: fitting }).length > most) {
      const section = fitting.find((one) => one.id === id);
      if (section === undefined || (id !== "voices" && section.lines.length <= 2)) break;
      const shorter = { ...section, lines: section.lines.slice(0, -1) };
      fitting = fitting
        .map((one) => (one === section ? shorter : one))
        .filter((one) => one.lines.length > 0);
    }
  }
  return fitting;
}
