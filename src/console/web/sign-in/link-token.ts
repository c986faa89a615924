const MARK = "#/in?";

function readToken(hash: string): string | null {
  if (!hash.startsWith(MARK)) return null;
  return new URLSearchParams(hash.slice(MARK.length)).get("t") ?? "";
}

/**
 * The token of the one-time link, taken out of the address and of the history at once. Null when
 * the address carries none; empty when it was cut off.
 */
export function takeToken(): string | null {
  const token = readToken(location.hash);
  if (token !== null) history.replaceState(null, "", location.pathname);
  return token;
}

/** A link opened in a tab that shows the pages already changes only the fragment: begin anew. */
export function watchForToken(): void {
  addEventListener("hashchange", () => {
    if (readToken(location.hash) !== null) location.reload();
  });
}
