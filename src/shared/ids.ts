import { hash, randomUUID } from "node:crypto";

/** Makes ids of rows. Text, at most 36 characters, unique; replaced by a counter in tests and replays. */
export interface Ids {
  next(): string;
}

/** Random UUIDs: the ids of a live service. */
export const randomIds: Ids = { next: () => randomUUID() };

/**
 * A stable id from what it stands for, so that a repeated or interrupted run makes the same rows.
 * 128 bits of SHA-256 over the parts, as 32 hex digits.
 */
export function stableId(...parts: readonly (string | number)[]): string {
  let text = "";
  for (const part of parts) text += `${String(part).length}:${part};`;
  return hash("sha256", text, "hex").slice(0, 32);
}
