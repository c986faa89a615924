const ENCODER = new TextEncoder();
const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Length of a text as it travels, bytes of UTF-8. */
export function byteLength(text: string): number {
  return ENCODER.encode(text).length;
}

function bytesOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x1_00_00 ? 3 : 4;
}

/** The greatest index at which a text may be cut so that its head has at most `most` bytes. */
function headEnd(text: string, most: number): number {
  let bytes = 0;
  let index = 0;
  for (const character of text) {
    bytes += bytesOf(character.codePointAt(0) ?? 0);
    if (bytes > most) return index;
    index += character.length;
  }
  return index;
}

/** The same, without parting what is seen as one sign (a family, a flag), unless it is longer than a piece. */
function signEnd(text: string, end: number): number {
  const sign = GRAPHEMES.segment(text).containing(end);
  return sign === undefined || sign.index === 0 ? end : sign.index;
}

/**
 * The text in pieces of at most `most` bytes (4 or more), parted at line ends where one is in the
 * second half of a piece, else between two signs. The line end at a parting is left out.
 */
export function bytePieces(text: string, most: number): readonly string[] {
  const pieces: string[] = [];
  let rest = text;
  for (;;) {
    const end = headEnd(rest, most);
    if (end === rest.length) return [...pieces, rest];
    const line = rest.lastIndexOf("\n", end);
    const atLine = line > end / 2;
    const cut = atLine ? line : signEnd(rest, end);
    pieces.push(rest.slice(0, cut));
    rest = rest.slice(atLine ? cut + 1 : cut);
  }
}
