import { FORMS, type Form, type Head, type HeadContext, isName, readHead } from "./line-heads.js";
import type { Doubt, RawLine, SaidTime } from "./pasted-line.js";
import { isSystemLine, readHeading, readMedia } from "./system-lines.js";
import { type DateOrder, readTime } from "./time-words.js";

/** Longest paste, UTF-16 units. */
export const LONGEST_PASTE = 2_000_000;
/** Longest single message; a chat program takes no longer ones. */
const LONGEST_MESSAGE = 20_000;
const LIST_TAG = /^ {0,4}# ?(?:接龙|group ?note)/i;
const LIST_ENTRY = /^ {0,4}\d{1,3} {0,2}[.)、．）,，:：]/;
const MARKUP = /^\s{0,4}<(?:\?xml|!doctype|!entity|msg|sysmsg|appmsg|html|svg)\b/i;

/** What the reading of a paste needs besides its text. */
export interface ReadOptions {
  readonly names?: ReadonlySet<string>;
  /** How a date such as 03/04/2026 is meant; found out when it is absent. */
  readonly order?: DateOrder;
}

/** A paste taken apart. */
export interface RawPaste {
  readonly form: Form | "list" | "none";
  readonly order: DateOrder;
  /** Dates could be read in either order. */
  readonly orderGuessed: boolean;
  readonly lines: readonly RawLine[];
}

/**
 * Takes pasted chat apart: which form it is in, who said what, what the chat program wrote itself,
 * and what belongs to nobody. Looks at nothing but the text. Linear in its length. Pure.
 */
export function readPaste(text: string, options: ReadOptions = {}): RawPaste {
  const lines = text
    .replaceAll("\u0000", "")
    .replaceAll(/\r\n?|\u2028|\u2029/g, "\n")
    .split("\n");
  const names = options.names ?? new Set();
  const { order, guessed } = dateOrderOf(lines, options.order);
  const context: HeadContext = { order, names };
  const first = lines.findIndex((line) => line.trim() !== "");
  if (first >= 0 && LIST_TAG.test(lines[first] ?? "")) {
    return { form: "list", order, orderGuessed: false, lines: wholeList(lines, first) };
  }
  const form = formOf(lines, context);
  const reader = new Reader(lines, form, context);
  return { form: form ?? "none", order, orderGuessed: guessed, lines: reader.read() };
}

const NUMBERS = /(?:^|[[\s])(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d{2})(?=[,\s\]])/;

/** One order for the whole paste: a number above 12 settles it. */
function dateOrderOf(
  lines: readonly string[],
  asked: DateOrder | undefined,
): { readonly order: DateOrder; readonly guessed: boolean } {
  if (asked !== undefined) return { order: asked, guessed: false };
  let seen = false;
  for (const line of lines) {
    const match = NUMBERS.exec(line.slice(0, 60));
    if (match === null) continue;
    seen = true;
    if (Number(match[1]) > 12) return { order: "day-first", guessed: false };
    if (Number(match[2]) > 12) return { order: "month-first", guessed: false };
  }
  return { order: "day-first", guessed: seen };
}

/** The form with the most heads; of equals the one that says most. */
function formOf(lines: readonly string[], context: HeadContext): Form | null {
  let best: { readonly form: Form; readonly score: number } | null = null;
  for (const form of FORMS) {
    if (form === "block" && best !== null) break;
    const score = scoreOf(form, lines, context);
    if (score > 0 && (best === null || score > best.score)) best = { form, score };
  }
  return best?.form ?? null;
}

