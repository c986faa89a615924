import { hash, randomBytes, timingSafeEqual } from "node:crypto";

const TOKEN_BYTES = 32;

/** A secret of 256 bits that fits a cookie and a URL. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString("base64url");
}

/** What is kept of a secret: its SHA-256, hex. The secret has 256 bits, so no salt is needed. */
export function tokenHash(token: string): string {
  return hash("sha256", token, "hex");
}

/** Compares two hashes of equal length in a time that does not tell how much of them is equal. */
export function sameHash(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
