import type { Example } from "./examples.js";

/** Share of complaints in the development haystack. */
const NEEDLES = 0.03;
/** One line of praise for this many lines of chat. */
const CHAT_PER_PRAISE = 6;
const SHORTEST = 4;
const LONGEST = 60;

/** Short enough to be a line of a chat. */
export function isShort({ text }: Example): boolean {
  return text.length >= SHORTEST && text.length <= LONGEST;
}

/** Evenly spaced members of a list. */
function spread<T>(rows: readonly T[], most: number): T[] {
  if (rows.length <= most) return [...rows];
  return Array.from({ length: most }, (_, at) => {
    const row = rows[Math.floor((at * rows.length) / most)];
    return row === undefined ? [] : [row];
  }).flat();
}

/** Chat with 3 % complaints of all public sources: what a quiet group looks like. */
export function haystackOf<Row extends { readonly example: Example }>(rows: readonly Row[]): Row[] {
  const short = rows.filter(
    ({ example }) => isShort(example) && example.group < 0 && example.kind !== "lines",
  );
  // Half-weighted negatives are known to hold complaints, so they are no fair hay.
  const hay = short.filter(
    ({ example }) => example.label === 0 && (example.weight >= 1 || example.kind === "service"),
  );
  const chat = hay.filter(({ example }) => example.kind !== "review");
  const praise = hay.filter(({ example }) => example.kind === "review");
  const straw = [...chat, ...spread(praise, Math.floor(chat.length / CHAT_PER_PRAISE))];
  const needles = short.filter(({ example }) => example.label === 1);
  return [...straw, ...spread(needles, Math.round((straw.length * NEEDLES) / (1 - NEEDLES)))];
}
