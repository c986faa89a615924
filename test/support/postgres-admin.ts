import { Client } from "pg";

/** Runs one piece of work on its own connection and closes the connection afterwards. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Removes every database of this run from a server that goes on living (TEST_DATABASE_URL). */
export async function dropDatabases(adminUrl: string, prefix: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const found = await client.query<{ datname: string }>(
      "SELECT datname FROM pg_database WHERE starts_with(datname, $1)",
      [prefix],
    );
    for (const { datname } of found.rows) {
      await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
    }
  });
}

/** Throws when the server does not answer; a mistyped TEST_DATABASE_URL shows at once. */
export async function ping(adminUrl: string): Promise<void> {
  await withClient(adminUrl, async (client) => client.query("SELECT 1"));
}
