const LONGEST = 60;
const MASK = "…";
/** Telephone, order and bank numbers, with the blanks and hyphens that people put between. */
const LONG_NUMBER = /\+?\d(?:[\d -]{5,30})\d/gu;
const DAY = /^\d{4}-\d{1,2}-\d{1,2}$/u;
const HANDLE = /[@＠][^\s@＠，。,.!！?？;；]{1,32}/gu;
const MAIL = /[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,32}){1,4}/gu;

function maskNumber(found: string): string {
  if (DAY.test(found)) return found;
  let digits = 0;
  for (const letter of found) if (letter >= "0" && letter <= "9") digits += 1;
  return digits >= 7 ? MASK : found;
}

/** One line of words, cut to 60 characters, with mail addresses, mentions and long numbers taken out. */
export function withoutPersonal(words: string, longest: number = LONGEST): string {
  const line = oneLine(words.slice(0, 1_000))
    .replace(MAIL, MASK)
    .replace(HANDLE, MASK)
    .replace(LONG_NUMBER, maskNumber);
  const letters = [...line];
  if (letters.length <= longest) return withoutColon(line);
  return `${letters.slice(0, longest - 1).join("")}…`;
}

function oneLine(words: string): string {
  return words
    .split(/\s/u)
    .filter((piece) => piece !== "")
    .join(" ");
}

/** A line of a group post never ends with a colon: WeChat clients take what follows for a quote. */
function withoutColon(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ":" || line[end - 1] === "：")) end -= 1;
  return line.slice(0, end);
}
