import { z } from "zod";
import type { ConversationRef } from "#src/platform/conversation.js";
import { checkZone } from "#src/scheduling/time-zone.js";
import { AppError } from "#src/shared/app-error.js";
import { Secret } from "#src/shared/secret.js";
import type { StoreLocation } from "#src/store/data-source.js";
import {
  type ConfigFault,
  describeFaults,
  type Environment,
  readVariable,
  type Variable,
} from "./config-variable.js";
import {
  readSecondOpinion,
  SECOND_OPINION_VARIABLES,
  type SecondOpinionConfig,
} from "./second-opinion-config.js";

export { type ConfigFault, describeFaults, type Environment };

/** Everything the service is told from outside, checked once at start. */
export interface Config {
  /** Folder of the SQLite file, the lock and the backups. */
  readonly dataFolder: string;
  /** PostgreSQL instead of the SQLite file. */
  readonly databaseUrl: Secret | null;
  readonly host: string;
  readonly port: number;
  readonly language: "zh" | "en";
  readonly timeZone: string;
  /** Names the bot answers to, without the @; the first one signs its texts. */
  readonly botNames: readonly string[];
  readonly staffRooms: readonly ConversationRef[];
  /** Staff rooms of certain groups, by the group's name or by platform/conversation. */
  readonly groupStaffRooms: ReadonlyMap<string, ConversationRef>;
  /** The address by which browsers reach the console, without a path; null: by host and port. */
  readonly publicUrl: string | null;
  /** The owner's password as the deployment wants it; null leaves it as it is. */
  readonly ownerPassword: Secret | null;
  readonly logLevel: string;
  /** How long "seen" marks of handled events are kept, days. */
  readonly seenDays: number;
  /** Another model that is asked about uncertain lines; null while nobody is. */
  readonly secondOpinion: SecondOpinionConfig | null;
}

const port = z.coerce.number().int().min(0).max(65_535);

function isDatabaseUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  return ["postgres:", "postgresql:"].includes(new URL(value).protocol);
}

/** Scheme, host and port: what a browser calls an origin. */
function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, pathname, search, hash, username } = new URL(value);
  const plain = pathname === "/" && search === "" && hash === "" && username === "";
  return plain && (protocol === "https:" || protocol === "http:");
}

const room = z.string().regex(/^[^/\s]+\/.+$/);

const VARIABLES = {
  dataFolder: {
    name: "HUIYIN_DATA",
    expected: "a folder",
    example: "./data",
    schema: z.string().min(1).default("./data"),
  },
  databaseUrl: {
    name: "DATABASE_URL",
    expected: "a PostgreSQL address, or nothing for SQLite",
    example: "postgres://huiyin:…@db.example:5432/huiyin",
    schema: z.string().refine(isDatabaseUrl).optional(),
  },
  host: {
    name: "HUIYIN_HOST",
    expected: "an address to listen on",
    example: "127.0.0.1",
    schema: z.string().min(1).default("127.0.0.1"),
  },
  port: {
    name: "HUIYIN_PORT",
    expected: "a port from 0 to 65535",
    example: "8080",
    schema: port.default(8080),
  },
  language: {
    name: "HUIYIN_LANGUAGE",
    expected: "zh or en",
    example: "zh",
    schema: z.enum(["zh", "en"]).default("zh"),
  },
  timeZone: {
    name: "HUIYIN_TIME_ZONE",
    expected: "an IANA time zone",
    example: "Asia/Shanghai",
    schema: z
      .string()
      .refine((zone) => checkZone(zone).kind === "ok")
      .default("Asia/Shanghai"),
  },
  botNames: {
    name: "HUIYIN_BOT_NAMES",
    expected: "names separated by commas, 1 to 20 characters each",
    example: "小助手,团购小助手",
    schema: z
      .string()
      .transform((text) => text.split(/[,，]/).map((name) => name.trim().replace(/^@/, "")))
      .pipe(z.array(z.string().min(1).max(20)).min(1))
      .default(["小助手", "团购小助手"]),
  },
  staffRooms: {
    name: "HUIYIN_STAFF_ROOMS",
    expected: "platform/conversation pairs separated by commas",
    example: "simulated/staff",
    schema: z
      .string()
      .transform((text) => text.split(",").map((part) => part.trim()))
      .pipe(z.array(room))
      .default(["simulated/staff"]),
  },
  groupStaffRooms: {
    name: "HUIYIN_GROUP_STAFF_ROOMS",
    expected: "group=platform/conversation pairs separated by commas, or nothing",
    example: "阳光里3群=wecom/店长群",
    schema: z
      .string()
      .transform((text) => text.split(",").map((part) => part.trim()))
      .pipe(z.array(z.string().regex(/^[^=]{1,200}= *[^/\s=]+\/[^=]+$/)))
      .default([]),
  },
  publicUrl: {
    name: "HUIYIN_PUBLIC_URL",
    expected: "the address of the console without a path, or nothing",
    example: "https://huiyin.example",
    schema: z
      .string()
      .refine(isOrigin)
      .transform((value) => new URL(value).origin)
      .optional(),
  },
  ownerPassword: {
    name: "HUIYIN_OWNER_PASSWORD",
    expected: "12 to 200 characters, or nothing",
    example: "",
    schema: z.string().min(12).max(200).optional(),
  },
  logLevel: {
    name: "HUIYIN_LOG_LEVEL",
    expected: "debug, info, warn or error",
    example: "info",
    schema: z.enum(["debug", "info", "warn", "error"]).default("info"),
  },
  seenDays: {
    name: "HUIYIN_SEEN_DAYS",
    expected: "whole days from 2 to 90",
    example: "14",
    schema: z.coerce.number().int().min(2).max(90).default(14),
  },
} as const satisfies Record<string, Variable>;

