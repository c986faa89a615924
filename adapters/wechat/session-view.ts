/** Where the log-in stands: switched off, connecting, waiting for a scan, logged in, logged out. */
export type SessionState = "off" | "starting" | "scan" | "in" | "out";

/** A room that is listened to but not spoken to until staff bind it. */
export interface HeldRoom {
  /** The room's topic as last seen; empty when the room has none. */
  readonly topic: string;
  /** Since when it is held, epoch ms. */
  readonly since: number;
}

/** Whether anything may be sent now, and if not, why. */
export interface SendingView {
  /** Switched on with the sentence that states the risk. */
  readonly on: boolean;
  /**
   * Why nothing goes out at this moment; null when sending is free. `switched-off`: nobody switched
   * it on; `first-day`: the account listens only on its first day; `quiet`: quiet hours; `paused`:
   * WeChat called the bot too frequent; `logged-out`: there is no session.
   */
  readonly held: "switched-off" | "first-day" | "quiet" | "paused" | "logged-out" | null;
  /** When the hold ends by itself, epoch ms; null when it does not or there is none. */
  readonly until: number | null;
}

/** The session as the owner sees it. Free of secrets except `qr`. */
export interface SessionView {
  readonly state: SessionState;
  /** The content of the log-in code, only while `state` is `scan`. Whoever scans it logs in: owners only, never logged. */
  readonly qr: string | null;
  /** Name of the account that is logged in, else null. */
  readonly account: string | null;
  /** Since when `state` holds, epoch ms. */
  readonly since: number;
  /** When the platform was last heard (any event of the session), epoch ms; null when never. */
  readonly heardAt: number | null;
  /** What is wrong and what to do, in words; empty when all is well. */
  readonly detail: string;
  readonly sending: SendingView;
  readonly heldRooms: readonly HeldRoom[];
}

/** What the WeChat adapter shows of its session to the console and the doctor. */
export interface SessionSource {
  sessionView(): SessionView;
}
