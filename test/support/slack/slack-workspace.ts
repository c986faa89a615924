import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createEmulator, type Emulator } from "emulate";
import { z } from "zod";
import { BOT_SCOPES } from "#adapters/slack/manifest.js";

export const BOT_TOKEN = "xoxb-workspace-of-the-tests";
export const CLIENT_ID = "100.200";
export const CLIENT_SECRET = "a-client-secret-of-the-tests";
export const APP_ID = "A0HUIYIN1";
export const REDIRECT = "https://huiyin.example/slack/oauth_redirect";

/** What the proxy does to the next call instead of, or besides, passing it on. */
export type Fault =
  /** Slack answers so; nothing is carried out. */
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly body: object;
      readonly retryAfter?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The call is carried out, but its answer gets lost. */
  | { readonly kind: "lost-answer" }
  /** The connection breaks before anything is carried out. */
  | { readonly kind: "reset" }
  /** The call is carried out and answered with half of the answer. */
  | { readonly kind: "half-answer" }
  /** Nobody answers. */
  | { readonly kind: "silence" };

/** A call that reached Slack's address. */
export interface ApiCall {
  readonly method: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly at: number;
  /** The workspace carried it out; false for one that was broken on the way or refused. */
  readonly accepted: boolean;
}

/** What happens to a call, where a test decides it call by call. */
export type Judge = (call: ApiCall) => Fault | undefined;

export interface WorkspaceOptions {
  readonly now?: () => number;
  readonly scopes?: readonly string[];
  readonly people?: readonly string[];
  /** The bot is in all of them but `other`. */
  readonly channels?: readonly string[];
  readonly judge?: Judge;
}

interface Planned {
  readonly fault: Fault;
  readonly method: string | null;
}

const identity = z.object({ team_id: z.string(), user_id: z.string(), bot_id: z.string() });
const members = z.object({
  members: z.array(z.object({ id: z.string(), name: z.string(), is_admin: z.boolean() })),
});
const channels = z.object({
  channels: z.array(z.object({ id: z.string(), name: z.string() })),
});
const messages = z.object({
  messages: z.array(
    z.looseObject({
      ts: z.string(),
      text: z.string(),
      blocks: z.array(z.looseObject({ type: z.string() })).optional(),
    }),
  ),
});

/** One message as the emulated workspace keeps it. */
export type KeptMessage = z.infer<typeof messages>["messages"][number];

/** People and channels that the tests use, by the names that the tests call them. */
export const PEOPLE = ["wang", "chen", "li"] as const;
export const CHANNELS = ["group", "staff", "other"] as const;

/** A Slack workspace in this process (emulate), reached through a proxy that counts, records and breaks calls. */
export class SlackWorkspace {
  readonly team: string;
  readonly botUserId: string;
  readonly botId: string;
  readonly users: Readonly<Record<string, string>>;
  readonly channels: Readonly<Record<string, string>>;
  readonly calls: ApiCall[] = [];
  /** Answers that were posted to response addresses. */
  readonly answers: Readonly<Record<string, unknown>>[] = [];
  readonly #emulator: Emulator;
  readonly #server: Server;
  readonly #port: number;
  readonly #faults: Planned[] = [];
  readonly #now: () => number;
  readonly #judge: Judge | undefined;
  #forwarded = 0;

