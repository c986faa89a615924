import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EdgeSourceParts, edgeSources } from "#src/app/edge-sources.js";
import { createMetrics } from "#src/app/metrics.js";
import type { SimulatorPort } from "#src/console/contract/simulator-port.js";
import { Access } from "#src/http/access/access.js";
import type { PasswordHasher } from "#src/http/access/password-hash.js";
import { storedAccessRows } from "#src/http/access/stored-access-rows.js";
import type { HttpApp } from "#src/http/edge.js";
import { createHttpApp, type HttpSources } from "#src/http/server.js";
import { type ManualClock, manualClock } from "#src/shared/clock.js";
import { openStore, type Store } from "#src/store/store.js";
import { ChatScript } from "./chat-script.js";

/** Real hashing takes memory and time on purpose; tests of everything else need neither. */
export const quickHasher: PasswordHasher = {
  hash: async (password) => `plain:${password}`,
  verify: async (hash, password) => hash === `plain:${password}`,
};

export const PASSWORD = "correct horse battery";

/** The edge of a whole product on an empty store, with a chat to fill it and clocks to move. */
export interface TestEdge {
  readonly app: HttpApp;
  readonly sources: HttpSources;
  readonly access: Access;
  readonly store: Store;
  readonly chat: ChatScript;
  /** The clock of sign-in: real time in the product, moved by hand here. */
  readonly clock: ManualClock;
  /** Signs in by a one-time link; the cookie to send. */
  signIn(): Promise<string>;
  /** Asks with a cookie; a body makes it JSON. */
  ask(cookie: string, path: string, ask?: Ask): Promise<Response>;
  close(): Promise<void>;
}

export interface Ask {
  readonly method?: string;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Builds a {@link TestEdge}. */
export async function testEdge(
  more: Partial<HttpSources> = {},
  parts: Pick<EdgeSourceParts, "wechat"> = {},
): Promise<TestEdge> {
  const store = await openStore({ dialect: "sqlite", file: ":memory:" });
  const chat = await ChatScript.open(store);
  const clock = manualClock(chat.simulation.clock.now());
  const access = new Access({
    rows: storedAccessRows(store),
    now: () => clock.now(),
    hasher: quickHasher,
  });
  const sources: HttpSources = {
    ...edgeSources({
      app: chat.simulation.app,
      mode: "service",
      language: "zh",
      access,
      metrics: createMetrics(store, () => clock.now()),
      pictures: {
        ready: async () => ({ ready: true, detail: "" }),
        draw: async () => ({ bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47]) }),
      },
      ...parts,
    }),
    consoleFolder: builtConsole(),
    ...more,
  };
  const app = createHttpApp(sources);
  const ask: TestEdge["ask"] = async (cookie, path, options = {}) =>
    askApp(app, cookie, path, options);
  return {
    app,
    sources,
    access,
    store,
    chat,
    clock,
    ask,
    signIn: async () => {
      const token = access.issueOneTimeLink().split("t=")[1] ?? "";
      const answer = await ask("", "/api/v1/access/claim", { method: "POST", json: { token } });
      return cookieOf(answer);
    },
    close: async () => {
      await chat.simulation.stop();
      await store.close();
    },
  };
}

function askApp(app: HttpApp, cookie: string, path: string, options: Ask): Promise<Response> {
  const { method = "GET", json, headers = {} } = options;
  return Promise.resolve(
    app.request(path, {
      method,
      headers: {
        host: "localhost",
        ...(cookie === "" ? {} : { cookie }),
        ...(json === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    }),
  );
}

/** The cookie that an answer sets, as a browser sends it back. */
export function cookieOf(answer: Response): string {
  return answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

/** A folder like the one that Vite builds. */
export function builtConsole(): string {
  const folder = mkdtempSync(join(tmpdir(), "huiyin-console-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>console page</title>");
  writeFileSync(join(folder, "assets", "main-4f3a2b1c.js"), "export const page = 1;\n".repeat(200));
  writeFileSync(join(folder, "icon.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
  return folder;
}

/** Sends text down a socket as it is; what came back until the other side closed or `waitMs` passed. */
export function rawRequest(
  port: number,
  text: string,
  { waitMs = 3_000 }: { readonly waitMs?: number } = {},
): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    let answer = "";
    const done = (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      answer += chunk;
    });
    socket.setTimeout(waitMs, done);
    socket.on("error", done).on("close", done);
  });
}

/** The status of a raw answer; 0 for none. */
export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1] ?? 0);
}

/** An ordinary request over the wire. */
export function wireRequest(
  port: number,
  path: string,
  options: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string | Buffer;
  } = {},
): Promise<{
  readonly status: number;
  readonly text: string;
  readonly headers: NodeJS.Dict<string | string[]>;
}> {
  return new Promise((resolve, reject) => {
    const { method = "GET", headers = {}, body } = options;
    const request = httpRequest(
      { host: "127.0.0.1", port, path, method, headers, agent: false },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, text, headers: response.headers }),
        );
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

/** A pretend world that only counts what is asked of it: enough for tests of the edge. */
export function countingSimulator(calls: string[]): SimulatorPort {
  const state = {
    now: 0,
    rate: 1 as const,
    rooms: [],
    members: [],
    scenarios: [],
    replay: null,
    seeding: null,
    checklist: { complained: false, voted: false, digest: false, console: false },
  };
  const line = {
    id: "l1",
    room: "r1",
    at: 0,
    memberId: null,
    kind: "said",
    text: "",
    choices: [],
    quote: null,
    reactions: [],
    recalled: false,
    edited: false,
    onlyFor: null,
    picture: null,
  };
  const note = <Result>(name: string, result: Result): Result => {
    calls.push(name);
    return result;
  };
  return {
    state: () => note("state", state),
    lines: () => note("lines", { items: [line], next: null }),
    insights: () => note("insights", { items: [], next: null }),
    pulse: async () =>
      note("pulse", {
        csat: { value: null, n: 0 },
        nps: { value: null, n: 0 },
        participation: { value: null, answered: 0, eligible: 0 },
        openCases: 0,
        waitingSends: 0,
      }),
    say: async () => note("say", line),
    react: async () => note("react", line),
    recall: async () => note("recall", line),
    edit: async () => note("edit", line),
    press: async () => note("press", line),
    clock: async () => note("clock", state),
    look: async () => note("look", state),
    surveyNow: async () => note("surveyNow", undefined),
    scenario: async () => note("scenario", state),
    replay: async () => note("replay", state),
    stopReplay: async () => note("stopReplay", state),
    reset: async () => note("reset", state),
    tick: async () => note("tick", state),
    exportTranscript: () => note("exportTranscript", "{}\n"),
    picture: (id) => note("picture", id === "p1" ? new Uint8Array([0x89, 0x50]) : null),
    watch: () => () => undefined,
  };
}
