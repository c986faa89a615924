import { z } from "zod";
import type { Author, RenamedEvent } from "#src/platform/inbound-event.js";
import { type Clock, DAY, HOUR, MINUTE } from "#src/shared/clock.js";
import { stableId } from "#src/shared/ids.js";
import { RecentMap } from "#src/shared/recent-map.js";
import type { Installation } from "./installation.js";
import type { SlackClient } from "./slack-client.js";
import { conversationIdOf, memberIdOf, SLACK } from "./slack-ids.js";
import { withoutControls } from "./slack-text.js";

const FRESH_MS = 12 * HOUR;
/** Rights are asked for again sooner than names: somebody may have lost them. */
const RIGHTS_FRESH_MS = 10 * MINUTE;
/** Somebody whom Slack did not tell us about is asked for again after this. */
const FAILED_MS = 5 * MINUTE;
const MOST_PEOPLE = 20_000;
const MOST_CHANNELS = 2_000;

const userAnswer = z.object({
  user: z.object({
    id: z.string(),
    team_id: z.string().nullish(),
    name: z.string().nullish(),
    real_name: z.string().nullish(),
    is_admin: z.boolean().nullish(),
    is_owner: z.boolean().nullish(),
    is_restricted: z.boolean().nullish(),
    is_stranger: z.boolean().nullish(),
    profile: z
      .object({ display_name: z.string().nullish(), real_name: z.string().nullish() })
      .nullish(),
  }),
});

const channelAnswer = z.object({
  channel: z.object({
    name: z.string().nullish(),
    is_im: z.boolean().nullish(),
    is_member: z.boolean().nullish(),
  }),
});

/** An administrator of another workspace, whom a shared channel brings along, has no rights in this one. */
function isAdministrator(user: z.infer<typeof userAnswer>["user"], team: string): boolean {
  const guest = user.is_stranger === true || user.is_restricted === true;
  const home = (user.team_id ?? team) === team;
  return home && !guest && (user.is_admin === true || user.is_owner === true);
}

interface Known<Value> {
  readonly value: Value;
  readonly until: number;
}

type Person = Pick<Author, "name" | "role">;

/** What Slack said of a person, and when it is to be asked again, epoch ms. */
interface KnownPerson {
  readonly name: string;
  readonly admin: boolean;
  /** Since when it is so. */
  readonly since: number;
  readonly nameUntil: number;
  readonly rightsUntil: number;
  /** Not before this; somebody is asking, or Slack did not tell. */
  readonly askAgainAt: number;
}

/** What Slack tells of a channel. */
export interface ChannelFacts {
  readonly name: string;
  readonly isDirect: boolean;
  readonly isMember: boolean;
}

const STRANGER: KnownPerson = {
  name: "",
  admin: false,
  since: 0,
  nameUntil: 0,
  rightsUntil: 0,
  askAgainAt: 0,
};

/** What is known of people and channels: events carry ids only, names are asked for once in a while. */
export class Acquaintance {
  readonly #client: SlackClient;
  readonly #clock: Clock;
  readonly #people = new RecentMap<KnownPerson>(MOST_PEOPLE);
  /** Who is being asked for at this moment. */
  readonly #asking = new Map<string, Promise<void>>();
  readonly #channels = new RecentMap<Known<ChannelFacts | null>>(MOST_CHANNELS);

