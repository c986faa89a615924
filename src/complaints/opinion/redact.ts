import { removeNames, removePeople } from "./redact-people.js";
import { removePlaces } from "./redact-places.js";

/** Characters that are not seen: joiners, direction marks, variation selectors, the keycap, soft hyphens. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}|\u20e3/gu;
const CONTROL = /\p{Cc}+/gu;

const EMAIL = /[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,32}){1,4}/gu;
const ADDRESS_OF_PAGE = /[a-z]{2,12}:\/\/[^\s<>"'\p{Script=Han}]+/giu;
const WWW = /\bwww\.[^\s<>"'\p{Script=Han}]+/giu;
const DOTTED = /[a-z0-9-]{1,63}\.[a-z0-9./?#=&%_~-]{1,99}/giu;
const END_OF_HOST = /[/?#]/u;
/** Endings of addresses that people write without http. */
const TOP_LEVEL = new Set(
  "com cn net org io shop xyz top cc uk sg app link ly vip hk tw info club site store gl".split(
    " ",
  ),
);
/** A mention as platforms write it: <@U012AB>, <!channel>, <#C01|general>. */
const RAW_MENTION = /<[@#!][^<>]{1,99}>/gu;
const MENTION = /@ ?(?:\[name\]|[^\s@,，。.!！?？:;；、[\]()（）]{1,40})/gu;

/** What somebody is called elsewhere, told as such: "微信号 abc", "my WhatsApp is abc". */
const HANDLE =
  /(微信|薇信|v信|\b(?:wechat|whatsapp|telegram|instagram|insta|vx|wx)) ?(?:号|id)? ?(?:是|is|:|=|号) ?[a-z0-9_][a-z0-9_.-]{2,40}/giu;
const SHORT_HANDLE = /(\b(?:qq|line|ins|id)) ?(?:号|id|:|=){1,2} ?[a-z0-9_][a-z0-9_.-]{2,40}/giu;
const TOKEN = /[a-z0-9][a-z0-9_-]{4,80}/giu;
/** Amounts ("500ml", "24hrs") and short marks ("b12") say nothing about a person. */
const AMOUNT = /^(?:\d{1,4}[a-z]{1,5}|[a-z]{1,4}\d{1,3})$/iu;

const NUMBER = /\+?\d(?:[ .()·-]{0,2}\d){5,40}/gu;
const LONG_NUMBER = /\d{5,}/gu;
const SAID_DIGITS =
  /[\d零〇○一二三四五六七八九两幺](?:[ .-]?[\d零〇○一二三四五六七八九两幺]){6,40}/gu;
const SPELLED_DIGITS =
  /\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)(?:[ ,-]{1,2}(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)){5,30}\b/giu;

function removeDomains(text: string): string {
  return text.replace(DOTTED, (found) => {
    const [host = ""] = found.toLowerCase().split(END_OF_HOST);
    const [, ...labels] = host.split(".");
    return labels.some((label) => TOP_LEVEL.has(label)) ? "[url]" : found;
  });
}

function removeTokens(text: string): string {
  return text.replace(TOKEN, (token) => {
    const mixed = (/\d/.test(token) && /[a-z]/i.test(token)) || token.includes("_");
    return mixed && !AMOUNT.test(token) ? "[id]" : token;
  });
}

/**
 * A line without what leads to a person: names, mentions, addresses of pages and of homes, numbers by
 * which somebody is reached or known. A word in brackets stands where something was. It rather takes
 * too much: "on the 5th" may become an address. What stays is the name of somebody who is no member
 * and is called neither by title nor by "my name is".
 *
 * `names`: what {@link removeNames} takes out, for example the names of the group's members.
 */
export function redact(text: string, names: readonly string[]): string {
  const seen = text.normalize("NFKC").replace(UNSEEN, "").replace(CONTROL, " ");
  const linked = seen
    .replace(EMAIL, "[email]")
    .replace(ADDRESS_OF_PAGE, "[url]")
    .replace(WWW, "[url]");
  const withoutLinks = removeDomains(linked).replace(RAW_MENTION, "[mention]");
  const withoutNames = removeNames(withoutLinks, names).replace(MENTION, "[mention]");
  const withoutPeople = removePeople(withoutNames)
    .replace(HANDLE, "$1 [id]")
    .replace(SHORT_HANDLE, "$1 [id]");
  const withoutNumbers = removeTokens(withoutPeople)
    .replace(NUMBER, "[number]")
    .replace(SAID_DIGITS, "[number]")
    .replace(SPELLED_DIGITS, "[number]")
    .replace(LONG_NUMBER, "[number]");
  return removePlaces(withoutNumbers).trim();
}
