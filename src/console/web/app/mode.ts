import type { Identity } from "#src/console/contract/access.js";

let mode: Identity["mode"] = "service";

/** Remembers which mode the server runs in; known before the first page is drawn. */
export function noteMode(next: Identity["mode"]): void {
  mode = next;
}

/** True in demo mode, where the pretend group is. */
export function isDemo(): boolean {
  return mode === "demo";
}
