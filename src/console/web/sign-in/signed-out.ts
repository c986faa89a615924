/** Why the door is shown: somebody left, or the session was taken away. */
export type SignedOutReason = "left" | "revoked";

let reason: SignedOutReason | null = null;
let wasSignedIn = false;

/** Remembers that this tab was inside, so that losing the session can be told from a first visit. */
export function noteSignedIn(): void {
  wasSignedIn = true;
  reason = null;
}

/** Remembers why the door is shown next; a first visit is not a loss. */
export function noteSignedOut(next: SignedOutReason): void {
  if (wasSignedIn) reason = next;
  wasSignedIn = false;
}

/** Why the door is shown, or null on a first visit. */
export function signedOutReason(): SignedOutReason | null {
  return reason;
}
