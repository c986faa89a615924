import { webApi } from "@slack/bolt";
import { PlatformError, type PlatformErrorCode } from "#src/platform/platform-error.js";

/** What Slack's error words mean to the product, each with what a person can do about it. */
const MEANINGS: Readonly<Record<string, readonly [PlatformErrorCode, string]>> = {
  not_authed: ["unauthorized", "Set the bot token, or connect Slack again."],
  invalid_auth: ["unauthorized", "The bot token is not valid. Connect Slack again."],
  account_inactive: [
    "unauthorized",
    "The app was removed from the workspace. Connect Slack again.",
  ],
  token_revoked: ["unauthorized", "The bot token was withdrawn. Connect Slack again."],
  token_expired: ["unauthorized", "The bot token is too old. Connect Slack again."],
  not_allowed_token_type: ["unauthorized", "A bot token (xoxb-…) is needed."],
  org_login_required: [
    "unauthorized",
    "The workspace moves to another organisation. Wait, then connect Slack again.",
  ],
  missing_scope: [
    "forbidden",
    "The app may not do this. Add the scope and install the app again; `huiyin doctor slack` says which.",
  ],
  no_permission: [
    "forbidden",
    "The workspace does not let the app do this. Ask its administrator.",
  ],
  ekm_access_denied: [
    "forbidden",
    "The workspace's administrators have stopped the app from posting.",
  ],
  access_denied: [
    "forbidden",
    "The workspace does not let the app do this. Ask its administrator.",
  ],
  restricted_action: ["forbidden", "The channel does not let the app post. Ask its administrator."],
  restricted_action_read_only_channel: ["forbidden", "The channel is read-only."],
  restricted_action_thread_only_channel: [
    "forbidden",
    "The channel takes answers in threads only.",
  ],
  not_in_channel: ["forbidden", "The bot is not in the channel. Type /invite @Huiyin there."],
  user_not_in_channel: ["forbidden", "This person is not in the channel any more."],
  messages_tab_disabled: [
    "forbidden",
    "Switch on the Messages tab of the app's home in Slack's settings.",
  ],
  cannot_dm_bot: ["forbidden", "A bot cannot be written to."],
  channel_not_found: [
    "gone",
    "The channel is gone, or the bot may not see it. Invite it with /invite @Huiyin.",
  ],
  is_archived: ["gone", "The channel is archived."],
  message_not_found: ["gone", "The message was deleted."],
  cant_update_message: ["gone", "The message is not the bot's own."],
  edit_window_closed: [
    "gone",
    "The workspace does not let messages be changed any more after this time.",
  ],
  thread_not_found: ["gone", "The message that was answered is gone."],
  user_not_found: ["gone", "This person is not in the workspace any more."],
  user_disabled: ["gone", "This person is not in the workspace any more."],
  msg_too_long: ["rejected", "The text is too long for Slack."],
  msg_blocks_too_long: ["rejected", "The text is too long for Slack."],
  no_text: ["rejected", "There is nothing to say."],
  invalid_blocks: ["rejected", "Slack refuses the layout of the message."],
  invalid_blocks_format: ["rejected", "Slack refuses the layout of the message."],
  invalid_arguments: ["rejected", "Slack refuses the message."],
  expired_trigger_id: ["rejected", "Slack gives three seconds to open a window. Press again."],
  exchanged_trigger_id: ["rejected", "The window is open already."],
  invalid_trigger_id: ["rejected", "Slack does not know this press any more. Press again."],
  hash_conflict: ["rejected", "The window has changed meanwhile."],
  ratelimited: ["rate-limited", "Slack wants a pause."],
  rate_limited: ["rate-limited", "Slack wants a pause."],
  message_limit_exceeded: ["rate-limited", "Slack wants a pause."],
};

/** Failures on Slack's side: whether the call was carried out is not known. */
const THEIRS: ReadonlySet<string> = new Set([
  "internal_error",
  "fatal_error",
  "request_timeout",
  "service_unavailable",
  "team_added_to_org",
]);

/** The connection was never made, so that nothing can have been taken. */
const NEVER_REACHED: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** What a call does on Slack's side: `write` may have happened even when its answer was lost. */
export type Effect = "read" | "write";

/** The word by which Slack refused a call, or null when it was another failure. */
export function slackCode(error: unknown): string | null {
  const source = error instanceof PlatformError ? error.cause : error;
  return source instanceof webApi.WebAPIPlatformError ? source.data.error : null;
}

/** The scope that a refused call needed, where Slack names it. */
export function neededScope(error: unknown): string | null {
  const source = error instanceof PlatformError ? error.cause : error;
  if (!(source instanceof webApi.WebAPIPlatformError)) return null;
  const needed: unknown = "needed" in source.data ? source.data.needed : null;
  return typeof needed === "string" ? needed : null;
}

function codesOf(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error) || depth > 4) return [];
  const code: unknown = "code" in error ? error.code : undefined;
  const inner = error instanceof AggregateError ? error.errors : [];
  return [
    ...(typeof code === "string" ? [code] : []),
    ...codesOf(error.cause, depth + 1),
    ...inner.flatMap((one: unknown) => codesOf(one, depth + 1)),
  ];
}

function lost(effect: Effect, cause: unknown): PlatformError {
  return effect === "write"
    ? new PlatformError("ambiguous", "Slack may or may not have taken it.", { cause })
    : new PlatformError("unreachable", "Slack did not answer.", { cause });
}

/** A failure of Slack's client in the port's terms, with the remedy in its message. */
export function toPlatformError(error: unknown, effect: Effect): PlatformError {
  if (error instanceof PlatformError) return error;
  if (error instanceof webApi.WebAPIRateLimitedError)
    return new PlatformError("rate-limited", "Slack wants a pause.", {
      retryAfterMs: error.retryAfter * 1_000,
      cause: error,
    });
  if (error instanceof webApi.WebAPIPlatformError) return refused(error, effect);
  if (error instanceof webApi.WebAPIHTTPError) {
    const { statusCode } = error;
    if (statusCode >= 500 || statusCode === 408) return lost(effect, error);
    return new PlatformError("rejected", `Slack answered with ${String(statusCode)}.`, {
      cause: error,
    });
  }
  if (error instanceof webApi.WebAPIRequestError) {
    const never = codesOf(error.original).some((code) => NEVER_REACHED.has(code));
    return never
      ? new PlatformError("unreachable", "Slack cannot be reached.", { cause: error })
      : lost(effect, error);
  }
  // A 429 without a time: the client knows no class for it.
  if (error instanceof Error && error.message.startsWith("Retry header"))
    return new PlatformError("rate-limited", "Slack wants a pause.", { cause: error });
  return lost(effect, error);
}

function refused(error: webApi.WebAPIPlatformError, effect: Effect): PlatformError {
  const word = error.data.error;
  if (THEIRS.has(word)) return lost(effect, error);
  const known = MEANINGS[word];
  if (known === undefined)
    return new PlatformError("rejected", `Slack refused: ${word.slice(0, 60)}.`, { cause: error });
  const [code, remedy] = known;
  const scope = neededScope(error);
  const words = scope === null ? remedy : `${remedy} Needed: ${scope}.`;
  return new PlatformError(code, `Slack refused: ${word}. ${words}`, { cause: error });
}
