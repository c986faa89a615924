import { PlatformError } from "#src/platform/platform-error.js";
import type { Clock } from "#src/shared/clock.js";
import { silentLogger } from "#src/shared/logger.js";
import type { Secret } from "#src/shared/secret.js";
import { identifyBot } from "./identify-bot.js";
import { SCOPES } from "./manifest.js";
import { SlackClient } from "./slack-client.js";
import { neededScope } from "./slack-errors.js";

/** What a look at one workspace found: facts, and troubles each with the remedy. */
export interface SlackFindings {
  readonly facts: readonly string[];
  readonly troubles: readonly string[];
}

interface LookParts {
  readonly token: Secret;
  readonly clock: Clock;
  readonly language: "zh" | "en";
  readonly apiUrl?: string;
}

/** Asks Slack what the token may do, and says which scope is missing and how to add it. */
export async function lookAtSlack(parts: LookParts): Promise<SlackFindings> {
  const { token, clock, language, apiUrl } = parts;
  const client = new SlackClient({
    clock,
    logger: silentLogger,
    ...(apiUrl === undefined ? {} : { apiUrl }),
  });
  try {
    const bot = await identifyBot(client, token);
    const missing = SCOPES.filter(
      ({ scope }) => bot.scopes.length > 0 && !bot.scopes.includes(scope),
    );
    const facts = [`Workspace ${bot.teamName} (${bot.team}), bot user ${bot.botUserId}.`];
    const access = { team: bot.team, token };
    const troubles = missing.map(
      ({ scope, reason }) =>
        `The scope ${scope} is missing (${reason[language]}). Add it under OAuth & Permissions → Bot Token Scopes and install the app again.`,
    );
    await client
      .call(access, { method: "conversations.list", arguments: { limit: 1 }, effect: "read" })
      .catch((error: unknown) => {
        const scope = neededScope(error);
        if (scope !== null && missing.length === 0)
          troubles.push(`The scope ${scope} is missing. Add it and install the app again.`);
      });
    return { facts, troubles };
  } catch (error) {
    const told = error instanceof PlatformError ? error.message : "Slack did not answer.";
    return { facts: [], troubles: [told] };
  }
}
