import { PlatformError } from "#src/platform/platform-error.js";
import type { Secret } from "#src/shared/secret.js";
import { postToWebhook } from "./webhook.js";

/** What a look at the webhooks found: facts, and troubles each with the remedy. */
export interface WecomFindings {
  readonly facts: readonly string[];
  readonly troubles: readonly string[];
}

/**
 * Knocks at each webhook with a body that is no message, so that nothing is posted: WeCom refuses the
 * body of a good address as of no type, and a bad address as one.
 */
export async function lookAtWebhooks(
  webhooks: ReadonlyMap<string, Secret>,
): Promise<WecomFindings> {
  const facts: string[] = [];
  const troubles: string[] = [];
  for (const [name, address] of webhooks) {
    const trouble = await troubleOf(address);
    if (trouble === null)
      facts.push(`WeCom group ${name}: the address answers; nothing was posted.`);
    else troubles.push(`WeCom group ${name}: ${trouble}`);
  }
  return { facts, troubles };
}

async function troubleOf(address: Secret): Promise<string | null> {
  try {
    await postToWebhook(address, {});
    return null;
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    switch (error.code) {
      case "rejected":
      case "rate-limited":
        return null;
      case "ambiguous":
        return "The address did not answer as a webhook does. Look at HUIYIN_WECOM_WEBHOOKS and at the proxy, if there is one.";
      default:
        return error.message;
    }
  }
}
