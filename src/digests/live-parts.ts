import type { Group, ScheduleFiring } from "#entities/index.js";
import type { DigestTexts } from "#src/i18n/digests.js";
import { formatInstant } from "#src/scheduling/zoned-time.js";
import { MINUTE } from "#src/shared/clock.js";
import type { DigestRows } from "#src/store/digest-rows.js";
import type { Transaction } from "#src/store/transaction.js";
import { counts } from "./case-figures.js";
import type { LiveParts } from "./digest-document.js";
import { withoutPersonal } from "./without-personal.js";

const MOST_QUOTES = 2;
const LONGEST_QUOTE = 30;
const SHORTEST_QUOTE = 4;
/** A digest that goes out this late says so. */
const NOTICED_LATENESS = 10 * MINUTE;

/** What live parts are gathered from. */
export interface LiveSources {
  readonly rows: DigestRows;
  readonly group: Group;
  /** The staff room that will read them. */
  readonly room: Group;
  readonly firing: Pick<ScheduleFiring, "dueAt" | "firedAt">;
  readonly parked: number;
  readonly texts: DigestTexts;
}

/** Excerpts, owners' names and the state of sending: for the staff room only, kept nowhere. */
export async function livePartsOf(tx: Transaction, sources: LiveSources): Promise<LiveParts> {
  const { rows, group, room, firing, parked, texts } = sources;
  const { dueAt, firedAt } = firing;
  return {
    quotes: quotesOf(rows, texts),
    owners: await ownersOf(tx, rows),
    parked,
    due:
      firedAt - dueAt > NOTICED_LATENESS
        ? formatInstant(dueAt, group.timeZone, room.language, "short")
        : null,
  };
}

/** The first words of the two complaints that concern most people. */
function quotesOf(rows: DigestRows, texts: DigestTexts): LiveParts["quotes"] {
  const reports = new Map<string, string>();
  for (const { caseId, part, text } of rows.caseWords) {
    if (part !== "report" || reports.has(caseId)) continue;
    const words = withoutPersonal(text, LONGEST_QUOTE);
    if ([...words].length >= SHORTEST_QUOTE) reports.set(caseId, words);
  }
  return rows.cases
    .filter((row) => counts(row) && reports.has(row.id))
    .sort((a, b) => b.affected - a.affected || a.number - b.number)
    .slice(0, MOST_QUOTES)
    .map((row) => ({ aspect: texts.aspects[row.aspect], words: reports.get(row.id) ?? "" }));
}

async function ownersOf(
  tx: Transaction,
  { cases }: DigestRows,
): Promise<ReadonlyMap<number, string>> {
  const ids = [...new Set(cases.flatMap((row) => row.assigneeId ?? []))];
  if (ids.length === 0) return new Map();
  const members = await tx.directory.members.find({ id: ids });
  const names = new Map(members.map((member) => [member.id, member.name]));
  return new Map(
    cases.flatMap((row) => {
      const name = row.assigneeId === null ? undefined : names.get(row.assigneeId);
      return name === undefined || name === "" ? [] : [[row.number, name] as const];
    }),
  );
}
