import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "#src/shared/clock.js";

const TEXT_BYTES = 2_048;
const MARKDOWN_BYTES = 4_096;
const IMAGE_BYTES = 2 * 1_048_576;
const PER_MINUTE = 20;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

/** What the group sees of one message. */
export type GroupLine =
  | {
      readonly type: "text";
      readonly at: number;
      readonly content: string;
      readonly mentioned: readonly string[];
    }
  | { readonly type: "markdown"; readonly at: number; readonly content: string }
  | { readonly type: "image"; readonly at: number; readonly bytes: Buffer };

/** A planned failure of the next call. */
export type WebhookFault =
  | { readonly kind: "errcode"; readonly errcode: number }
  | { readonly kind: "status"; readonly status: number; readonly location?: string }
  /** The message is in the group, the connection breaks before the answer. */
  | { readonly kind: "reset-after-accept" }
  | { readonly kind: "garbage" }
  | { readonly kind: "silent" };

/**
 * A group webhook by its documented rules: key, types of message, lengths in bytes, checksum of a
 * picture, 20 messages a minute. Faults can be planned.
 */
export class WebhookServer {
  readonly lines: GroupLine[] = [];
  calls = 0;
  readonly #server: Server;
  readonly #clock: Clock;
  readonly #keys: ReadonlySet<string>;
  readonly #faults: WebhookFault[] = [];
  readonly #times = new Map<string, number[]>();

  private constructor(server: Server, clock: Clock, keys: readonly string[]) {
    this.#server = server;
    this.#clock = clock;
    this.#keys = new Set(keys);
  }

  /** Listens on a free port of this machine; the clock is the platform's own. */
  static async open(clock: Clock, keys: readonly string[]): Promise<WebhookServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const fake = new WebhookServer(server, clock, keys);
    server.on("request", (request, response) => void fake.#take(request, response));
    return fake;
  }

  /** The address of a group's webhook. */
  address(key: string): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${String(port)}/cgi-bin/webhook/send?key=${key}`;
  }

  /** Makes the next call fail in this way; several wait in turn. */
  fail(fault: WebhookFault): void {
    this.#faults.push(fault);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.calls += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const key = new URL(request.url ?? "", "http://fake").searchParams.get("key") ?? "";
    const fault = this.#faults.shift();
    if (fault !== undefined && answeredInstead(fault, response)) return;
    const errcode =
      fault?.kind === "errcode" ? fault.errcode : this.#errcodeOf(key, Buffer.concat(chunks));
    if (fault?.kind === "reset-after-accept") {
      request.socket.destroy();
      return;
    }
    response.writeHead(200, { "content-type": "application/json" });
    response.end(
      JSON.stringify({ errcode, errmsg: errcode === 0 ? "ok" : `refused, hint: [${key}]` }),
    );
  }

  /** Takes a message into the group, or says by which number it is refused. */
  #errcodeOf(key: string, bytes: Buffer): number {
    if (!this.#keys.has(key)) return 93_000;
    const message = JSON.parse(bytes.toString("utf8")) as Posted;
    if (!["text", "markdown", "image"].includes(String(message.msgtype))) return 40_008;
    const now = this.#clock.now();
    const recent = (this.#times.get(key) ?? []).filter((at) => at > now - 60_000);
    if (recent.length >= PER_MINUTE) return 45_009;
    const line = lineOf(message, now);
    if (typeof line === "number") return line;
    this.#times.set(key, [...recent, now]);
    this.lines.push(line);
    return 0;
  }
}

/** What a program posts, as far as it is looked at. */
interface Posted {
  readonly msgtype?: unknown;
  readonly text?: { readonly content?: unknown; readonly mentioned_list?: string[] };
  readonly markdown?: { readonly content?: unknown };
  readonly image?: { readonly base64?: unknown; readonly md5?: unknown };
}

/** Answers as something that is no webhook does, or not at all; false for a fault of another kind. */
function answeredInstead(fault: WebhookFault, response: ServerResponse): boolean {
  if (fault.kind === "silent") return true;
  if (fault.kind === "garbage") response.writeHead(200).end("<html>captive portal</html>");
  else if (fault.kind === "status")
    response
      .writeHead(fault.status, fault.location === undefined ? {} : { location: fault.location })
      .end();
  else return false;
  return true;
}

/** The message as the group sees it, or the number of what is wrong with it. */
function lineOf(message: Posted, at: number): GroupLine | number {
  switch (message.msgtype) {
    case "image":
      return imageOf(message, at);
    case "text": {
      const content = wordsOf(message.text?.content, TEXT_BYTES);
      const mentioned = message.text?.mentioned_list ?? [];
      return typeof content === "number" ? content : { type: "text", at, content, mentioned };
    }
    default: {
      const content = wordsOf(message.markdown?.content, MARKDOWN_BYTES);
      return typeof content === "number" ? content : { type: "markdown", at, content };
    }
  }
}

function wordsOf(content: unknown, most: number): string | number {
  if (typeof content !== "string" || content === "") return 44_004;
  return Buffer.byteLength(content, "utf8") > most ? 40_058 : content;
}

function imageOf({ image }: Posted, at: number): GroupLine | number {
  const bytes = Buffer.from(String(image?.base64), "base64");
  if (bytes.length > IMAGE_BYTES || !bytes.subarray(0, 4).equals(PNG)) return 40_009;
  const md5 = createHash("md5").update(bytes).digest("hex");
  return md5 === image?.md5 ? { type: "image", at, bytes } : 301_019;
}
