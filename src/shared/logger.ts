import { type DestinationStream, pino } from "pino";
import { AppError } from "./app-error.js";

/** The logger that every room takes; a line carries ids of rows and events, never words or names of members. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What of an error may be written down: kind, code and place. Its message may hold somebody's words. */
export interface SafeError {
  readonly type: string;
  readonly code?: string;
  readonly message?: string;
  readonly stack?: readonly string[];
}

const MOST_FRAMES = 12;

function codeOf(error: object): string | undefined {
  const code: unknown = "code" in error ? error.code : undefined;
  return typeof code === "string" && isWord(code) ? code : undefined;
}

function isWord(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,60}$/.test(text);
}

/** The frames of a stack. Its head repeats the message, and a message may have lines that look like frames. */
function framesOf(error: Error): readonly string[] {
  const stack = error.stack ?? "";
  const head = error.message === "" ? -1 : stack.indexOf(error.message);
  const tail = head < 0 ? stack : stack.slice(head + error.message.length);
  return tail
    .split("\n", 4 * MOST_FRAMES)
    .map((line) => line.trim())
    .filter((line) => /^at [^\n]{1,300}:\d{1,9}:\d{1,9}\)?$/.test(line))
    .slice(0, MOST_FRAMES);
}

/**
 * An error as the logs may show it, by allow-list: its class, its code, our own errors' message, the
 * frames of its stack. Driver parameters, response bodies and foreign messages stay out.
 */
export function safeError(error: unknown): SafeError {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = codeOf(error);
  return {
    type: isWord(error.name) ? error.name : "Error",
    ...(code === undefined ? {} : { code }),
    ...(error instanceof AppError ? { message: error.message } : {}),
    stack: framesOf(error),
  };
}

/** A JSON logger, on standard error unless told otherwise, with the error serialiser that keeps words out. */
export function createLogger(
  level: string,
  destination: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Logger {
  return pino(
    {
      level,
      base: null,
      serializers: { err: safeError },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
    },
    destination,
  );
}

/** A logger that keeps silent: for tests and for commands that print their own lines. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
