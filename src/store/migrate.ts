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

/**
 * Makes sure that the schema is the one this version knows, and changes nothing. Throws `conflict`
 * for data of an older version, `invalid-config` for data of a newer one.
 */
export async function requireCurrentSchema(source: DataSource): Promise<void> {
  await refuseNewerSchema(source);
  const done = new Set(await doneMigrations(source));
  if (source.migrations.every((one) => done.has(one.name ?? one.constructor.name))) return;
  throw new AppError("conflict", "The data was written by an older version of Huiyin.", {
    remedy: 'Run "huiyin migrate" on it first; "huiyin backup" copies it as it is.',
  });
}

async function refuseNewerSchema(source: DataSource): Promise<void> {
  const known = new Set(source.migrations.map((one) => one.name));
  const newer = (await doneMigrations(source)).find((name) => !known.has(name));
  if (newer === undefined) return;
  throw new AppError(
    "invalid-config",
    `The data was written by a newer version of Huiyin (it knows "${newer}"). Start that version, or restore an older backup.`,
  );
}

async function doneMigrations(source: DataSource): Promise<readonly string[]> {
  const table =
    source.options.type === "postgres"
      ? "to_regclass('migrations') IS NOT NULL"
      : "EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'migrations')";
  const [present] = (await source.query(`SELECT ${table} AS "there"`)) as {
    there: boolean | number;
  }[];
  if (present === undefined || !present.there) return [];
  const rows = (await source.query(`SELECT "name" FROM "migrations"`)) as { name: string }[];
  return rows.map((row) => row.name);
}
