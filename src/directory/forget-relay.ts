import type { TrayItem } from "#entities/index.js";
import type { Transaction } from "#src/store/transaction.js";
import type { Forgetting } from "./forgetting.js";

/** Shorter names stand in too many texts that are about somebody else. */
const SHORTEST_NAME = 2;

/**
 * Clears what lies in trays for the member alone or tells of them by name or in their words, and the
 * marks by which their pasted lines would be known again.
 */
export async function forgetRelay(tx: Transaction, forgetting: Forgetting): Promise<void> {
  const { memberId, tombstoneId, member } = forgetting;
  await tx.relayLines.remove({ memberId });
  const own = `direct/${member.externalId}`;
  const items = [
    ...(await tx.tray.find({ place: own })),
    ...(await tx.tray.find({ text: { not: null } })).filter((item) => isAbout(item, forgetting)),
  ];
  for (const { id, place, key } of items) {
    await tx.tray.update(
      { id },
      {
        text: null,
        picture: null,
        alt: null,
        key: key.replaceAll(memberId, tombstoneId),
        ...(place === own ? { place: `gone/${tombstoneId}` } : {}),
      },
    );
  }
}

function isAbout({ text }: TrayItem, { member, words }: Forgetting): boolean {
  const name = member.name.length < SHORTEST_NAME ? [] : [member.name];
  return [...name, ...words].some((mark) => text?.includes(mark) === true);
}
