import type { TranscriptLine } from "#src/app/transcript.js";
import { addLocalDays, instantOf, localDay } from "#src/scheduling/zoned-time.js";
import { MINUTE, SECOND } from "#src/shared/clock.js";
import type { Ballot, Errand } from "./cues.js";
import type { HistoryLine, People, ScenarioLine } from "./story.js";

/** A line of a story at its time. */
export type StoryLine = TranscriptLine | Ballot | Errand;

/** A scenario's line that asks the shop to open a survey. */
export type SurveyCall = Extract<ScenarioLine, { survey: unknown }>;

const SETUP_AT = "08:00";
/** Lines of one minute follow each other by so much. */
const STEP_MS = 7 * SECOND;

/** The three weeks before today, in order: rooms and members first, then what staff set up and everybody says. */
export function historyOf(
  people: People,
  history: readonly HistoryLine[],
  today: string,
): readonly StoryLine[] {
  const zone = people.rooms[0]?.timeZone ?? "Asia/Shanghai";
  const zoneOf = (room: string): string =>
    people.rooms.find((one) => one.id === room)?.timeZone ?? zone;
  const firstDay = addLocalDays(today, Math.min(-1, ...history.map((line) => line.day)));
  const setup = people.setup.map(({ room, member, text }, index): StoryLine => {
    const at = instantOf(firstDay, SETUP_AT, zoneOf(room)) + index * SECOND;
    return { kind: "message", id: `s${String(index)}`, at, ...speaker(people, room, member), text };
  });
  const told = history.map((line, index) => {
    const at = instantOf(addLocalDays(today, line.day), line.time, zoneOf(line.room));
    return deedOf(people, line, { id: `h${String(index)}`, at });
  });
  const ordered = [...setup, ...spread(told)].toSorted((a, b) => a.at - b.at);
  return [...castLines(people, (ordered[0]?.at ?? 0) - MINUTE), ...ordered];
}

/** Where one line of a scenario stands in one of its plays. */
export interface Cue {
  /** Sets the ids of this play apart from those of others. */
  readonly prefix: string;
  readonly index: number;
  readonly at: number;
  /** Ids that the scenario gives to its own lines. */
  readonly ownIds: ReadonlySet<string>;
}

/** One line of a scenario at its time. */
export function scenarioDeed(people: People, line: Told, cue: Cue): StoryLine {
  const { prefix, index, at, ownIds } = cue;
  const idOf = (id: string): string => (ownIds.has(id) ? `${prefix}${id}` : id);
  const deed = deedOf(people, line, { id: `${prefix}${String(index)}`, at });
  switch (deed.kind) {
    case "message": {
      const { repliesTo } = deed;
      const quote = repliesTo === undefined ? {} : { repliesTo: idOf(repliesTo) };
      return { ...deed, ...quote, id: idOf(deed.id) };
    }
    case "reaction":
      return { ...deed, to: idOf(deed.to) };
    case "errand":
      return deed.to === undefined ? deed : { ...deed, to: idOf(deed.to) };
    default:
      return deed;
  }
}

type Told = Exclude<HistoryLine | ScenarioLine, SurveyCall>;

function deedOf(
  people: People,
  line: Told,
  { id, at }: { readonly id: string; readonly at: number },
): StoryLine {
  const who = speaker(people, line.room, line.member);
  if ("vote" in line) {
    const { vote: value, why } = line;
    const ballot = { kind: "ballot", id, at, group: line.room, member: line.member } as const;
    return { ...ballot, value, ...(why === undefined ? {} : { why }) };
  }
  if ("reaction" in line) {
    const { to, reaction } = line;
    return { kind: "reaction", id, at, ...who, to, reaction, change: "added" };
  }
  if ("text" in line) {
    const { text, repliesTo } = line;
    const quote = repliesTo === undefined ? {} : { repliesTo };
    return { kind: "message", id: line.id ?? id, at, ...who, text, ...quote };
  }
  const { to, resolve, dismiss } = line;
  const act = resolve !== undefined ? "resolve" : dismiss !== undefined ? "dismiss" : "take";
  const words = resolve ?? dismiss ?? "";
  const errand = { kind: "errand", id, at, group: line.room, member: line.member } as const;
  return { ...errand, act, words, ...(to === undefined ? {} : { to }) };
}

function speaker(people: People, group: string, id: string) {
  const known = people.members.find((one) => one.id === id);
  return { group, member: id, name: known?.name ?? id, role: known?.role ?? "customer" } as const;
}

/** The minute is all that a story tells: lines of one minute follow each other within it. */
function spread(lines: readonly StoryLine[]): readonly StoryLine[] {
  const ordered = lines.toSorted((a, b) => a.at - b.at);
  let minute = Number.NaN;
  let number = 0;
  return ordered.map((line) => {
    number = line.at === minute ? number + 1 : 0;
    minute = line.at;
    const within = STEP_MS * number;
    return { ...line, at: line.at + (within < MINUTE ? within : MINUTE - SECOND + number) };
  });
}

/** Rooms, staff rooms first, and everybody who is in them. */
function castLines(people: People, at: number): readonly StoryLine[] {
  const staffFirst = people.rooms.toSorted(
    (a, b) => Number(b.purpose === "staff") - Number(a.purpose === "staff"),
  );
  const rooms = staffFirst.map((room): StoryLine => {
    const { id: group, name, purpose, language, timeZone, look, staffRoom } = room;
    const bound = staffRoom === undefined ? {} : { staffRoom };
    return { kind: "group", group, at, name, purpose, language, timeZone, look, ...bound };
  });
  const joins = people.members.flatMap((member) =>
    member.rooms.map((room): StoryLine => {
      return { kind: "join", id: `join-${member.id}`, at, ...speaker(people, room, member.id) };
    }),
  );
  return [...rooms, ...joins];
}

/** Today by the calendar of the first room, and the afternoon at which the world begins. */
export function worldStart(
  people: People,
  realNow: number,
): { readonly today: string; readonly startAt: number } {
  const zone = people.rooms[0]?.timeZone ?? "Asia/Shanghai";
  const today = localDay(realNow, zone);
  return { today, startAt: instantOf(today, STARTS_AT, zone) };
}

const STARTS_AT = "17:30";
