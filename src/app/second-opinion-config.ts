import { z } from "zod";
import { AppError } from "#src/shared/app-error.js";
import { Secret } from "#src/shared/secret.js";
import {
  type ConfigFault,
  describeFaults,
  type Environment,
  readVariable,
  type Variable,
} from "./config-variable.js";

/** Whom to ask about lines that the small model is uncertain about, and how much. */
export interface SecondOpinionConfig {
  /** Where chat completions are asked for, in full. */
  readonly url: string;
  readonly model: string;
  readonly key: Secret | null;
  /** Requests per local day. */
  readonly dailyBudget: number;
  readonly timeoutMs: number;
  /** Distance of a score from the threshold within which it is asked. */
  readonly band: number;
}

const COMPLETIONS = "/chat/completions";
/** A name without a dot is one of this network ("ollama" in a compose file). */
const NEAR =
  /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\]|[a-z0-9-]{1,63}|10\.[\d.]{1,11}|192\.168\.[\d.]{1,7}|172\.(?:1[6-9]|2\d|3[01])\.[\d.]{1,7}|[a-z0-9.-]{1,200}\.(?:local|internal|lan))$/;

/** By https only, but for a server on this machine or in this network. */
function isEndpoint(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(value);
  if (username !== "" || password !== "" || search !== "" || hash !== "") return false;
  return protocol === "https:" || (protocol === "http:" && NEAR.test(hostname));
}

function completionsAt(value: string): string {
  const base = value.endsWith("/") ? value.slice(0, -1) : value;
  return base.endsWith(COMPLETIONS) ? base : base + COMPLETIONS;
}

const VARIABLES = {
  url: {
    name: "HUIYIN_SECOND_OPINION_URL",
    expected:
      "nothing (off), or the base address of an OpenAI-compatible API: https, or http for a server of this machine or network",
    example: "http://127.0.0.1:11434/v1",
    schema: z.string().trim().refine(isEndpoint).transform(completionsAt).optional(),
  },
  model: {
    name: "HUIYIN_SECOND_OPINION_MODEL",
    expected: "the model's name as the server knows it, up to 200 characters",
    example: "qwen3:8b",
    schema: z
      .string()
      .trim()
      .regex(/^\S{1,200}$/)
      .optional(),
  },
  key: {
    name: "HUIYIN_SECOND_OPINION_KEY",
    expected: "the API key without blanks, or nothing",
    example: "",
    schema: z
      .string()
      .trim()
      .regex(/^[\x21-\x7e]{1,500}$/)
      .optional(),
  },
  dailyBudget: {
    name: "HUIYIN_SECOND_OPINION_DAILY_BUDGET",
    expected: "whole requests a day from 1 to 100000",
    example: "200",
    schema: z.coerce.number().int().min(1).max(100_000).default(200),
  },
  timeoutMs: {
    name: "HUIYIN_SECOND_OPINION_TIMEOUT_MS",
    expected: "whole milliseconds from 500 to 60000",
    example: "8000",
    schema: z.coerce.number().int().min(500).max(60_000).default(8_000),
  },
  band: {
    name: "HUIYIN_SECOND_OPINION_BAND",
    expected: "a number from 0.01 to 0.5",
    example: "0.15",
    schema: z.coerce.number().min(0.01).max(0.5).default(0.15),
  },
} as const satisfies Record<string, Variable>;

/** Names of the variables of the second opinion, for `.env.example` and its test. */
export const SECOND_OPINION_VARIABLES: readonly string[] = Object.values(VARIABLES).map(
  ({ name }) => name,
);

type Values = {
  readonly [Key in keyof typeof VARIABLES]: z.infer<(typeof VARIABLES)[Key]["schema"]>;
};

/**
 * The second opinion's part of the environment; null while no address is set: then nobody is asked.
 * What is wrong is added to `faults`, and the result is then of no use.
 */
export function readSecondOpinion(
  env: Environment,
  faults: ConfigFault[],
): SecondOpinionConfig | null {
  const before = faults.length;
  const values = Object.fromEntries(
    Object.entries(VARIABLES).map(([key, variable]) => [key, readVariable(env, variable, faults)]),
  ) as Values;
  const { url, model, key, dailyBudget, timeoutMs, band } = values;
  const wanted = url ?? model ?? key;
  if (wanted === undefined || faults.length > before) return null;
  for (const needed of ["url", "model"] as const) {
    const { name: variable, expected, example } = VARIABLES[needed];
    if (values[needed] === undefined) faults.push({ variable, expected, example });
  }
  if (url === undefined || model === undefined) return null;
  const secret = key === undefined ? null : new Secret(key);
  return { url, model, key: secret, dailyBudget, timeoutMs, band };
}

/** As {@link readSecondOpinion}, for a tool that needs nothing else. Throws `invalid-config` with all faults. */
export function loadSecondOpinion(env: Environment): SecondOpinionConfig | null {
  const faults: ConfigFault[] = [];
  const config = readSecondOpinion(env, faults);
  if (faults.length > 0) throw new AppError("invalid-config", describeFaults(faults));
  return config;
}
