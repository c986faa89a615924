import type { PlatformOutage } from "#entities/index.js";
import type { Language } from "#entities/vocabulary.js";
import { outageTexts } from "#src/i18n/outages.js";
import type { ConversationRef } from "#src/platform/conversation.js";
import type { PlatformAdapter } from "#src/platform/platform-adapter.js";
import { formatInstant } from "#src/scheduling/zoned-time.js";
import { MINUTE, SECOND } from "#src/shared/clock.js";
import { stableId } from "#src/shared/ids.js";
import type { Logger } from "#src/shared/logger.js";
import type { Store } from "#src/store/store.js";
import type { Transaction } from "#src/store/transaction.js";
import { otherChannels } from "./other-channels.js";

/** A new connection within this time is nobody's business. With a look every 15 s staff know within 60 s. */
const GRACE_MS = 45 * SECOND;
/** A session that gives signs of life and gave none for so long is dead. */
const SILENT_MS = 10 * MINUTE;
/** So long without trouble, and it is well again: a connection that comes and goes is one outage. */
const STEADY_MS = 2 * MINUTE;

export interface WatchdogOptions {
  readonly store: Store;
  readonly logger: Logger;
  readonly now: () => number;
  readonly adapters: ReadonlyMap<string, PlatformAdapter>;
  /** Staff rooms by the configuration. */
  readonly staffRooms: readonly ConversationRef[];
  /** Platforms that nobody reads, such as the pretend one. */
  readonly pretend: ReadonlySet<string>;
  readonly language: Language;
  readonly timeZone: string;
}

/** What is wrong with a platform. */
interface Trouble {
  /** The last moment that all was well, as far as it is known. */
  readonly since: number;
  /** Long enough to be told. */
  readonly isCertain: boolean;
  readonly detail: string;
}

/**
 * Notices a platform whose session is dead and tells staff on another one, once; and again when it is
 * back. What was noticed is kept, so that a restart tells nothing twice and digests can say how long.
 */
export class Watchdog {
  readonly #options: WatchdogOptions;
  /** When each platform was last seen well. */
  readonly #well = new Map<string, number>();
  /** Since when each platform has been well without a break. */
  readonly #steady = new Map<string, number>();
  /** When each platform was first seen in its present trouble. */
  readonly #noticed = new Map<string, number>();

  constructor(options: WatchdogOptions) {
    this.#options = options;
  }

  /** Looks at every platform; to be called every 15 seconds. */
  async look(): Promise<void> {
    const { store, adapters, now } = this.#options;
    const at = now();
    const troubles = new Map<string, Trouble>();
    for (const adapter of adapters.values()) {
      const trouble = this.#troubleOf(adapter, at);
      if (trouble !== null) troubles.set(adapter.platform, trouble);
    }
    const open = await store.read((tx) => tx.outages.find({ endedAt: null }));
    for (const outage of open)
      if (!troubles.has(outage.platform)) await this.#perhapsOver(outage, troubles, at);
    for (const [platform, trouble] of troubles) {
      const known = open.find((outage) => outage.platform === platform);
      if (known !== undefined || trouble.isCertain)
        await this.#down(platform, trouble, { known, troubles, at });
    }
  }

