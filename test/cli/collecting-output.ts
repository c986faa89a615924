import { Readable } from "node:stream";
import type { Output } from "#src/cli/output.js";
import { type InputLine, linesOf } from "#src/cli/read-lines.js";

/** Keeps what a command says: `lines` are results, `said` is for the person at the terminal. */
export interface CollectingOutput extends Output {
  readonly lines: string[];
  readonly said: string[];
}

export function collectingOutput(): CollectingOutput {
  const lines: string[] = [];
  const said: string[] = [];
  return {
    lines,
    said,
    line: async (text) => {
      lines.push(text);
    },
    say: (text) => {
      said.push(text);
    },
  };
}

/** A text as a command reads it from a file or a pipe, in pieces of any size. */
export function inputOf(text: string, pieces = 1_000): AsyncGenerator<InputLine> {
  const bytes = Buffer.from(text);
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += pieces) parts.push(bytes.subarray(at, at + pieces));
  return linesOf(Readable.from(parts, { objectMode: true }));
}
