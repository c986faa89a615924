import type { PlatformInstallation } from "#entities/index.js";
import { AppError, isAppError } from "#src/shared/app-error.js";
import type { Secret } from "#src/shared/secret.js";
import type { Store } from "#src/store/store.js";
import type { Transaction } from "#src/store/transaction.js";
import { Envelope, keyIdOf, type SealedPlace } from "./envelope.js";

/** Rows that one transaction re-seals: a running service waits for no longer than that. */
const BATCH = 500;
/** Marks a row whose token stands in the configuration: there is nothing sealed in it. */
export const CONFIGURED = "configured.";

/** What a walk over the sealed tokens did. */
export interface Rotation {
  /** Values that are under the newest key now and were not before. */
  readonly moved: number;
  /** Values that were under the newest key already. */
  readonly current: number;
  /** Values that none of the keys opens; they are left as they are. */
  readonly unopened: number;
}

/** How many tokens are sealed with a key, by the key's short id. */
export interface KeyUse {
  readonly keyId: string;
  readonly values: number;
  readonly state: "newest" | "older" | "unknown";
}

type SealedRow = PlatformInstallation & { readonly sealedToken: string };

/** The place of a token, which it is bound to. */
export function tokenPlace(row: string): SealedPlace {
  return { table: "platform_installation", row, column: "sealedToken" };
}

async function sealedRows(tx: Transaction, after: string): Promise<readonly SealedRow[]> {
  const rows = await tx.installations.find(
    { id: { above: after }, sealedToken: { not: null } },
    { order: { id: "asc" }, limit: BATCH },
  );
  return rows.filter((row): row is SealedRow => row.sealedToken !== null);
}

/** Calls with one batch of sealed tokens after the other, each in a transaction of its own. */
async function walk(
  store: Store,
  work: (tx: Transaction, rows: readonly SealedRow[]) => Promise<void>,
): Promise<void> {
  for (let after: string | undefined = ""; after !== undefined; ) {
    const from: string = after;
    after = await store.write(async (tx) => {
      const rows = await sealedRows(tx, from);
      await work(
        tx,
        rows.filter(({ sealedToken }) => !sealedToken.startsWith(CONFIGURED)),
      );
      return rows.at(-1)?.id;
    });
  }
}

/**
 * Puts every sealed token under the newest key. Batches are transactions of their own and a value is
 * changed only if it is still the one that was opened: ended at any point, and beside a running service,
 * each value is under one of the keys; run again, it goes on.
 */
export async function rotateKeys(store: Store, envelope: Envelope, at: number): Promise<Rotation> {
  let moved = 0;
  let current = 0;
  let unopened = 0;
  await walk(store, async (tx, rows) => {
    let here = 0;
    for (const { id, sealedToken } of rows) {
      const fresh = resealed(envelope, sealedToken, tokenPlace(id));
      if (fresh === sealedToken) current += 1;
      else if (fresh === null) unopened += 1;
      else here += await tx.installations.update({ id, sealedToken }, { sealedToken: fresh });
    }
    if (here > 0)
      await tx.record({
        at,
        actorId: "cli",
        act: "keys.rotated",
        subject: "installations",
        detail: { values: here },
      });
    moved += here;
  });
  return { moved, current, unopened };
}

/** The value under the newest key; null when no key opens it. */
function resealed(envelope: Envelope, sealed: string, place: SealedPlace): string | null {
  try {
    return envelope.isOld(sealed)
      ? envelope.reseal(sealed, place)
      : (envelope.open(sealed, place), sealed);
  } catch (error) {
    if (isAppError(error, "invalid-config")) return null;
    throw error;
  }
}

/** Forgets tokens that no key opens; their workspaces must be connected again. Returns how many. */
export async function forgetUnopened(
  store: Store,
  envelope: Envelope | null,
  at: number,
): Promise<number> {
  let forgotten = 0;
  await walk(store, async (tx, rows) => {
    for (const { id, workspace, sealedToken } of rows) {
      if (envelope !== null && resealed(envelope, sealedToken, tokenPlace(id)) !== null) continue;
      await tx.installations.update({ id }, { sealedToken: null, removedAt: at });
      await tx.record({ at, actorId: "cli", act: "slack.removed", subject: workspace });
      forgotten += 1;
    }
  });
  return forgotten;
}

/** How many sealed tokens there are per key; newest key first, unknown ones last. */
export async function keyUses(store: Store, envelope: Envelope | null): Promise<readonly KeyUse[]> {
  const counts = new Map<string, number>();
  const known = envelope?.keyIds ?? [];
  await store.read(async (tx) => {
    for (let after: string | undefined = ""; after !== undefined; ) {
      const rows: readonly SealedRow[] = await sealedRows(tx, after);
      for (const { sealedToken } of rows) {
        if (sealedToken.startsWith(CONFIGURED)) continue;
        const id = keyIdOf(sealedToken);
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }
      after = rows.at(-1)?.id;
    }
  });
  const rank = (id: string): number => (known.includes(id) ? known.indexOf(id) : known.length);
  return [...counts]
    .map(([keyId, values]): KeyUse => {
      const place = known.indexOf(keyId);
      return { keyId, values, state: place < 0 ? "unknown" : place === 0 ? "newest" : "older" };
    })
    .toSorted((a, b) => rank(a.keyId) - rank(b.keyId));
}

/**
 * Throws `invalid-config` naming the variable when tokens are sealed with a key that is not among the
 * configured ones: a service that came up without them would look well and hear nothing.
 */
export async function requireKeys(store: Store, secretKey: Secret | null): Promise<void> {
  const envelope = secretKey === null ? null : new Envelope(secretKey);
  const missing = (await keyUses(store, envelope)).filter(({ state }) => state === "unknown");
  if (missing.length === 0) return;
  const count = missing.reduce((sum, { values }) => sum + values, 0);
  const ids = missing.map(({ keyId }) => keyId).join(", ");
  throw new AppError(
    "invalid-config",
    `HUIYIN_SECRET_KEY ${envelope === null ? "is not set" : "does not hold the right key"}: ${String(count)} sealed ${count === 1 ? "token needs" : "tokens need"} the key ${ids}.`,
    {
      remedy:
        "Put that key back (an older one goes behind the newest, after a comma). If it is lost: huiyin keys forget --yes, start again, and connect Slack anew under /slack/install.",
    },
  );
}
