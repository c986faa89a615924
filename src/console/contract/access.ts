import { z } from "zod";
import { instant } from "./common.js";

/** What signs somebody in by the printed link. The token comes from the URL fragment and works once. */
export const claimRequest = z.strictObject({ token: z.string().min(1).max(200) });

/** 12 characters at least; no other rule, as the standards now advise. */
export const ownerPassword = z.string().min(12).max(200);

export const passwordRequest = z.strictObject({ password: z.string().min(1).max(200) });

export const changePasswordRequest = z.strictObject({
  /** Needed once a password exists and the session did not come from a fresh one-time link. */
  current: z.string().max(200).optional(),
  next: ownerPassword,
});

/** Who is asking, and what the page must know before it draws anything. */
export const identity = z.object({
  role: z.enum(["owner"]),
  /** "demo": the pretend group; "service": the real one. */
  mode: z.enum(["demo", "service"]),
  version: z.string(),
  hasPassword: z.boolean(),
  sessionId: z.string(),
  signedInAt: instant,
  expiresAt: instant,
});

/** One signed-in browser. The secret of the cookie is never among it. */
export const session = z.object({
  id: z.string(),
  current: z.boolean(),
  /** Browser and system in short, such as "Chrome · macOS". */
  agent: z.string(),
  createdAt: instant,
  lastSeenAt: instant,
  expiresAt: instant,
});

/** What the door looks like to somebody who is not signed in. */
export const door = z.object({
  mode: z.enum(["demo", "service"]),
  hasPassword: z.boolean(),
});

export type Identity = z.infer<typeof identity>;
export type Session = z.infer<typeof session>;
export type Door = z.infer<typeof door>;
