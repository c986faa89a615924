import type { Group, RoomAlias } from "#entities/index.js";
import type { Language } from "#entities/vocabulary.js";
import { bindingTexts } from "#src/i18n/room-binding.js";
import { conversationOf } from "#src/shared/addresses.js";
import { stableId } from "#src/shared/ids.js";
import type { Transaction } from "#src/store/transaction.js";

/** Staff rooms that are told; more would be an announcement. */
const MOST_ROOMS = 5;

/** Tells every staff room something about rooms that are not bound. */
async function tellStaffRooms(
  tx: Transaction,
  notice: { readonly key: string; readonly at: number },
  compose: (language: Language) => string,
): Promise<void> {
  const rooms = await tx.directory.groups.find(
    { purpose: "staff", leftAt: null },
    { order: { createdAt: "asc" }, limit: MOST_ROOMS },
  );
  for (const room of rooms) await say(tx, room, notice, compose(room.language));
}

async function say(
  tx: Transaction,
  room: Group,
  { key, at }: { readonly key: string; readonly at: number },
  text: string,
): Promise<void> {
  await tx.outbox.say({
    key: `${key}:${room.id}`,
    kind: "notice",
    to: conversationOf(room),
    message: { text },
    at,
    groupId: room.id,
  });
}

/** Tells staff of rooms that are held from now on. */
export async function tellHeld(
  tx: Transaction,
  rows: readonly RoomAlias[],
  at: number,
): Promise<void> {
  if (rows.length === 0) return;
  const key = `held:${stableId(...rows.map(({ id, number }) => `${id}/${String(number)}`))}`;
  await tellStaffRooms(tx, { key, at }, (language) => {
    const texts = bindingTexts[language];
    return texts.held(
      rows.map(({ number, topic, memberMarks, heard }) =>
        texts.heldRoom({
          number,
          topic: topic === "" ? texts.noTopic : topic,
          members: memberMarks.length,
          heard,
        }),
      ),
    );
  });
}

/** Tells staff what became of a code that was said. */
export async function tellBinding(
  tx: Transaction,
  row: RoomAlias,
  outcome: { readonly kind: "bound" | "taken"; readonly at: number },
): Promise<void> {
  const { kind, at } = outcome;
  const key = `${kind}:${row.id}:${String(row.number)}:${String(at)}`;
  await tellStaffRooms(tx, { key, at }, (language) => {
    const texts = bindingTexts[language];
    return texts[kind](row.topic === "" ? texts.noTopic : row.topic);
  });
}
