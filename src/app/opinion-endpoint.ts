import { z } from "zod";
import { type OpinionFault, readAnswer } from "#src/complaints/opinion/answer.js";
import { promptOf } from "#src/complaints/opinion/question.js";
import type { AskModel } from "#src/complaints/opinion/second-opinion.js";
import type { SecondOpinionConfig } from "./second-opinion-config.js";

/** Longest response that is read, bytes: an answer has a hundred. */
const MOST_BYTES = 64 * 1_024;
const MOST_TOKENS = 200;

const completion = z.object({
  choices: z
    .array(z.object({ message: z.object({ content: z.string().max(4_000) }) }))
    .min(1)
    .max(8),
});

/** Asks an OpenAI-compatible server for chat completions; follows no redirect and reads no long body. */
export function opinionEndpoint(
  config: Pick<SecondOpinionConfig, "url" | "model" | "key">,
): AskModel {
  const { url, model, key } = config;
  return async (question, deadline) => {
    const body = JSON.stringify({
      model,
      messages: promptOf(question),
      temperature: 0,
      max_tokens: MOST_TOKENS,
      stream: false,
      response_format: { type: "json_object" },
    });
    const headers = {
      "content-type": "application/json",
      accept: "application/json",
      ...(key === null ? {} : { authorization: `Bearer ${key.reveal()}` }),
    };
    try {
      const response = await fetch(url, {
        method: "POST",
        headers,
        body,
        // The question is for this server: where it points to was never agreed on.
        redirect: "manual",
        signal: deadline,
      });
      return await readResponse(response);
    } catch {
      return deadline.aborted ? "late" : "unreachable";
    }
  };
}

async function readResponse(response: Response): Promise<ReturnType<typeof readAnswer>> {
  if (response.status >= 300 && response.status < 400) return giveUp(response, "redirected");
  if (response.status !== 200) return giveUp(response, "status");
  const text = await readShort(response);
  if (text === null) return "too_long";
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return "not_json";
  }
  const parsed = completion.safeParse(raw);
  const words = parsed.data?.choices[0]?.message.content;
  return words === undefined ? "wrong_shape" : readAnswer(words);
}

async function giveUp(response: Response, fault: OpinionFault): Promise<OpinionFault> {
  await response.body?.cancel();
  return fault;
}

/** The body as text; null when it is longer than an answer can be. */
async function readShort(response: Response): Promise<string | null> {
  if (response.body === null) return "";
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = "";
  for await (const part of response.body) {
    const piece = part as Uint8Array;
    bytes += piece.byteLength;
    // Leaving the loop ends the connection.
    if (bytes > MOST_BYTES) return null;
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}
