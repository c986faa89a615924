import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import type {
  HTTPReceiverOptions,
  InstallationStore,
  InstallURLOptions,
  Installation as SlackInstallation,
  StateStore,
} from "@slack/bolt";
import type { Language } from "#entities/vocabulary.js";
import { slackTexts } from "#src/i18n/slack.js";
import { AppError, isAppError } from "#src/shared/app-error.js";
import { type Clock, MINUTE } from "#src/shared/clock.js";
import type { Logger } from "#src/shared/logger.js";
import { Secret } from "#src/shared/secret.js";
import type { Installation, InstallationBook } from "./installation.js";
import { BOT_SCOPES } from "./manifest.js";
import { escapeText } from "./slack-text.js";

const REDIRECT_PATH = "/slack/oauth_redirect";
const STATE_MS = 10 * MINUTE;
/** States that were begun and not finished: more than this and the oldest is forgotten. */
const MOST_STATES = 1_000;
/** A cookie of this prefix is bound to this host and to HTTPS. */
const STATE_COOKIE = "__Host-huiyin-slack-state";

/** How people connect their workspace through a browser. */
export interface OAuthOptions {
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** Public address of the product, without a slash at its end. */
  readonly publicUrl: string;
  /** Workspaces that may install; an empty list lets the first one in and nobody after it. */
  readonly teams: readonly string[];
  readonly language: Language;
  readonly book: InstallationBook;
  /** Slack's page where an administrator agrees; Slack's own unless a test says otherwise. */
  readonly authorizationUrl?: string;
}

interface OAuthParts {
  readonly oauth: OAuthOptions;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly apiUrl?: string | undefined;
}

type OAuthReceiverOptions = Pick<
  HTTPReceiverOptions,
  "clientId" | "clientSecret" | "redirectUri" | "scopes" | "installationStore" | "installerOptions"
>;

/** Remembers what was begun: each state is random, good for ten minutes and for one use. */
class OnceStates implements StateStore {
  readonly #clock: Clock;
  readonly #begun = new Map<
    string,
    { readonly options: InstallURLOptions; readonly until: number }
  >();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async generateStateParam(options: InstallURLOptions): Promise<string> {
    const state = randomBytes(32).toString("base64url");
    this.#begun.set(state, { options, until: this.#clock.now() + STATE_MS });
    const [oldest] = this.#begun.keys();
    if (this.#begun.size > MOST_STATES && oldest !== undefined) this.#begun.delete(oldest);
    return state;
  }

  async verifyStateParam(_now: Date, state: string): Promise<InstallURLOptions> {
    const begun = this.#begun.get(state);
    this.#begun.delete(state);
    if (begun === undefined || begun.until <= this.#clock.now())
      throw new AppError("forbidden-role", "This installation was begun too long ago, or twice.");
    return begun.options;
  }
}

/** What Bolt's receiver needs to let people connect their workspace under `/slack/install`. */
export function oauthReceiverOptions(parts: OAuthParts): OAuthReceiverOptions {
  const { oauth, clock, logger, apiUrl } = parts;
  const texts = slackTexts[oauth.language].install;
  return {
    clientId: oauth.clientId,
    clientSecret: oauth.clientSecret.reveal(),
    scopes: [...BOT_SCOPES],
    redirectUri: oauth.publicUrl + REDIRECT_PATH,
    installationStore: storeOf(oauth, clock),
    installerOptions: {
      installPath: "/slack/install",
      redirectUriPath: REDIRECT_PATH,
      directInstall: true,
      stateStore: new OnceStates(clock),
      stateCookieName: STATE_COOKIE,
      stateCookieExpirationSeconds: STATE_MS / 1_000,
      callbackOptions: {
        success: (installed, _options, _request, response) => {
          logger.info({ team: installed.team?.id }, "Slack is connected");
          page(response, 200, texts.done(installed.team?.name ?? ""));
        },
        failure: (error, _options, _request, response) => {
          logger.warn({ err: error }, "a workspace could not be connected");
          const refused = isAppError(error, "forbidden-role");
          page(response, 400, refused ? error.message : texts.failed);
        },
      },
      ...(oauth.authorizationUrl === undefined ? {} : { authorizationUrl: oauth.authorizationUrl }),
      ...(apiUrl === undefined ? {} : { clientOptions: { slackApiUrl: apiUrl } }),
    },
  };
}

function storeOf({ book, teams, language }: OAuthOptions, clock: Clock): InstallationStore {
  return {
    storeInstallation: async (installed) => {
      const installation = installationOf(installed);
      const texts = slackTexts[language].install;
      if (installation === null) throw new AppError("forbidden-role", texts.noBot);
      const known = (await book.all()).map(({ team }) => team);
      const welcome = teams.length > 0 ? teams : known;
      if (welcome.length > 0 && !welcome.includes(installation.team))
        throw new AppError("forbidden-role", texts.otherTeam);
      await book.save(installation, clock.now());
    },
    fetchInstallation: async () => {
      throw new AppError("internal", "Installations are looked up in the book.");
    },
  };
}

/** What Slack handed over, in our terms; null when it is not a bot in one workspace. */
function installationOf(installed: SlackInstallation): Installation | null {
  const { team, bot, appId, user } = installed;
  if (team === undefined || bot === undefined || installed.isEnterpriseInstall === true)
    return null;
  return {
    team: team.id,
    teamName: team.name ?? "",
    appId: appId ?? "",
    botUserId: bot.userId,
    botId: bot.id,
    token: new Secret(bot.token),
    scopes: bot.scopes,
    installedBy: user.id,
  };
}

function page(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  });
  response.end(
    `<!doctype html><meta charset="utf-8"><title>Huiyin 回音</title><body style="font:18px sans-serif;margin:3em auto;max-width:34em">${escapeText(text)}</body>`,
  );
}
