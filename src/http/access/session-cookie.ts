import { getCookie, setCookie } from "hono/cookie";
import type { EdgeContext } from "../edge.js";
import { LONGEST_SESSION_MS } from "./access.js";

const LONGEST_TOKEN = 100;

/** How the cookie of a session is written. */
export interface CookieRules {
  /** The console is reached by https: then the cookie travels by nothing else, and for this host alone. */
  readonly secure: boolean;
  readonly sameSite: "Lax" | "Strict";
}

/** The cookie's name. Browsers take the `__Host-` prefix only with Secure, the path / and no domain. */
export function cookieName({ secure }: CookieRules): string {
  return secure ? "__Host-huiyin" : "huiyin";
}

/** The secret that a request carries, if any. */
export function readCookie(context: EdgeContext, rules: CookieRules): string | null {
  const token = getCookie(context, cookieName(rules));
  return token === undefined || token === "" || token.length > LONGEST_TOKEN ? null : token;
}

/** Gives the browser a session's secret. */
export function writeCookie(context: EdgeContext, rules: CookieRules, token: string): void {
  setCookie(context, cookieName(rules), token, {
    ...attributes(rules),
    maxAge: LONGEST_SESSION_MS / 1_000,
  });
}

/** Takes the secret away from the browser. */
export function dropCookie(context: EdgeContext, rules: CookieRules): void {
  setCookie(context, cookieName(rules), "", { ...attributes(rules), maxAge: 0 });
}

function attributes({ secure, sameSite }: CookieRules) {
  return { httpOnly: true, secure, sameSite, path: "/" } as const;
}
