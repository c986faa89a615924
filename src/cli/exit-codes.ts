/** Exit codes: done, could not be done, used wrongly, configured wrongly. */
export const EXIT = { ok: 0, failed: 1, usage: 2, config: 78 } as const;
