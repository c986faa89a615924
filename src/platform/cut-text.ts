const CUT_MARK = "…";

/** Where a text may be cut at `end` without leaving half a character. */
function safeEnd(text: string, end: number): number {
  const last = text.charCodeAt(end - 1);
  return end < text.length && last >= 0xd800 && last <= 0xdbff ? end - 1 : end;
}

/** The text in at most `most` UTF-16 units, with an ellipsis where something was left out. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  return text.slice(0, safeEnd(text, most - CUT_MARK.length)) + CUT_MARK;
}

/** The text in pieces of at most `most` UTF-16 units, parted at line ends where one is near. */
export function piecesOf(text: string, most: number): readonly string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const line = rest.lastIndexOf("\n", most);
    const end = line > most / 2 ? line : safeEnd(rest, most);
    pieces.push(rest.slice(0, end));
    rest = line > most / 2 ? rest.slice(end + 1) : rest.slice(end);
  }
  if (rest !== "" || pieces.length === 0) pieces.push(rest);
  return pieces;
}
