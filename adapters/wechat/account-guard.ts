import type { QuietHours, SendState } from "#entities/types.js";
import type { MessageKind } from "#entities/vocabulary.js";
import { PlatformError } from "#src/platform/platform-error.js";
import { quietUntil } from "#src/scheduling/business-hours.js";
import { DAY, HOUR, MINUTE, SECOND } from "#src/shared/clock.js";
import type { GateMemory, Pause, Permission, SendGate, WaitReason } from "./send-gate.js";
import type { SendingView } from "./session-view.js";

/** How much an account may send. All spans in ms. */
export interface SendRules {
  /** False until the operator has said that they know what may happen to the account. */
  readonly sending: boolean;
  /** Between two sends of the account a random gap, `from` to `to`. */
  readonly gap: { readonly from: number; readonly to: number };
  /** Between two sends to one room. */
  readonly roomGap: number;
  readonly perMinute: number;
  readonly perHour: number;
  readonly perDay: number;
  /** Hours in which only alerts are sent; null for none. */
  readonly quiet: QuietHours | null;
  readonly timeZone: string;
  /** How long a new account only listens. */
  readonly firstSilence: number;
  /** The first pause after WeChat has said that it is too much. */
  readonly pause: number;
}

export interface AccountGuardOptions {
  readonly rules: SendRules;
  readonly memory: GateMemory;
  /** 0 ≤ r < 1. */
  readonly random: () => number;
  /** WeChat has forced a pause: staff are told by another way. */
  readonly onPause: (pause: Pause) => Promise<void>;
}

const NOTHING_SENT: SendState = { sent: [], rooms: {}, nextAt: 0, pausedUntil: 0, pauseMs: 0 };
/** A send whose end nobody reported blocks the account for so long: the time that the outbox gives it. */
const FORGOTTEN_SEND = 30 * SECOND;
const LOOK_AGAIN = SECOND;
const LONGEST_PAUSE = DAY;
/** A pause is doubled when the one before it ended less than this ago. */
const PAUSE_REMEMBERED = DAY;
/** While sending is off, what waits is tried this often, and expires by its own time. */
const OFF_WAIT = HOUR;

interface Known {
  /** First log-in of the account. */
  readonly since: number;
  readonly state: SendState;
}

type Reason = { readonly until: number; readonly why: WaitReason };

/**
 * The {@link SendGate} of one account. One send at a time over all rooms; each is counted and kept
 * before it begins, so a restart finds the account as it was left. Alerts pass the quiet hours: they are
 * few, go to staff alone, and what may harm somebody cannot wait for the morning. They pass no other
 * limit, or one bad night would cost the account.
 */
export class AccountGuard implements SendGate {
  readonly #options: AccountGuardOptions;
  #turn: Promise<unknown> = Promise.resolve();
  #known: Known | null = null;
  /** The send that was begun and not ended yet. */
  #begun: { readonly at: number; readonly gap: number } | null = null;

  constructor(options: AccountGuardOptions) {
    this.#options = options;
  }

