import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { withClient } from "./postgres-admin.js";

/** Why there is no PostgreSQL in this run; undefined when there is one. */
export function postgresMissing(): string | undefined {
  return inject("postgresAdminUrl") === null ? inject("postgresReason") : undefined;
}

/**
 * Makes an empty database on the run's PostgreSQL server and returns its URL (60 to 140 ms).
 * The end of the run removes it. Throws when there is no server: ask `postgresMissing` first.
 */
export async function createDatabase(): Promise<string> {
  const admin = inject("postgresAdminUrl");
  if (admin === null) throw new Error(`No PostgreSQL here: ${inject("postgresReason")}`);
  const name = `${inject("postgresPrefix")}${randomBytes(6).toString("hex")}`;
  await withClient(admin, async (client) => client.query(`CREATE DATABASE ${name}`));
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return url.href;
}
