import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** A folder that is removed by its second member. */
export function scratchFolder(): { readonly path: string; readonly remove: () => void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), "huiyin-bench-"));
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
