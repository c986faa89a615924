import type { RawLine } from "./pasted-line.js";

/** A stretch of a paste that is one conversation, as far as can be told. */
export interface Section {
  /** The conversation that its heading names; null without one. */
  readonly title: string | null;
  /** Places of its lines. */
  readonly begin: number;
  readonly end: number;
}

/** People on each side who make a jump back in time another conversation. */
const ENOUGH_NAMES = 2;

/**
 * Where another conversation begins: at a heading that names another one, and where the times go
 * back while nobody of before speaks on. Pure.
 */
export function findSections(lines: readonly RawLine[]): readonly Section[] {
  const cuts: { at: number; title: string | null }[] = [{ at: 0, title: null }];
  for (const [at, line] of lines.entries()) {
    if (line.kind !== "heading" || line.text === "") continue;
    const current = cuts.at(-1);
    if (current === undefined || current.title === line.text) continue;
    // A heading above everything names the whole.
    if (current.title === null && noneSpoken(lines, current.at, at)) current.title = line.text;
    else cuts.push({ at, title: line.text });
  }
  const jumps = cuts.length > 1 ? [] : jumpsBack(lines);
  for (const at of jumps) cuts.push({ at, title: null });
  return cuts.map(({ at, title }, index) => ({
    title,
    begin: at,
    end: cuts[index + 1]?.at ?? lines.length,
  }));
}

function noneSpoken(lines: readonly RawLine[], from: number, to: number): boolean {
  return lines.slice(from, to).every(({ kind }) => kind !== "message" && kind !== "list");
}

/** Sortable form of a written time; null where the line says no full date. */
function stamp({ said }: RawLine): number | null {
  const day = said?.day;
  if (said?.clock === undefined || day === undefined || !("month" in day) || day.year === null)
    return null;
  return Date.UTC(day.year, day.month - 1, day.day, said.clock.hour, said.clock.minute);
}

function jumpsBack(lines: readonly RawLine[]): readonly number[] {
  let last: number | null = null;
  for (const [at, line] of lines.entries()) {
    const now = stamp(line);
    if (now === null) continue;
    if (last !== null && now < last && areStrangers(lines, at)) return [at];
    last = now;
  }
  return [];
}

function areStrangers(lines: readonly RawLine[], at: number): boolean {
  const before = namesOf(lines.slice(0, at));
  const after = namesOf(lines.slice(at));
  const both = [...before].some((name) => after.has(name));
  return !both && before.size >= ENOUGH_NAMES && after.size >= ENOUGH_NAMES;
}

function namesOf(lines: readonly RawLine[]): ReadonlySet<string> {
  return new Set(lines.flatMap(({ name }) => (name === null ? [] : [name])));
}