function scoreOf(form: Form, lines: readonly string[], context: HeadContext): number {
  const heads: Head[] = [];
  let first: boolean | null = null;
  for (const [at, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const head = readHead(form, lines, at, context);
    if (head !== null) heads.push(head);
    if (head !== null || !isAside(line, context)) first ??= head !== null;
  }
  // A paragraph's first line is a name only where all paragraphs begin so.
  if (form === "block" && (heads.length < 2 || first !== true)) return 0;
  const named = heads.some(({ name }) => name !== null);
  return named ? heads.length * 2 + (first === true ? 3 : 0) : 0;
}

/** A time, a heading or a line of the program: no form has its heads there. */
function isAside(line: string, context: HeadContext): boolean {
  return readTimeLine(line, context) !== null || readHeading(line) !== null || isSystemLine(line);
}

function readTimeLine(line: string, { order }: HeadContext) {
  const bare = line.replace(/^[\s\-—–=]{1,40}/, "").replace(/[\s\-—–=]{1,40}$/, "");
  return bare === "" ? null : readTime(bare, order);
}

/** A list that nobody said: the whole paste is it. */
function wholeList(lines: readonly string[], first: number): readonly RawLine[] {
  const text = lines.slice(first).join("\n").trim();
  const [from, to] = [first + 1, lines.length];
  const base = { from, to, name: null, said: null, media: false };
  if (text.length > LONGEST_PASTE)
    return [{ ...base, kind: "unclear", text: "", doubts: ["too-long"] }];
  return [{ ...base, kind: "list", text, doubts: [] }];
}

interface Open {
  readonly head: Head;
  readonly from: number;
  to: number;
  readonly words: string[];
  readonly doubts: Set<Doubt>;
}

class Reader {
  readonly #lines: readonly string[];
  readonly #form: Form | null;
  readonly #context: HeadContext;
  readonly #out: RawLine[] = [];
  readonly #names: ReadonlySet<string>;
  #open: Open | null = null;
  /** Heads of this paste say their calendar day. */
  #dated = false;

  constructor(lines: readonly string[], form: Form | null, context: HeadContext) {
    this.#lines = lines;
    this.#form = form;
    this.#context = context;
    this.#names = form === "colon" ? this.#ownLineNames() : this.#headNames();
  }

  read(): readonly RawLine[] {
    for (let at = 0; at < this.#lines.length; at += 1) {
      if (this.#line(at)) at += 1;
    }
    this.#close();
    return this.#out;
  }

  /** Names that stand alone in their line, or more than once: `备注: …` inside a message does not. */
  #ownLineNames(): ReadonlySet<string> {
    const names = new Set(this.#context.names);
    const seen = new Map<string, number>();
    for (let at = 0; at < this.#lines.length; at += 1) {
      const head = readHead("colon", this.#lines, at, this.#context);
      if (head === null || head.name === null) continue;
      if (head.words === null) names.add(head.name);
      seen.set(head.name, (seen.get(head.name) ?? 0) + 1);
    }
    const ownLines = names.size > this.#context.names.size;
    for (const [name, count] of seen) if (!ownLines || count > 1) names.add(name);
    return names;
  }

  /** Names of heads that say a calendar day, where some do; else of all heads. */
  #headNames(): ReadonlySet<string> {
    const names = new Set(this.#context.names);
    if (this.#form === null) return names;
    for (let at = 0; at < this.#lines.length; at += 1) {
      const head = readHead(this.#form, this.#lines, at, this.#context);
      if (head === null || head.name === null) continue;
      if (head.said?.day !== undefined && "month" in head.said.day) this.#dated = true;
      if (head.said?.day !== undefined || this.#form !== "name-time") names.add(head.name);
    }
    return names;
  }

  /** Takes one line; true when it took the next one along. */
  #line(at: number): boolean {
    const line = this.#lines[at] ?? "";
    const head = this.#headAt(at, line);
    if (head !== null) return this.#begin(head, at);
    if (line.trim() === "") this.#open?.words.push("");
    else if (!this.#aside(line, at + 1)) this.#words(line, at + 1);
    return false;
  }

  /** The head that begins a message here; one that does not begin any leaves a doubt behind. */
  #headAt(at: number, line: string): Head | null {
    if (this.#form === null || this.#inList(line)) return null;
    const head = readHead(this.#form, this.#lines, at, this.#context);
    if (head !== null && this.#begins(head)) return head;
    if (head !== null || this.#namesSomebody(at)) this.#open?.doubts.add("inner-head");
    return null;
  }

  /** Words of the open message, or of nobody. */
  #words(line: string, number: number): void {
    if (this.#open !== null) {
      this.#open.words.push(line);
      this.#open.to = number;
      return;
    }
    const doubts: readonly Doubt[] = [MARKUP.test(line) ? "markup" : "no-sender"];
    this.#add({ kind: "unclear", from: number, to: number, text: line.trim(), doubts });
  }

  /** Somebody who speaks elsewhere seems to speak inside a message. */
  #namesSomebody(at: number): boolean {
    if (this.#form === "colon" || this.#open === null) return false;
    const name = readHead("colon", this.#lines, at, this.#context)?.name ?? null;
    return name !== null && this.#names.has(name);
  }

  /** Inside a #接龙 list `1. 王姐: 5` is an entry, and so is the example above it. */
  #inList(line: string): boolean {
    const words = this.#open?.words ?? [];
    const tagged = words.some((word) => LIST_TAG.test(word));
    return (
      tagged &&
      (LIST_ENTRY.test(line) ||
        (!words.some((word) => LIST_ENTRY.test(word)) &&
          this.#form === "colon" &&
          !this.#names.has(line.split(/[:：]/)[0]?.trim() ?? "")))
    );
  }

  #begins({ name, said }: Head): boolean {
    if (name === null || this.#open === null) return true;
    if (this.#form === "colon") return this.#names.has(name);
    // Among heads with a date, 「集合 19:30」 is what somebody said.
    const outOfStyle = this.#form === "name-time" && this.#dated && said?.day === undefined;
    return !outOfStyle || this.#names.has(name);
  }

  #begin(head: Head, at: number): boolean {
    this.#close();
    const { words, name, said } = head;
    const number = at + 1;
    if (name === null) {
      this.#add({ kind: "system", from: number, to: number, text: words ?? "", said });
      return false;
    }
    const below = this.#form === "time-below";
    this.#open = {
      head,
      from: number,
      to: below ? number + 1 : number,
      words: words === null ? [] : [words],
      doubts: new Set(),
    };
    return below;
  }

  /** A time, a heading or a line of the program between the messages. */
  #aside(line: string, number: number): boolean {
    const base = { from: number, to: number, text: line.trim() };
    const heading = readHeading(line);
    if (heading !== null) return this.#asideLine({ ...base, kind: "heading", text: heading });
    const said = this.#isBetween() ? this.#separatorTime(line) : null;
    if (said !== null) return this.#asideLine({ ...base, kind: "separator", said });
    return isSystemLine(line) && this.#asideLine({ ...base, kind: "system" });
  }

  /** Where heads say the time themselves, a line that is a time was said by somebody; a day was not. */
  #separatorTime(line: string): SaidTime | null {
    const said = readTimeLine(line, this.#context);
    if (this.#form === "bracket" || this.#form === "dash") return null;
    const untimed = this.#form === null || ["colon", "known-name", "block"].includes(this.#form);
    return untimed || said?.clock === undefined ? said : null;
  }

  /** A lone time right below a head would be the message itself. */
  #isBetween(): boolean {
    return this.#open === null || this.#open.words.some((word) => word.trim() !== "");
  }

  #asideLine(line: Pick<RawLine, "kind" | "from" | "to" | "text"> & Partial<RawLine>): true {
    this.#close();
    this.#add(line);
    return true;
  }

  #close(): void {
    const open = this.#open;
    this.#open = null;
    if (open === null) return;
    const { head, from, to } = open;
    const whole = open.words.join("\n").trim();
    const { media, text } = readMedia(whole);
    const doubts: Doubt[] = [...open.doubts];
    if (whole.length > LONGEST_MESSAGE) doubts.push("too-long");
    else if (MARKUP.test(whole)) doubts.push("markup");
    if (whole === "") {
      if (isName(head.name ?? ""))
        this.#add({ kind: "unclear", from, to, text: head.name ?? "", doubts: ["no-sender"] });
      return;
    }
    if (isSystemLine(whole) && !media)
      this.#add({ kind: "system", from, to, text: whole, said: head.said });
    else
      this.#add({
        kind: "message",
        from,
        to,
        text,
        media,
        doubts,
        name: head.name,
        said: head.said,
      });
  }

  #add(line: Pick<RawLine, "kind" | "from" | "to" | "text"> & Partial<RawLine>): void {
    this.#out.push({ name: null, said: null, media: false, doubts: [], ...line });
  }
}
