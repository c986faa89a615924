import { MINUTE, SECOND } from "#src/shared/clock.js";
import { stableId } from "#src/shared/ids.js";
import { RecentMap } from "#src/shared/recent-map.js";

/** A line as it is known by what it says, whatever id the puppet gave it. All ids are our own. */
export interface SaidLine {
  readonly conversationId: string;
  readonly memberId: string;
  /** As it came, before anything is read out of it; empty for pictures and the like. */
  readonly text: string;
  /** When it was said by WeChat's own clock, epoch ms (WeChat gives whole seconds). */
  readonly at: number;
}

/**
 * Two lines of one person in one room with the same words, said at most this far apart, are one line
 * that came twice. What counts is when they were said, not when they arrived: a repetition under a new
 * id has the time of the original (some puppets are a second or two off), however late it comes. Two
 * honest "+1" of one person are further apart than a double tap, and stay two lines. A double tap that
 * is taken for a repetition costs nothing: a member has one vote in a run, and a complaint said twice
 * in two seconds is one complaint.
 */
const SAME_MS = 2 * SECOND;
/** Repetitions come within minutes of the original: after a lost connection or a new log-in. */
const REMEMBERED_MS = 30 * MINUTE;
const MOST_LINES = 50_000;

interface Heard {
  readonly ats: readonly number[];
}

/** Notices lines that come again under a new id. Pictures and the like are known by their ids alone. */
export class RepeatedLines {
  readonly #heard = new RecentMap<Heard>(MOST_LINES);

  /** True when this line was heard before; otherwise it is remembered. Ids are no part of it. */
  isRepeat(line: SaidLine): boolean {
    if (line.text === "") return false;
    const key = stableId(line.conversationId, line.memberId, line.text);
    const before = this.#heard.get(key)?.ats ?? [];
    if (before.some((at) => Math.abs(line.at - at) <= SAME_MS)) return true;
    const ats = [...before.filter((at) => line.at - at < REMEMBERED_MS), line.at];
    this.#heard.set(key, { ats });
    return false;
  }

  /** The line could not be stored: when it comes again it is not a repetition. */
  forget(line: SaidLine): void {
    const key = stableId(line.conversationId, line.memberId, line.text);
    const ats = (this.#heard.get(key)?.ats ?? []).filter((at) => at !== line.at);
    this.#heard.set(key, { ats });
  }
}

/**
 * The id of the event that a line is: the same for the same words of the same person in the same second,
 * so that a repetition under new ids is refused by the inbox also after a restart. The message's own id
 * is fenced by the inbox besides. A line without words goes by the puppet's id.
 */
export function lineEventId(account: string, messageId: string, line: SaidLine): string {
  const { conversationId, memberId, text, at } = line;
  return text === ""
    ? `said:${stableId(account, messageId)}`
    : `line:${stableId(account, conversationId, memberId, text, Math.floor(at / SECOND))}`;
}
