import { type AlignedLine, alignLines, type KnownLine } from "#adapters/relay/align-lines.js";
import type { PastedLine } from "#adapters/relay/pasted-line.js";
import { isHandedIn } from "#adapters/relay/pasted-line.js";
import { authorOf, type EventContext, lineIdOf, markOf } from "#adapters/relay/relay-events.js";
import type { RelayLine, TrayItem } from "#entities/index.js";
import type { Author } from "#src/platform/inbound-event.js";
import { memberId } from "#src/store/directory-store.js";
import type { Transaction } from "#src/store/transaction.js";

/** Words of this many characters are hardly said twice by one person. */
const TELLING = 8;

/** A line of a paste with what it is in the store. */
export interface KnownOrNew {
  readonly line: PastedLine;
  readonly author: Author;
  /** Null for what is not kept: lines of the program, lines without a sender. */
  readonly id: string | null;
  /** It came with an earlier paste. */
  readonly known: boolean;
}

/** What a paste adds to what is known. */
export interface Recognised {
  readonly lines: readonly KnownOrNew[];
  readonly rows: readonly RelayLine[];
  /** Known lines that are now seen to follow another line. */
  readonly joins: readonly { readonly id: string; readonly previous: string }[];
}

function isKept(line: PastedLine): boolean {
  return line.kind === "own" || isHandedIn(line);
}

/** Tells repetitions from what is new, and gives new lines their ids. */
export async function recogniseLines(
  tx: Transaction,
  lines: readonly PastedLine[],
  context: EventContext,
): Promise<Recognised> {
  const place = context.group.conversationId;
  return recognise(
    await tx.relayLines.find({ place }, { order: { at: "asc", id: "asc" } }),
    lines,
    context,
  );
}

/** As {@link recogniseLines}, from the rows that are known. Pure. */
export function recognise(
  rows: readonly RelayLine[],
  lines: readonly PastedLine[],
  context: EventContext,
): Recognised {
  const kept = lines.filter(isKept).map((line) => {
    const author = authorOf(line, context);
    return { line, author, mark: markOf(line, author) };
  });
  const found = alignLines(
    kept.map(
      ({ line, mark }): AlignedLine => ({ mark, time: line.time, telling: isTelling(line) }),
    ),
    rows.map(knownLine),
  );
  const ledger = new Ledger(context.group.conversationId, rows);
  const ids = new Map<PastedLine, { readonly id: string; readonly known: boolean }>();
  for (const [index, { line, author, mark }] of kept.entries()) {
    const id = found[index] ?? null;
    if (id !== null) ledger.met(id);
    ids.set(
      line,
      id === null ? { id: ledger.add(line, author, mark), known: false } : { id, known: true },
    );
  }
  return {
    lines: lines.map((line) => {
      const one = ids.get(line);
      return {
        line,
        author: authorOf(line, context),
        id: one?.id ?? null,
        known: one?.known ?? false,
      };
    }),
    rows: ledger.added,
    joins: ledger.joins,
  };
}

function isTelling({ text, media }: PastedLine): boolean {
  return !media && [...text].length >= TELLING;
}

function knownLine({ id, mark, previous, at, until, sure }: RelayLine): KnownLine {
  return { id, mark, previous, time: { from: at, until, sure } };
}

/** The lines of a group, growing along a paste. */
class Ledger {
  readonly added: RelayLine[] = [];
  readonly #place: string;
  readonly #previous: Map<string, string | null>;
  readonly #counts = new Map<string, number>();
  readonly #taken: Set<string>;
  readonly #joins = new Map<string, string>();
  #last: string | null = null;
  /** The known line that the new ones since then follow. */
  #lastKnown: string | null = null;

  constructor(place: string, rows: readonly RelayLine[]) {
    this.#place = place;
    this.#previous = new Map(rows.map(({ id, previous }) => [id, previous]));
    this.#taken = new Set(rows.map(({ id }) => id));
  }

  get joins(): readonly { readonly id: string; readonly previous: string }[] {
    return [...this.#joins].map(([id, previous]) => ({ id, previous }));
  }

  add(line: PastedLine, author: Author, mark: string): string {
    const { from, until, sure, key } = line.time;
    const same = `${mark}/${key}`;
    let ordinal = this.#counts.get(same) ?? 0;
    while (this.#taken.has(lineIdOf(mark, line.time, ordinal))) ordinal += 1;
    this.#counts.set(same, ordinal + 1);
    const id = lineIdOf(mark, line.time, ordinal);
    this.#taken.add(id);
    this.#previous.set(id, this.#last);
    this.added.push({
      id,
      place: this.#place,
      memberId: memberId(author),
      mark,
      previous: this.#last,
      at: from,
      until,
      sure,
      timeKey: key,
    });
    this.#last = id;
    return id;
  }

  /** The paste goes on with a line that is known. */
  met(id: string): void {
    const previous = this.#previous.get(id) ?? null;
    const follows = previous === null || previous === this.#lastKnown;
    if (
      this.#last !== null &&
      this.#last !== previous &&
      follows &&
      !this.#leadsTo(this.#last, id)
    ) {
      this.#previous.set(id, this.#last);
      this.#joins.set(id, this.#last);
    }
    this.#last = id;
    this.#lastKnown = id;
  }

  /** True when `id` stands before `from` in the same stretch: joining would close a ring. */
  #leadsTo(from: string, id: string): boolean {
    for (let at: string | null = from; at !== null; at = this.#previous.get(at) ?? null) {
      if (at === id) return true;
    }
    return false;
  }
}

/** Keeps what a paste added. */
export async function keepRecognised(
  tx: Transaction,
  { rows, joins }: Pick<Recognised, "rows" | "joins">,
): Promise<void> {
  await tx.relayLines.insertNew([...rows], "id");
  for (const { id, previous } of joins) await tx.relayLines.update({ id }, { previous });
}

const SHORTEST_OWN = 8;
const SHORTEST_QUOTE = 4;

/** What the bot gave out to a group, to know it again when it comes back in a paste. */
export class OwnWords {
  readonly #items: readonly { readonly essence: string; readonly putAt: number }[];

  constructor(items: readonly Pick<TrayItem, "text" | "putAt">[]) {
    this.#items = items.flatMap(({ text, putAt }) =>
      text === null ? [] : [{ essence: essenceOf(text), putAt }],
    );
  }

  /** When the text that this one repeats was given out, epoch ms; null for any other text. */
  since(text: string): number | null {
    const essence = essenceOf(text);
    if (essence.length < SHORTEST_OWN) return null;
    const item = this.#items.find(
      (one) =>
        one.essence === essence ||
        (one.essence.length >= SHORTEST_OWN && essence.startsWith(one.essence)) ||
        (essence.length >= 2 * SHORTEST_OWN && one.essence.startsWith(essence)),
    );
    return item?.putAt ?? null;
  }

  /** True when these words, perhaps cut off, are quoted from something that was given out. */
  quotes(text: string): boolean {
    const essence = essenceOf(text);
    return (
      essence.length >= SHORTEST_QUOTE && this.#items.some((one) => one.essence.startsWith(essence))
    );
  }
}

const LONGEST_ESSENCE = 400;

function essenceOf(text: string): string {
  return text
    .slice(0, LONGEST_ESSENCE * 3)
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "")
    .slice(0, LONGEST_ESSENCE);
}
