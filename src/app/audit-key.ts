import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "#src/shared/app-error.js";
import type { AuditKey } from "#src/store/audit-chain.js";

const FILE = "audit.key";
const KEY_BYTES = 32;
const HEX = /^[0-9a-f]{64}\s*$/;
const OTHERS = 0o077;

/**
 * The key that seals the audit, from `audit.key` in the data folder; made when there is none. Who can
 * write the database but not read this file cannot change the audit unseen. Throws `invalid-config`
 * for a file that others can read or that holds no key.
 */
export function auditKeyOf(folder: string): AuditKey {
  const file = join(folder, FILE);
  const known = readAuditKey(folder);
  if (known !== null) return known;
  const key = randomBytes(KEY_BYTES);
  writeFileSync(file, `${key.toString("hex")}\n`, { mode: 0o600, flag: "wx" });
  return key;
}

/** The key that seals the audit; null where none was made yet. Throws as {@link auditKeyOf} does. */
export function readAuditKey(folder: string): AuditKey | null {
  const file = join(folder, FILE);
  if (!existsSync(file)) return null;
  if (process.platform !== "win32" && (statSync(file).mode & OTHERS) !== 0) {
    throw new AppError("invalid-config", `Other users can read ${file}. Run: chmod 600 ${file}`);
  }
  const text = readFileSync(file, "utf8");
  if (!HEX.test(text)) {
    throw new AppError(
      "invalid-config",
      `${file} holds no key: 64 hexadecimal digits were expected. Put the file back from where you keep it.`,
    );
  }
  return Buffer.from(text.trim(), "hex");
}
