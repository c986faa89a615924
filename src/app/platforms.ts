import { RelayAdapter } from "#adapters/relay/relay-adapter.js";
import { SimulatedAdapter } from "#adapters/simulated/simulated-adapter.js";
import { SimulatedChat } from "#adapters/simulated/simulated-chat.js";
import type { SlackAdapter } from "#adapters/slack/slack-adapter.js";
import type { SessionSource } from "#adapters/wechat/session-view.js";
import type { PrefixListener } from "#src/http/listen.js";
import type { PlatformAdapter } from "#src/platform/platform-adapter.js";
import { systemClock } from "#src/shared/clock.js";
import { randomIds } from "#src/shared/ids.js";
import type { Logger } from "#src/shared/logger.js";
import type { Store } from "#src/store/store.js";
import type { Config, Environment } from "./config.js";
import type { App, AppParts } from "./create-app.js";
import { storedTray } from "./relay-tray.js";
import { loadSlackConfig, type SlackConfig } from "./slack-config.js";
import { buildSlackAdapter } from "./slack-wiring.js";
import { loadWechatConfig, type WechatConfig } from "./wechat-config.js";
import { buildWechat, type WechatParts, type WechatPlatform } from "./wechat-wiring.js";
import { loadWecomConfig, type WecomConfig } from "./wecom-config.js";
import { buildWecomAdapter, staffRoomsWith } from "./wecom-wiring.js";

/** What the environment says of each platform; null for one that is not connected. */
export interface PlatformConfigs {
  readonly slack: SlackConfig | null;
  readonly wecom: WecomConfig | null;
  readonly wechat: WechatConfig | null;
}

/** The platforms of a service. */
export interface Platforms extends Pick<AppParts, "adapters" | "staffRooms"> {
  readonly sharedStaffRoom: NonNullable<AppParts["sharedStaffRoom"]> | null;
  /** What of the port platforms answer themselves: they verify the bytes as they come. */
  readonly listeners: readonly PrefixListener[];
  /** The session of WeChat; null when it is not connected. */
  readonly wechat: SessionSource | null;
  /** Gives the product to the adapters that need it, once it is built. */
  readonly join: (app: App) => void;
}

/** Reads what the environment says of the platforms. Throws `invalid-config` with the remedy. */
export function loadPlatformConfigs(env: Environment, config: Config): PlatformConfigs {
  return {
    slack: loadSlackConfig(env, config.publicUrl),
    wecom: loadWecomConfig(env),
    wechat: loadWechatConfig(env, config.timeZone),
  };
}

/** Builds the adapters of all platforms that are connected. Throws `invalid-config` with the remedy. */
export async function buildPlatforms(
  config: Config,
  parts: {
    readonly configs: PlatformConfigs;
    readonly store: Store;
    readonly logger: Logger;
  },
): Promise<Platforms> {
  const { configs, store, logger } = parts;
  const { slack, wecom } = configs;
  const staff = staffRoomsWith(config.staffRooms, wecom);
  const wechat =
    configs.wechat === null
      ? null
      : await wechatOf(config, { wechat: configs.wechat, store, logger, ...staff });
  const slackAdapter = slack === null ? null : slackOf(config, { slack, store, logger });
  const adapters: (PlatformAdapter | null)[] = [
    new SimulatedAdapter({ platform: new SimulatedChat(), botNames: config.botNames }),
    new RelayAdapter({ tray: storedTray(store, () => systemClock.now()) }),
    slackAdapter,
    wechat?.adapter ?? null,
    wecom === null
      ? null
      : wecomOf(config, { wecom, logger, hasChat: slackAdapter !== null || wechat !== null }),
  ];
  return {
    adapters: adapters.filter((adapter) => adapter !== null),
    listeners: listenersOf(slackAdapter),
    wechat: wechat?.adapter ?? null,
    join: (app) => wechat?.join(app),
    ...staff,
  };
}

function slackOf(
  { botNames, language, timeZone }: Config,
  parts: { readonly slack: SlackConfig; readonly store: Store; readonly logger: Logger },
): SlackAdapter {
  const { slack, store, logger } = parts;
  const [botName = "Huiyin"] = botNames;
  const clock = systemClock;
  return buildSlackAdapter({ config: slack, store, clock, logger, botName, language, timeZone });
}

function wechatOf(
  { dataFolder, botNames, language }: Config,
  parts: Pick<WechatParts, "store" | "logger" | "staffRooms"> & { readonly wechat: WechatConfig },
): Promise<WechatPlatform> {
  const { wechat, store, logger, staffRooms } = parts;
  const { stderr } = process;
  return buildWechat({
    ...{ config: wechat, store, logger, staffRooms, dataFolder, botNames, language },
    clock: systemClock,
    ids: randomIds,
    random: Math.random,
    terminal: stderr.isTTY ? stderr : null,
  });
}

function wecomOf(
  { language, publicUrl }: Config,
  parts: { readonly wecom: WecomConfig; readonly logger: Logger; readonly hasChat: boolean },
): PlatformAdapter {
  const { wecom, logger, hasChat } = parts;
  const clock = systemClock;
  return buildWecomAdapter({ config: wecom, clock, logger, language, publicUrl, hasChat });
}

function listenersOf(slack: SlackAdapter | null): readonly PrefixListener[] {
  const listener = slack?.listener ?? null;
  return listener === null ? [] : [{ prefix: "/slack/", listener }];
}
