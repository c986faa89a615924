import type { DataSource } from "typeorm";
import { AppError } from "#src/shared/app-error.js";
import type { Dialect } from "./data-source.js";

/** Any number will do as long as every process uses the same one. */
const ADVISORY_LOCK = 4_815_162_342;

/**
 * Runs the forward migrations that are missing, one process at a time. Throws `invalid-config` when
 * the database was written by a newer version.
 */
export async function migrate(source: DataSource, dialect: Dialect): Promise<readonly string[]> {
  if (dialect === "sqlite") return runMigrations(source);
  const runner = source.createQueryRunner();
  try {
    await runner.connect();
    await runner.query("SET lock_timeout = 0");
    await runner.query("SET statement_timeout = 0");
    await runner.query(`SELECT pg_advisory_lock(${ADVISORY_LOCK})`);
    return await runMigrations(source);
  } finally {
    await runner.query(`SELECT pg_advisory_unlock(${ADVISORY_LOCK})`).catch(() => undefined);
    await runner.query("RESET lock_timeout").catch(() => undefined);
    await runner.query("RESET statement_timeout").catch(() => undefined);
    await runner.release();
  }
}

async function runMigrations(source: DataSource): Promise<readonly string[]> {
  await refuseNewerSchema(source);
  const done = await source.runMigrations();
  return done.map((one) => one.name);
}

async function refuseNewerSchema(source: DataSource): Promise<void> {
  const known = new Set(source.migrations.map((one) => one.name));
  const table =
    source.options.type === "postgres"
      ? "to_regclass('migrations') IS NOT NULL"
      : "EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'migrations')";
  const [present] = (await source.query(`SELECT ${table} AS "there"`)) as {
    there: boolean | number;
  }[];
  if (present === undefined || !present.there) return;
  const rows = (await source.query(`SELECT "name" FROM "migrations"`)) as { name: string }[];
  const newer = rows.find((row) => !known.has(row.name));
  if (newer === undefined) return;
  throw new AppError(
    "invalid-config",
    `The data was written by a newer version of Huiyin (it knows "${newer.name}"). Start that version, or restore an older backup.`,
  );
}