/** Names of all variables, for `.env.example` and its test. */
export const CONFIG_VARIABLES: readonly string[] = [
  ...Object.values(VARIABLES).map((variable) => variable.name),
  ...SECOND_OPINION_VARIABLES,
];

/** The environment of this process: the only place that reads it. */
export function currentEnvironment(): Environment {
  return process.env;
}

/** A near miss of a time zone is worth more than the usual example. */
function exampleFor(variable: Variable, raw: string | undefined): string {
  if (variable.name !== "HUIYIN_TIME_ZONE" || raw === undefined) return variable.example;
  const check = checkZone(raw);
  return check.kind === "unknown" ? (check.suggestion ?? variable.example) : variable.example;
}

function roomOf(text: string): ConversationRef {
  const slash = text.indexOf("/");
  return { platform: text.slice(0, slash), conversationId: text.slice(slash + 1) };
}

function assignmentOf(pair: string): readonly [string, ConversationRef] {
  const sign = pair.indexOf("=");
  return [pair.slice(0, sign).trim(), roomOf(pair.slice(sign + 1).trim())];
}

/** Reads the environment. Throws `invalid-config` with every fault at once. */
export function loadConfig(env: Environment): Config {
  const faults: ConfigFault[] = [];
  const entries = Object.entries(VARIABLES).map(([key, variable]) => [
    key,
    readVariable(env, variable, faults, (raw) => exampleFor(variable, raw)),
  ]);
  const secondOpinion = readSecondOpinion(env, faults);
  if (faults.length > 0) throw new AppError("invalid-config", describeFaults(faults));
  const raw = Object.fromEntries(entries) as {
    [Key in keyof typeof VARIABLES]: z.infer<(typeof VARIABLES)[Key]["schema"]>;
  };
  return {
    ...raw,
    secondOpinion,
    databaseUrl: raw.databaseUrl === undefined ? null : new Secret(raw.databaseUrl),
    staffRooms: raw.staffRooms.map(roomOf),
    groupStaffRooms: new Map(raw.groupStaffRooms.map(assignmentOf)),
    publicUrl: raw.publicUrl ?? null,
    ownerPassword: raw.ownerPassword === undefined ? null : new Secret(raw.ownerPassword),
  };
}

/** Where the rows live by this configuration. */
export function storeLocation(config: Pick<Config, "databaseUrl" | "dataFolder">): StoreLocation {
  return config.databaseUrl === null
    ? { dialect: "sqlite", file: `${config.dataFolder}/huiyin.sqlite` }
    : { dialect: "postgres", url: config.databaseUrl.reveal() };
}
