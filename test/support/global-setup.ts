import { randomBytes } from "node:crypto";
import type { TestProject } from "vitest/node";
import { dropDatabases, ping } from "./postgres-admin.js";
import { startPostgres } from "./postgres-server.js";

declare module "vitest" {
  interface ProvidedContext {
    /** Superuser URL of the run's PostgreSQL server; null when this machine has none. */
    postgresAdminUrl: string | null;
    /** Why there is no server; empty when there is one. */
    postgresReason: string;
    /** First part of the name of every database that this run makes. */
    postgresPrefix: string;
  }
}

/** Takes the server of TEST_DATABASE_URL or starts one; returns what ends it after the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const prefix = `huiyin_test_${randomBytes(4).toString("hex")}_`;
  project.provide("postgresPrefix", prefix);
  const given = process.env["TEST_DATABASE_URL"];
  if (given !== undefined && given !== "") {
    await ping(given);
    project.provide("postgresAdminUrl", given);
    project.provide("postgresReason", "");
    return async () => dropDatabases(given, prefix);
  }
  const start = await startPostgres();
  if (start.kind === "unavailable") {
    process.stderr.write(`\nSKIPPED: PostgreSQL: ${start.reason}\n`);
    project.provide("postgresAdminUrl", null);
    project.provide("postgresReason", start.reason);
    return async () => undefined;
  }
  project.provide("postgresAdminUrl", start.server.adminUrl);
  project.provide("postgresReason", "");
  return async () => start.server.stop();
}
