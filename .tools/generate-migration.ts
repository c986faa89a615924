// Writes the next migration of both dialects from the entities: the statements that bring an empty
// (or the given) database to their schema. Usage: node --import tsx --conditions=source
// .tools/generate-migration.ts <Name> [postgres-url]. Without a URL it starts the test server.
import { readFileSync, writeFileSync } from "node:fs";
import { createDataSource, type StoreLocation } from "#src/store/data-source.js";

async function statements(location: StoreLocation): Promise<readonly string[]> {
  const source = createDataSource(location);
  await source.initialize();
  await source.runMigrations();
  const log = await source.driver.createSchemaBuilder().log();
  await source.destroy();
  return log.upQueries.map((query) => query.query.trim());
}

function addMigration(file: string, name: string, queries: readonly string[]): void {
  const list = queries.map((query) => `      ${JSON.stringify(query)},`).join("\n");
  const entry = `  migration(${JSON.stringify(name)}, [\n${list}\n  ]),\n`;
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace(/\];\s*$/, `${entry}];\n`));
}

const [name, url] = process.argv.slice(2);
if (name === undefined || url === undefined)
  throw new Error("usage: <Name1700000000000> <postgres-url of an empty database>");
addMigration(
  "src/store/migrations/sqlite.ts",
  name,
  await statements({ dialect: "sqlite", file: ":memory:" }),
);
addMigration(
  "src/store/migrations/postgres.ts",
  name,
  await statements({ dialect: "postgres", url }),
);
