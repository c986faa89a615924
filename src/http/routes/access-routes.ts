import { z } from "@hono/zod-openapi";
import {
  changePasswordRequest,
  claimRequest,
  door,
  type Identity,
  identity,
  passwordRequest,
  session as sessionSchema,
} from "#src/console/contract/access.js";
import type { Access, Entry, Visitor } from "../access/access.js";
import { sessionEnd } from "../access/access.js";
import type { SessionRow } from "../access/access-rows.js";
import { agentName } from "../access/agent-name.js";
import { type CookieRules, dropCookie, writeCookie } from "../access/session-cookie.js";
import { addressOf, type EdgeContext } from "../edge.js";
import type { Endpoints } from "../endpoint.js";
import { HttpProblem } from "../problem.js";

/** What signing in needs to know of the edge. */
export interface AccessRouteParts {
  readonly access: Access;
  readonly mode: "demo" | "service";
  readonly version: string;
  readonly cookies: CookieRules;
  /** A reverse proxy on this machine tells the address of the visitor. */
  readonly behindProxy: boolean;
  /** Something about the sessions changed. */
  readonly changed: () => void;
}

/** The routes of signing in and of sessions. */
export function addAccessRoutes(endpoints: Endpoints, parts: AccessRouteParts): void {
  addDoor(endpoints, parts);
  addIdentity(endpoints, parts);
  addSessions(endpoints, parts);
}

function visitorOf(context: EdgeContext, { behindProxy }: AccessRouteParts): Visitor {
  return {
    address: addressOf(context, behindProxy),
    agent: agentName(context.req.header("user-agent")),
    session: context.get("session"),
  };
}

async function identityOf(parts: AccessRouteParts, session: SessionRow): Promise<Identity> {
  return {
    role: session.role,
    mode: parts.mode,
    version: parts.version,
    hasPassword: await parts.access.hasPassword(),
    sessionId: session.id,
    signedInAt: session.createdAt,
    expiresAt: sessionEnd(session),
  };
}

async function enter(
  parts: AccessRouteParts,
  context: EdgeContext,
  entry: Entry,
): Promise<Identity> {
  writeCookie(context, parts.cookies, entry.token);
  parts.changed();
  return identityOf(parts, entry.session);
}

/** The session of a route that only signed-in people reach. */
export function signedIn(session: SessionRow | null): SessionRow {
  if (session === null) throw new HttpProblem("not-signed-in");
  return session;
}

function addDoor(endpoints: Endpoints, parts: AccessRouteParts): void {
  const { access, mode } = parts;
  endpoints.add({
    route: "GET /door",
    summary: "What somebody who is not signed in may know.",
    answer: door,
    handle: async () => ({ mode, hasPassword: await access.hasPassword() }),
  });
  endpoints.add({
    route: "POST /access/claim",
    summary: "Sign in by the token of a one-time link.",
    body: claimRequest,
    answer: identity,
    handle: async ({ body, context }) =>
      enter(parts, context, await access.claim(body.token, visitorOf(context, parts))),
  });
  endpoints.add({
    route: "POST /access/sign-in",
    summary: "Sign in by the owner's password.",
    body: passwordRequest,
    answer: identity,
    handle: async ({ body, context }) =>
      enter(parts, context, await access.signIn(body.password, visitorOf(context, parts))),
  });
}

function addIdentity(endpoints: Endpoints, parts: AccessRouteParts): void {
  const { access } = parts;
  endpoints.add({
    route: "GET /access/me",
    summary: "Who is signed in here.",
    answer: identity,
    handle: async ({ session }) => identityOf(parts, signedIn(session)),
  });
  endpoints.add({
    route: "POST /access/sign-out",
    summary: "End this session.",
    answer: null,
    handle: async ({ session, context }) => {
      await access.end(signedIn(session).id);
      dropCookie(context, parts.cookies);
      parts.changed();
    },
  });
  endpoints.add({
    route: "POST /access/password",
    summary: "Set or change the owner's password; all other sessions end.",
    body: changePasswordRequest,
    answer: identity,
    handle: async ({ body, session, context }) => {
      if (parts.mode === "demo") throw new HttpProblem("not-in-demo");
      const change = { current: body.current, next: body.next };
      const visitor = visitorOf(context, parts);
      return enter(parts, context, await access.changePassword(signedIn(session), change, visitor));
    },
  });
}

function addSessions(endpoints: Endpoints, parts: AccessRouteParts): void {
  const { access } = parts;
  endpoints.add({
    route: "GET /access/sessions",
    summary: "The browsers that are signed in.",
    answer: z.array(sessionSchema),
    handle: async ({ session }) => {
      const rows = await access.sessions();
      return rows.map((row) => ({
        id: row.id,
        current: row.id === session?.id,
        agent: row.agent,
        createdAt: row.createdAt,
        lastSeenAt: row.lastSeenAt,
        expiresAt: sessionEnd(row),
      }));
    },
  });
  endpoints.add({
    route: "DELETE /access/sessions/{id}",
    summary: "Sign one browser out.",
    answer: null,
    handle: async ({ param }) => {
      if (!(await access.end(param("id")))) throw new HttpProblem("not-found");
      parts.changed();
    },
  });
  endpoints.add({
    route: "DELETE /access/sessions",
    summary: "Sign all other browsers out.",
    answer: null,
    handle: async ({ session }) => {
      await access.endOthers(signedIn(session));
      parts.changed();
    },
  });
}
