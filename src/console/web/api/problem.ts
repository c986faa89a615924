import type { Problem } from "#src/console/contract/common.js";

/** A request that failed: what the server said about it, or that it could not be reached. */
export class ApiError extends Error {
  /** HTTP status; 0 when the server could not be reached. */
  readonly status: number;
  readonly problem: Problem | null;
  /** Seconds to wait, where the server names them. */
  readonly retryAfter: number | null;

  constructor(status: number, problem: Problem | null, retryAfter: number | null = null) {
    super(problem?.detail ?? problem?.title ?? `HTTP ${status}`);
    this.name = "ApiError";
    this.status = status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** The status of a failed request; null for a failure that is not one. */
export function statusOf(error: unknown): number | null {
  return error instanceof ApiError ? error.status : null;
}

/** Reads a problem document; null when the body is something else, such as a proxy's page. */
export async function readProblem(response: Response): Promise<Problem | null> {
  const type = response.headers.get("content-type") ?? "";
  if (!type.includes("json")) return null;
  try {
    const body: unknown = await response.json();
    return isProblem(body) ? body : null;
  } catch {
    return null;
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "title" in body;
}

const CODE = "urn:huiyin:problem:";

/** The stable code of a refused request, such as `link-used`; null where the server gave none. */
export function codeOf(error: unknown): string | null {
  if (!(error instanceof ApiError)) return null;
  const type = error.problem?.type ?? "";
  return type.startsWith(CODE) ? type.slice(CODE.length) : null;
}

/** True when nobody is signed in any more; a wrong password is another matter. */
export function isSignedOut(error: unknown): boolean {
  return statusOf(error) === 401 && codeOf(error) !== "wrong-password";
}
