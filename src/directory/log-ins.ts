import type { PlatformAccount } from "#entities/index.js";
import { stableId } from "#src/shared/ids.js";
import type { Transaction } from "#src/store/transaction.js";

/** One log-in, with the bot's own id in it as a keyed hash. */
export interface LoginFacts
  extends Pick<PlatformAccount, "platform" | "account" | "stableIds" | "sessionMark"> {
  readonly at: number;
}

/** The row of an account. */
export function accountId(platform: string, account: string): string {
  return stableId("account", platform, account);
}

/** Notes a log-in: an account seen for the first time, the old session, or a new epoch. */
export async function noteLogin(tx: Transaction, facts: LoginFacts): Promise<PlatformAccount> {
  const id = accountId(facts.platform, facts.account);
  const known = await tx.identities.accounts.first({ id });
  return known === null ? firstLogin(tx, { id, ...facts }) : nextLogin(tx, known, facts);
}

async function firstLogin(
  tx: Transaction,
  facts: LoginFacts & Pick<PlatformAccount, "id">,
): Promise<PlatformAccount> {
  const { at, ...rest } = facts;
  const row = { ...rest, epoch: 1, firstSeenAt: at, begunAt: at, sendState: null };
  await tx.identities.accounts.insert(row);
  await tx.record({
    at,
    actorId: row.platform,
    act: "account.first_login",
    subject: `account:${row.id}`,
  });
  return row;
}

async function nextLogin(
  tx: Transaction,
  known: PlatformAccount,
  { stableIds, sessionMark, at }: LoginFacts,
): Promise<PlatformAccount> {
  const changed = known.stableIds !== stableIds;
  const fresh = changed || (!stableIds && known.sessionMark !== sessionMark);
  const epoch = fresh ? known.epoch + 1 : known.epoch;
  // Of two accounts that were used in turn, the one that logged in last is the present one.
  const row = { ...known, stableIds, sessionMark, epoch, begunAt: at };
  await tx.identities.accounts.update(
    { id: known.id },
    { stableIds, sessionMark, epoch, begunAt: at },
  );
  if (fresh)
    await tx.record({
      at,
      actorId: known.platform,
      act: "account.new_epoch",
      subject: `account:${known.id}`,
      detail: { epoch },
    });
  return row;
}
