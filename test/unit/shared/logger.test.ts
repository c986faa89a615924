import { describe, expect, it } from "vitest";
import { z } from "zod";
import { PlatformError } from "#src/platform/platform-error.js";
import { AppError } from "#src/shared/app-error.js";
import { createLogger, safeError } from "#src/shared/logger.js";
import { testStore } from "../../support/store.js";

const CANARY = "canary-王阿姨说草莓烂了-f00d";

/** The line that the logger writes about an error. */
function lineOf(error: unknown): string {
  let written = "";
  const logger = createLogger("debug", { write: (text) => void (written += text) });
  logger.error({ err: error, row: 7 }, "it failed");
  return written;
}

async function caught(work: () => unknown): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error;
  }
}

class SqlError extends Error {
  readonly code = "23505";
  readonly parameters = [CANARY];
  readonly query = `INSERT '${CANARY}'`;
  readonly driverError = new Error(CANARY);
  readonly detail = `Key (text)=(${CANARY}) already exists.`;
}

const schema = z.object({ kind: z.enum(["a"]), [CANARY]: z.number() });

const errors: Readonly<Record<string, () => unknown>> = {
  "a driver's error with parameters": () => new SqlError(CANARY),
  "a platform's error with a response body as cause": () =>
    new PlatformError("rejected", `refused: ${CANARY}`, { cause: { body: CANARY } }),
  "our own error with a foreign cause": () =>
    new AppError("internal", "It failed.", { cause: new Error(CANARY), remedy: CANARY }),
  "a schema's complaint": () => caught(() => schema.parse({ kind: CANARY })),
  "a broken address": () => caught(() => new URL(`http://[${CANARY}`)),
  "broken JSON": () => caught(() => JSON.parse(`{"text": ${CANARY}`) as unknown),
  "a message with lines that look like a stack": () =>
    new Error(`x\n    at ${CANARY} (file.ts:1:2)\n    at ${CANARY}`),
  "a name and a code that are no names": () =>
    Object.assign(new Error("x"), { name: CANARY, code: CANARY }),
  "several errors in one": () => new AggregateError([new Error(CANARY)], CANARY),
  "something thrown that is no error": () => ({ message: CANARY, toString: () => CANARY }),
  "a text that was thrown": () => CANARY,
  "a real refusal of the database": async () => {
    const store = await testStore();
    return caught(() =>
      store.write((tx) =>
        tx.query(`INSERT INTO "counter" ("id", "value") VALUES (?, NULL)`, [CANARY]),
      ),
    );
  },
};

describe("the line about", () => {
  for (const [what, make] of Object.entries(errors)) {
    it(`${what} holds nobody's words, but tells what and where`, async () => {
      const error = await make();
      expect(error).toBeDefined();
      const line = lineOf(error);
      expect(line).not.toContain("canary");
      expect(line).not.toContain("草莓");
      expect(JSON.parse(line)).toMatchObject({
        msg: "it failed",
        row: 7,
        err: { type: expect.any(String) as string },
      });
      if (error instanceof Error) expect(safeError(error).stack?.length).toBeGreaterThan(0);
    });
  }

  it("our own errors tells their message, and any error its code", () => {
    expect(JSON.parse(lineOf(new AppError("store-full", "The disk is full.")))).toMatchObject({
      err: { type: "AppError", code: "store-full", message: "The disk is full." },
    });
    expect(safeError(new SqlError(CANARY))).toMatchObject({ code: "23505" });
  });

  it("an error shows at most twelve frames, each a place in the code", () => {
    const deep = (depth: number): Error => (depth === 0 ? new Error("x") : deep(depth - 1));
    Error.stackTraceLimit = 50;
    const { stack = [] } = safeError(deep(30));
    Error.stackTraceLimit = 10;
    expect(stack).toHaveLength(12);
    for (const frame of stack) expect(frame).toMatch(/^at .+:\d+:\d+\)?$/);
  });
});

it("logs nothing below its level", () => {
  let written = "";
  const logger = createLogger("warn", { write: (text) => void (written += text) });
  logger.info({}, "quiet");
  logger.debug({}, "quiet");
  expect(written).toBe("");
});
