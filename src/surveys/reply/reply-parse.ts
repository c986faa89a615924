/** A vote as stored: a number (csat, nps, ces, gap −1/0/1), yes/no, an option id or several, or words. */
export type VoteValue = number | string | readonly string[];

/** Why a message is no vote. Codes are stable; staff pages and tests use them. */
export type NoneReason =
  | "empty"
  | "too-long"
  | "command"
  | "link"
  | "quoted-other"
  | "mention-other"
  | "question"
  | "acknowledgement"
  | "range"
  | "two-values"
  | "contradiction"
  | "quantity"
  | "time"
  | "price"
  | "address"
  | "other-person"
  | "urging"
  | "negated"
  | "past"
  | "out-of-scale"
  | "half"
  | "slang"
  | "emoji"
  | "list"
  | "label-late"
  | "elsewhere"
  | "not-direct"
  | "not-a-reply";

/** A vote read from a whole message. */
export interface ReplyVote {
  readonly kind: "vote";
  readonly value: VoteValue;
  /** The member's words beside the vote, as typed. */
  readonly comment?: string;
  /** True when the bot was quoted or mentioned, or the caller said so. */
  readonly direct: boolean;
  /** `low`: counted, but the same text is used for other things too (a lone 6, 大概4分). */
  readonly confidence: "sure" | "low";
  /** True when the member says that this replaces an earlier vote. */
  readonly revision: boolean;
}

/** One entry of a #接龙 list. */
export interface ChainVote {
  /** The entry's number as listed. */
  readonly n: number;
  /** The name written in the entry; may be empty. */
  readonly name: string;
  /** The vote in the entry, or null when it holds none. */
  readonly value: VoteValue | null;
  readonly comment?: string;
}

/** A #接龙 list: every sending repeats the whole list, so it is nobody's own vote. */
export interface ReplyChain {
  readonly kind: "jielong";
  /** False for an order list or another poll: nothing of it may be counted. */
  readonly topicMatches: boolean;
  readonly entries: readonly ChainVote[];
}

/** No vote. */
export interface ReplyNone {
  readonly kind: "none";
  readonly reason: NoneReason;
  /** True when somebody answered the bot directly and unclearly: ask once what they meant. */
  readonly askBack: boolean;
}

/** What a message means as an answer to a posted question. */
export type ReplyParse = ReplyVote | ReplyChain | ReplyNone;

/** What is known around the message; every part is optional. */
export interface ReplyContext {
  /** Display names and ids of the bot. Default 小助手 and 团购小助手. */
  readonly botNames?: readonly string[];
  /** The message answers the question by other means (a thread, a private chat, a form). */
  readonly direct?: boolean;
  /** Somebody asked for 收到扣1 / 回1 in the last 10 minutes: a bare 1 is then a receipt. */
  readonly askedForOne?: boolean;
  /** Within 30 minutes of the poll, labels such as 一般 count without a quote. Default true. */
  readonly withinLabelWindow?: boolean;
  /** The posted question with its heading, for matching quotes, topics and nouns. */
  readonly pollText?: string;
  /** The platform marked the message as a #接龙 list (WeChat type GroupNote). */
  readonly isChain?: boolean;
  /** Staff asked to count this list whatever its topic says. */
  readonly countChain?: boolean;
}

/** The context with its defaults filled in, as the grammars see it. */
export interface ReadingContext {
  readonly direct: boolean;
  readonly askedForOne: boolean;
  readonly withinLabelWindow: boolean;
  /** Folded; empty when unknown. */
  readonly pollText: string;
}

/** What one grammar made of a reply. */
export type Reading =
  | {
      readonly ok: true;
      readonly value: VoteValue;
      readonly comment?: string;
      readonly confidence: "sure" | "low";
      readonly revision: boolean;
    }
  | { readonly ok: false; readonly reason: NoneReason };

/** A reading that is no vote. */
export function noVote(reason: NoneReason): Reading {
  return { ok: false, reason };
}
