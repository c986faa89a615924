import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "#src/shared/app-error.js";

/** Read and written by the service's user alone: whoever has the file is logged in. */
const OWN = 0o600;
const ENDING = ".memory-card.json";

/** The file that keeps a log-in over restarts. */
export interface SessionFile {
  /** Its path without the ending, as wechaty wants it. */
  readonly name: string;
  readonly path: string;
  /** Where a broken file was put aside; null when the file was sound, or new. */
  readonly setAside: string | null;
}

function isSound(path: string): boolean {
  try {
    const content: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof content === "object" && content !== null && !Array.isArray(content);
  } catch {
    return false;
  }
}

/**
 * Makes the session file ready in the (absolute) data folder, with mode 0600 before anything secret
 * is in it. An empty or broken one, as a full disk or a crash leaves behind, is put aside, and the
 * next log-in begins with a code to scan. Throws `invalid-config` when the folder cannot be written.
 */
export function prepareSessionFile(folder: string, now: number): SessionFile {
  const name = join(folder, "wechat");
  const path = `${name}${ENDING}`;
  try {
    let setAside: string | null = null;
    if (existsSync(path) && !isSound(path)) {
      setAside = `${name}-broken-${String(now)}${ENDING}`;
      renameSync(path, setAside);
      chmodSync(setAside, OWN);
    }
    if (!existsSync(path)) writeFileSync(path, "{}", { mode: OWN });
    chmodSync(path, OWN);
    return { name, path, setAside };
  } catch (cause) {
    throw new AppError(
      "invalid-config",
      `The WeChat session file ${path} cannot be written. Give this user the right to it, or set HUIYIN_DATA to another folder.`,
      { cause },
    );
  }
}

/** Takes the file from everybody else again, where a puppet has made it anew. */
export function protectSessionFile({ path }: Pick<SessionFile, "path">): void {
  if (existsSync(path)) chmodSync(path, OWN);
}
