import type { SendState } from "#entities/types.js";
import type { MessageKind } from "#entities/vocabulary.js";

/**
 * Guards a WeChat account against being banned: whether something may be sent at this moment. Asked
 * before each send, of whatever kind and to whomever; a picture that follows its text is a send of its
 * own.
 */
export interface SendGate {
  /**
   * Whether a message may go to this room (or to this member alone) now. `now` takes the turn: it is
   * counted and kept before this resolves, so that neither a second caller nor a restart takes it again.
   */
  mayI(now: number, room: string, kind: MessageKind): Promise<Permission>;
  /** The message went out: the gap to the next one is counted from here. */
  sent(now: number, room: string): Promise<void>;
  /** WeChat said 操作过于频繁 or `ret 1205`: nothing is sent for a while, each time twice as long. */
  throttled(now: number): Promise<Pause>;
}

/** Send it, put it off until an instant (epoch ms), or not at all while the account is as it is. */
export type Permission =
  | { readonly kind: "now" }
  | { readonly kind: "wait"; readonly until: number; readonly why: WaitReason }
  | { readonly kind: "refused"; readonly why: "sending-is-off" };

export type WaitReason =
  | "paused"
  | "new-account"
  | "quiet-hours"
  | "gap"
  | "room-gap"
  | "per-minute"
  | "per-hour"
  | "per-day";

/** A pause that WeChat has forced. */
export interface Pause {
  readonly until: number;
  /** Its length, ms. */
  readonly lengthMs: number;
}

/** Keeps the state of a gate; the application gives it one over the store. */
export interface GateMemory {
  /** Since when the account is known (its first log-in) and what was kept; null before the first log-in. */
  load(): Promise<{ readonly accountSince: number; readonly state: SendState | null } | null>;
  save(state: SendState): Promise<void>;
}