  #troubleOf(adapter: PlatformAdapter, at: number): Trouble | null {
    const { platform } = adapter;
    const { state, detail, aliveAt = at } = adapter.health();
    const isSilent = at - aliveAt >= SILENT_MS;
    if (state === "ok" && !isSilent) {
      this.#noticed.delete(platform);
      this.#well.set(platform, at);
      if (!this.#steady.has(platform)) this.#steady.set(platform, at);
      return null;
    }
    this.#steady.delete(platform);
    const noticed = this.#noticed.get(platform) ?? at;
    this.#noticed.set(platform, noticed);
    if (state === "ok") {
      const minutes = Math.floor((at - aliveAt) / MINUTE);
      return { since: aliveAt, isCertain: true, detail: this.#texts().silent(minutes) };
    }
    const since = Math.min(this.#well.get(platform) ?? noticed, aliveAt);
    return { since, isCertain: at - noticed >= GRACE_MS, detail };
  }

  async #down(
    platform: string,
    trouble: Trouble,
    { known, troubles, at }: Scene & { readonly known: PlatformOutage | undefined },
  ): Promise<void> {
    if (known !== undefined && known.toldAt !== null) return;
    const { store, logger, timeZone } = this.#options;
    const outage: PlatformOutage = known ?? {
      id: stableId("outage", platform, String(trouble.since)),
      platform,
      startedAt: trouble.since,
      endedAt: null,
      toldAt: null,
    };
    const told = await store.write(async (tx) => {
      await tx.outages.insertNew([outage], "id");
      return this.#tell(tx, { outage, troubles, at, word: "down" }, (language) =>
        outageTexts[language].down({
          platform: outageTexts[language].names[platform] ?? platform,
          since: formatInstant(outage.startedAt, timeZone, language, "short"),
          detail: trouble.detail,
          advice: outageTexts[language].advice[platform] ?? outageTexts[language].advice.other,
        }),
      );
    });
    if (known === undefined || told)
      logger.error(
        { platform, told },
        told
          ? "a platform is down, staff were told on another one"
          : "a platform is down, and there is no other one to tell staff on",
      );
  }

  async #perhapsOver(
    outage: PlatformOutage,
    troubles: ReadonlyMap<string, Trouble>,
    at: number,
  ): Promise<void> {
    const { store, logger, adapters, timeZone } = this.#options;
    const { platform, startedAt } = outage;
    // A platform that was taken out of the configuration is not waited for.
    const steady = adapters.has(platform) ? this.#steady.get(platform) : at - STEADY_MS;
    if (steady === undefined || at - steady < STEADY_MS) return;
    const endedAt = Math.max(startedAt, Math.min(at, steady));
    await store.write(async (tx) => {
      const changed = await tx.outages.update({ id: outage.id, endedAt: null }, { endedAt });
      if (changed === 0 || outage.toldAt === null || !adapters.has(platform)) return;
      await this.#tell(tx, { outage, troubles, at, word: "back" }, (language) => {
        const words = outageTexts[language];
        return words.back({
          platform: words.names[platform] ?? platform,
          duration: words.duration(endedAt - startedAt),
          since: formatInstant(startedAt, timeZone, language, "short"),
          until: formatInstant(endedAt, timeZone, language, "short"),
        });
      });
    });
    logger.info(
      { platform, minutes: Math.round((endedAt - startedAt) / MINUTE) },
      "a platform is back",
    );
  }

  /** Says it in the staff rooms of other platforms that work; false when there is none. */
  async #tell(
    tx: Transaction,
    notice: Scene & { readonly outage: PlatformOutage; readonly word: "down" | "back" },
    text: (language: Language) => string,
  ): Promise<boolean> {
    const { adapters, pretend, staffRooms, language } = this.#options;
    const { outage, troubles, at, word } = notice;
    const rooms = await otherChannels(tx, outage.platform, {
      staffRooms,
      language,
      isUsable: (platform) =>
        adapters.has(platform) && !pretend.has(platform) && !troubles.has(platform),
    });
    for (const { place, language: spoken } of rooms)
      await tx.outbox.say({
        key: `outage:${outage.id}:${word}:${place.platform}/${place.conversationId}`,
        kind: "alert",
        to: place,
        message: { text: text(spoken) },
        at,
      });
    if (rooms.length > 0 && word === "down")
      await tx.outages.update({ id: outage.id }, { toldAt: at });
    return rooms.length > 0;
  }

  #texts(): (typeof outageTexts)[Language] {
    return outageTexts[this.#options.language];
  }
}

/** The moment of a look: who is in trouble in it. */
interface Scene {
  readonly troubles: ReadonlyMap<string, Trouble>;
  readonly at: number;
}
