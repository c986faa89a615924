import { decodeEntities } from "./wire-text.js";

/** Longest XML that is looked into, UTF-16 units; WeChat's own is a few thousand. */
const LONGEST_XML = 65_536;
const LONGEST_VALUE = 20_000;

/** True when a text is markup of the platform, raw or with its brackets as entities. */
export function isMarkup(text: string): boolean {
  return /^\s{0,20}(?:<|&lt;)(?:\?xml|msg|sysmsg|appmsg)\b/i.test(text.slice(0, 60));
}

/**
 * The markup of a message, or null when it is none that can be read: cut short, not closed, or with
 * declarations of its own. Nothing in it is ever expanded but the five entities that XML knows.
 */
function markupOf(text: string): string | null {
  if (text.length > LONGEST_XML) return null;
  const trimmed = text.trim();
  const raw = trimmed.startsWith("&lt;") ? decodeEntities(trimmed) : trimmed;
  if (!raw.startsWith("<") || !raw.endsWith(">")) return null;
  return /<!(?:DOCTYPE|ENTITY)/i.test(raw) ? null : raw;
}

/** The text of the first element of that name, from an offset on; null when there is none. */
function valueOf(xml: string, name: string, from = 0): string | null {
  const open = xml.indexOf(`<${name}>`, from);
  if (open < 0) return null;
  const start = open + name.length + 2;
  const end = xml.indexOf(`</${name}>`, start);
  if (end < 0 || end - start > LONGEST_VALUE) return null;
  const inner = xml.slice(start, end).trim();
  const literal = inner.startsWith("<![CDATA[") && inner.endsWith("]]>");
  return literal ? inner.slice(9, -3) : decodeEntities(inner);
}

/**
 * Ids of the message that was taken back, the likelier first: what stands in the recall's XML, or the
 * whole text where a puppet gives nothing but the id. Empty when it cannot be read.
 */
export function recalledIds(text: string): readonly string[] {
  const bare = text.trim();
  if (/^[\w@.:-]{1,128}$/.test(bare)) return [bare];
  const xml = markupOf(bare);
  if (xml === null) return [];
  const ids = [valueOf(xml, "newmsgid"), valueOf(xml, "msgid")];
  return [...new Set(ids.filter((id) => id !== null && /^\d{1,24}$/.test(id)))] as string[];
}

/** True when markup tells that a message was taken back, whatever type the puppet gave it. */
export function isRecall(text: string): boolean {
  return /type=["']?(?:&quot;)?revokemsg/.test(text.slice(0, 400));
}

/** The list of a #接龙 that came as an app message; null when there is none to read. */
export function listInMarkup(text: string): string | null {
  const xml = markupOf(text);
  return xml === null ? null : valueOf(xml, "title");
}

/** A quote that came as an app message: the reply, and what it refers to. */
export interface ReferredQuote {
  readonly reply: string;
  readonly author: string | null;
  readonly text: string | null;
}

/** The quote in an app message of newer clients; null when there is none to read. */
export function referredQuote(text: string): ReferredQuote | null {
  const xml = markupOf(text);
  if (xml === null) return null;
  const refer = xml.indexOf("<refermsg>");
  const reply = valueOf(xml, "title");
  if (refer < 0 || reply === null) return null;
  const words = valueOf(xml, "type", refer) === "1" ? valueOf(xml, "content", refer) : null;
  return { reply, author: valueOf(xml, "displayname", refer), text: words };
}
