import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import {
  App,
  HTTPModuleFunctions,
  HTTPReceiver,
  type Receiver,
  type ReceiverEvent,
  SocketModeReceiver,
} from "@slack/bolt";
import { isAppError } from "#src/shared/app-error.js";
import type { Clock } from "#src/shared/clock.js";
import type { Logger } from "#src/shared/logger.js";
import type { Secret } from "#src/shared/secret.js";
import { type OAuthOptions, oauthReceiverOptions } from "./oauth.js";
import { sdkLogger } from "./slack-client.js";

/** Where Slack sends everything: events, presses, modals and commands. */
export const EVENTS_PATH = "/slack/events";

/** How far a request's time stamp may be from now, in both directions. */
const CLOCK_SKEW_S = 300;
const LARGEST_BODY = 1_048_576;
/** Slack gives up after three seconds; whoever is not done by then is asked again. */
const ANSWER_WITHIN_MS = 2_900;

/** What Slack is answered: nothing, words, or what a modal is to do. */
export type SlackAnswer = undefined | string | Readonly<Record<string, unknown>>;

/** Handles one payload of Slack. When it rejects, Slack is not acknowledged and sends it again. */
export type PayloadHandler = (body: Readonly<Record<string, unknown>>) => Promise<SlackAnswer>;

/** How Slack reaches us: over HTTP on the product's own port, or over a socket that we open. */
export type TransportOptions =
  | { readonly kind: "http"; readonly signingSecret: Secret; readonly oauth?: OAuthOptions }
  | { readonly kind: "socket"; readonly appToken: Secret };

interface TransportParts {
  readonly options: TransportOptions;
  readonly handle: PayloadHandler;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly apiUrl?: string;
}

/**
 * Bolt with one handler for everything. Bolt verifies, parses and answers; what it would do besides (a
 * client per press, a chain of listeners, an answer before the work) is left out.
 */
class ListeningApp extends App {
  readonly #handle: PayloadHandler;

  constructor(receiver: Receiver, handle: PayloadHandler, logger: Logger) {
    super({
      // The receiver's installer would take the place of our own look-up: the app does not see it.
      receiver: {
        init: (app) => receiver.init(app),
        start: () => Promise.resolve(),
        stop: () => Promise.resolve(),
      },
      authorize: async () => ({}),
      convoStore: false,
      ignoreSelf: false,
      logger: sdkLogger(logger),
    });
    this.#handle = handle;
  }

  override async processEvent(event: ReceiverEvent): Promise<void> {
    await event.ack(await this.#handle(event.body));
  }
}

/** Listens to Slack. Nothing is handled before it is opened and after it is closed. */
export interface SlackTransport {
  /** Takes the requests under `/slack/` of the product's port; null over a socket. */
  readonly listener: RequestListener | null;
  open(): Promise<void>;
  close(): Promise<void>;
  /** False when the socket is lost for the moment. */
  connected(): boolean;
}

/** Creates the transport that the options ask for. */
export function createTransport(parts: TransportParts): SlackTransport {
  return parts.options.kind === "http"
    ? httpTransport(parts, parts.options)
    : socketTransport(parts, parts.options);
}

function httpTransport(
  { handle, clock, logger, apiUrl }: TransportParts,
  { signingSecret, oauth }: Extract<TransportOptions, { kind: "http" }>,
): SlackTransport {
  let open = false;
  const secret = signingSecret.reveal();
  const receiver = new HTTPReceiver({
    signingSecret: secret,
    endpoints: EVENTS_PATH,
    processBeforeResponse: true,
    bodyLimit: LARGEST_BODY,
    unhandledRequestTimeoutMillis: ANSWER_WITHIN_MS,
    unhandledRequestHandler: ({ response }) => answer(response, 503),
    processEventErrorHandler: async ({ error, response }) => refuse(error, response, logger),
    logger: sdkLogger(logger),
    ...(oauth === undefined ? {} : oauthReceiverOptions({ oauth, clock, logger, apiUrl })),
  });
  new ListeningApp(receiver, handle, logger);
  const hear = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refused = request.method === "POST" ? await refusalOf(request, secret, logger) : null;
    if (refused !== null) {
      answer(response, refused);
      return;
    }
    try {
      receiver.requestListener(request, response);
    } catch {
      // Bolt throws for a path that is none of its own.
      answer(response, 404);
    }
  };
  const listener: RequestListener = (request, response) => {
    if (!open) {
      answer(response, 503);
      return;
    }
    if (request.method === "POST" && !isTimely(request, clock.now())) {
      logger.warn({ path: EVENTS_PATH }, "a request with an impossible time was refused");
      answer(response, 401);
      return;
    }
    void hear(request, response);
  };
  return {
    listener,
    open: async () => {
      open = true;
    },
    close: async () => {
      open = false;
    },
    connected: () => true,
  };
}

