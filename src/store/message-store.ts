import { Message } from "#entities/index.js";
import { type MessageRef, messageKey } from "#src/platform/conversation.js";
import { stableId } from "#src/shared/ids.js";
import type { Session } from "./session.js";
import { Table } from "./table.js";

/** How many earlier lines of a group a verdict may look at. */
export const CONTEXT_LINES = 20;

const MOST_GROUPS = 2_000;

/**
 * The last lines of each group as the last commit left them. Only a process that is alone with its
 * store may keep them; anything but adding a line forgets them all.
 */
export class RecentLines {
  readonly #groups = new Map<string, readonly Message[]>();

  get(groupId: string): readonly Message[] | undefined {
    return this.#groups.get(groupId);
  }

  keep(groupId: string, lines: readonly Message[]): void {
    this.#groups.delete(groupId);
    this.#groups.set(groupId, lines);
    if (this.#groups.size <= MOST_GROUPS) return;
    const [oldest] = this.#groups.keys();
    if (oldest !== undefined) this.#groups.delete(oldest);
  }

  clear(): void {
    this.#groups.clear();
  }
}

/** Puts a line where the query would put it, so that a batch that was cut elsewhere sees the same context. */
function append(lines: Message[], line: Message): void {
  let at = lines.length;
  while (at > 0 && isBefore(line, lines[at - 1])) at -= 1;
  lines.splice(at, 0, line);
  if (lines.length > CONTEXT_LINES) lines.shift();
}

function isBefore(line: Message, other: Message | undefined): boolean {
  if (other === undefined) return false;
  return (line.sentAt - other.sentAt || line.arrival - other.arrival) < 0;
}

/** Judged messages: written in bulk at the end of a transaction, with the recent ones at hand. */
export class MessageStore {
  readonly #rows: Table<Message>;
  readonly #session: Session;
  readonly #shared: RecentLines | undefined;
  readonly #recent = new Map<string, Message[]>();
  #waiting: Message[] = [];
  #touched = false;
  #arrival = 0;

  constructor(session: Session, shared?: RecentLines) {
    this.#session = session;
    this.#shared = shared;
    this.#rows = new Table(session, Message);
  }

  /** The rows themselves; whoever changes them may change what the context would say. */
  get rows(): Table<Message> {
    this.#touched = true;
    return this.#rows;
  }

  /** Id of the row of a message, judged or not. */
  idOf(message: MessageRef): string {
    return stableId("message", messageKey(message));
  }

  /** The row of a message that was judged, also while it waits to be written; null when it was not. */
  async judged(message: MessageRef): Promise<Message | null> {
    await this.flush();
    return this.rows.first({ id: this.idOf(message) });
  }

  /** Tells which event of the inbox is handled now: lines of one instant keep the order they came in. */
  arriving(seq: number): void {
    this.#arrival = seq;
  }

  /** Keeps a message; it is written with the others when the transaction flushes. */
  add(line: Omit<Message, "arrival">): void {
    const message = { ...line, arrival: this.#arrival };
    this.#waiting.push(message);
    const recent = this.#recent.get(message.groupId);
    if (recent !== undefined) append(recent, message);
    // What the next transaction would be handed on lacks this line.
    else this.#touched = true;
  }

  /** The last lines of a group whose text is still there, oldest first. */
  async recent(groupId: string, since: number): Promise<readonly Message[]> {
    let recent = this.#recent.get(groupId);
    if (recent === undefined) {
      const shared = this.#shared?.get(groupId);
      recent = shared === undefined ? await this.#load(groupId) : [...shared];
      this.#recent.set(groupId, recent);
    }
    const first = recent.findIndex((row) => row.sentAt >= since);
    return first < 0 ? [] : recent.slice(first);
  }

  /** Whoever asks first, with whatever bound: the same lines are kept for all. */
  async #load(groupId: string): Promise<Message[]> {
    const rows = await this.#rows.find(
      { groupId },
      { order: { sentAt: "desc", arrival: "desc" }, limit: CONTEXT_LINES },
    );
    const lines = rows.filter((row) => row.text !== null).toReversed();
    for (const line of this.#waiting) if (line.groupId === groupId) append(lines, line);
    return lines;
  }

  /** Hands the recent lines on to the next transaction; to be called after the commit. */
  share(): void {
    if (this.#shared === undefined) return;
    if (this.#touched) this.#shared.clear();
    else for (const [groupId, lines] of this.#recent) this.#shared.keep(groupId, lines);
  }

  /** Drops texts of ordinary messages that are older than `before`; returns how many. */
  async sweepTexts(before: number): Promise<number> {
    this.#touched = true;
    return this.#session.change(
      `UPDATE "message" SET "text" = NULL WHERE "text" IS NOT NULL AND "sentAt" < ?`,
      [before],
    );
  }

  async flush(): Promise<void> {
    const rows = this.#waiting;
    this.#waiting = [];
    if (rows.length > 0)
      await this.#session.insert(this.#session.shape(Message), rows, {
        onConflict: { kind: "ignore" },
      });
  }
}
