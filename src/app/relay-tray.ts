import { directPrefix, nameIn, RELAY, staffPlace } from "#adapters/relay/relay-places.js";
import type { Tray, TrayEntry } from "#adapters/relay/tray.js";
import type { Group, TrayItem } from "#entities/index.js";
import type { TrayItemInfo } from "#src/console/contract/relay.js";
import { AppError } from "#src/shared/app-error.js";
import { DAY } from "#src/shared/clock.js";
import { stableId } from "#src/shared/ids.js";
import type { Store } from "#src/store/store.js";
import type { Transaction } from "#src/store/transaction.js";

/** How long the words of the tray stay: as long as a paste may bring them back. */
const TEXT_MS = 31 * DAY;
/** How long a pasted line is known again: longer than a paste may reach back. */
const LINE_MS = 35 * DAY;
const MOST_SHOWN = 100;

/** The tray as a table of the store. */
export function storedTray(store: Store, now: () => number): Tray {
  return {
    put: (entry) => store.write((tx) => putItem(tx, entry, now())),
    find: async ({ conversationId }, key) => {
      const row = await store.read((tx) => tx.tray.first({ place: conversationId, key }));
      return row?.id ?? null;
    },
  };
}

async function putItem(tx: Transaction, entry: TrayEntry, at: number): Promise<string> {
  const { to, key, kind, text, picture } = entry;
  const place = to.conversationId;
  const known = await tx.tray.first({ place, key });
  if (known !== null) return known.id;
  const id = stableId("tray", place, key);
  await tx.tray.insert({
    id,
    place,
    key,
    kind,
    text,
    picture: picture === null ? null : Buffer.from(picture.bytes).toString("base64"),
    alt: picture?.alt ?? null,
    putAt: at,
    number: await tx.nextNumber("tray"),
    takenAt: null,
  });
  return id;
}

/** What lies in a group's tray, the newest first: for the group, its staff and single members. */
export async function trayOf(tx: Transaction, group: Group): Promise<readonly TrayItemInfo[]> {
  const newest = { order: { number: "desc" }, limit: MOST_SHOWN } as const;
  const rows = [
    ...(await tx.tray.find({ place: [group.externalId, staffPlaceOf(group)] }, newest)),
    ...(await tx.tray.find({ place: directRange(group) }, newest)),
  ];
  return rows.toSorted((a, b) => b.number - a.number).map((row) => infoOf(row));
}

/** How much of a group's tray was not carried out yet; what is for single members left out. */
export async function countWaiting(tx: Transaction, group: Group): Promise<number> {
  const place = [group.externalId, staffPlaceOf(group)];
  return tx.tray.count({ place, takenAt: null, text: { not: null } });
}

function staffPlaceOf({ externalId }: Pick<Group, "externalId">): string {
  return staffPlace({ conversationId: externalId }).conversationId;
}

/** All ids that begin with the prefix: "0" is the code point after "/". */
function directRange({ externalId }: Pick<Group, "externalId">) {
  const prefix = directPrefix({ conversationId: externalId });
  return { atLeast: prefix, below: `${prefix.slice(0, -1)}0` };
}

function infoOf({ id, place, kind, text, picture, alt, putAt, takenAt }: TrayItem): TrayItemInfo {
  const [whom = ""] = place.split("/", 1);
  return {
    id,
    for: whom === "staff" ? "staff" : whom === "direct" ? "member" : "group",
    to: whom === "direct" ? nameIn(place.slice("direct/".length)) : null,
    kind,
    text,
    picture: picture === null ? null : { alt: alt ?? "" },
    putAt,
    takenAt,
  };
}

/** Notes that staff carried an item out, or that they did not after all. Throws `not-found`. */
export async function takeItem(
  tx: Transaction,
  id: string,
  takenAt: number | null,
): Promise<TrayItemInfo> {
  const row = await itemOf(tx, id);
  await tx.tray.update({ id }, { takenAt });
  return infoOf({ ...row, takenAt });
}

/** The picture of an item, PNG. Throws `not-found`. */
export async function itemPicture(tx: Transaction, id: string): Promise<Uint8Array> {
  const { picture } = await itemOf(tx, id);
  if (picture === null) throw new AppError("not-found", "There is no such picture.");
  return Buffer.from(picture, "base64");
}

async function itemOf(tx: Transaction, id: string): Promise<TrayItem> {
  const row = await tx.tray.first({ id });
  if (row === null) throw new AppError("not-found", "There is no such item in the tray.");
  return row;
}

/** Drops what nobody will carry any more, and lines that no paste can bring again. */
export async function sweepRelay(tx: Transaction, now: number): Promise<void> {
  await tx.tray.update(
    { putAt: { below: now - TEXT_MS }, text: { not: null } },
    { text: null, picture: null, alt: null },
  );
  await tx.relayLines.remove({ at: { below: now - LINE_MS } });
}

/** The groups of this platform. */
export async function relayGroupRows(tx: Transaction): Promise<readonly Group[]> {
  return tx.directory.groups.find({ platform: RELAY, purpose: "customers", leftAt: null });
}
