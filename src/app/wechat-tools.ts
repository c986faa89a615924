import { existsSync, readFileSync, statSync } from "node:fs";
import { connect } from "node:net";
import { join, resolve } from "node:path";
import { loadWechaty, requirePuppet } from "#adapters/wechat/load-wechaty.js";
import { lookAtWebhooks } from "#adapters/wecom/wecom-doctor.js";
import { formatInstant } from "#src/scheduling/zoned-time.js";
import { isAppError } from "#src/shared/app-error.js";
import { HOUR, MINUTE, SECOND, systemClock } from "#src/shared/clock.js";
import { type Config, currentEnvironment, type Environment, loadConfig } from "./config.js";
import { openForReading } from "./open-data.js";
import { loadSlackConfig } from "./slack-config.js";
import { loadWechatConfig, type WechatConfig } from "./wechat-config.js";
import { loadWecomConfig } from "./wecom-config.js";

const CONNECT_MS = 5_000;
const SESSION_FILE = "wechat.memory-card.json";
/** Puppets that log in as a person's client does, which WeChat punishes. */
const RISKY = /wechat4u|puppet-wechat$|padlocal|puppet-xp/;

/** What was found: facts, and troubles each with the remedy. */
export interface Findings {
  readonly facts: string[];
  readonly troubles: string[];
}

/** Looks at everything that WeChat and WeCom need, and changes nothing. Throws `invalid-config`. */
export async function checkConfiguredWechat(folder: string | undefined): Promise<Findings> {
  const env: Environment = {
    ...currentEnvironment(),
    ...(folder === undefined ? {} : { HUIYIN_DATA: folder }),
  };
  const config = loadConfig(env);
  const wechat = loadWechatConfig(env, config.timeZone);
  const wecom = loadWecomConfig(env);
  const found: Findings = { facts: [], troubles: [] };
  if (wechat === null)
    found.facts.push(
      "No personal WeChat account is connected (HUIYIN_WECHAT_PUPPET is empty). Relay mode needs none: the Relay page of the console, or huiyin relay.",
    );
  else await lookAtWechat(found, { config, wechat, folder });
  if (wecom !== null) {
    const { facts, troubles } = await lookAtWebhooks(wecom.webhooks);
    found.facts.push(...facts);
    found.troubles.push(...troubles);
  }
  if (wechat === null && wecom === null)
    found.troubles.push(
      'Neither WeChat nor WeCom is configured. README.md weighs the ways under "Connect WeChat".',
    );
  if (wechat !== null && wecom === null && loadSlackConfig(env, config.publicUrl) === null)
    found.troubles.push(
      "Nobody would learn that WeChat is down: there is no staff room on another platform. Set HUIYIN_WECOM_WEBHOOKS, or connect Slack.",
    );
  return found;
}

interface Look {
  readonly config: Config;
  readonly wechat: WechatConfig;
  readonly folder: string | undefined;
}

async function lookAtWechat(found: Findings, look: Look): Promise<void> {
  const { config, wechat } = look;
  await lookAtPackages(found, wechat.puppet);
  await lookAtEndpoint(found, wechat);
  lookAtSession(found, join(resolve(config.dataFolder), SESSION_FILE));
  lookAtRules(found, wechat);
  await lookAtAccount(found, look);
}

async function lookAtPackages(found: Findings, puppet: string): Promise<void> {
  try {
    await loadWechaty();
    requirePuppet(puppet);
    found.facts.push(`wechaty and the puppet ${puppet} are installed.`);
  } catch (error) {
    if (!isAppError(error)) throw error;
    found.troubles.push(error.message);
  }
  if (RISKY.test(puppet))
    found.facts.push(
      `Risk: accounts that log in by ${puppet} have been restricted or banned, some right after the scan. Never use your main account.`,
    );
}

async function lookAtEndpoint(found: Findings, wechat: WechatConfig): Promise<void> {
  const { endpoint, token, puppet } = wechat;
  if (endpoint === null) {
    if (token !== null)
      found.facts.push(
        `A token is set; ${puppet} finds its service by it, which was not tried here.`,
      );
    return;
  }
  if (await answers(endpoint))
    found.facts.push(`A token is set, and something listens at ${endpoint}.`);
  else
    found.troubles.push(
      `Nothing listens at ${endpoint} (HUIYIN_WECHAT_ENDPOINT). Start the puppet's service there, or correct the address.`,
    );
}

