import { emojiOf } from "./emoji-names.js";

/** How references in a text are shown. */
export interface TextNames {
  /** The name that the bot is called by, without the @. */
  readonly botName: string;
  readonly botUserId: string;
  /** A user's display name; empty when it is not known. */
  readonly nameOf: (user: string) => string;
}

const LONGEST_REFERENCE = 3_000;
const EMOJI_NAME = /:([a-z0-9_+'-]{1,60}(?:::skin-tone-[2-6])?):/g;

function unescape(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function shownUser(user: string, label: string, names: TextNames): string {
  if (user === names.botUserId) return `@${names.botName}`;
  const name = names.nameOf(user);
  if (name !== "") return `@${name}`;
  return `@${label === "" ? user : label}`;
}

/** What `<!here>` or `<!date^…|Friday>` says: calls to everybody keep their word, others their label. */
function shownSpecial(word: string, label: string): string {
  const [bare = ""] = word.split("^");
  const toAll = bare === "channel" || bare === "here" || bare === "everyone";
  return label === "" || toAll ? `@${bare}` : label;
}

/** What a reference such as `<@U1>`, `<#C1|name>` or `<https://x|label>` says to a reader. */
function shownReference(inner: string, names: TextNames): string {
  const bar = inner.indexOf("|");
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? "" : inner.slice(bar + 1);
  const rest = target.slice(1);
  switch (target[0]) {
    case "@":
      return shownUser(rest, label, names);
    case "#":
      return `#${label === "" ? rest : label}`;
    case "!":
      return shownSpecial(rest, label);
    default: {
      const address = target.replace(/^(?:mailto|tel):/, "");
      return label === "" || label === address ? address : `${label} ${address}`;
    }
  }
}

function withEmoji(text: string): string {
  return text.replace(EMOJI_NAME, (written, name: string) => emojiOf(name) ?? written);
}

/**
 * A message of Slack as the person typed it: references as names, entities as characters, common
 * `:emoji:` as emoji. One pass over the text; what looks like a reference and is none stays as it is.
 */
export function plainText(raw: string, names: TextNames): string {
  let shown = "";
  let from = 0;
  for (;;) {
    const open = raw.indexOf("<", from);
    if (open < 0) break;
    const close = raw.indexOf(">", open);
    if (close < 0 || close - open > LONGEST_REFERENCE) break;
    shown += withEmoji(unescape(raw.slice(from, open)));
    shown += unescape(shownReference(raw.slice(open + 1, close), names));
    from = close + 1;
  }
  return shown + withEmoji(unescape(raw.slice(from)));
}

/** Text for a field that Slack reads as markup: nothing in it can mention, link or format by entity. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/**
 * Text without what would turn a reader's screen around or leave it: control characters but line ends
 * and tabs, and the marks that reverse the direction of writing.
 */
export function withoutControls(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, (mark) =>
      mark === "\n" || mark === "\t" ? mark : "",
    );
}

/** True when the text calls the bot by its id. */
export function mentionsUser(raw: string, user: string): boolean {
  return raw.includes(`<@${user}>`) || raw.includes(`<@${user}|`);
}
