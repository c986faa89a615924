import { z } from "zod";
import type { Secret } from "#src/shared/secret.js";
import type { Installation } from "./installation.js";
import type { SlackClient } from "./slack-client.js";

const identity = z.object({
  team_id: z.string(),
  team: z.string().nullish(),
  user_id: z.string(),
  bot_id: z.string(),
  app_id: z.string().nullish(),
  response_metadata: z.object({ scopes: z.array(z.string()).nullish() }).nullish(),
});

/** Asks Slack which workspace and which bot a token stands for. Raises `PlatformError`. */
export async function identifyBot(client: SlackClient, token: Secret): Promise<Installation> {
  const answer = identity.parse(
    await client.call({ team: "", token }, { method: "auth.test", arguments: {}, effect: "read" }),
  );
  return {
    team: answer.team_id,
    teamName: answer.team ?? "",
    appId: answer.app_id ?? "",
    botUserId: answer.user_id,
    botId: answer.bot_id,
    token,
    scopes: answer.response_metadata?.scopes ?? [],
    installedBy: "",
  };
}
