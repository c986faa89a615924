/** Signs that would mean something in a webhook's markdown, and the ones that look alike and do not. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  "<": "＜",
  ">": "＞",
  "*": "＊",
  "`": "｀",
  "[": "［",
  "]": "］",
};

/**
 * A text as markdown that shows it as it is: no mention, link, colour, quote or heading comes out of
 * anybody's words. The markdown of webhooks knows no escaping, so active signs become full-width ones.
 */
export function plainMarkdown(text: string): string {
  return text
    .replaceAll(/[<>*`[\]]/g, (sign) => LOOK_ALIKES[sign] ?? sign)
    .replaceAll(/^(#{1,6})(?=[ \t])/gm, (marks) => "＃".repeat(marks.length));
}
