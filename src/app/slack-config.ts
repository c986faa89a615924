import { readFileSync } from "node:fs";
import { AppError } from "#src/shared/app-error.js";
import { Secret } from "#src/shared/secret.js";
import { type ConfigFault, describeFaults, type Environment } from "./config.js";

/** How Slack is connected. */
export interface SlackConfig {
  /** Over HTTP with a signing secret, or over a socket with an app token. */
  readonly transport:
    | { readonly kind: "http"; readonly signingSecret: Secret }
    | { readonly kind: "socket"; readonly appToken: Secret };
  /** One workspace whose token was set by hand; null where people install through a browser. */
  readonly botToken: Secret | null;
  readonly oauth: {
    readonly clientId: string;
    readonly clientSecret: Secret;
    readonly publicUrl: string;
  } | null;
  /** Keys that seal tokens; null where there is nothing to seal. */
  readonly secretKey: Secret | null;
  /** Workspaces that may install; empty: the first one, and nobody after it. */
  readonly teams: readonly string[];
  /** Another address of the Web API, for tests and proxies. */
  readonly apiUrl: string | null;
}

interface Variable {
  readonly name: string;
  readonly expected: string;
  readonly example: string;
  readonly accepts: (value: string) => boolean;
}

function isWebAddress(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

const VARIABLES = {
  signingSecret: {
    name: "HUIYIN_SLACK_SIGNING_SECRET",
    expected: "the app's signing secret, at least 16 characters without blanks",
    example: "8f742231b10e…",
    // An empty or guessable secret would let anybody in.
    accepts: (value) => /^\S{16,200}$/.test(value),
  },
  botToken: {
    name: "HUIYIN_SLACK_BOT_TOKEN",
    expected: "a bot token",
    example: "xoxb-…",
    accepts: (value) => /^xoxb-\S{5,250}$/.test(value),
  },
  appToken: {
    name: "HUIYIN_SLACK_APP_TOKEN",
    expected: "an app-level token for Socket Mode",
    example: "xapp-…",
    accepts: (value) => /^xapp-\S{5,250}$/.test(value),
  },
  clientId: {
    name: "HUIYIN_SLACK_CLIENT_ID",
    expected: "the app's client id",
    example: "1234567890.1234567890",
    accepts: (value) => /^[\d.]{3,100}$/.test(value),
  },
  clientSecret: {
    name: "HUIYIN_SLACK_CLIENT_SECRET",
    expected: "the app's client secret",
    example: "0123456789abcdef…",
    accepts: (value) => /^\S{16,200}$/.test(value),
  },
  teams: {
    name: "HUIYIN_SLACK_TEAMS",
    expected: "ids of workspaces separated by commas",
    example: "T0123ABCD",
    accepts: (value) => /^T[A-Z0-9]{2,20}(?:,T[A-Z0-9]{2,20}){0,50}$/.test(value),
  },
  apiUrl: {
    name: "HUIYIN_SLACK_API_URL",
    expected: "an address that ends in /api/",
    example: "https://slack.com/api/",
    accepts: (value) => isWebAddress(value) && value.endsWith("/api/"),
  },
  secretKey: {
    name: "HUIYIN_SECRET_KEY",
    expected: "one or more keys of at least 32 characters, newest first, separated by commas",
    example: "$(openssl rand -hex 32)",
    accepts: (value) => value.split(",").every((key) => key.trim().length >= 32),
  },
} as const satisfies Record<string, Variable>;

/** Names of Slack's variables, for `.env.example` and its test. */
export const SLACK_VARIABLES: readonly string[] = Object.values(VARIABLES).map(({ name }) => name);

type Values = Partial<Record<keyof typeof VARIABLES, string>>;

function rawOf(env: Environment, { name }: Variable): string | undefined {
  const file = env[`${name}_FILE`];
  if (file === undefined || file === "") return env[name]?.trim();
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    throw new AppError("invalid-config", `${name}_FILE names a file that cannot be read.`);
  }
}

function readValues(env: Environment, faults: ConfigFault[]): Values {
  const values: Values = {};
  for (const [key, variable] of Object.entries(VARIABLES)) {
    const raw = rawOf(env, variable);
    if (raw === undefined || raw === "") continue;
    if (variable.accepts(raw)) values[key as keyof typeof VARIABLES] = raw;
    else
      faults.push({
        variable: variable.name,
        expected: variable.expected,
        example: variable.example,
      });
  }
  return values;
}

function fault(key: keyof typeof VARIABLES, expected?: string): ConfigFault {
  const { name, example } = VARIABLES[key];
  return { variable: name, expected: expected ?? VARIABLES[key].expected, example };
}

/** What is missing for the way that was begun. */
function missing(values: Values, publicUrl: string | null): readonly ConfigFault[] {
  const { signingSecret, appToken, botToken, secretKey } = values;
  const faults: ConfigFault[] = [];
  const browser = installsByBrowser(values, publicUrl);
  if (signingSecret === undefined && appToken === undefined)
    faults.push(
      fault("signingSecret", "the app's signing secret (or an app token for Socket Mode)"),
    );
  if (botToken === undefined && !browser)
    faults.push(
      fault(
        "botToken",
        "a bot token; or HUIYIN_SLACK_CLIENT_ID, HUIYIN_SLACK_CLIENT_SECRET and HUIYIN_PUBLIC_URL to install through a browser",
      ),
    );
  if (secretKey === undefined && browser) faults.push(fault("secretKey"));
  return faults;
}

function installsByBrowser({ clientId, clientSecret }: Values, publicUrl: string | null): boolean {
  return clientId !== undefined && clientSecret !== undefined && publicUrl !== null;
}

function secretOf(value: string | undefined): Secret | null {
  return value === undefined ? null : new Secret(value);
}

function oauthOf(values: Values, publicUrl: string | null): SlackConfig["oauth"] {
  const { clientId, clientSecret } = values;
  if (clientId === undefined || clientSecret === undefined || publicUrl === null) return null;
  return { clientId, clientSecret: new Secret(clientSecret), publicUrl };
}

/** The keys that seal tokens, whatever else of Slack is configured; null where none is set. */
export function loadSecretKey(env: Environment): Secret | null {
  const faults: ConfigFault[] = [];
  const { secretKey } = readValues(env, faults);
  const own = faults.filter(({ variable }) => variable === VARIABLES.secretKey.name);
  if (own.length > 0) throw new AppError("invalid-config", describeFaults(own));
  return secretOf(secretKey);
}

/**
 * Slack's part of the environment; null when nothing of it is set. Throws `invalid-config` with every
 * fault at once.
 */
export function loadSlackConfig(env: Environment, publicUrl: string | null): SlackConfig | null {
  const faults: ConfigFault[] = [];
  const values = readValues(env, faults);
  const { signingSecret, appToken, botToken, clientId } = values;
  const wanted = signingSecret ?? appToken ?? botToken ?? clientId;
  if (wanted === undefined && faults.length === 0) return null;
  faults.push(...missing(values, publicUrl));
  if (faults.length > 0) throw new AppError("invalid-config", describeFaults(faults));
  return {
    transport:
      appToken === undefined
        ? { kind: "http", signingSecret: new Secret(signingSecret ?? "") }
        : { kind: "socket", appToken: new Secret(appToken) },
    botToken: secretOf(botToken),
    oauth: oauthOf(values, publicUrl),
    secretKey: secretOf(values.secretKey),
    teams: values.teams?.split(",") ?? [],
    apiUrl: values.apiUrl ?? null,
  };
}
