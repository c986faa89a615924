import { MINUTE } from "#src/shared/clock.js";
import { stableId } from "#src/shared/ids.js";

/** How long a confirmation code holds at least. */
export const ERASE_CODE_MS = 10 * MINUTE;

function codeOf(memberId: string, bucket: number): string {
  const hash = stableId("erase-code", memberId, bucket);
  return String(Number.parseInt(hash.slice(0, 8), 16) % 10_000).padStart(4, "0");
}

/**
 * Four digits that confirm an erasure. They follow from the member and the time, so that nothing has
 * to be kept; they guard against a slip of the finger, not against others: only the member's own
 * message can use them.
 */
export function eraseCode(memberId: string, at: number): string {
  return codeOf(memberId, Math.floor(at / ERASE_CODE_MS));
}

/** True for a code that this member got at most ten (and never twenty) minutes ago. */
export function isEraseCode(code: string, memberId: string, at: number): boolean {
  const bucket = Math.floor(at / ERASE_CODE_MS);
  return code === codeOf(memberId, bucket) || code === codeOf(memberId, bucket - 1);
}
