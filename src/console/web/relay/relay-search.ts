/** What the address of the relay page says: the group, and which half a phone shows. */
export interface RelaySearch {
  readonly group?: string;
  readonly part?: RelayPart;
}

/** The halves of the page. */
export type RelayPart = "paste" | "tray";

/** Reads the address; anything else in it is left out. */
export function readRelaySearch(search: Readonly<Record<string, unknown>>): RelaySearch {
  const { group, part } = search;
  return {
    ...(typeof group === "string" ? { group } : {}),
    ...(part === "paste" || part === "tray" ? { part } : {}),
  };
}
