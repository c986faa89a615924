import { PlatformError, type PlatformErrorCode } from "#src/platform/platform-error.js";

/** A webhook starts to count anew after a minute. */
const USUAL_PAUSE_MS = 60_000;

const NEW_ADDRESS =
  "Add the group's message push again in WeCom and put its new address into HUIYIN_WECOM_WEBHOOKS.";

/** What the platform's numbers mean to the product, each with what a person can do about it. */
const MEANINGS: Readonly<Record<number, readonly [PlatformErrorCode, string]>> = {
  [-1]: ["unreachable", "WeCom is busy and asks to be called again."],
  40008: ["rejected", "WeCom does not know this type of message."],
  40009: ["rejected", "The picture is larger than 2 MB or is no PNG."],
  40058: ["rejected", "A part of the message is longer than WeCom takes."],
  44004: ["rejected", "There is nothing to say."],
  45002: ["rejected", "The message is longer than WeCom takes."],
  45009: ["rate-limited", "WeCom takes 20 messages a minute from one webhook."],
  45033: ["rate-limited", "Too many calls at once."],
  48002: ["forbidden", "The company does not let this webhook post. Ask its WeCom administrator."],
  60020: [
    "forbidden",
    "The company lets only some addresses post. Ask its WeCom administrator to add this server's.",
  ],
  93000: ["unauthorized", `The address is not valid (any more). ${NEW_ADDRESS}`],
  93004: ["unauthorized", "The webhook was switched off. Its maker can switch it on in the group."],
  93008: ["gone", `The webhook is not in the group any more. ${NEW_ADDRESS}`],
  301019: ["rejected", "The picture does not fit its checksum."],
};

/** The connection was never made, so that nothing can have been taken. */
const NEVER_REACHED: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** A number other than 0 in the answer of a webhook, in the port's terms. The platform's own words stay out: they may name our address. */
export function refusalOf(errcode: number): PlatformError {
  const known = MEANINGS[errcode];
  if (known === undefined)
    return new PlatformError("rejected", `WeCom refused (${String(errcode)}).`);
  const [code, remedy] = known;
  return new PlatformError(code, `WeCom refused (${String(errcode)}). ${remedy}`, {
    ...(code === "rate-limited" ? { retryAfterMs: USUAL_PAUSE_MS } : {}),
  });
}

/** An HTTP answer that is none of a webhook's own. */
export function httpRefusal(status: number): PlatformError {
  if (status >= 500 || status === 408) return unknownEnd();
  if (status === 429)
    return new PlatformError("rate-limited", "WeCom wants a pause.", {
      retryAfterMs: USUAL_PAUSE_MS,
    });
  return new PlatformError(
    "rejected",
    `WeCom's address answered with ${String(status)}. Look at HUIYIN_WECOM_WEBHOOKS and at the proxy, if there is one.`,
  );
}

/** The answer was lost: whether the message is in the group is not known. */
export function unknownEnd(): PlatformError {
  return new PlatformError("ambiguous", "WeCom may or may not have taken it.");
}

/** A call that got no answer. What `fetch` says is not passed on: it may hold the address. */
export function lostCall(error: unknown): PlatformError {
  return codesOf(error).some((code) => NEVER_REACHED.has(code))
    ? new PlatformError("unreachable", "WeCom cannot be reached. Look at the network and at DNS.")
    : unknownEnd();
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
