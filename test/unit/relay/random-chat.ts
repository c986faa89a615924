/** Numbers that look random and are the same in each run (xorshift). */
export function seeded(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4_294_967_296;
  };
}

/** One line of a made-up chat. */
export interface ChatLine {
  readonly name: string;
  readonly text: string;
  /** Minutes since the chat began. */
  readonly minute: number;
}

const NAMES = ["张阿姨", "李叔", "王姐"];
/** Mostly what people say again and again. */
const TEXTS = ["1", "1", "1", "ok", "收到", "好", "+1", "到了吗", "[强]"];

export function pick<Item>(random: () => number, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}

/** A chat in which short lines come back all the time. */
export function randomChat(random: () => number, length: number): readonly ChatLine[] {
  const lines: ChatLine[] = [];
  let minute = 0;
  for (let index = 0; index < length; index += 1) {
    if (random() < 0.6) minute += Math.floor(random() * 3);
    lines.push({ name: pick(random, NAMES), text: pick(random, TEXTS), minute });
  }
  return lines;
}

/** A stretch of a chat: lines from `begin` up to `end`, which is not in it. */
export interface Piece {
  readonly begin: number;
  readonly end: number;
}

export type Same = (a: ChatLine, b: ChatLine) => boolean;

/** Cuts a chat into overlapping pieces that cover it, each of two lines or more. */
export function overlappingPieces(random: () => number, length: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let begin = 0;
  for (;;) {
    const least = (pieces.at(-1)?.end ?? begin + 1) + 1;
    const end = Math.min(length, Math.max(least, begin + 2 + Math.floor(random() * 12)));
    pieces.push({ begin, end });
    if (end === length) return pieces;
    begin = Math.max(begin + 1, end - 1 - Math.floor(random() * 4));
  }
}

/**
 * True when it can be told how the two lie: they agree along their true overlap and along no longer
 * one. (Of "1" and "1, 1" by one person in one minute nobody could say how often it was said.)
 */
export function isTold(chat: readonly ChatLine[], a: Piece, b: Piece, same: Same): boolean {
  const truth = Math.max(0, Math.min(a.end, b.end) - Math.max(a.begin, b.begin));
  const lengths = { a: a.end - a.begin, b: b.end - b.begin };
  for (let shift = 1 - lengths.b; shift < lengths.a; shift += 1) {
    const from = Math.max(0, shift);
    const to = Math.min(lengths.a, shift + lengths.b);
    if (to - from < truth || (to - from === truth && shift === b.begin - a.begin)) continue;
    let agrees = true;
    for (let at = from; agrees && at < to; at += 1) {
      const [one, other] = [chat[a.begin + at], chat[b.begin + at - shift]];
      agrees = one !== undefined && other !== undefined && same(one, other);
    }
    if (agrees) return false;
  }
  return true;
}

/** The same items in another order. */
export function shuffled<Item>(random: () => number, items: readonly Item[]): readonly Item[] {
  const left = [...items];
  const out: Item[] = [];
  while (left.length > 0) out.push(...left.splice(Math.floor(random() * left.length), 1));
  return out;
}
