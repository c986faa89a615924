import { currentLanguage } from "../shared/preferences.js";
import { ApiError, readProblem } from "./problem.js";

const BASE = "/api/v1";

/** What a call sends besides its address. */
export interface Call {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** Joins an address and its parameters; null and undefined ones are left out. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | number | null | undefined>>,
): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined) parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** One part of a path; ids contain ":" and "/". */
export const segment = encodeURIComponent;

async function send(path: string, call: Call): Promise<Response> {
  const headers: Record<string, string> = {
    accept: "application/json, application/problem+json",
    "accept-language": currentLanguage() === "zh" ? "zh-CN" : "en",
  };
  if (call.body !== undefined) headers["content-type"] = "application/json";
  try {
    return await fetch(BASE + path, {
      method: call.method ?? "GET",
      credentials: "same-origin",
      headers,
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, null);
  }
}

/**
 * Asks the server for a `T`. Throws {@link ApiError} for any answer that is not a success and when
 * the server cannot be reached. The shape is the server's promise (src/console/contract).
 */
export async function request<T>(path: string, call: Call = {}): Promise<T> {
  const response = await send(path, call);
  if (!response.ok) {
    const wait = Number(response.headers.get("retry-after"));
    throw new ApiError(
      response.status,
      await readProblem(response),
      Number.isFinite(wait) && wait > 0 ? wait : null,
    );
  }
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

/** As {@link request}, for an answer nobody reads. */
export async function command(path: string, call: Call): Promise<void> {
  await request<unknown>(path, call);
}

/** The full address of a picture or download of the API. */
export function address(path: string): string {
  return BASE + path;
}
