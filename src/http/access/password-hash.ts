import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

/** Makes and checks hashes of passwords. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** False also for a hash that cannot be read. Hashes of both methods are known. */
  verify(hash: string, password: string): Promise<boolean>;
}

/** The part of `@node-rs/argon2` that is used. */
export interface Argon2 {
  hash(
    password: string,
    options: {
      readonly memoryCost: number;
      readonly timeCost: number;
      readonly parallelism: number;
    },
  ): Promise<string>;
  verify(hash: string, password: string): Promise<boolean>;
}

/** OWASP's first choice: argon2id (the package's default kind), 19 MiB, two passes, one lane. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** OWASP's choice for scrypt: N = 2^17, r = 8, p = 1: 128 MiB for about half a second. */
const SCRYPT = { logN: 17, r: 8, p: 1, bytes: 32 } as const;
const SCRYPT_MEMORY = 160 * 1_048_576;

type Derive = (
  password: string,
  salt: Buffer,
  bytes: number,
  options: ScryptOptions,
) => Promise<Buffer>;
const derive: Derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** The same text typed on another keyboard is the same password (NIST SP 800-63B: normalise). */
function normal(password: string): string {
  return password.normalize("NFKC");
}

async function scryptHash(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, SCRYPT.bytes, costOf(SCRYPT.logN, SCRYPT.r, SCRYPT.p));
  const cost = [SCRYPT.logN, SCRYPT.r, SCRYPT.p].join("$");
  return `scrypt$${cost}$${salt.toString("base64url")}$${key.toString("base64url")}`;
}

async function scryptVerify(hash: string, password: string): Promise<boolean> {
  const [, logN, r, p, salt = "", key = ""] = hash.split("$");
  const wanted = Buffer.from(key, "base64url");
  const cost = [logN, r, p].map(Number);
  const known = [SCRYPT.logN, SCRYPT.r, SCRYPT.p];
  // Costs from elsewhere could ask for any amount of memory.
  if (wanted.length !== SCRYPT.bytes || known.some((value, index) => value !== cost[index]))
    return false;
  const options = costOf(SCRYPT.logN, SCRYPT.r, SCRYPT.p);
  const got = await derive(password, Buffer.from(salt, "base64url"), SCRYPT.bytes, options);
  return timingSafeEqual(got, wanted);
}

function costOf(logN: number, r: number, p: number): ScryptOptions {
  return { N: 2 ** logN, r, p, maxmem: SCRYPT_MEMORY };
}

async function loadArgon2(): Promise<Argon2 | null> {
  try {
    return await import("@node-rs/argon2");
  } catch {
    return null;
  }
}

/**
 * Argon2id where its native module loads, otherwise scrypt of Node. One hash at a time, so that a
 * flood of sign-ins takes memory and threads once.
 */
export function createPasswordHasher(
  load: () => Promise<Argon2 | null> = loadArgon2,
): PasswordHasher {
  let loaded: Promise<Argon2 | null> | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const argon2 = (): Promise<Argon2 | null> => {
    loaded ??= load();
    return loaded;
  };
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = turn.then(work, work);
    turn = result.catch(() => undefined);
    return result;
  };
  return {
    hash: (password) =>
      inTurn(async () => {
        const native = await argon2();
        return native === null
          ? scryptHash(normal(password))
          : native.hash(normal(password), ARGON2);
      }),
    verify: (hash, password) =>
      inTurn(async () => {
        if (hash.startsWith("scrypt$")) return scryptVerify(hash, normal(password));
        const native = await argon2();
        if (native === null) return false;
        return native.verify(hash, normal(password)).catch(() => false);
      }),
  };
}
