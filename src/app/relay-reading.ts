import { basename } from "node:path";
import { type Decoded, decodeUpload } from "#adapters/relay/decode-upload.js";
import { type Doubt, isHandedIn, type PastedLine } from "#adapters/relay/pasted-line.js";
import { LONGEST_PASTE, type RawPaste, readPaste } from "#adapters/relay/read-paste.js";
import { OLDEST_PASTED_MS } from "#adapters/relay/relay-adapter.js";
import { type EventContext, isOrder } from "#adapters/relay/relay-events.js";
import { plainName } from "#adapters/relay/relay-places.js";
import { findSections, type Section } from "#adapters/relay/sections.js";
import { type Calendar, settleTimes } from "#adapters/relay/settle-times.js";
import type { DateOrder } from "#adapters/relay/time-words.js";
import type { Group } from "#entities/index.js";
import type { PreviewRequest } from "#src/console/contract/relay.js";
import { addLocalDays, instantOf, isLocalDay, localDay } from "#src/scheduling/zoned-time.js";
import { AppError } from "#src/shared/app-error.js";
import type { OwnWords } from "./relay-known.js";

/** Most lines of one paste: a preview tries them all out, and holds the store for about 2 ms a line. */
const MOST_LINES = 2_000;
const LONGEST_FILE_NAME = 120;

/** A paste with everything that can be told without the store. */
export interface Reading {
  readonly raw: RawPaste;
  readonly fileName: string | null;
  readonly decoded: Decoded | null;
  readonly sections: readonly Section[];
  /** Which conversations belong to the group has to be said first. */
  readonly asksSections: boolean;
  readonly lines: readonly PastedLine[];
}

/** What a paste is read by. */
export interface ReadingContext {
  readonly group: Group;
  readonly now: number;
  /** Display names that are known in the group. */
  readonly names: ReadonlySet<string>;
  readonly own: OwnWords;
  readonly events: EventContext;
}

/**
 * Reads a paste or an upload. Throws `invalid-input` naming the field for a text that is empty, too
 * long, or of too many lines, and for a day that is none.
 */
export function readRequest(request: PreviewRequest, context: ReadingContext): Reading {
  const words = textOf(request);
  const read = (order: DateOrder | undefined): Reading =>
    readIn(words, { request, order, context });
  const first = read(request.dateOrder);
  if (!first.raw.orderGuessed) return first;
  // Of two ways to read the dates, the one that has more of them in the recent past.
  const other = read("month-first");
  const better = other.lines.filter(isHandedIn).length > first.lines.filter(isHandedIn).length;
  return better ? { ...other, raw: { ...other.raw, orderGuessed: true } } : first;
}

interface Words {
  readonly text: string;
  readonly decoded: Decoded | null;
  readonly fileName: string | null;
}

function readIn(
  { text, decoded, fileName }: Words,
  order: {
    readonly request: PreviewRequest;
    readonly order: DateOrder | undefined;
    readonly context: ReadingContext;
  },
): Reading {
  const { request, context } = order;
  const raw = readPaste(text, {
    names: context.names,
    ...(order.order === undefined ? {} : { order: order.order }),
  });
  if (raw.lines.length > MOST_LINES) {
    throw new AppError("invalid-input", `The paste has ${String(raw.lines.length)} lines.`, {
      field: "text",
      expected: `at most ${String(MOST_LINES)} messages at once; paste it in overlapping pieces`,
    });
  }
  const sections = findSections(raw.lines);
  const foreign =
    sections.length > 1 || sections.some(({ title }) => isOther(title, context.group));
  const chosen = request.sections;
  const lines = sections.flatMap((section, index) => {
    const mine = foreign ? chosen?.includes(index) === true : true;
    return settle(raw, section, { index, mine, request, context });
  });
  return {
    raw,
    fileName,
    decoded,
    sections,
    asksSections: foreign && chosen === undefined,
    lines,
  };
}

function textOf(request: PreviewRequest): Words {
  const { file, text = "" } = request;
  const decoded = file === undefined ? null : decodeUpload(Buffer.from(file.base64, "base64"));
  const words = decoded?.text ?? text;
  const field = file === undefined ? "text" : "file";
  if (words.trim() === "") {
    throw new AppError("invalid-input", "There is nothing in it to read.", {
      field,
      expected: "chat as it was copied, a #接龙 list, or an exported text file",
    });
  }
  if (words.length > LONGEST_PASTE) {
    throw new AppError("invalid-input", "The text is too long for one paste.", {
      field,
      expected: `at most ${String(LONGEST_PASTE)} characters; paste it in overlapping pieces`,
    });
  }
  if (request.day !== undefined && !isLocalDay(request.day)) {
    throw new AppError("invalid-input", "This is not a day of the calendar.", {
      field: "day",
      expected: "a day such as 2026-11-20",
    });
  }
  return { text: words, decoded, fileName: file === undefined ? null : shownName(file.name) };
}

/** A name to show, never a path to open. */
function shownName(name: string): string {
  const plain = basename(name.replaceAll("\\", "/")).replaceAll(/[\p{Cc}\p{Cf}]/gu, "");
  return plain.slice(0, LONGEST_FILE_NAME);
}

function essence(text: string): string {
  return plainName(text)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/** A heading that names another group; programs add the number of members behind the name. */
function isOther(title: string | null, group: Group): boolean {
  if (title === null) return false;
  const [said, name] = [essence(title), essence(group.name)];
  return said !== "" && !said.startsWith(name) && !name.startsWith(said);
}

interface Settling {
  readonly index: number;
  readonly mine: boolean;
  readonly request: PreviewRequest;
  readonly context: ReadingContext;
}

function settle(
  raw: RawPaste,
  { begin, end }: Section,
  { index, mine, request, context }: Settling,
): readonly PastedLine[] {
  const { group, now, own } = context;
  const settled = settleTimes(raw.lines.slice(begin, end), {
    calendar: calendarOf(group.timeZone),
    now,
    oldestMs: OLDEST_PASTED_MS,
    ownSince: (text) => own.since(text),
    ...(request.day === undefined ? {} : { day: request.day }),
  });
  return settled.map((line) => ({
    ...line,
    section: index,
    doubts: doubtsOf(line, { raw, mine, context }),
  }));
}

function doubtsOf(
  line: Omit<PastedLine, "section">,
  { raw, mine, context }: Pick<Settling, "mine" | "context"> & { readonly raw: RawPaste },
): readonly Doubt[] {
  const doubts = [...line.doubts];
  const { staff, botNames } = context.events;
  const byStaff = line.name !== null && staff.has(plainName(line.name));
  if (line.kind === "message" && byStaff && isOrder(line.text, botNames))
    doubts.push("staff-command");
  if (raw.orderGuessed && line.kind === "message") doubts.push("date-order");
  if (!mine && (line.kind === "message" || line.kind === "list")) doubts.push("other-group");
  return doubts;
}

function calendarOf(zone: string): Calendar {
  return {
    dayOf: (instant) => localDay(instant, zone),
    instantOf: (day, time) => instantOf(day, time, zone),
    addDays: addLocalDays,
  };
}