  constructor(client: SlackClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  /** What is known by now: an empty name when nothing is, and no role when it was learnt too long ago. */
  person(team: string, user: string): Person {
    const { name, admin, rightsUntil } = this.#known(team, user);
    return admin && rightsUntil > this.#clock.now() ? { name, role: "staff" } : { name };
  }

  /** True when Slack said lately that somebody does not administer the workspace. */
  isNoAdmin(team: string, user: string): boolean {
    const { admin, rightsUntil } = this.#known(team, user);
    return !admin && rightsUntil > this.#clock.now();
  }

  /** True when Slack was not asked lately who somebody is, or what they may do. */
  isStale(team: string, user: string, about: "name" | "rights" = "name"): boolean {
    const { nameUntil, rightsUntil, askAgainAt } = this.#known(team, user);
    // Who waits for rights waits for an answer that is on its way, too.
    if (about === "rights" && this.#asking.has(memberIdOf(team, user))) return true;
    return Math.max(about === "name" ? nameUntil : rightsUntil, askAgainAt) <= this.#clock.now();
  }

  #known(team: string, user: string): KnownPerson {
    return this.#people.get(memberIdOf(team, user)) ?? STRANGER;
  }

  /** Asks Slack who somebody is. Workspace administrators count as staff. Never fails: then nothing is known. */
  async learn(installation: Installation, user: string): Promise<void> {
    const key = memberIdOf(installation.team, user);
    const running = this.#asking.get(key);
    if (running !== undefined) return running;
    const asking = this.#ask(installation, user, key).finally(() => this.#asking.delete(key));
    this.#asking.set(key, asking);
    return asking;
  }

  async #ask(installation: Installation, user: string, key: string): Promise<void> {
    const { team } = installation;
    const now = this.#clock.now();
    const before = this.#known(team, user);
    // Whoever else speaks meanwhile does not ask again.
    this.#people.set(key, { ...before, askAgainAt: now + FAILED_MS });
    try {
      const answer = await this.#client.callAtOnce(installation, {
        method: "users.info",
        arguments: { user },
        effect: "read",
      });
      const { user: found } = userAnswer.parse(answer);
      const { profile } = found;
      const shown =
        profile?.display_name || profile?.real_name || found.real_name || found.name || "";
      const name = withoutControls(shown).replaceAll("\n", " ");
      const admin = isAdministrator(found, team);
      const same = before.since > 0 && before.name === name && before.admin === admin;
      this.#people.set(key, {
        name,
        admin,
        since: same ? before.since : now,
        nameUntil: now + FRESH_MS,
        rightsUntil: now + RIGHTS_FRESH_MS,
        askAgainAt: now,
      });
    } catch {
      // The name is a nicety: what was said counts without it.
    }
  }

  /** What was learnt of somebody as an event, with the role that they have or have no more; null when nothing was. */
  introduction(installation: Installation, user: string, channel: string): RenamedEvent | null {
    const { team } = installation;
    const { name, admin, since } = this.#known(team, user);
    if (name === "") return null;
    const memberId = memberIdOf(team, user);
    const conversationId = conversationIdOf(team, channel);
    const role = admin ? "staff" : "customer";
    // What comes back later must be told again: since when it is so belongs to the id, and the day.
    const day = Math.floor(this.#clock.now() / DAY);
    const facts = [conversationId, memberId, name, role, since, day];
    return {
      kind: "renamed",
      eventId: `person:${stableId(...facts)}`,
      at: this.#clock.now(),
      conversation: { platform: SLACK, conversationId },
      author: { platform: SLACK, memberId, name, role },
      subject: "member",
      name,
    };
  }

  /** What Slack tells of a channel, or null when the bot may not see it. Raises `PlatformError`. */
  async channel(installation: Installation, channel: string): Promise<ChannelFacts> {
    const answer = await this.#client.call(installation, {
      method: "conversations.info",
      arguments: { channel },
      effect: "read",
    });
    const { channel: found } = channelAnswer.parse(answer);
    return {
      name: withoutControls(found.name ?? ""),
      isDirect: found.is_im === true,
      isMember: found.is_member === true || found.is_im === true,
    };
  }

  /** Like {@link channel}, from memory where it was asked for lately; null when Slack does not tell. */
  async knownChannel(installation: Installation, channel: string): Promise<ChannelFacts | null> {
    const key = conversationIdOf(installation.team, channel);
    const known = this.#channels.get(key);
    const now = this.#clock.now();
    if (known !== undefined && known.until > now) return known.value;
    this.#channels.set(key, { value: known?.value ?? null, until: now + FAILED_MS });
    const found = await this.channel(installation, channel).catch(() => null);
    const lasts = found === null || !found.isMember ? FAILED_MS : FRESH_MS;
    this.#channels.set(key, { value: found, until: now + lasts });
    return found;
  }

  /** True when a channel's name was not asked for lately. */
  isStrange(team: string, channel: string): boolean {
    const known = this.#channels.get(conversationIdOf(team, channel));
    return known === undefined || known.until <= this.#clock.now();
  }

  /** Something changed about a channel: it is asked for again when it is needed. */
  forgetChannel(team: string, channel: string): void {
    this.#channels.delete(conversationIdOf(team, channel));
  }
}
