import { WecomAdapter } from "#adapters/wecom/wecom-adapter.js";
import { wecomTexts } from "#src/i18n/wecom.js";
import type { Capabilities } from "#src/platform/capabilities.js";
import { type ManualClock, manualClock } from "#src/shared/clock.js";
import { createLogger } from "#src/shared/logger.js";
import { Secret } from "#src/shared/secret.js";
import { WebhookServer } from "./webhook-server.js";

/** 2026-11-20 10:00 in Shanghai. */
const MORNING = Date.UTC(2026, 10, 20, 2);
export const KEY = "693a91f6-7eab-4bc4-97a0-0ec2sifa5aaa";
export const GROUP = "店长群";
export const ROOM = { platform: "wecom", conversationId: GROUP } as const;
export const CONSOLE = "https://huiyin.example/cases";

/** An adapter with one group whose platform is the local fake, and every line it logged. */
export interface WecomScene {
  readonly adapter: WecomAdapter;
  readonly server: WebhookServer;
  readonly clock: ManualClock;
  readonly logged: () => string;
  readonly close: () => Promise<void>;
}

export async function wecomScene(
  options: {
    readonly capabilities?: Partial<Capabilities>;
    readonly key?: string;
    readonly clock?: ManualClock;
  } = {},
): Promise<WecomScene> {
  const clock = options.clock ?? manualClock(MORNING);
  const server = await WebhookServer.open(clock, [KEY]);
  const log: string[] = [];
  const write = (line: string): void => {
    log.push(line);
  };
  const adapter = new WecomAdapter({
    webhooks: new Map([[GROUP, new Secret(server.address(options.key ?? KEY))]]),
    clock,
    logger: createLogger("debug", { write }),
    language: "zh",
    foot: wecomTexts.zh.foot({ console: CONSOLE, hasChat: true }),
    ...(options.capabilities === undefined ? {} : { capabilities: options.capabilities }),
  });
  await adapter.start();
  return { adapter, server, clock, logged: () => log.join(""), close: () => server.close() };
}
