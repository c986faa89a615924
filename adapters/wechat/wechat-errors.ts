import { PlatformError, type PlatformErrorCode } from "#src/platform/platform-error.js";

/** Words by which puppets say that WeChat wants a pause: its own sentence, and the code behind it. */
const THROTTLED = /操作过于频繁|操作太频繁|发送过于频繁|too frequent|(?<!\d)1205(?!\d)/i;

/** What puppets say when they refuse, what it means to the product, and what a person can do about it. */
const MEANINGS: readonly (readonly [RegExp, PlatformErrorCode, string])[] = [
  [
    /not logged ?in|logged out|no this\.__currentUserId|NOPUPPET|(?<!\d)110[0-2](?!\d)/i,
    "unreachable",
    "Nobody is logged in to WeChat. Scan the code that the terminal and the console show.",
  ],
  [
    /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UNAVAILABLE|No connection established/i,
    "unreachable",
    "The puppet cannot be reached. Check HUIYIN_WECHAT_ENDPOINT and whether the puppet's service runs.",
  ],
  [
    /UNAUTHENTICATED|invalid token|token (?:is )?(?:invalid|expired)/i,
    "unauthorized",
    "The puppet does not accept the token. Check HUIYIN_WECHAT_TOKEN.",
  ],
  [
    /不是.{0,6}好友|好友验证|拒收|not (?:a )?friend|blocked by/i,
    "forbidden",
    "This person does not take messages from the account.",
  ],
  [
    /不在群|被移出|已退出群|not in the room|no payload found for id|room not (?:found|exist)|contact not (?:found|exist)/i,
    "gone",
    "The account is not in this room any more, or the person is not known to it.",
  ],
  [/内容过长|too long/i, "rejected", "The text is too long for WeChat."],
  [/unsupported|not supported|not implement/i, "not-supported", "The puppet cannot do this."],
];

function wordsOf(error: unknown, depth = 0): string {
  if (depth > 4) return "";
  if (typeof error === "string") return error.slice(0, 2_000);
  if (!(error instanceof Error)) return "";
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const details = "details" in error && typeof error.details === "string" ? error.details : "";
  const inner = error.cause === undefined ? "" : wordsOf(error.cause, depth + 1);
  return `${code} ${error.message.slice(0, 2_000)} ${details.slice(0, 500)} ${inner}`;
}

/** True when WeChat says that the account does too much. */
export function isThrottled(error: unknown): boolean {
  return THROTTLED.test(wordsOf(error));
}

/**
 * A failure of a puppet in the port's terms, with the remedy in its message. Puppets have no codes in
 * common: their words are read. What nobody knows may or may not have been sent.
 */
export function toPlatformError(error: unknown): PlatformError {
  if (error instanceof PlatformError) return error;
  const words = wordsOf(error);
  if (THROTTLED.test(words))
    return new PlatformError("rate-limited", "WeChat calls the account too frequent.", {
      cause: error,
    });
  const known = MEANINGS.find(([pattern]) => pattern.test(words));
  if (known === undefined)
    return new PlatformError("ambiguous", "WeChat may or may not have taken it.", { cause: error });
  const [, code, remedy] = known;
  return new PlatformError(code, remedy, { cause: error });
}