  private constructor(parts: {
    readonly emulator: Emulator;
    readonly server: Server;
    readonly port: number;
    readonly facts: Pick<SlackWorkspace, "team" | "botUserId" | "botId" | "users" | "channels">;
    readonly options: WorkspaceOptions;
  }) {
    this.#emulator = parts.emulator;
    this.#server = parts.server;
    this.#port = parts.port;
    this.#now = parts.options.now ?? (() => Date.now());
    this.#judge = parts.options.judge;
    ({
      team: this.team,
      botUserId: this.botUserId,
      botId: this.botId,
      users: this.users,
      channels: this.channels,
    } = parts.facts);
    parts.server.on("request", (request, response) => void this.#pass(request, response));
  }

  static async open(options: WorkspaceOptions = {}) {
    const names = options.channels ?? CHANNELS;
    const emulator = await createEmulator({
      service: "slack",
      port: 0,
      seed: { slack: seedOf(options, names) },
    });
    const server = createServer({ keepAliveTimeout: 500 });
    const port = await new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
    const facts = await factsOf(emulator.url, names);
    return new SlackWorkspace({ emulator, server, port, facts, options });
  }

  /** Address of the Web API. */
  get apiUrl(): string {
    return `${this.origin}/api/`;
  }

  get origin(): string {
    return `http://127.0.0.1:${String(this.#port)}`;
  }

  /** Address of the workspace behind the proxy, for pages that a browser opens. */
  get emulatorUrl(): string {
    return this.#emulator.url;
  }

  /** The next call (of this method, when one is named) goes wrong so; several queue up. */
  fail(fault: Fault, method: string | null = null): void {
    this.#faults.push({ fault, method });
  }

  /** Takes back what was planned and did not happen. */
  calm(): void {
    this.#faults.length = 0;
  }

  /** A response address as presses and commands bring along. */
  responseUrl(name: string): string {
    return `${this.origin}/respond/${name}`;
  }

  /** A trigger that opens one window within three seconds. */
  async trigger(user: string): Promise<string> {
    const answer = await this.ask("views.generateTriggerId", { user_id: user });
    return z.object({ trigger_id: z.string() }).parse(answer).trigger_id;
  }

  /** What stands in a channel, oldest first; or in one of its threads. */
  async history(channel: string, thread?: string): Promise<readonly KeptMessage[]> {
    const answer = await this.ask(
      thread === undefined ? "conversations.history" : "conversations.replies",
      {
        channel,
        limit: 999,
        include_all_metadata: true,
        ...(thread === undefined ? {} : { ts: thread }),
      },
    );
    const list = messages.parse(answer).messages;
    return thread === undefined ? list.toReversed() : list;
  }

  /** Calls the workspace directly, past the proxy. */
  async ask(method: string, body: object): Promise<unknown> {
    return askAt(this.#emulator.url, method, body);
  }

  callsOf(method: string): readonly ApiCall[] {
    return this.calls.filter((call) => call.method === method);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    await this.#emulator.close();
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const path = request.url ?? "";
    if (path.startsWith("/respond/")) {
      this.#respond(path.slice("/respond/".length), body, response);
      return;
    }
    const [address = ""] = path.split("?");
    const method = address.replace(/^\/api\//, "");
    const fields = Object.fromEntries(new URLSearchParams(body.toString("utf8")));
    const call = { method, fields, at: this.#now(), accepted: false };
    this.calls.push(call);
    const fault = this.#faultFor(method) ?? this.#judge?.(call);
    switch (fault?.kind) {
      case "silence":
        return;
      case "reset":
        request.socket.destroy();
        return;
      case "answer":
        answerWith(response, fault);
        return;
      default:
        call.accepted = await this.#forward({ request, body, response, fault });
    }
  }

  #respond(name: string, body: Buffer, response: ServerResponse): void {
    const fault = this.#faultFor("respond");
    const accepted = fault === undefined;
    this.calls.push({ method: "respond", fields: { name }, at: this.#now(), accepted });
    if (fault?.kind === "answer") {
      answerWith(response, fault);
      return;
    }
    this.answers.push(JSON.parse(body.toString("utf8")) as Record<string, unknown>);
    response.end("ok");
  }

  /** Passes a call on; true when the workspace says that it is done. */
  async #forward({ request, body, response, fault }: Passing): Promise<boolean> {
    this.#forwarded += 1;
    const token = botToken(Math.floor(this.#forwarded / CALLS_PER_TOKEN) % BOT_TOKENS);
    const { authorization = "" } = request.headers;
    const answer = await askOn(`${this.#emulator.url}${request.url ?? ""}`, {
      request,
      body,
      authorization: authorization.replace(BOT_TOKEN, token),
    });
    const text = (await answer.text()).replaceAll(this.#emulator.url, this.origin);
    const done = answer.ok && text.includes('"ok":true');
    if (fault?.kind === "lost-answer") {
      request.socket.destroy();
      return done;
    }
    const half = fault?.kind === "half-answer";
    response.writeHead(answer.status, {
      "content-type": answer.headers.get("content-type") ?? "application/json",
      ...(half ? { "content-length": String(text.length) } : {}),
    });
    if (half) breakOff(request, response, text);
    else response.end(text);
    return done;
  }

  #faultFor(method: string): Fault | undefined {
    const index = this.#faults.findIndex(
      (planned) => planned.method === null || planned.method === method,
    );
    return index < 0 ? undefined : this.#faults.splice(index, 1)[0]?.fault;
  }
}

interface Passing {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly response: ServerResponse;
  readonly fault: Fault | undefined;
}

/** The request, sent on to another address. */
function askOn(
  url: string,
  {
    request: { method = "POST", headers },
    body,
    authorization,
  }: Pick<Passing, "request" | "body"> & { readonly authorization: string },
) {
  const { "content-type": type = "" } = headers;
  return fetch(url, {
    method,
    headers: { authorization, "content-type": type },
    ...(method === "GET" ? {} : { body: new Uint8Array(body) }),
    redirect: "manual",
  });
}

/** The connection ends after the first bytes of an answer. */
function breakOff(request: IncomingMessage, response: ServerResponse, text: string): void {
  response.write(text.slice(0, 10));
  setTimeout(() => request.socket.destroy(), 10);
}

function answerWith(
  response: ServerResponse,
  { status, body, retryAfter, headers }: Extract<Fault, { kind: "answer" }>,
): void {
  const wait = retryAfter === undefined ? {} : { "retry-after": retryAfter };
  response.writeHead(status, { "content-type": "application/json", ...wait, ...headers });
  response.end(JSON.stringify(body));
}

/** The emulator, unlike Slack, stops a token after 5,000 calls in an hour: the bot's calls take turns. */
const CALLS_PER_TOKEN = 1_000;
const BOT_TOKENS = 12;

function botToken(index: number): string {
  return index === 0 ? BOT_TOKEN : `${BOT_TOKEN}-${String(index)}`;
}

function seedOf(
  { scopes = BOT_SCOPES, people = PEOPLE }: WorkspaceOptions,
  names: readonly string[],
): object {
  return {
    team: { name: "Huiyin", domain: "huiyin" },
    users: people.map((name) => ({
      name,
      real_name: name,
      is_admin: name === "chen",
      profile: { display_name: name === "wang" ? "王阿姨" : name },
    })),
    channels: names.map((name) => ({ name })),
    oauth_apps: [
      {
        app_id: APP_ID,
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        name: "Huiyin",
        redirect_uris: [REDIRECT],
        scopes: [...BOT_SCOPES],
        bot_name: "huiyin",
      },
    ],
    tokens: [
      ...Array.from({ length: BOT_TOKENS }, (_, index) => ({
        token: botToken(index),
        type: "bot",
        user: "huiyin",
        app_id: APP_ID,
        scopes: [...scopes],
      })),
      {
        token: ADMIN_TOKEN,
        type: "user",
        user: "chen",
        app_id: APP_ID,
        scopes: ["channels:manage", "channels:write", "channels:write.invites", ...BOT_SCOPES],
      },
    ],
    strict_scopes: true,
    signing_secret: "x".repeat(32),
  };
}

const ADMIN_TOKEN = "xoxp-an-administrator-of-the-tests";

async function askAt(
  url: string,
  method: string,
  body: object,
  token = BOT_TOKEN,
): Promise<unknown> {
  const answer = await fetch(`${url}/api/${method}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return answer.json();
}

/** Who and what there is, as the workspace itself names it; the bot is invited into its channels. */
async function factsOf(url: string, names: readonly string[]) {
  const admin = (method: string, body: object = {}): Promise<unknown> =>
    askAt(url, method, body, ADMIN_TOKEN);
  const {
    team_id: team,
    user_id: botUserId,
    bot_id: botId,
  } = identity.parse(await askAt(url, "auth.test", {}));
  const users = members.parse(await admin("users.list", { limit: 999 })).members;
  const list = channels.parse(await admin("conversations.list", { limit: 999 })).channels;
  const byName = Object.fromEntries(list.map(({ id, name }) => [name, id]));
  for (const name of names.filter((one) => one !== "other"))
    await admin("conversations.invite", { channel: byName[name], users: botUserId });
  return {
    team,
    botUserId,
    botId,
    users: Object.fromEntries(users.map(({ id, name }) => [name, id])),
    channels: byName,
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
