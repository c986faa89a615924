import type { MiddlewareHandler } from "hono";
import type { EdgeEnv } from "./edge.js";

/**
 * What a page may load and do: scripts only from our own files, nothing from elsewhere, no frames.
 * Styles may be inline, because the components and the charts write `style` attributes; a style
 * cannot run anything.
 */
export const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const HEADERS: readonly (readonly [name: string, value: string])[] = [
  ["content-security-policy", CONTENT_POLICY],
  ["x-content-type-options", "nosniff"],
  ["x-frame-options", "DENY"],
  ["referrer-policy", "no-referrer"],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
  ["permissions-policy", "camera=(), microphone=(), geolocation=(), payment=()"],
];

/** Sets the headers that keep a page's faults small, on every answer. */
export function securityHeaders(secure: boolean): MiddlewareHandler<EdgeEnv> {
  return async (context, next) => {
    await next();
    for (const [name, value] of HEADERS) context.res.headers.set(name, value);
    if (secure) context.res.headers.set("strict-transport-security", "max-age=31536000");
  };
}
