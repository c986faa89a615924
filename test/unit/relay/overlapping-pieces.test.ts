import { describe, expect, it } from "vitest";
import type { PastedLine } from "#adapters/relay/pasted-line.js";
import { readPaste } from "#adapters/relay/read-paste.js";
import { groupPlace } from "#adapters/relay/relay-places.js";
import { settleTimes } from "#adapters/relay/settle-times.js";
import type { RelayLine } from "#entities/index.js";
import { recognise } from "#src/app/relay-known.js";
import { NOW, shanghai } from "./paste-scene.js";
import {
  type ChatLine,
  isTold,
  overlappingPieces,
  type Piece,
  randomChat,
  type Same,
  seeded,
  shuffled,
} from "./random-chat.js";

const context = {
  group: groupPlace("阳光花园团购群"),
  botNames: [],
  isOwn: () => false,
  staff: new Set<string>(),
  paster: { name: "店员" },
};

function linesOf(text: string): readonly PastedLine[] {
  const raw = readPaste(text);
  const settled = settleTimes(raw.lines, {
    calendar: shanghai,
    now: NOW,
    oldestMs: 31 * 86_400_000,
  });
  return settled.map((line) => ({ ...line, section: 0 }));
}

/** What is known after these texts were pasted one after the other. */
function pasted(texts: readonly string[]): readonly RelayLine[] {
  let rows: readonly RelayLine[] = [];
  for (const text of texts) {
    const found = recognise(rows, linesOf(text), context);
    const joins = new Map(found.joins.map(({ id, previous }) => [id, previous]));
    rows = [...rows, ...found.rows].map((row) => ({
      ...row,
      previous: joins.get(row.id) ?? row.previous,
    }));
  }
  return rows;
}

function idsOf(rows: readonly RelayLine[]): readonly string[] {
  return rows.map(({ id }) => id).toSorted();
}

function clock(minute: number): string {
  const all = 9 * 60 + minute;
  return `${String(Math.floor(all / 60)).padStart(2, "0")}:${String(all % 60).padStart(2, "0")}`;
}

const timed = (lines: readonly ChatLine[]): string =>
  lines
    .map(({ name, text, minute }) => `${name} 2026/11/20 ${clock(minute)}\n${text}`)
    .join("\n\n");
const untimed = (lines: readonly ChatLine[]): string =>
  lines.map(({ name, text }) => `${name}:\n${text}`).join("\n\n");

const sameMinute: Same = (a, b) => a.name === b.name && a.text === b.text && a.minute === b.minute;
const sameWords: Same = (a, b) => a.name === b.name && a.text === b.text;

/** Chats with a cut that can be told, and what each needed to be found. */
function scenes(
  count: number,
  told: (chat: readonly ChatLine[], pieces: readonly Piece[]) => boolean,
): readonly {
  readonly random: () => number;
  readonly chat: readonly ChatLine[];
  readonly pieces: readonly Piece[];
}[] {
  const found = [];
  for (let seed = 1; found.length < count; seed += 1) {
    const random = seeded(seed);
    const chat = randomChat(random, 8 + Math.floor(random() * 32));
    const pieces = overlappingPieces(random, chat.length);
    if (told(chat, pieces)) found.push({ random, chat, pieces });
  }
  return found;
}

const RUNS = 80;

describe("overlapping pieces of a chat full of repetitions", () => {
  it("with times: any pieces in any order, some twice, are known as the whole is", () => {
    const told = (chat: readonly ChatLine[], pieces: readonly Piece[]): boolean =>
      pieces.every((a, at) => pieces.slice(at + 1).every((b) => isTold(chat, a, b, sameMinute)));
    for (const { random, chat, pieces } of scenes(RUNS, told)) {
      const texts = pieces.map(({ begin, end }) => timed(chat.slice(begin, end)));
      const order = shuffled(random, [...texts, texts[0] ?? ""]);
      const whole = idsOf(pasted([timed(chat)]));
      expect(whole).toHaveLength(chat.length);
      expect(idsOf(pasted(order))).toEqual(whole);
    }
  });

  it("without times: pieces in their order, some twice, are known as the whole is", () => {
    const told = (chat: readonly ChatLine[], pieces: readonly Piece[]): boolean =>
      pieces.every(
        (piece, at) =>
          at === 0 || isTold(chat, { begin: 0, end: pieces[at - 1]?.end ?? 0 }, piece, sameWords),
      );
    for (const { random, chat, pieces } of scenes(RUNS, told)) {
      const texts = pieces.flatMap(({ begin, end }) => {
        const text = untimed(chat.slice(begin, end));
        return random() < 0.3 ? [text, text] : [text];
      });
      const whole = idsOf(pasted([untimed(chat)]));
      expect(whole).toHaveLength(chat.length);
      expect(idsOf(pasted(texts))).toEqual(whole);
    }
  });
});
