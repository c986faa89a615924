import { readFileSync } from "node:fs";
import { AppError } from "#src/shared/app-error.js";
import { Secret } from "#src/shared/secret.js";
import { describeFaults, type Environment } from "./config.js";

/** The internal WeCom groups that are posted to. */
export interface WecomConfig {
  /** Name of each group, as `HUIYIN_STAFF_ROOMS` calls it, with the address of its webhook. */
  readonly webhooks: ReadonlyMap<string, Secret>;
}

const VARIABLE = "HUIYIN_WECOM_WEBHOOKS";
const FAULT = {
  variable: VARIABLE,
  expected:
    "name=address pairs separated by commas or line ends; names of 1 to 40 characters without blanks, each once; the address as WeCom shows it, or its key alone",
  example: "店长群=https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…",
};
const OFFICIAL = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send";

/** Names of WeCom's variables, for `.env.example` and its test. */
export const WECOM_VARIABLES: readonly string[] = [VARIABLE];

function rawOf(env: Environment): string {
  const file = env[`${VARIABLE}_FILE`];
  if (file === undefined || file === "") return env[VARIABLE]?.trim() ?? "";
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    throw new AppError("invalid-config", `${VARIABLE}_FILE names a file that cannot be read.`);
  }
}

/** The address that is meant, or null. Over the network by https only: the address is the secret. */
function addressOf(text: string): string | null {
  if (/^[\w-]{8,100}$/.test(text)) return `${OFFICIAL}?key=${text}`;
  if (!URL.canParse(text)) return null;
  const { protocol, hostname, username, searchParams } = new URL(text);
  const isHere = hostname === "127.0.0.1" || hostname === "localhost" || hostname === "[::1]";
  const isSafe = protocol === "https:" || (protocol === "http:" && isHere);
  const hasKey = /^[\w-]{8,100}$/.test(searchParams.get("key") ?? "");
  return isSafe && hasKey && username === "" ? text : null;
}

/** WeCom's part of the environment; null when nothing of it is set. Throws `invalid-config`; the values stay out of its words. */
export function loadWecomConfig(env: Environment): WecomConfig | null {
  const raw = rawOf(env);
  if (raw === "") return null;
  const webhooks = new Map<string, Secret>();
  for (const pair of raw.split(/[,\n]/).map((part) => part.trim())) {
    if (pair === "") continue;
    const sign = pair.indexOf("=");
    const name = pair.slice(0, Math.max(0, sign)).trim();
    const address = addressOf(pair.slice(sign + 1).trim());
    const isName = /^[^\s/]{1,40}$/u.test(name);
    if (!isName || address === null || webhooks.has(name))
      throw new AppError("invalid-config", describeFaults([FAULT]));
    webhooks.set(name, new Secret(address));
  }
  return { webhooks };
}
