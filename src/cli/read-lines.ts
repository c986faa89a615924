import { createReadStream, existsSync, statSync } from "node:fs";
import type { Readable } from "node:stream";
import { AppError } from "#src/shared/app-error.js";

/** A line longer than this is not read whole: its head is handed on, the rest is dropped. */
export const LONGEST_LINE = 4 * 1_048_576;

/** One line of input with its number, from 1. */
export interface InputLine {
  readonly number: number;
  readonly text: string;
}

/** Lines of a stream, one at a time, with bounded memory; a byte order mark is dropped. */
export async function* linesOf(stream: Readable): AsyncGenerator<InputLine> {
  const decoder = new TextDecoder("utf-8");
  let rest = "";
  let number = 0;
  let dropping = false;
  for await (const chunk of stream) {
    const parts = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      number += 1;
      if (dropping) {
        dropping = false;
        continue;
      }
      yield { number, text: withoutReturn(part) };
    }
    if (rest.length > LONGEST_LINE) {
      if (!dropping) yield { number: number + 1, text: rest };
      dropping = true;
      rest = "";
    }
  }
  const last = rest + decoder.decode();
  if (last !== "" && !dropping) yield { number: number + 1, text: withoutReturn(last) };
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

/** Lines of a file, or of standard input for "-". Throws `not-found` with the path when there is no such file. */
export function inputLines(file: string): AsyncGenerator<InputLine> {
  if (file === "-") return linesOf(process.stdin);
  if (!existsSync(file)) throw new AppError("not-found", `There is no file ${file}.`);
  if (statSync(file).isDirectory())
    throw new AppError("usage", `${file} is a folder; name a file in it.`);
  return linesOf(createReadStream(file));
}
