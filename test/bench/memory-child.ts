import "reflect-metadata";
import { createBenchApp } from "./bench-app.js";
import { chatPayload } from "./chat-lines.js";

const STEP = 500;

function residentMiB(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss / 1_048_576;
}

const { chat, handled, close } = await createBenchApp();
async function feed(from: number, to: number): Promise<void> {
  for (let start = from; start < to; start += STEP) {
    await Promise.all(
      Array.from({ length: STEP }, (_, index) => chat.emit(chatPayload(start + index, 16, 64))),
    );
    await handled(start + STEP);
  }
}
await feed(0, 10_000);
const early = residentMiB();
await feed(10_000, 100_000);
const late = residentMiB();
process.stdout.write(JSON.stringify({ early, late }));
await close();
