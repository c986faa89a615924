import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { AppError } from "#src/shared/app-error.js";
import type { Secret } from "#src/shared/secret.js";

const VERSION = "v1";
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What a sealed value belongs to; a value that is moved to another place does not open. */
export interface SealedPlace {
  readonly table: string;
  readonly row: string;
  readonly column: string;
}

interface NamedKey {
  readonly id: string;
  readonly key: Buffer;
}

const REMEDY =
  "Put the key that sealed it back behind the new one in HUIYIN_SECRET_KEY, or connect the platform again.";

/**
 * Seals values with AES-256-GCM: each under a fresh key of its own, which is wrapped by the first of
 * the given keys. All given keys open, so that a key can be replaced while old values still stand.
 */
export class Envelope {
  readonly #keys: readonly NamedKey[];

  /** Keys newest first, separated by commas; each at least 32 characters. Throws `invalid-config`. */
  constructor(secret: Secret) {
    const texts = secret
      .reveal()
      .split(",")
      .map((text) => text.trim());
    if (texts.some((text) => text.length < KEY_BYTES))
      throw new AppError(
        "invalid-config",
        "HUIYIN_SECRET_KEY needs keys of at least 32 characters, for example from: openssl rand -hex 32",
      );
    this.#keys = texts.map(namedKey);
  }

  /** Short ids of the keys, newest first: enough to tell them apart, useless to open anything. */
  get keyIds(): readonly string[] {
    return this.#keys.map(({ id }) => id);
  }

  /** The value sealed for its place: `v1.<key id>.<wrapped key>.<text>`. */
  seal(value: string, place: SealedPlace): string {
    const [wrapping] = this.#keys;
    if (wrapping === undefined) throw new AppError("internal", "There is no key.");
    const dataKey = randomBytes(KEY_BYTES);
    const wrapped = encrypt(wrapping.key, dataKey, placeText(place, wrapping.id));
    const text = encrypt(dataKey, Buffer.from(value, "utf8"), placeText(place, "text"));
    return [VERSION, wrapping.id, wrapped, text].join(".");
  }

  /** The value again. Throws `invalid-config` with the remedy when no key opens it, or it was changed. */
  open(sealed: string, place: SealedPlace): string {
    const [version, id, wrapped, text, ...rest] = sealed.split(".");
    const known = this.#keys.find((one) => one.id === id);
    if (version !== VERSION || wrapped === undefined || text === undefined || rest.length > 0)
      throw new AppError("invalid-config", "A sealed value is damaged.", { remedy: REMEDY });
    if (known === undefined)
      throw new AppError("invalid-config", `A value is sealed with the unknown key ${id ?? ""}.`, {
        remedy: REMEDY,
      });
    try {
      const dataKey = decrypt(known.key, wrapped, placeText(place, known.id));
      return decrypt(dataKey, text, placeText(place, "text")).toString("utf8");
    } catch (error) {
      throw new AppError("invalid-config", "A sealed value is damaged.", {
        remedy: REMEDY,
        cause: error,
      });
    }
  }

  /** True when the value is sealed with an older key than the newest. */
  isOld(sealed: string): boolean {
    return keyIdOf(sealed) !== this.#keys[0]?.id;
  }

  /** The value under the newest key. Throws like {@link open}. */
  reseal(sealed: string, place: SealedPlace): string {
    return this.seal(this.open(sealed, place), place);
  }
}

/** The short id of the key that a value is sealed with. */
export function keyIdOf(sealed: string): string {
  return sealed.split(".")[1] ?? "";
}

function namedKey(text: string): NamedKey {
  const key = Buffer.from(hkdfSync("sha256", text, "", "huiyin envelope v1", KEY_BYTES));
  return { id: createHash("sha256").update(key).digest("hex").slice(0, 8), key };
}

function placeText({ table, row, column }: SealedPlace, part: string): Buffer {
  return Buffer.from(JSON.stringify([table, row, column, part]), "utf8");
}

function encrypt(key: Buffer, value: Buffer, place: Buffer): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(place);
  const body = Buffer.concat([cipher.update(value), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url");
}

function decrypt(key: Buffer, sealed: string, place: Buffer): Buffer {
  const bytes = Buffer.from(sealed, "base64url");
  // Base64 has spare bits: a text that says the same bytes differently was changed all the same.
  if (bytes.toString("base64url") !== sealed) throw new TypeError("not as it was written");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(place);
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
}
