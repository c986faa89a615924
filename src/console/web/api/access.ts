import { useQuery } from "@tanstack/react-query";
import type { Door, Identity, Session } from "#src/console/contract/access.js";
import { keys } from "./keys.js";
import { isSignedOut } from "./problem.js";
import { command, request, segment } from "./request.js";

/** Who is signed in; null for nobody. */
export async function readIdentity(): Promise<Identity | null> {
  try {
    return await request<Identity>("/access/me");
  } catch (error) {
    if (isSignedOut(error)) return null;
    throw error;
  }
}

/** Who is signed in, as the pages ask it. */
export function useIdentity() {
  return useQuery({
    queryKey: keys.me,
    queryFn: readIdentity,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What somebody who is not signed in may know. */
export function useDoor() {
  return useQuery({ queryKey: keys.door, queryFn: () => request<Door>("/door") });
}

/** Signs in by the token of a one-time link. */
export function claim(token: string): Promise<Identity> {
  return request<Identity>("/access/claim", { method: "POST", body: { token } });
}

/** Signs in by the owner password. */
export function signIn(password: string): Promise<Identity> {
  return request<Identity>("/access/sign-in", { method: "POST", body: { password } });
}

/** Ends the session of this browser. */
export function signOut(): Promise<void> {
  return command("/access/sign-out", { method: "POST", body: {} });
}

/** Sets or changes the owner password. */
export function changePassword(change: {
  readonly current?: string;
  readonly next: string;
}): Promise<void> {
  return command("/access/password", { method: "POST", body: change });
}

/** The signed-in browsers. */
export function useSessions() {
  return useQuery({
    queryKey: keys.sessions,
    queryFn: () => request<readonly Session[]>("/access/sessions"),
  });
}

/** Signs one browser out; all others when no id is given. */
export function revoke(id: string | null): Promise<void> {
  const path = id === null ? "/access/sessions" : `/access/sessions/${segment(id)}`;
  return command(path, { method: "DELETE" });
}
