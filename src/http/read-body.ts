import { inspectJson } from "./inspect-json.js";
import { HttpProblem } from "./problem.js";

/** Largest body of a request, bytes. */
export const LARGEST_BODY = 1_048_576;
/** Largest body where a transcript of up to 8 million characters is handed in, bytes. */
export const LARGEST_TRANSCRIPT_BODY = 9 * 1_048_576;

/**
 * Reads a JSON body. Throws {@link HttpProblem}: `wrong-type` for any other content type or a
 * compressed one, `too-large`, `malformed-json` (also text that is no UTF-8), `too-deep`,
 * `invalid-input` for a key that is there twice. No body at all is `undefined`.
 */
export async function readJsonBody(request: Request, most: number): Promise<unknown> {
  const type = request.headers.get("content-type");
  if (type !== null && !isJson(type)) throw new HttpProblem("wrong-type");
  const encoding = request.headers.get("content-encoding");
  if (encoding !== null && encoding.trim().toLowerCase() !== "identity")
    throw new HttpProblem("wrong-type");
  const bytes = await readLimited(request, most);
  if (bytes.length === 0) return undefined;
  if (type === null) throw new HttpProblem("wrong-type");
  return parse(bytes);
}

function isJson(type: string): boolean {
  const [media = "", ...parameters] = type.split(";").map((part) => part.trim().toLowerCase());
  const charset = parameters.find((one) => one.startsWith("charset="));
  return (
    media === "application/json" &&
    (charset === undefined || charset.slice("charset=".length).replaceAll('"', "") === "utf-8")
  );
}

async function readLimited(request: Request, most: number): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > most) throw new HttpProblem("too-large");
  if (request.body === null) return new Uint8Array();
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    size += value.length;
    if (size > most) {
      // What still comes is not waited for.
      void reader.cancel().catch(() => undefined);
      throw new HttpProblem("too-large");
    }
    chunks.push(value);
  }
}

function parse(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new HttpProblem("malformed-json");
  }
  const fault = inspectJson(text);
  if (fault?.kind === "too-deep") throw new HttpProblem("too-deep");
  if (fault !== null) throw new HttpProblem("invalid-input", { field: fault.field });
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new HttpProblem("malformed-json");
  }
}
