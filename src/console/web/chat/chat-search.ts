/** What the address of the pretend group says: which room, and who one is. */
export interface ChatSearch {
  readonly room?: string;
  readonly as?: string;
}

/** Reads the address; anything else in it is left out. */
export function readChatSearch(search: Readonly<Record<string, unknown>>): ChatSearch {
  return {
    ...(typeof search["room"] === "string" ? { room: search["room"] } : {}),
    ...(typeof search["as"] === "string" ? { as: search["as"] } : {}),
  };
}
