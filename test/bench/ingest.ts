import { createBenchApp } from "./bench-app.js";
import { chatPayload } from "./chat-lines.js";
import { type Bench, percentile, rounded } from "./figure.js";
import { CHAT_ROWS, rawInsertRate } from "./raw-insert.js";

const MESSAGES = 20_000;
const SENDERS = 64;
const GROUPS = 16;

/** 20,000 mixed messages from 64 senders who each wait for their accept; done when all are handled. */
async function ingestRate(): Promise<number> {
  const { chat, handled, close } = await createBenchApp();
  let next = 0;
  const began = performance.now();
  const send = async (): Promise<void> => {
    while (next < MESSAGES) {
      const index = next;
      next += 1;
      await chat.emit(chatPayload(index, GROUPS, SENDERS));
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  await handled(MESSAGES);
  const seconds = (performance.now() - began) / 1_000;
  await close();
  return MESSAGES / seconds;
}

/** Arrival to handled, in ms, at a steady rate that waits for nobody. */
async function openLoopLatencies(seconds: number, perSecond: number): Promise<readonly number[]> {
  const { chat, handled, ages, close } = await createBenchApp();
  const total = seconds * perSecond;
  const accepts: Promise<void>[] = [];
  const began = performance.now();
  for (let index = 0; index < total; index += 1) {
    const wait = began + (index * 1_000) / perSecond - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    accepts.push(chat.emit(chatPayload(index, GROUPS, SENDERS)));
  }
  await Promise.all(accepts);
  await handled(total);
  await close();
  return ages;
}

export const ingestBench: Bench = async () => {
  // Floor before and after, so that a machine that slows down in between shows.
  const before = await rawInsertRate(CHAT_ROWS, MESSAGES);
  const rate = await ingestRate();
  const after = await rawInsertRate(CHAT_ROWS, MESSAGES);
  const floor = (before + after) / 2;
  const ratio = rate / floor;
  const shared = { value: rounded(rate), unit: "messages/s" };
  return [
    {
      bench: "ingest",
      ...shared,
      floor: rounded(floor),
      ratio: rounded(ratio),
      goal: "ratio >= 0.2",
      met: ratio >= 0.2,
    },
    {
      bench: "ingest-absolute",
      ...shared,
      floor: null,
      ratio: null,
      goal: ">= 5000 on two quiet cores",
      met: rate >= 5_000,
    },
  ];
};

export const latencyBench: Bench = async () => {
  const p99 = percentile(await openLoopLatencies(10, 200), 0.99);
  return [
    {
      bench: "ingest-latency",
      value: rounded(p99),
      unit: "ms",
      floor: null,
      ratio: null,
      goal: "p99 <= 50",
      met: p99 <= 50,
    },
  ];
};
