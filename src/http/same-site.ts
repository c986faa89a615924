import type { MiddlewareHandler } from "hono";
import type { EdgeEnv } from "./edge.js";
import { HttpProblem } from "./problem.js";

const READING = ["GET", "HEAD"];
const OWN_SITE = ["same-origin", "none"];

/**
 * Refuses changes that another site's page asks for. Browsers say where a request comes from
 * (`Sec-Fetch-Site`, `Origin`) and pages cannot change that. A program that sends neither is no
 * browser, and carries nobody's cookie but its own.
 */
export function sameSite(publicOrigin: string | null): MiddlewareHandler<EdgeEnv> {
  return async (context, next) => {
    if (!READING.includes(context.req.method)) {
      const site = context.req.header("sec-fetch-site");
      const origin = context.req.header("origin");
      const host = context.req.header("host") ?? new URL(context.req.url).host;
      const foreignSite = site !== undefined && !OWN_SITE.includes(site.toLowerCase());
      const foreignOrigin = origin !== undefined && !isOwn(origin, host, publicOrigin);
      if (foreignSite || foreignOrigin) throw new HttpProblem("cross-site");
    }
    await next();
  };
}

function isOwn(origin: string, host: string, publicOrigin: string | null): boolean {
  if (publicOrigin !== null && origin === publicOrigin) return true;
  if (!URL.canParse(origin)) return false;
  const { protocol, host: originHost } = new URL(origin);
  return (protocol === "http:" || protocol === "https:") && originHost === host.toLowerCase();
}
