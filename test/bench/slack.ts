import { IncomingMessage, type RequestListener, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { App, HTTPReceiver } from "@slack/bolt";
import { SlackAdapter } from "#adapters/slack/slack-adapter.js";
import { StoringInbox } from "#src/inbox/inbox.js";
import { systemClock } from "#src/shared/clock.js";
import { silentLogger } from "#src/shared/logger.js";
import { Secret } from "#src/shared/secret.js";
import { openStore } from "#src/store/store.js";
import { quietPages } from "../support/slack/quiet-pages.js";
import { SIGNING_SECRET, signatureOf, wireOf } from "../support/slack/slack-driver.js";
import { pressPayload, stamp, TEAM } from "../unit/slack/slack-payloads.js";
import { type Figure, rounded } from "./figure.js";
import { scratchFolder } from "./scratch-folder.js";

const PRESSES = 4_000;
const SIDE_BY_SIDE = 200;
const BURST = 2_000;
const MOST_RATIO = 3;
const BURST_MS = 3_000;
const PER_SECOND = 1_500;

interface Signed {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Presses of different people, signed now: a signature is good for five minutes. */
function presses(count: number, from: number): readonly Signed[] {
  const at = String(Math.floor(Date.now() / 1_000));
  return Array.from({ length: count }, (_, index) => {
    const { body, type } = wireOf(
      pressPayload({
        user: `U${String(from + index)}`,
        actionId: "vote:4",
        value: "run|question|5",
        actionTs: stamp(1, (from + index) % 999_999),
        messageTs: stamp(0),
      }),
    );
    return {
      body: Buffer.from(body),
      headers: {
        "content-type": type,
        "x-slack-request-timestamp": at,
        "x-slack-signature": signatureOf(body, at),
      },
    };
  });
}

/** Hands a request to a listener without a network between: what remains is the listener's own work. */
function send(listener: RequestListener, { body, headers }: Signed): Promise<number> {
  const request = new IncomingMessage(new Socket());
  request.method = "POST";
  request.url = "/slack/events";
  Object.assign(request.headers, headers, { "content-length": String(body.length) });
  const response = new ServerResponse(request);
  const done = new Promise<number>((resolve) => {
    response.end = (() => {
      resolve(response.statusCode);
      return response;
    }) as typeof response.end;
  });
  listener(request, response);
  request.push(body);
  request.push(null);
  return done;
}

/** CPU time per request, µs, with many in hand at once. */
async function cpuPerRequest(listener: RequestListener, from: number): Promise<number> {
  const signed = presses(PRESSES, from);
  const before = process.cpuUsage();
  for (let at = 0; at < signed.length; at += SIDE_BY_SIDE) {
    const answers = await Promise.all(
      signed.slice(at, at + SIDE_BY_SIDE).map((one) => send(listener, one)),
    );
    if (answers.some((status) => status !== 200)) throw new Error("a press was not acknowledged");
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / PRESSES;
}

/** Bolt as it comes, with a handler that does nothing. */
function bareBolt(): RequestListener {
  const receiver = new HTTPReceiver({ signingSecret: SIGNING_SECRET, processBeforeResponse: true });
  const app = new App({
    receiver,
    authorize: async () => ({ botToken: "xoxb-1", botId: "B1", botUserId: "U1" }),
    convoStore: false,
  });
  app.action(/.*/, async ({ ack }) => ack());
  return (request, response) => receiver.requestListener(request, response);
}

function figure(
  bench: string,
  facts: Pick<Figure, "value" | "unit" | "goal" | "met"> & { readonly floor?: number },
): Figure {
  const { value, unit, goal, met, floor } = facts;
  const base = floor === undefined ? null : rounded(floor);
  const ratio = floor === undefined ? null : rounded(value / floor);
  return { bench, value: rounded(value), unit, floor: base, ratio, goal, met };
}

/** Signed presses through Bolt to the disk: CPU beside bare Bolt, the rate, and 2,000 at once. */
export async function benchSlack(): Promise<readonly Figure[]> {
  const scratch = scratchFolder();
  const store = await openStore({ dialect: "sqlite", file: `${scratch.path}/huiyin.sqlite` });
  const inbox = new StoringInbox({ store, clock: systemClock });
  const installation = {
    team: TEAM,
    teamName: "",
    appId: "",
    botUserId: "U0BOT0001",
    botId: "B0BOT0001",
    token: new Secret("xoxb-bench"),
    scopes: [],
    installedBy: "",
  };
  const adapter = new SlackAdapter({
    transport: { kind: "http", signingSecret: new Secret(SIGNING_SECRET) },
    book: {
      find: async () => installation,
      all: async () => [installation],
      save: async () => undefined,
      refused: async () => undefined,
      remove: async () => undefined,
    },
    pages: quietPages,
    clock: systemClock,
    logger: silentLogger,
    botName: "小助手",
    language: "zh",
  });
  await adapter.start(inbox);
  const { listener } = adapter;
  if (listener === null) throw new Error("there is no listener");
  try {
    const bolt = bareBolt();
    await cpuPerRequest(bolt, 0);
    await cpuPerRequest(listener, 100_000);
    const floor = await cpuPerRequest(bolt, 0);
    const began = performance.now();
    const ours = await cpuPerRequest(listener, 200_000);
    const perSecond = (PRESSES / (performance.now() - began)) * 1_000;
    const burst = presses(BURST, 300_000);
    const from = performance.now();
    await Promise.all(burst.map((one) => send(listener, one)));
    const took = performance.now() - from;
    const stored = await store.read((tx) => tx.inboxEvents.count({}));
    const expected = 2 * PRESSES + BURST;
    return [
      figure("slack-press-cpu", {
        value: ours,
        unit: "µs CPU",
        floor,
        goal: `≤ ${String(MOST_RATIO)} × bare Bolt`,
        met: ours <= MOST_RATIO * floor,
      }),
      figure("slack-press-rate", {
        value: perSecond,
        unit: "presses/s",
        goal: `≥ ${String(PER_SECOND)} stored and acknowledged on quiet cores`,
        met: perSecond >= PER_SECOND,
      }),
      figure("slack-burst", {
        value: took,
        unit: "ms",
        goal: `2,000 presses acknowledged under 3 s, each stored once (${String(stored)} of ${String(expected)})`,
        met: took < BURST_MS && stored === expected,
      }),
    ];
  } finally {
    await adapter.stop();
    await store.close();
    scratch.remove();
  }
}
