import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Language } from "#entities/vocabulary.js";
import type { Problem } from "#src/console/contract/common.js";
import { httpTexts, type ProblemCode } from "#src/i18n/http.js";
import { type AppError, type AppErrorCode, isAppError } from "#src/shared/app-error.js";

/** The HTTP status of each way to fail. */
export const PROBLEM_STATUS = {
  "invalid-input": 400,
  "malformed-json": 400,
  "too-deep": 400,
  "not-signed-in": 401,
  "wrong-password": 401,
  "link-unknown": 403,
  "link-used": 404,
  "link-expired": 410,
  "too-many-attempts": 429,
  "cross-site": 403,
  "wrong-host": 421,
  "forbidden-role": 403,
  "not-found": 404,
  "not-in-demo": 409,
  conflict: 409,
  "too-large": 413,
  "wrong-type": 415,
  "not-supported": 501,
  unavailable: 503,
  internal: 500,
} as const satisfies Readonly<Record<ProblemCode, ContentfulStatusCode>>;

/** What a problem says beyond its code; never a member's words. */
export interface ProblemFacts {
  readonly detail?: string;
  readonly field?: string;
  readonly expected?: string;
  readonly remedy?: string;
  /** Seconds after which the request may be tried again. */
  readonly retryAfter?: number;
}

/** A request that cannot be served, and why. The edge turns it into problem+json (RFC 9457). */
export class HttpProblem extends Error {
  readonly code: ProblemCode;
  readonly facts: ProblemFacts;

  constructor(code: ProblemCode, facts: ProblemFacts = {}) {
    super(code);
    this.name = "HttpProblem";
    this.code = code;
    this.facts = facts;
  }
}

const FROM_APP: Partial<Readonly<Record<AppErrorCode, ProblemCode>>> = {
  "invalid-input": "invalid-input",
  usage: "invalid-input",
  "not-found": "not-found",
  "forbidden-role": "forbidden-role",
  "not-supported": "not-supported",
  conflict: "conflict",
  "stale-lease": "conflict",
  "store-unavailable": "unavailable",
  "store-full": "unavailable",
  "store-busy": "unavailable",
};

/** The sentence of an error in the reader's language; null where there is none in it. */
function detailOf(error: AppError, language: Language): string | null {
  // Faults of times and days carry their sentence in both languages.
  const wording: unknown = "wording" in error ? error.wording : undefined;
  if (typeof wording === "object" && wording !== null && language in wording) {
    const said: unknown = Object.entries(wording).find(([key]) => key === language)?.[1];
    if (typeof said === "string") return said;
  }
  return language === "en" ? error.message : null;
}

/** Any failure as a problem; what nobody planned says nothing of its inside. */
export function problemOf(error: unknown, language: Language): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (!isAppError(error)) return new HttpProblem("internal");
  const code = FROM_APP[error.code] ?? "internal";
  if (code === "internal") return new HttpProblem("internal");
  const { field, expected, remedy } = error.detail;
  const detail = detailOf(error, language);
  return new HttpProblem(code, {
    ...(detail === null ? {} : { detail }),
    ...(field === undefined ? {} : { field }),
    ...(expected === undefined ? {} : { expected }),
    ...(remedy === undefined || language !== "en" ? {} : { remedy }),
  });
}

/** The problem as an answer. */
export function problemResponse({ code, facts }: HttpProblem, language: Language): Response {
  const words = httpTexts[language].problems[code];
  const status = PROBLEM_STATUS[code];
  const { retryAfter, ...rest } = facts;
  const body: Problem = {
    type: `urn:huiyin:problem:${code}`,
    title: words.title,
    status,
    ...(words.remedy === undefined ? {} : { remedy: words.remedy }),
    ...rest,
  };
  return Response.json(body, {
    status,
    headers: {
      "content-type": "application/problem+json; charset=utf-8",
      "cache-control": "no-store",
      ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }),
    },
  });
}
