import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { SecondOpinionConfig } from "#src/app/second-opinion-config.js";
import { Secret } from "#src/shared/secret.js";

/** What a model was asked, read back from the request as it came over the wire. */
export interface HeardQuestion {
  readonly authorization: string | undefined;
  readonly body: string;
  readonly system: string;
  readonly user: string;
  /** The lines as the model is to see them. */
  readonly line: { readonly role: string; readonly text: string };
  readonly before: readonly { readonly role: string; readonly text: string }[];
}

/** How the server behaves; `null` never answers. */
export type Behaviour = (
  heard: HeardQuestion,
  response: ServerResponse,
  count: number,
) => void | null;

/** A server that plays a model. */
export interface OpinionServer {
  readonly url: string;
  readonly questions: readonly HeardQuestion[];
  /** Sockets that were opened to it. */
  readonly sockets: () => number;
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

/** A completion with these words. */
export function completion(words: string): string {
  return JSON.stringify({
    id: "chatcmpl-1",
    object: "chat.completion",
    choices: [{ index: 0, message: { role: "assistant", content: words }, finish_reason: "stop" }],
    usage: { prompt_tokens: 300, completion_tokens: 30 },
  });
}

/** Answers every question with these words. */
export function says(words: string | object): Behaviour {
  return (_heard, response) => {
    response.setHeader("content-type", "application/json");
    response.end(completion(typeof words === "string" ? words : JSON.stringify(words)));
  };
}

export const COMPLAINT = {
  complaint: true,
  confidence: 0.9,
  aspect: "quality",
  severity: "P3",
} as const;
export const NO_COMPLAINT = {
  complaint: false,
  confidence: 0.8,
  aspect: null,
  severity: null,
} as const;

interface Body {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

async function heardIn(request: IncomingMessage): Promise<HeardQuestion> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = Buffer.concat(parts).toString("utf8");
  const [system, user] = (JSON.parse(body) as Body).messages;
  const content = user?.content ?? "";
  const data = content.slice(content.indexOf("\n") + 1, content.lastIndexOf("\n"));
  const { line, before } = JSON.parse(data) as Pick<HeardQuestion, "line" | "before">;
  return {
    authorization: request.headers.authorization,
    body,
    system: system?.content ?? "",
    user: content,
    line,
    before,
  };
}

/** Starts a server on a free port of this machine. */
export async function opinionServer(first: Behaviour = says(COMPLAINT)): Promise<OpinionServer> {
  let behaviour = first;
  let sockets = 0;
  const questions: HeardQuestion[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const heard = await heardIn(request);
    questions.push(heard);
    behaviour(heard, response, questions.length);
  };
  const server = createServer((request, response) => {
    void answer(request, response);
  });
  server.on("connection", () => {
    sockets += 1;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/v1`,
    questions,
    sockets: () => sockets,
    behave(next) {
      behaviour = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** The configuration that asks such a server. */
export function opinionConfig(
  server: Pick<OpinionServer, "url">,
  change: Partial<SecondOpinionConfig> = {},
): SecondOpinionConfig {
  return {
    url: `${server.url}/chat/completions`,
    model: "small",
    key: new Secret("sk-canary-f00d"),
    dailyBudget: 100,
    timeoutMs: 10_000,
    band: 0.15,
    ...change,
  };
}
