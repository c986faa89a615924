import { PlatformError } from "#src/platform/platform-error.js";

const TIMEOUT_MS = 10_000;
/** Slack's own host for answers; nothing is ever sent anywhere else. */
const SLACK_HOST = "https://hooks.slack.com";

/** Answers to a press or a command by the address that came with it: good for 30 minutes and five uses. */
export class ResponseUrls {
  readonly #origin: string;

  constructor(origin: string = SLACK_HOST) {
    this.#origin = origin;
  }

  /**
   * Answers the one person who pressed or typed. False when the address is used up or is none of
   * Slack's; raises `ambiguous` when it may or may not have been taken.
   */
  async answer(
    address: string,
    words: Readonly<Record<string, unknown>>,
    signal?: AbortSignal,
  ): Promise<boolean> {
    if (!URL.canParse(address) || new URL(address).origin !== this.#origin) return false;
    const limit = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const response = await fetch(address, {
        method: "POST",
        redirect: "error",
        headers: { "content-type": "application/json; charset=utf-8" },
        body: JSON.stringify({ response_type: "ephemeral", replace_original: false, ...words }),
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      });
      await response.arrayBuffer();
      if (response.status >= 500)
        throw new PlatformError("ambiguous", "Slack may or may not have taken the answer.");
      return response.ok;
    } catch (error) {
      if (error instanceof PlatformError) throw error;
      throw new PlatformError("ambiguous", "Slack may or may not have taken the answer.", {
        cause: error,
      });
    }
  }
}
