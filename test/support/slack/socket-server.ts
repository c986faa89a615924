import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { Duplex } from "node:stream";

/** The text that the WebSocket protocol (RFC 6455) puts behind a client's key. */
const KEY_TAIL = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const TEXT = 1;
const CLOSE = 8;
const PING = 9;

/** One answer of the product over the socket. */
export interface SocketAnswer {
  readonly envelope_id: string;
  readonly payload?: unknown;
}

/** Slack's side of Socket Mode: takes connections, greets, sends envelopes and keeps what is answered. */
export class SocketServer {
  readonly answers: SocketAnswer[] = [];
  /** How many connections were made so far. */
  connections = 0;
  readonly #server: Server = createServer();
  #socket: Duplex | null = null;

  async open(): Promise<string> {
    this.#server.on("upgrade", (request, socket: Duplex) => {
      const key = `${request.headers["sec-websocket-key"] ?? ""}${KEY_TAIL}`;
      const accept = createHash("sha1").update(key).digest("base64");
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
      );
      this.#socket = socket;
      this.connections += 1;
      this.#listen(socket);
      this.send({ type: "hello", num_connections: 1 });
    });
    await new Promise<void>((resolve) => {
      this.#server.listen(0, "127.0.0.1", () => resolve());
    });
    const address = this.#server.address();
    return `ws://127.0.0.1:${String(typeof address === "object" && address !== null ? address.port : 0)}/`;
  }

  send(message: object): void {
    this.#socket?.write(frameOf(TEXT, Buffer.from(JSON.stringify(message), "utf8")));
  }

  /** The connection breaks without a word. */
  drop(): void {
    this.#socket?.destroy();
    this.#socket = null;
  }

  async close(): Promise<void> {
    this.drop();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  #listen(socket: Duplex): void {
    let rest = Buffer.alloc(0);
    socket.on("error", () => undefined);
    socket.on("data", (data: Buffer) => {
      rest = Buffer.concat([rest, data]);
      for (;;) {
        const frame = readFrame(rest);
        if (frame === null) return;
        rest = rest.subarray(frame.length);
        this.#take(socket, frame);
      }
    });
  }

  #take(socket: Duplex, { kind, body }: Frame): void {
    if (kind === TEXT) this.answers.push(JSON.parse(body.toString("utf8")) as SocketAnswer);
    if (kind === PING) socket.write(frameOf(10, body));
    if (kind !== CLOSE) return;
    socket.end(frameOf(CLOSE, body));
  }
}

interface Frame {
  readonly kind: number;
  readonly body: Buffer;
  /** How many bytes it took. */
  readonly length: number;
}

function frameOf(kind: number, body: Buffer): Buffer {
  const long = body.length > 125;
  const head = Buffer.alloc(long ? 4 : 2);
  head[0] = 0x80 | kind;
  head[1] = long ? 126 : body.length;
  if (long) head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, body]);
}

/** The first whole frame of a client, which masks what it sends; null while some of it is missing. */
function readFrame(bytes: Buffer): Frame | null {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return null;
  const long = (second & 0x7f) === 126;
  const start = (long ? 4 : 2) + 4;
  if (bytes.length < start) return null;
  const size = long ? bytes.readUInt16BE(2) : second & 0x7f;
  if (bytes.length < start + size) return null;
  const mask = bytes.subarray(start - 4, start);
  const body = Buffer.from(bytes.subarray(start, start + size)).map(
    (byte, index) => byte ^ (mask[index % 4] ?? 0),
  );
  return { kind: first & 0x0f, body: Buffer.from(body), length: start + size };
}
