import { z } from "zod";
import { AppError } from "#src/shared/app-error.js";
import { parseReply } from "#src/surveys/reply/parse-reply.js";
import { parseScale, type Scale } from "#src/surveys/reply/scale.js";
import { voteOfParse } from "#src/surveys/reply/vote-of-parse.js";
import type { Output } from "./output.js";
import type { InputLine } from "./read-lines.js";

const request = z.looseObject({ text: z.string(), scale: z.string() });

/** Read scales that are remembered; a file with ever new ones must not fill the memory. */
const MOST_SCALES = 1_000;

/** Reads votes from JSON lines `{"text","scale"}`: the same line comes out with its `vote`, or null for none. */
export async function parseReplyLines(
  lines: AsyncIterable<InputLine>,
  output: Output,
): Promise<void> {
  const scales = new Map<string, Scale>();
  for await (const { number, text } of lines) {
    if (text.trim() !== "") await output.line(JSON.stringify(answer(number, text, scales)));
  }
}

function answer(number: number, text: string, scales: Map<string, Scale>): object {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { line: number, error: "not a line of JSON" };
  }
  const parsed = request.safeParse(raw);
  if (!parsed.success)
    return { line: number, error: "expected an object with the strings text and scale" };
  try {
    const scale = scales.get(parsed.data.scale) ?? parseScale(parsed.data.scale);
    if (scales.size >= MOST_SCALES) scales.clear();
    scales.set(parsed.data.scale, scale);
    return { ...parsed.data, vote: voteOfParse(parseReply(parsed.data.text, scale), scale) };
  } catch (error) {
    if (error instanceof AppError) return { line: number, error: error.message };
    throw error;
  }
}
