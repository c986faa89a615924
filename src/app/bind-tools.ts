import type { Group, RoomAlias } from "#entities/index.js";
import type { Language } from "#entities/vocabulary.js";
import { CODE_MINUTES, heldRooms, issueCode, lostGroups } from "#src/directory/room-binding.js";
import { bindingTexts } from "#src/i18n/room-binding.js";
import { AppError } from "#src/shared/app-error.js";
import { systemClock } from "#src/shared/clock.js";
import type { Transaction } from "#src/store/transaction.js";
import { currentEnvironment, loadConfig } from "./config.js";
import { openForReading, patiently } from "./open-data.js";

/** What the operator wants with one held room. */
export interface BindWish {
  readonly number: number;
  /** Make it a staff room. */
  readonly staff: boolean;
  /** It goes on as the group of this name. */
  readonly as: string | null;
  /** It is a new group, whatever was lost. */
  readonly isNew: boolean;
}

/** The rooms that wait to be bound, a line each. */
export async function listHeldRooms(folder: string | undefined): Promise<readonly string[]> {
  return beside(folder, async (tx, language) => {
    const texts = bindingTexts[language];
    const rooms = await heldRooms(tx);
    if (rooms.length === 0) return [texts.nobodyWaits];
    return rooms.map((room) =>
      texts.heldRoom({
        number: room.number,
        topic: topicOf(room, language),
        members: room.memberMarks.length,
        heard: room.heard,
      }),
    );
  });
}

/**
 * A code for one held room, in words. The operator's way to the first staff room, and to a staff room
 * whose ids a log-in has changed. Throws `not-found` and `usage`.
 */
export async function codeForRoom(folder: string | undefined, wish: BindWish): Promise<string> {
  return beside(folder, async (tx, language) => {
    const texts = bindingTexts[language];
    const room = (await heldRooms(tx)).find(({ number }) => number === wish.number);
    if (room === undefined) throw new AppError("not-found", texts.unknown(String(wish.number)));
    const lost = await chosen(tx, room, wish);
    const purpose = lost?.purpose ?? (wish.staff ? "staff" : "customers");
    const code = await issueCode(tx, {
      room,
      purpose,
      lost,
      staffGroupId: lost === null && purpose === "customers" ? await onlyStaffRoom(tx) : null,
      issuedBy: "operator",
      at: systemClock.now(),
    });
    const topic = topicOf(room, language);
    return texts.code({ topic, code, minutes: CODE_MINUTES, purpose, lost: lost?.name ?? null });
  });
}

/** The lost group that the room is, by name; null for a new one. What may be either has to be said. */
async function chosen(tx: Transaction, room: RoomAlias, wish: BindWish): Promise<Group | null> {
  const lost = await lostGroups(tx, room);
  if (wish.as === null) {
    const same = lost.some(({ name }) => name === room.topic);
    if (!same || wish.isNew) return null;
    throw new AppError(
      "usage",
      `A group called "${room.topic}" was lost. Say --as "${room.topic}" to go on with it, or --new for another one.`,
    );
  }
  const [only, ...others] = lost.filter(({ name }) => name === wish.as);
  if (only !== undefined && others.length === 0) return only;
  const names = lost.map(({ name }) => name).join(", ");
  throw new AppError("usage", `Not one lost group is called "${wish.as}". Lost are: ${names}`);
}

/** Where alerts go when nobody says it: the staff room, while there is only one. */
async function onlyStaffRoom(tx: Transaction): Promise<string | null> {
  const [only, ...others] = await tx.directory.groups.find({ purpose: "staff", leftAt: null });
  return only !== undefined && others.length === 0 ? only.id : null;
}

function topicOf({ topic }: RoomAlias, language: Language): string {
  return topic === "" ? bindingTexts[language].noTopic : topic;
}

async function beside<Result>(
  folder: string | undefined,
  work: (tx: Transaction, language: Language) => Promise<Result>,
): Promise<Result> {
  const { language } = loadConfig(currentEnvironment());
  const data = await openForReading(folder);
  try {
    return await patiently(() => data.store.write((tx) => work(tx, language)));
  } finally {
    await data.close();
  }
}
