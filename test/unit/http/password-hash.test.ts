import { describe, expect, it } from "vitest";
import { type Argon2, createPasswordHasher } from "#src/http/access/password-hash.js";

const PASSWORD = "correct horse battery";

describe("a password", () => {
  it("is hashed by argon2id with 19 MiB, two passes and one lane", async () => {
    const hasher = createPasswordHasher();
    const hash = await hasher.hash(PASSWORD);
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hasher.verify(hash, PASSWORD)).toBe(true);
    expect(await hasher.verify(hash, `${PASSWORD} `)).toBe(false);
    expect(await hasher.hash(PASSWORD)).not.toBe(hash);
  });

  it("is hashed by scrypt where the native module cannot load, and known again where it can", async () => {
    const without = createPasswordHasher(async () => null);
    const hash = await without.hash(PASSWORD);
    expect(hash).toMatch(/^scrypt\$17\$8\$1\$/);
    const withModule = createPasswordHasher();
    for (const hasher of [without, withModule]) {
      expect(await hasher.verify(hash, PASSWORD)).toBe(true);
      expect(await hasher.verify(hash, "wrong")).toBe(false);
    }
    expect(await without.verify(await withModule.hash(PASSWORD), PASSWORD)).toBe(false);
  });

  it("is the same however its letters were composed", async () => {
    const hasher = createPasswordHasher();
    const hash = await hasher.hash("café crème brûlée");
    expect(await hasher.verify(hash, "café crème brûlée".normalize("NFD"))).toBe(true);
  });

  it("does not fit a hash that cannot be read, nor one that asks for other costs", async () => {
    const hasher = createPasswordHasher();
    for (const hash of ["", "x", "$argon2id$", "scrypt$", "scrypt$30$8$1$AAAA$AAAA"]) {
      expect(await hasher.verify(hash, PASSWORD)).toBe(false);
    }
  });

  it("is hashed one at a time, so that a flood takes the memory once", async () => {
    let running = 0;
    let most = 0;
    const slow: Argon2 = {
      hash: async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return "h";
      },
      verify: async () => false,
    };
    const hasher = createPasswordHasher(async () => slow);
    await Promise.all(Array.from({ length: 20 }, () => hasher.hash(PASSWORD)));
    expect(most).toBe(1);
  });
});