function socketTransport(
  { handle, logger, apiUrl }: TransportParts,
  { appToken }: Extract<TransportOptions, { kind: "socket" }>,
): SlackTransport {
  const receiver = new SocketModeReceiver({
    appToken: appToken.reveal(),
    logger: sdkLogger(logger),
    processEventErrorHandler: async ({ error }) => {
      logger.warn({ err: error }, "something from Slack could not be kept");
      return false;
    },
    ...(apiUrl === undefined
      ? {}
      : { installerOptions: { clientOptions: { slackApiUrl: apiUrl } } }),
  });
  new ListeningApp(receiver, handle, logger);
  let connected = false;
  receiver.client.on("connected", () => {
    connected = true;
  });
  // `disconnected` comes only at the end; a connection that is opened again says `close`.
  for (const lost of ["close", "disconnected"])
    receiver.client.on(lost, () => {
      connected = false;
    });
  return {
    listener: null,
    open: async () => {
      await receiver.start();
    },
    close: async () => {
      await receiver.stop();
      connected = false;
    },
    connected: () => connected,
  };
}

/** Bolt refuses old requests but not those from the future, which would stay valid for as long. */
function isTimely(request: IncomingMessage, now: number): boolean {
  const stamp = request.headers["x-slack-request-timestamp"];
  // Slack's check of the certificate carries none; Bolt refuses everything else without it.
  if (stamp === undefined) return true;
  if (typeof stamp !== "string" || !/^\d{1,11}$/.test(stamp)) return false;
  return Math.abs(now / 1_000 - Number(stamp)) <= CLOCK_SKEW_S;
}

/**
 * Reads the body, which Bolt then finds read, and tells with which status it is to be refused; null for
 * one that Bolt may have. Bolt takes for granted that the JSON it parses is an object: `null` would
 * end the process. Never rejects.
 */
async function refusalOf(
  request: IncomingMessage,
  signingSecret: string,
  logger: Logger,
): Promise<number | null> {
  const { bufferIncomingMessage, parseAndVerifyHTTPRequest, parseHTTPRequestBody } =
    HTTPModuleFunctions;
  try {
    const read = await bufferIncomingMessage(request, LARGEST_BODY);
    if (isPlainlyObject(request, read.rawBody)) return null;
    const verified = await parseAndVerifyHTTPRequest({ signingSecret }, read).catch(() => null);
    // Who does not know the secret is not told what is wrong with the words.
    if (verified === null) return 401;
    if (isObject(parseHTTPRequestBody(verified))) return null;
  } catch (error) {
    const status = HTTPModuleFunctions.isRawBodyError(error) ? error.statusCode : 400;
    logger.warn({ path: EVENTS_PATH }, "a request whose body cannot be read was refused");
    return status;
  }
  logger.warn({ path: EVENTS_PATH }, "a request whose body is no object was refused");
  return 400;
}

/** The bodies that Slack sends look so; everything else is worth parsing twice. */
function isPlainlyObject({ headers }: IncomingMessage, body: Buffer): boolean {
  const form = headers["content-type"] === "application/x-www-form-urlencoded";
  return form
    ? body.subarray(0, 11).toString("latin1").toUpperCase() === "PAYLOAD=%7B"
    : body[0] === 0x7b;
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function answer(response: ServerResponse, status: number): void {
  if (response.headersSent) return;
  response.writeHead(status);
  response.end();
}

/** Not acknowledged: Slack sends it again. What is malformed will not be better then, and is said so. */
function refuse(error: unknown, response: ServerResponse, logger: Logger): boolean {
  const malformed = isAppError(error, "invalid-input");
  logger.warn({ err: error }, "something from Slack could not be kept");
  answer(response, malformed ? 400 : isAppError(error, "store-busy") ? 503 : 500);
  return false;
}
