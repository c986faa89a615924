import { once } from "node:events";
import type { Writable } from "node:stream";

/** Where a command writes: results to stdout, everything for people to stderr. */
export interface Output {
  /** One line of result; waits when the reader is slow. */
  line(text: string): Promise<void>;
  /** One line for the person at the terminal. */
  say(text: string): void;
}

/** Control characters of names and texts must not reach a terminal. */
export function printable(text: string): string {
  let clean = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const control = (code < 32 && code !== 10 && code !== 9) || (code >= 127 && code < 160);
    const direction = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
    if (!control && !direction) clean += character;
  }
  return clean;
}

/** Output on the process's own streams. A closed pipe (`| head`) ends the process quietly. */
export function processOutput(
  out: Writable = process.stdout,
  err: Writable = process.stderr,
): Output {
  out.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
  });
  return {
    async line(text) {
      if (!out.write(`${text}\n`)) await once(out, "drain");
    },
    say(text) {
      err.write(`${printable(text)}\n`);
    },
  };
}
