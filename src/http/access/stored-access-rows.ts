import type { ConsoleSession } from "#entities/index.js";
import type { Store } from "#src/store/store.js";
import type { Transaction } from "#src/store/transaction.js";
import type { AccessRole, AccessRows, LinkOutcome, SessionRow } from "./access-rows.js";

/** The row of the one password that there is. */
const OWNER = "owner";

/** Sign-in kept in the product's own database, with an audit entry for each deed. */
export function storedAccessRows(store: Store): AccessRows {
  return {
    password: () => store.read(readPassword),
    setPassword: (hash, change) => store.write((tx) => setPassword(tx, hash, change)),
    session: (hash) =>
      store.read(async (tx) => {
        const row = await tx.access.sessions.first({ hash });
        return row === null ? null : sessionOf(row);
      }),
    sessions: () =>
      store.read(async (tx) => (await tx.access.sessions.find({})).map((row) => sessionOf(row))),
    begin: (row, replaces) => store.write((tx) => begin(tx, row, replaces)),
    touch: (id, at) =>
      store.write(async (tx) => {
        await tx.access.sessions.update({ id }, { lastSeenAt: at });
      }),
    end: (ids, at) => store.write((tx) => end(tx, ids, at)),
    takeLink: (hash, at) => store.write((tx) => takeLink(tx, hash, at)),
  };
}

/** Writes a link for the running service; only its hash is kept. */
export async function storeLink(
  store: Store,
  link: { readonly hash: string; readonly at: number; readonly expiresAt: number },
): Promise<void> {
  await store.write(async (tx) => {
    await tx.access.links.remove({ expiresAt: { below: link.at - (link.expiresAt - link.at) } });
    await tx.access.links.insert({ id: link.hash, expiresAt: link.expiresAt, usedAt: null });
    await tx.record({ at: link.at, actorId: OWNER, act: "link.issue", subject: "access" });
  });
}

async function readPassword(tx: Transaction): Promise<string | null> {
  return (await tx.access.credentials.first({ id: OWNER }))?.hash ?? null;
}

async function setPassword(
  tx: Transaction,
  hash: string,
  { at, keep }: { readonly at: number; readonly keep: string | null },
): Promise<readonly string[]> {
  await tx.access.credentials.upsert([{ id: OWNER, hash, changedAt: at }], {
    key: ["id"],
    columns: ["hash", "changedAt"],
  });
  // In the same moment: nobody who knew the old password stays.
  const rows = await tx.access.sessions.find({});
  const others = rows.map((row) => row.id).filter((id) => id !== keep);
  const ended = await tx.access.endSessions(others);
  await tx.access.links.remove({ usedAt: null });
  await tx.record({
    at,
    actorId: OWNER,
    act: "password.set",
    subject: "access",
    detail: { sessionsEnded: ended.length },
  });
  return ended;
}

function sessionOf(row: ConsoleSession): SessionRow {
  const { id, hash, agent, byLink, createdAt, lastSeenAt } = row;
  const role: AccessRole = "owner";
  return { id, hash, role, agent, byLink, createdAt, lastSeenAt };
}

async function begin(tx: Transaction, row: SessionRow, replaces: string | null): Promise<void> {
  if (replaces !== null) await tx.access.endSessions([replaces]);
  await tx.access.sessions.insert({ ...row });
  await tx.record({
    at: row.createdAt,
    actorId: OWNER,
    act: "session.begin",
    subject: `session:${row.id}`,
    detail: { byLink: row.byLink },
  });
}

async function end(
  tx: Transaction,
  ids: readonly string[],
  at: number,
): Promise<readonly string[]> {
  const ended = await tx.access.endSessions(ids);
  for (const id of ended)
    await tx.record({ at, actorId: OWNER, act: "session.end", subject: `session:${id}` });
  return ended;
}

async function takeLink(tx: Transaction, hash: string, at: number): Promise<LinkOutcome> {
  const row = await tx.access.links.first({ id: hash });
  if (row === null) return "unknown";
  if (row.usedAt !== null) return "used";
  if (row.expiresAt <= at) return "expired";
  // Two visitors in the same moment: one of them changes the row.
  const taken = await tx.access.links.update({ id: hash, usedAt: null }, { usedAt: at });
  return taken === 1 ? "taken" : "used";
}
