import { openStore, type Store } from "#src/store/store.js";

/** A fresh SQLite store in memory, with the migrated schema. */
export async function testStore(): Promise<Store> {
  return openStore({ dialect: "sqlite", file: ":memory:" });
}
