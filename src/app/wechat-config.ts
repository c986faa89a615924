import { readFileSync } from "node:fs";
import { z } from "zod";
import type { SendRules } from "#adapters/wechat/account-guard.js";
import { AppError } from "#src/shared/app-error.js";
import { Secret } from "#src/shared/secret.js";
import { type ConfigFault, describeFaults, type Environment } from "./config.js";
import { readSendRules } from "./wechat-send-config.js";

/** How WeChat is connected, and how much the account may send. */
export interface WechatConfig {
  /** The npm package of the puppet that drives the account. */
  readonly puppet: string;
  readonly token: Secret | null;
  /** Where the puppet's service listens, `host:port`; null for one in this process, or found by its token. */
  readonly endpoint: string | null;
  /** False only for a service on this machine that speaks without TLS. */
  readonly tls: boolean;
  /** The puppet keeps ids of rooms and people over log-ins. */
  readonly stableIds: boolean;
  readonly rules: SendRules;
}

const SERVICE = "wechaty-puppet-service";
/** Puppets that are known by a short name. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  mock: "wechaty-puppet-mock",
  service: SERVICE,
  gateway: SERVICE,
  wechat4u: "wechaty-puppet-wechat4u",
};
const PACKAGE = /^(?:@[a-z0-9][\w.-]{0,60}\/)?[a-z0-9][\w.-]{0,100}$/;

interface Variable {
  readonly name: string;
  readonly expected: string;
  readonly example: string;
  readonly schema: z.ZodType;
}

function isEndpoint(value: string): boolean {
  const match = /^([\w.-]{1,200}|\[[0-9a-f:]{2,45}\]):(\d{1,5})$/i.exec(value);
  const port = Number(match?.[2]);
  return match !== null && port >= 1 && port <= 65_535;
}

const VARIABLES = {
  puppet: {
    name: "HUIYIN_WECHAT_PUPPET",
    expected: "mock, service, wechat4u, or the name of another puppet's npm package",
    example: "service",
    schema: z
      .string()
      .transform((name) => SHORT_NAMES[name.toLowerCase()] ?? name)
      .refine((name) => PACKAGE.test(name))
      .optional(),
  },
  token: {
    name: "HUIYIN_WECHAT_TOKEN",
    expected: "the puppet's token, 8 to 250 characters without blanks",
    example: "insecure_xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
    schema: z
      .string()
      .regex(/^\S{8,250}$/)
      .optional(),
  },
  endpoint: {
    name: "HUIYIN_WECHAT_ENDPOINT",
    expected: "host:port of the puppet's service",
    example: "127.0.0.1:8788",
    schema: z.string().refine(isEndpoint).optional(),
  },
  tls: {
    name: "HUIYIN_WECHAT_TLS",
    expected: "on, or off for a service on this machine",
    example: "on",
    schema: z.enum(["on", "off"]).default("on"),
  },
  stableIds: {
    name: "HUIYIN_WECHAT_STABLE_IDS",
    expected: "yes or no: whether the puppet keeps ids of rooms and people over log-ins",
    example: "no",
    schema: z.enum(["yes", "no"]).default("no"),
  },
} as const satisfies Record<string, Variable>;

/** Names of the variables of the connection to WeChat, for `.env.example` and its test. */
export const WECHAT_VARIABLES: readonly string[] = Object.values(VARIABLES).map(({ name }) => name);

type Values = {
  readonly [Key in keyof typeof VARIABLES]: z.infer<(typeof VARIABLES)[Key]["schema"]>;
};

function faultOf({ name, expected, example }: Variable, told = expected): ConfigFault {
  return { variable: name, expected: told, example };
}

function rawOf(env: Environment, name: string, faults: ConfigFault[]): string | undefined {
  const file = env[`${name}_FILE`];
  if (file === undefined || file === "") return env[name]?.trim();
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    const example = "/run/secrets/wechat-token";
    faults.push({ variable: `${name}_FILE`, expected: "a file that can be read", example });
    return undefined;
  }
}

function read(env: Environment, variable: Variable, faults: ConfigFault[]): unknown {
  const raw = rawOf(env, variable.name, faults);
  const parsed = variable.schema.safeParse(raw === "" ? undefined : raw);
  if (parsed.success) return parsed.data;
  faults.push(faultOf(variable));
  return variable.schema.safeParse(undefined).data;
}

/** What is missing for the way that was begun. */
function missing(values: Values): readonly ConfigFault[] {
  const { puppet, token, endpoint, tls } = values;
  const faults: ConfigFault[] = [];
  if (puppet === undefined) faults.push(faultOf(VARIABLES.puppet));
  if (puppet === SERVICE && token === undefined)
    faults.push(faultOf(VARIABLES.token, "the token of the puppet's service"));
  if (endpoint !== undefined && puppet !== undefined && puppet !== SERVICE)
    faults.push(faultOf(VARIABLES.puppet, "service, because an endpoint is set"));
  const isHere = /^(?:127\.0\.0\.1|localhost|\[::1\]):/.test(endpoint ?? "");
  if (tls === "off" && !isHere)
    faults.push(faultOf(VARIABLES.tls, "on: only a service on this machine may do without"));
  return faults;
}

/**
 * WeChat's part of the environment; null when no puppet is named. Throws `invalid-config` with every
 * fault at once, those of the sending rules among them.
 */
export function loadWechatConfig(env: Environment, timeZone: string): WechatConfig | null {
  const faults: ConfigFault[] = [];
  const values = Object.fromEntries(
    Object.entries(VARIABLES).map(([key, variable]) => [key, read(env, variable, faults)]),
  ) as Values;
  const { puppet, token, endpoint, tls, stableIds } = values;
  const wanted = puppet ?? token ?? endpoint;
  if (wanted === undefined && faults.length === 0) return null;
  const known = new Set(faults.map(({ variable }) => variable));
  faults.push(...missing(values).filter(({ variable }) => !known.has(variable)));
  const rules = readSendRules(env, timeZone, faults);
  if (faults.length > 0 || puppet === undefined)
    throw new AppError("invalid-config", describeFaults(faults));
  return {
    puppet,
    token: token === undefined ? null : new Secret(token),
    endpoint: endpoint ?? null,
    tls: tls === "on",
    stableIds: stableIds === "yes",
    rules,
  };
}
