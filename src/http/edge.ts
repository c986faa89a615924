import type { IncomingMessage, ServerResponse } from "node:http";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Language } from "#entities/vocabulary.js";
import type { SessionRow } from "./access/access-rows.js";

/** What Hono carries along with a request. */
export interface EdgeEnv {
  Bindings: { incoming?: IncomingMessage; outgoing?: ServerResponse };
  Variables: { session: SessionRow | null };
}

/** The HTTP application; `request()` answers without a port. */
export type HttpApp = OpenAPIHono<EdgeEnv>;
export type EdgeContext = Context<EdgeEnv>;

const LONGEST_HEADER = 200;

/** The language that a request asks for: `?lang=` first, then Accept-Language, else English. */
export function languageOf(context: EdgeContext): Language {
  const asked = context.req.query("lang");
  if (asked === "zh" || asked === "en") return asked;
  const header = (context.req.header("accept-language") ?? "").slice(0, LONGEST_HEADER);
  const names = header.split(",").map((part) => part.trim().slice(0, 2).toLowerCase());
  return names.find((name) => name === "zh" || name === "en") === "zh" ? "zh" : "en";
}

/** The address that a request comes from, as far as it can be trusted. */
export function addressOf(context: EdgeContext, behindProxy: boolean): string {
  // `app.request()` of tests brings no server along.
  const server: EdgeEnv["Bindings"] | undefined = context.env;
  const peer = server?.incoming?.socket.remoteAddress ?? "unknown";
  const forwarded = context.req.header("x-forwarded-for");
  // Only a proxy on this machine is believed, and only what it added itself: the last entry.
  if (!behindProxy || forwarded === undefined || !isLoopback(peer)) return peer;
  return forwarded.split(",").at(-1)?.trim().slice(0, LONGEST_HEADER) || peer;
}

/** True for an address of this machine alone. */
export function isLoopback(address: string): boolean {
  const plain = address.startsWith("::ffff:") ? address.slice("::ffff:".length) : address;
  return plain === "::1" || plain === "localhost" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(plain);
}
