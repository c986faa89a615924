import { SlackAdapter } from "#adapters/slack/slack-adapter.js";
import type { TransportOptions } from "#adapters/slack/slack-transport.js";
import type { Language } from "#entities/vocabulary.js";
import type { Clock } from "#src/shared/clock.js";
import type { Logger } from "#src/shared/logger.js";
import type { Store } from "#src/store/store.js";
import { Envelope } from "./envelope.js";
import type { SlackConfig } from "./slack-config.js";
import { slackPages } from "./slack-home.js";
import { StoredInstallations } from "./slack-installations.js";

export interface SlackParts {
  readonly config: SlackConfig;
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly botName: string;
  readonly language: Language;
  readonly timeZone: string;
}

/** The Slack adapter as the configuration wants it, over the product's own store. */
export function buildSlackAdapter(parts: SlackParts): SlackAdapter {
  const { config, store, clock, logger, botName, language, timeZone } = parts;
  const { secretKey, botToken, apiUrl, oauth, teams } = config;
  const envelope = secretKey === null ? null : new Envelope(secretKey);
  const book = new StoredInstallations({ store, clock, logger, envelope, configured: botToken });
  const transport: TransportOptions =
    config.transport.kind === "socket" || oauth === null
      ? config.transport
      : {
          ...config.transport,
          oauth: { ...oauth, teams, language, book, ...authorizationUrl(apiUrl) },
        };
  return new SlackAdapter({
    transport,
    book,
    pages: slackPages({ store, clock, language, timeZone }),
    clock,
    logger,
    botName,
    language,
    ...(botToken === null ? {} : { token: botToken }),
    ...(apiUrl === null ? {} : { apiUrl, responseOrigin: new URL(apiUrl).origin }),
  });
}

/** Another Web API has its own page where an administrator agrees. */
function authorizationUrl(apiUrl: string | null): { readonly authorizationUrl?: string } {
  return apiUrl === null
    ? {}
    : { authorizationUrl: `${new URL(apiUrl).origin}/oauth/v2/authorize` };
}
