import type { Secret } from "#src/shared/secret.js";
import { httpRefusal, lostCall, refusalOf, unknownEnd } from "./wecom-errors.js";

const TIMEOUT_MS = 10_000;
/** The answer is a number and a sentence; whatever is longer did not come from a webhook. */
const LONGEST_ANSWER = 16_384;

/** One message of a webhook as the platform takes it. */
export type WebhookMessage =
  | {
      readonly msgtype: "text";
      readonly text: { readonly content: string; readonly mentioned_list?: readonly string[] };
    }
  | { readonly msgtype: "markdown"; readonly markdown: { readonly content: string } }
  | {
      readonly msgtype: "image";
      readonly image: { readonly base64: string; readonly md5: string };
    };

/**
 * Posts one JSON body to a webhook, once, within ten seconds, following no redirect. Raises
 * `PlatformError`, whose words never hold the address: whoever knows it can post to the group.
 */
export async function postToWebhook(
  address: Secret,
  body: WebhookMessage | Readonly<Record<string, never>>,
  signal?: AbortSignal,
): Promise<void> {
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(address.reveal(), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    redirect: "manual",
    signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
  }).catch((error: unknown) => {
    throw lostCall(error);
  });
  if (response.status !== 200) {
    await response.body?.cancel().catch(() => undefined);
    throw httpRefusal(response.status);
  }
  const errcode = errcodeOf(await answerOf(response));
  if (errcode === null) throw unknownEnd();
  if (errcode !== 0) throw refusalOf(errcode);
}

async function answerOf(response: Response): Promise<string> {
  if (response.body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  try {
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > LONGEST_ANSWER) return "";
    }
    return text;
  } catch {
    return "";
  }
}

function errcodeOf(text: string): number | null {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== "object" || answer === null || !("errcode" in answer)) return null;
    return typeof answer.errcode === "number" ? answer.errcode : null;
  } catch {
    return null;
  }
}
