import { createHmac } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";

export const SIGNING_SECRET = "a-signing-secret-of-the-tests-0123";

/** What the product answered to Slack. */
export interface DriverAnswer {
  readonly status: number;
  readonly text: string;
}

export interface Signing {
  /** Epoch seconds; now unless told otherwise. */
  readonly stamp?: string;
  readonly secret?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The signature that Slack puts on a body. */
export function signatureOf(body: string, stamp: string, secret = SIGNING_SECRET): string {
  return `v0=${createHmac("sha256", secret).update(`v0:${stamp}:${body}`).digest("hex")}`;
}

/** A body and its type, as Slack sends a payload of this shape. */
export function wireOf(payload: unknown): { readonly body: string; readonly type: string } {
  const form = "application/x-www-form-urlencoded";
  if (typeof payload !== "object" || payload === null)
    return { body: JSON.stringify(payload), type: "application/json" };
  if ("command" in payload)
    return { body: new URLSearchParams(payload as Record<string, string>).toString(), type: form };
  const kind = "type" in payload ? payload.type : undefined;
  const interactive = [
    "block_actions",
    "view_submission",
    "view_closed",
    "message_action",
    "shortcut",
  ];
  if (typeof kind === "string" && interactive.includes(kind))
    return {
      body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
      type: form,
    };
  return { body: JSON.stringify(payload), type: "application/json" };
}

/** Slack's side of the wire: signs what happened and sends it to the product's listener. */
export class SlackDriver {
  readonly #server: Server;
  readonly #now: () => number;
  #port = 0;

  constructor(listener: RequestListener, now: () => number = () => Date.now()) {
    this.#server = createServer({ keepAliveTimeout: 500 }, listener);
    this.#now = now;
  }

  async open(): Promise<this> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, "127.0.0.1", () => resolve());
    });
    const address = this.#server.address();
    this.#port = typeof address === "object" && address !== null ? address.port : 0;
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.#port)}`;
  }

  /** Sends a payload as Slack would and tells what it was answered. */
  async send(payload: unknown, signing: Signing = {}): Promise<DriverAnswer> {
    const { body, type } = wireOf(payload);
    const stamp = signing.stamp ?? String(Math.floor(this.#now() / 1_000));
    return this.raw(body, {
      "content-type": type,
      "x-slack-request-timestamp": stamp,
      "x-slack-signature": signatureOf(body, stamp, signing.secret),
      ...signing.headers,
    });
  }

  /** Sends bytes with exactly these headers. */
  async raw(
    body: string | Uint8Array,
    headers: Readonly<Record<string, string>>,
  ): Promise<DriverAnswer> {
    const answer = await fetch(`${this.url}/slack/events`, {
      method: "POST",
      headers,
      body: typeof body === "string" ? body : new Uint8Array(body),
    });
    return { status: answer.status, text: await answer.text() };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }
}
