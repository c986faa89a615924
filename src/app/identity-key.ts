import { createHmac, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "#src/shared/app-error.js";

/** Makes keyed hashes: equal for equal values, and nothing to whoever has only the database. */
export interface Marks {
  of(kind: "room" | "person" | "name", value: string): string;
}

const FILE = "identity.key";
const KEY = /^[0-9a-f]{64}$/;

/** Keyed hashes by a key. 128 bits of HMAC-SHA-256, as 32 hex digits. */
export function marksBy(key: string): Marks {
  return {
    of: (kind, value) =>
      createHmac("sha256", key).update(`${kind}\0${value}`).digest("hex").slice(0, 32),
  };
}

/**
 * The key beside the data, made at the first need and readable for the service's user alone. Without it
 * nobody is known again: every room is held until staff bind it. Throws `invalid-config` when it cannot
 * be read or is none.
 */
export function loadIdentityKey(folder: string): Marks {
  const file = join(folder, FILE);
  try {
    writeFileSync(file, randomBytes(32).toString("hex"), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST"))
      throw new AppError("invalid-config", `The file ${file} cannot be written.`, { cause: error });
  }
  const key = readKey(file);
  if (!KEY.test(key))
    throw new AppError(
      "invalid-config",
      `The file ${file} holds no key. Bring it back from a backup; or delete it, and bind all WeChat groups again.`,
    );
  return marksBy(key);
}

function readKey(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (cause) {
    throw new AppError("invalid-config", `The file ${file} cannot be read.`, { cause });
  }
}
