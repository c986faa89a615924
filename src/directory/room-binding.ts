import { randomInt } from "node:crypto";
import type { BindingCode, Group, PlatformAccount, RoomAlias } from "#entities/index.js";
import { MINUTE } from "#src/shared/clock.js";
import { stableId } from "#src/shared/ids.js";
import type { Transaction } from "#src/store/transaction.js";

/** How long a code can be said. */
export const CODE_MINUTES = 10;
/** Wrong codes that may be said in the room: with five of a million nobody guesses. */
const TRIES = 5;
const LONGEST_LINE = 60;

/** What a held room is to become. */
export interface BindingOrder {
  /** The held room. */
  readonly room: RoomAlias;
  readonly purpose: "customers" | "staff";
  /** The group that the room is, when it is one that was lost; null for a new one. */
  readonly lost: Group | null;
  /** The staff room (`chat_group.id`) for alerts of a new customers' group. */
  readonly staffGroupId: string | null;
  /** Our id of the member of staff who asks, or "operator" at the command line. */
  readonly issuedBy: string;
  readonly at: number;
}

/** The account that logged in last on each platform: the others are gone. */
export async function presentAccounts(tx: Transaction): Promise<readonly PlatformAccount[]> {
  const rows = await tx.identities.accounts.find({}, { order: { begunAt: "desc", id: "asc" } });
  return rows.filter(
    (row, index) => rows.findIndex(({ platform }) => platform === row.platform) === index,
  );
}

/** Rooms that are listened to and wait for staff, oldest number first. */
export async function heldRooms(tx: Transaction): Promise<readonly RoomAlias[]> {
  const rooms: RoomAlias[] = [];
  for (const { platform, account, epoch } of await presentAccounts(tx))
    rooms.push(
      ...(await tx.identities.rooms.find(
        { platform, account, epoch, conversationId: null },
        { order: { number: "asc" } },
      )),
    );
  return rooms;
}

/** Groups that no room of the present log-in leads to, those of the same name first: one of them may be the held room. */
export async function lostGroups(
  tx: Transaction,
  { platform, topic }: RoomAlias,
): Promise<readonly Group[]> {
  const [present] = (await presentAccounts(tx)).filter((one) => one.platform === platform);
  if (present === undefined) return [];
  const { account, epoch } = present;
  const found = await tx.identities.rooms.find({ platform, account, epoch });
  const here = new Set(found.map(({ conversationId }) => conversationId));
  const groups = await tx.directory.groups.find({ platform }, { order: { createdAt: "asc" } });
  return groups
    .filter(({ externalId }) => !here.has(externalId))
    .sort((a, b) => Number(b.name === topic) - Number(a.name === topic));
}

/**
 * Makes the code for one held room. Staff get it where only staff read, and say it in the room: so who
 * binds is known to be staff and to be in that room, and nothing has to be said in a room that nobody
 * has vouched for. The other way round, a code posted by the bot, would speak in a strange room and give
 * every member of it something to try in a private chat.
 */
export async function issueCode(tx: Transaction, order: BindingOrder): Promise<string> {
  const { room, purpose, lost, staffGroupId, issuedBy, at } = order;
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  const row: BindingCode = {
    id: room.id,
    codeMark: codeMark(room.id, code),
    triesLeft: TRIES,
    expiresAt: at + CODE_MINUTES * MINUTE,
    purpose: lost?.purpose ?? purpose,
    conversationId: lost?.externalId ?? null,
    staffGroupId,
    issuedBy,
  };
  await tx.identities.codes.remove({ expiresAt: { atMost: at } });
  await tx.identities.codes.remove({ id: room.id });
  await tx.identities.codes.insert(row);
  const subject = `room:${room.id}`;
  await tx.record({ at, actorId: issuedBy, act: "room.code", subject, detail: { purpose } });
  return code;
}

/** The order that a line in a held room carries out; null when it is no code, or none that holds here and now. */
export async function redeemCode(
  tx: Transaction,
  room: RoomAlias,
  line: { readonly text: string; readonly at: number },
): Promise<BindingCode | null> {
  const code = codeIn(line.text);
  if (code === null) return null;
  const row = await tx.identities.codes.first({ id: room.id });
  if (row === null || line.at >= row.expiresAt) return null;
  if (row.codeMark !== codeMark(room.id, code)) {
    const triesLeft = row.triesLeft - 1;
    if (triesLeft > 0) await tx.identities.codes.update({ id: row.id }, { triesLeft });
    else await tx.identities.codes.remove({ id: row.id });
    return null;
  }
  await tx.identities.codes.remove({ id: row.id });
  return row;
}

function codeMark(room: string, code: string): string {
  return stableId("binding-code", room, code);
}

/** The six digits of a line that is a code: alone, or after 绑定 or bind, perhaps said to the bot. */
export function codeIn(text: string): string | null {
  if (text.length > LONGEST_LINE) return null;
  const plain = text.normalize("NFKC").trim().toLowerCase();
  const words = plain.split(/\s+/).filter((word) => !word.startsWith("@"));
  const joined = words.join("").replace(/^(?:绑定|bind)[:#]?/, "");
  return /^\d{6}$/.test(joined) ? joined : null;
}
