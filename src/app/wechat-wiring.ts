import { resolve } from "node:path";
import { renderUnicodeCompact } from "uqr";
import { SIMULATED } from "#adapters/simulated/translate-inbound.js";
import { AccountGuard } from "#adapters/wechat/account-guard.js";
import { loadWechaty, requirePuppet } from "#adapters/wechat/load-wechaty.js";
import type { Pause } from "#adapters/wechat/send-gate.js";
import { prepareSessionFile, protectSessionFile } from "#adapters/wechat/session-file.js";
import { WechatAdapter } from "#adapters/wechat/wechat-adapter.js";
import { WECHAT } from "#adapters/wechat/wechat-ids.js";
import { WechatyBot } from "#adapters/wechat/wechaty-bot.js";
import type { Language } from "#entities/vocabulary.js";
import { wechatTexts } from "#src/i18n/wechat.js";
import { wechatSafetyTexts } from "#src/i18n/wechat-safety.js";
import type { ConversationRef } from "#src/platform/conversation.js";
import { formatInstant } from "#src/scheduling/zoned-time.js";
import { type Clock, MINUTE } from "#src/shared/clock.js";
import type { Ids } from "#src/shared/ids.js";
import type { Logger } from "#src/shared/logger.js";
import { groupId, memberId, membershipId } from "#src/store/directory-store.js";
import type { Store } from "#src/store/store.js";
import type { App } from "./create-app.js";
import { loadIdentityKey } from "./identity-key.js";
import { otherChannels } from "./other-channels.js";
import type { WechatConfig } from "./wechat-config.js";
import { StoredIdentities } from "./wechat-identities.js";

/** Where a code to scan is drawn: somebody's terminal. */
export interface Terminal {
  write(text: string): unknown;
}

export interface WechatParts {
  readonly config: WechatConfig;
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly ids: Ids;
  /** 0 ≤ r < 1. */
  readonly random: () => number;
  /** Holds the session file and the key of the identities. */
  readonly dataFolder: string;
  readonly botNames: readonly string[];
  readonly language: Language;
  /** Staff rooms by the configuration. */
  readonly staffRooms: readonly ConversationRef[];
  /** Null where nobody sits before one: the console shows the code. */
  readonly terminal: Terminal | null;
  /** A puppet itself instead of the one that the configuration names, for tests. */
  readonly puppet?: object;
}

/** WeChat as the configuration wants it. */
export interface WechatPlatform {
  readonly adapter: WechatAdapter;
  /** The product is built after its adapters: from here on rooms can be bound and staff be told. */
  readonly join: (app: Pick<App, "rooms" | "adapters">) => void;
}

/**
 * Builds the WeChat adapter over the product's own store. Throws `invalid-config` with the remedy when
 * wechaty or the puppet is not installed, or the session file cannot be written.
 */
export async function buildWechat(parts: WechatParts): Promise<WechatPlatform> {
  const { config, store, clock, logger, ids, dataFolder, botNames, language } = parts;
  const wechaty = await loadWechaty();
  if (parts.puppet === undefined) requirePuppet(config.puppet);
  const session = prepareSessionFile(resolve(dataFolder), clock.now());
  if (session.setAside !== null) logger.warn({}, wechatTexts[language].setAside(session.setAside));
  const safety = wechatSafetyTexts[language];
  logger.warn({}, config.rules.sending ? safety.on : safety.off);
  let joined: Pick<App, "rooms" | "adapters"> | undefined;
  const app = (): Pick<App, "rooms" | "adapters"> => {
    if (joined === undefined) throw new Error("WeChat was not joined to the product");
    return joined;
  };
  const book = new StoredIdentities({
    store,
    platform: WECHAT,
    marks: loadIdentityKey(dataFolder),
    ids,
    directoryIds: { group: groupId, member: memberId, membership: membershipId },
    directory: () => app().rooms.directory,
  });
  const gate = new AccountGuard({
    rules: config.rules,
    memory: book.sendMemory(),
    random: parts.random,
    onPause: (pause) => tellPause(parts, app(), pause),
  });
  const bot = new WechatyBot({
    wechaty,
    session: session.name,
    puppet: parts.puppet ?? config.puppet,
    puppetOptions: puppetOptions(config),
    now: () => clock.now(),
  });
  const adapter = new WechatAdapter({
    ...{ bot, book, gate, clock, logger, botNames, language },
    // Ids that stay name the account by themselves; else its session file does.
    account: config.stableIds ? "" : WECHAT,
    capabilities: { stableIds: config.stableIds },
    showCode: (code) => showCode(parts, code),
    onLogin: () => protectSessionFile(session),
    sending: () => gate.view(clock.now()),
  });
  return {
    adapter,
    join: (product) => {
      joined = product;
    },
  };
}

function puppetOptions({ token, endpoint, tls }: WechatConfig): Readonly<Record<string, unknown>> {
  return {
    ...(token === null ? {} : { token: token.reveal() }),
    ...(endpoint === null ? {} : { endpoint }),
    ...(tls ? {} : { tls: { disable: true } }),
  };
}

/** Draws the code where somebody can scan it. It is a key: it never goes into the log. */
function showCode({ terminal, logger, language }: WechatParts, code: string): void {
  const texts = wechatTexts[language];
  if (terminal === null) logger.warn({}, texts.scanElsewhere);
  else terminal.write(`${texts.scan}\n${renderUnicodeCompact(code)}\n`);
}

/** WeChat has forced a pause: staff learn it on another platform. */
async function tellPause(
  { store, clock, staffRooms, language, config }: WechatParts,
  { adapters }: Pick<App, "adapters">,
  { until, lengthMs }: Pause,
): Promise<void> {
  const at = clock.now();
  await store.write(async (tx) => {
    const rooms = await otherChannels(tx, WECHAT, {
      staffRooms,
      language,
      // Nobody reads the pretend platform.
      isUsable: (platform) =>
        platform !== SIMULATED && adapters.get(platform)?.health().state === "ok",
    });
    for (const { place, language: spoken } of rooms)
      await tx.outbox.say({
        key: `wechat-pause:${String(until)}:${place.platform}/${place.conversationId}`,
        kind: "alert",
        to: place,
        message: {
          text: wechatSafetyTexts[spoken].paused({
            minutes: Math.round(lengthMs / MINUTE),
            until: formatInstant(until, config.rules.timeZone, spoken, "short"),
          }),
        },
        at,
      });
  });
}
