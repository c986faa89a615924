import { foldWidth } from "./text-scan.js";

/** A typed case command: the number, and what follows it. */
export interface CaseWords {
  readonly number: number;
  readonly tail: string;
}

const HEAD = /^[#＃]?\s?([0-9０-９]{1,9})(?![0-9０-９.:：/])\s*号?\s*[,，]?\s*/;

/** Reads "#12 take", "12接手", "12"; null without a number. */
export function readCaseWords(rest: string): CaseWords | null {
  const match = HEAD.exec(rest.slice(0, 40));
  if (match === null) return null;
  const number = Number(foldWidth(match[1] ?? ""));
  return number > 0 ? { number, tail: rest.slice(match[0].length) } : null;
}
