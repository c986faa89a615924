import "reflect-metadata";
import { createBenchApp } from "./bench-app.js";
import { chatPayload } from "./chat-lines.js";

const STEP = 500;

/** V8 gives pages back on a thread of its own, a little after the collection. */
const GIVEN_BACK_MS = 500;

/** What stays resident once the garbage is gone, MiB. */
async function residentMiB(): Promise<number> {
  for (let round = 0; round < 2; round += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, GIVEN_BACK_MS));
  }
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
const early = await residentMiB();
await feed(10_000, 100_000);
const late = await residentMiB();
process.stdout.write(JSON.stringify({ early, late }));
await close();
