import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";

const decompress = promisify(brotliDecompress);

/** Inclusive ranges of code points. */
export type CharacterRanges = readonly (readonly [number, number])[];

const HEADER_BYTES = 48;
const TAG_CMAP = 0;
const TAG_GLYF = 10;
const TAG_LOCA = 11;
const TAG_OTHER = 63;

/**
 * The characters that a WOFF2 font really has a glyph for, from its character map (cmap formats 4
 * and 12). The ranges that a package states beside the file also name characters without one, which
 * draw as a crossed box. Rejects for bytes that are no such font.
 */
export async function charactersOf(font: Uint8Array): Promise<CharacterRanges> {
  const view = viewOf(font);
  if (view.getUint32(0) !== 0x774f4632) throw new RangeError("This is no WOFF2 font.");
  const { place, length, end } = findMap(view);
  const compressed = font.subarray(end, end + view.getUint32(20));
  const tables = await decompress(compressed);
  return readMap(viewOf(tables.subarray(place, place + length)));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Where the character map lies among the decompressed tables, and where the directory ends. */
function findMap(view: DataView): {
  readonly place: number;
  readonly length: number;
  readonly end: number;
} {
  const tables = view.getUint16(12);
  let at = HEADER_BYTES;
  let offset = 0;
  let found: { readonly place: number; readonly length: number } | null = null;
  const number = (): number => {
    let value = 0;
    for (let bytes = 0; bytes < 5; bytes += 1) {
      const byte = view.getUint8(at);
      at += 1;
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) break;
    }
    return value;
  };
  for (let index = 0; index < tables; index += 1) {
    const flags = view.getUint8(at);
    const tag = flags & 0x3f;
    at += tag === TAG_OTHER ? 5 : 1;
    const plain = number();
    const isShape = tag === TAG_GLYF || tag === TAG_LOCA;
    const isTransformed = isShape ? flags >> 6 !== 3 : flags >> 6 !== 0;
    const length = isTransformed ? number() : plain;
    if (tag === TAG_CMAP) found = { place: offset, length };
    offset += length;
  }
  if (found === null) throw new RangeError("This font has no character map.");
  return { ...found, end: at };
}

function readMap(map: DataView): CharacterRanges {
  const ranges: [number, number][] = [];
  for (let index = 0; index < map.getUint16(2); index += 1) {
    const start = map.getUint32(4 + index * 8 + 4);
    const format = map.getUint16(start);
    if (format === 12) ranges.push(...readGroups(map, start));
    if (format === 4) ranges.push(...readSegments(map, start));
  }
  return joined(ranges);
}

/** Format 12: groups of consecutive characters and glyphs. */
function readGroups(map: DataView, start: number): [number, number][] {
  return Array.from({ length: map.getUint32(start + 12) }, (_, index): [number, number] => {
    const group = start + 16 + index * 12;
    const first = map.getUint32(group);
    // Glyph 0 is the box for what is missing.
    return [map.getUint32(group + 8) === 0 ? first + 1 : first, map.getUint32(group + 4)];
  }).filter(([first, last]) => first <= last);
}

/** Format 4: segments of characters, by a difference or by a list of glyphs. */
function readSegments(map: DataView, start: number): [number, number][] {
  const bytes = map.getUint16(start + 6);
  const ends = start + 14;
  const starts = ends + bytes + 2;
  const ranges: [number, number][] = [];
  for (let at = 0; at < bytes; at += 2) {
    const last = map.getUint16(ends + at);
    const difference = map.getUint16(starts + bytes + at);
    const listAt = starts + 2 * bytes + at;
    const list = map.getUint16(listAt);
    const first = map.getUint16(starts + at);
    for (let character = first; character <= last && character !== 0xffff; character += 1) {
      const raw = list === 0 ? character : map.getUint16(listAt + list + 2 * (character - first));
      const glyph = list !== 0 && raw === 0 ? 0 : (raw + difference) & 0xffff;
      if (glyph !== 0) ranges.push([character, character]);
    }
  }
  return ranges;
}

/** Sorted, with neighbours made one. */
export function joined(ranges: CharacterRanges): CharacterRanges {
  const whole: [number, number][] = [];
  for (const [first, last] of ranges.toSorted(([a], [b]) => a - b)) {
    const before = whole.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else whole.push([first, last]);
  }
  return whole;
}

/** What lies in both; each of them sorted and without neighbours, as {@link joined} leaves them. */
export function both(some: CharacterRanges, others: CharacterRanges): CharacterRanges {
  const shared: [number, number][] = [];
  let index = 0;
  for (const [first, last] of some) {
    while (index < others.length && (others[index]?.[1] ?? 0) < first) index += 1;
    for (let at = index; at < others.length; at += 1) {
      const [from, to] = others[at] ?? [0, -1];
      if (from > last) break;
      shared.push([Math.max(first, from), Math.min(last, to)]);
    }
  }
  return shared;
}
