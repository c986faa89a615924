import { LEFT_OUT } from "#adapters/relay/pasted-line.js";
import { plainName } from "#adapters/relay/relay-places.js";
import type { PastePreview, PreviewLine } from "#src/console/contract/relay.js";
import { relayTexts } from "#src/i18n/relay.js";
import type { KnownOrNew } from "./relay-known.js";
import type { ListEntries } from "./relay-lists.js";
import type { Plan } from "./relay-plan.js";
import type { Reading } from "./relay-reading.js";
import type { Rehearsal, Understood } from "./relay-rehearsal.js";

const LONGEST_SHOWN = 600;
const LEFT: ReadonlySet<string> = LEFT_OUT;

/** A plan as the page shows it: line by line, with what the product would make of each. */
export function previewOf(plan: Plan, rehearsal: Rehearsal, language: "zh" | "en"): PastePreview {
  const { reading, recognised, seal } = plan;
  const lines = recognised.lines.map((one) => lineOf(one, plan, rehearsal));
  const fresh = lines.filter((line, at) => isFresh(line, recognised.lines[at]));
  return {
    form: reading.raw.form,
    fileName: reading.fileName,
    encoding: reading.decoded?.encoding ?? null,
    notes: notesOf(reading, lines, language),
    sections: reading.sections.map(({ title }, index) =>
      sectionOf(
        title,
        lines.filter((line) => line.section === index),
      ),
    ),
    asks: reading.asksSections ? ["sections"] : [],
    lines,
    counts: { ...countsOf(lines, fresh), held: rehearsal.held },
    seal,
  };
}

function isFresh(line: PreviewLine, one: KnownOrNew | undefined): boolean {
  return !line.known && line.kind !== "own" && one !== undefined && one.id !== null;
}

function lineOf(one: KnownOrNew, { staff, lists }: Plan, { byEvent }: Rehearsal): PreviewLine {
  const { line, id, known } = one;
  const found = id === null || known ? undefined : byEvent.get(id);
  const isSaid = line.kind !== "unclear" && line.kind !== "system";
  return {
    from: line.from,
    to: line.to,
    kind: line.kind,
    name: line.name,
    staff: line.name !== null && staff.has(plainName(line.name)),
    text: shownText(line.text),
    media: line.media,
    at: isSaid ? line.time.at : null,
    assumed: line.time.sure === "assumed",
    section: line.section,
    known,
    doubts: [...line.doubts],
    ...readAs(found),
    list: line.kind === "list" && !known ? listOf(found, lists.get(id ?? "")) : null,
  };
}

function readAs(found: Understood | undefined): Pick<PreviewLine, "vote" | "complaint"> {
  return found === undefined
    ? { vote: null, complaint: null }
    : { vote: found.vote, complaint: found.complaint };
}

function listOf(found: Understood | undefined, entries: ListEntries | undefined) {
  const { counted = 0, apart = 0 } = found?.list ?? {};
  return { counted, apart, unread: entries?.unread ?? 0 };
}

function shownText(text: string): string {
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN).toWellFormed()}…`;
}

function countsOf(
  lines: readonly PreviewLine[],
  fresh: readonly PreviewLine[],
): Omit<PastePreview["counts"], "held"> {
  const votes = fresh.map(({ vote, list }) => (vote === null ? 0 : 1) + (list?.counted ?? 0));
  return {
    messages: lines.filter(({ kind }) => kind === "message" || kind === "list").length,
    fresh: fresh.length,
    known: lines.filter(({ known }) => known).length,
    votes: votes.reduce((sum, count) => sum + count, 0),
    complaints: fresh.filter(({ complaint }) => complaint !== null).length,
    unclear: lines.filter(({ kind, doubts }) => kind === "unclear" || doubts.some(isLeft)).length,
  };
}

function isLeft(doubt: string): boolean {
  return LEFT.has(doubt);
}

function sectionOf(
  title: string | null,
  lines: readonly PreviewLine[],
): PastePreview["sections"][number] {
  const times = lines.flatMap(({ at }) => (at === null ? [] : [at]));
  return {
    title,
    lines: lines.length,
    from: times.length === 0 ? null : Math.min(...times),
    to: times.length === 0 ? null : Math.max(...times),
  };
}

function notesOf(
  { raw, decoded }: Reading,
  lines: readonly PreviewLine[],
  language: "zh" | "en",
): string[] {
  const { notes } = relayTexts[language];
  const assumed = lines.filter((line) => line.assumed && line.at !== null).length;
  return [
    ...(raw.form === "none" ? [notes.noForm] : []),
    ...(decoded === null ? [] : uploadNotes(decoded, notes)),
    ...(raw.orderGuessed ? [notes.dateOrder(raw.order)] : []),
    ...(assumed > 0 ? [notes.assumed(assumed)] : []),
    ...(raw.form === "list" ? [notes.list] : []),
  ];
}

function uploadNotes(
  { encoding, nulls, unreadable }: NonNullable<Reading["decoded"]>,
  notes: (typeof relayTexts)["en"]["notes"],
): readonly string[] {
  return [
    ...(encoding === "utf-8" ? [] : [notes.encoding(encoding.toUpperCase())]),
    ...(nulls > 0 ? [notes.nulls(nulls)] : []),
    ...(unreadable > 0 ? [notes.unreadable(unreadable)] : []),
  ];
}