  mayI(now: number, room: string, kind: MessageKind): Promise<Permission> {
    return this.#inTurn(async () => {
      if (!this.#options.rules.sending) return { kind: "refused", why: "sending-is-off" };
      const known = await this.#load();
      if (known === null) return { kind: "wait", until: now + MINUTE, why: "new-account" };
      const state = plausible(known.state, now, this.#options.rules);
      const reason = latest(this.#reasons({ now, room, kind, since: known.since, state }));
      if (reason !== null) return { kind: "wait", ...reason };
      const { gap } = this.#options.rules;
      const drawn = gap.from + Math.round(this.#options.random() * (gap.to - gap.from));
      await this.#keep({
        ...state,
        sent: [...state.sent.filter((at) => at > now - DAY), now],
        rooms: { ...this.#restingRooms(state, now), [room]: now },
        nextAt: now + drawn,
      });
      this.#begun = { at: now, gap: drawn };
      return { kind: "now" };
    });
  }

  sent(now: number, room: string): Promise<void> {
    return this.#inTurn(async () => {
      const known = await this.#load();
      const begun = this.#begun;
      if (known === null || begun === null) return;
      this.#begun = null;
      const { state } = known;
      const sent = [...state.sent];
      const place = sent.lastIndexOf(begun.at);
      if (place >= 0) sent[place] = now;
      const rooms = { ...state.rooms, [room]: now };
      await this.#keep({ ...state, sent, rooms, nextAt: now + begun.gap });
    });
  }

  throttled(now: number): Promise<Pause> {
    return this.#inTurn(async () => {
      this.#begun = null;
      const state = (await this.#load())?.state ?? NOTHING_SENT;
      const lately = now - state.pausedUntil < PAUSE_REMEMBERED && state.pauseMs > 0;
      // A second refusal of the same moment is the same pause.
      if (state.pausedUntil > now) return { until: state.pausedUntil, lengthMs: state.pauseMs };
      const { pause } = this.#options.rules;
      const pauseMs = Math.min(LONGEST_PAUSE, lately ? state.pauseMs * 2 : pause);
      const until = now + pauseMs;
      await this.#keep({ ...state, pausedUntil: until, pauseMs });
      await this.#options.onPause({ until, lengthMs: pauseMs });
      return { until, lengthMs: pauseMs };
    });
  }

  /** Whether anything may be sent at this moment, as the owner sees it. */
  view(now: number): SendingView {
    const { rules } = this.#options;
    if (!rules.sending) return { on: false, held: "switched-off", until: null };
    // What was kept is read with the first question; until then quiet hours are all that is known.
    const { since, state } = this.#known ?? {
      since: now - rules.firstSilence,
      state: NOTHING_SENT,
    };
    const quiet = rules.quiet === null ? null : quietUntil(now, rules.quiet, rules.timeZone);
    const holds = [
      { held: "paused", until: plausible(state, now, rules).pausedUntil },
      { held: "first-day", until: since + rules.firstSilence },
      { held: "quiet", until: quiet ?? 0 },
    ] as const;
    const hold = holds.find(({ until }) => until > now);
    return { on: true, held: hold?.held ?? null, until: hold?.until ?? null };
  }

  #reasons(asked: {
    readonly now: number;
    readonly room: string;
    readonly kind: MessageKind;
    readonly since: number;
    readonly state: SendState;
  }): readonly Reason[] {
    const { now, room, kind, since, state } = asked;
    const { rules } = this.#options;
    const quiet =
      rules.quiet === null || kind === "alert"
        ? null
        : quietUntil(now, rules.quiet, rules.timeZone);
    const inHand = this.#begun !== null && now - this.#begun.at < FORGOTTEN_SEND;
    return [
      { until: state.pausedUntil, why: "paused" },
      { until: since + rules.firstSilence, why: "new-account" },
      { until: quiet ?? 0, why: "quiet-hours" },
      { until: windowUntil(state, rules.perDay, DAY), why: "per-day" },
      { until: windowUntil(state, rules.perHour, HOUR), why: "per-hour" },
      { until: windowUntil(state, rules.perMinute, MINUTE), why: "per-minute" },
      { until: (state.rooms[room] ?? -rules.roomGap) + rules.roomGap, why: "room-gap" },
      { until: inHand ? Math.max(state.nextAt, now + LOOK_AGAIN) : state.nextAt, why: "gap" },
    ].filter((reason): reason is Reason => reason.until > now);
  }

  /** Rooms that may not be sent to again yet. */
  #restingRooms(state: SendState, now: number): Readonly<Record<string, number>> {
    const { roomGap } = this.#options.rules;
    return Object.fromEntries(Object.entries(state.rooms).filter(([, at]) => at > now - roomGap));
  }

  /** What was kept, read each time: another account may have logged in. */
  async #load(): Promise<Known | null> {
    const kept = await this.#options.memory.load();
    this.#known =
      kept === null ? null : { since: kept.accountSince, state: kept.state ?? NOTHING_SENT };
    return this.#known;
  }

  async #keep(state: SendState): Promise<void> {
    await this.#options.memory.save(state);
    if (this.#known !== null) this.#known = { ...this.#known, state };
  }

  /** One after the other: two callers must not be told "now" by the same count. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}

/**
 * What to raise for a permission that is not "now": the outbox keeps the message, and no try is counted.
 */
export function notNow(
  permission: Exclude<Permission, { kind: "now" }>,
  now: number,
): PlatformError {
  const waitMs = permission.kind === "wait" ? permission.until - now : OFF_WAIT;
  return new PlatformError("rate-limited", `The account may not send now (${permission.why}).`, {
    retryAfterMs: Math.max(SECOND, waitMs),
    // In quiet hours an alert may go before what waits for the morning in the same room.
    ...(permission.why === "quiet-hours" ? { alone: true } : {}),
  });
}

/** A clock that was put back must not silence the account for the difference. */
function plausible(state: SendState, now: number, rules: SendRules): SendState {
  return {
    sent: state.sent.map((at) => Math.min(at, now)),
    rooms: Object.fromEntries(
      Object.entries(state.rooms).map(([room, at]) => [room, Math.min(at, now)]),
    ),
    nextAt: Math.min(state.nextAt, now + rules.gap.to),
    pausedUntil: Math.min(state.pausedUntil, now + state.pauseMs),
    pauseMs: state.pauseMs,
  };
}

/** When the window of this length has room for one more. */
function windowUntil({ sent }: SendState, most: number, span: number): number {
  const oldest = sent[sent.length - most];
  return oldest === undefined ? 0 : oldest + span;
}

function latest(reasons: readonly Reason[]): Reason | null {
  let last: Reason | null = null;
  for (const reason of reasons) if (last === null || reason.until > last.until) last = reason;
  return last;
}
