let failure: unknown = null;

/** Remembers why a one-time link was refused, for the door to say it. */
export function noteLinkFailure(error: unknown): void {
  failure = error;
}

/** Why the one-time link was refused, or null. */
export function linkFailure(): unknown {
  return failure;
}