/** Whether somebody takes the connection; nothing is said on it. */
function answers(endpoint: string): Promise<boolean> {
  const colon = endpoint.lastIndexOf(":");
  const host = endpoint.slice(0, colon).replace(/^\[|\]$/g, "");
  return new Promise((done) => {
    const socket = connect({ host, port: Number(endpoint.slice(colon + 1)) });
    const end = (good: boolean): void => {
      socket.destroy();
      done(good);
    };
    socket.setTimeout(CONNECT_MS, () => end(false));
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
  });
}

function lookAtSession(found: Findings, file: string): void {
  if (!existsSync(file)) {
    found.facts.push("Nobody has logged in yet: the service shows a code to scan when it starts.");
    return;
  }
  const others = statSync(file).mode & 0o077;
  if (others !== 0 && process.platform !== "win32")
    found.troubles.push(
      `Other users can read the log-in of WeChat, and with it be that account; run chmod 600 ${file}`,
    );
  if (isSound(file)) found.facts.push(`The log-in is kept in ${file}.`);
  else
    found.troubles.push(
      `The file of the log-in is broken: ${file}. The next start puts it aside; scan again then.`,
    );
}

function isSound(file: string): boolean {
  try {
    const content: unknown = JSON.parse(readFileSync(file, "utf8"));
    return typeof content === "object" && content !== null;
  } catch {
    return false;
  }
}

function lookAtRules(found: Findings, { rules }: WechatConfig): void {
  if (!rules.sending) {
    found.facts.push(
      "Sending is off: Huiyin only receives. To switch it on, and what is at risk: HUIYIN_WECHAT_SEND in .env.example.",
    );
    return;
  }
  const { gap, roomGap, perMinute, perHour, perDay, quiet } = rules;
  found.facts.push(
    "Sending is on. The account may be restricted or banned all the same.",
    `At most ${String(perMinute)} a minute, ${String(perHour)} an hour, ${String(perDay)} a day; ${inSeconds(gap.from)}–${inSeconds(gap.to)} s between two messages, ${inSeconds(roomGap)} s in one room; ${quiet === null ? "no quiet hours" : `quiet from ${quiet.from} to ${quiet.to}`}; a pause of ${String(rules.pause / MINUTE)} min when WeChat asks for it, doubled each time.`,
  );
}

function inSeconds(ms: number): string {
  return String(ms / SECOND);
}

/** What the store knows of the account: its first day, a pause, rooms that wait. */
async function lookAtAccount(found: Findings, { config, wechat, folder }: Look): Promise<void> {
  const data = await openForReading(folder).catch((error: unknown) => {
    if (isAppError(error, "not-found")) return null;
    throw error;
  });
  if (data === null) return;
  try {
    const { account, held } = await data.store.read(async (tx) => {
      const latest = await tx.identities.accounts.first(
        { platform: "wechat" },
        { order: { begunAt: "desc" } },
      );
      if (latest === null) return { account: null, held: 0 };
      const { account: name, epoch } = latest;
      const waiting = { platform: "wechat", account: name, epoch, conversationId: null };
      return { account: latest, held: await tx.identities.rooms.count(waiting) };
    });
    if (account === null) return;
    const now = systemClock.now();
    const shown = (at: number): string => formatInstant(at, config.timeZone, "en", "dateTime");
    const free = account.firstSeenAt + wechat.rules.firstSilence;
    found.facts.push(
      now < free
        ? `The account logged in first at ${shown(account.firstSeenAt)}; it only receives for ${String(wechat.rules.firstSilence / HOUR)} h, until ${shown(free)}.`
        : `The account logged in first at ${shown(account.firstSeenAt)}; its first silence is over.`,
    );
    const paused = account.sendState?.pausedUntil ?? 0;
    if (paused > now)
      found.troubles.push(
        `WeChat asked for a pause: nothing is sent until ${shown(paused)}. Look at the account on its phone for a warning.`,
      );
    if (held > 0)
      found.troubles.push(
        `${String(held)} WeChat ${held === 1 ? "room waits" : "rooms wait"} to be bound. Write "bind" (绑定) to the bot in the staff room or in private.`,
      );
  } finally {
    await data.close();
  }
}
