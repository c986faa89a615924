import type { Digest, Group } from "#entities/index.js";
import type { PictureOrder } from "#src/platform/outbound-message.js";
import { conversationOf } from "#src/shared/addresses.js";
import { quietHoursOf } from "#src/shared/group-settings.js";
import { stableId } from "#src/shared/ids.js";
import type { Transaction } from "#src/store/transaction.js";
import type { PublicFacts } from "./digest-facts.js";
import { shownText } from "./public-numbers.js";

/** Outbox key under which a digest is posted, once. */
export function digestKey(id: string): string {
  return `digest:${id}`;
}

/** Outbox key of the preview that staff decide about. */
export function previewKey(id: string): string {
  return `digest-preview:${id}`;
}

/** A digest for its group, ready to go out. */
export interface GroupPost {
  readonly digest: Digest;
  readonly facts: PublicFacts;
  readonly picture?: PictureOrder;
  readonly at: number;
}

/** Posts a public digest to its group and remembers every number in it for later posts. */
export async function postToGroup(tx: Transaction, group: Group, post: GroupPost): Promise<void> {
  const { digest, facts, picture, at } = post;
  await tx.outbox.say({
    key: digestKey(digest.id),
    kind: "digest",
    to: conversationOf(group),
    message: { text: digest.text, ...(picture === undefined ? {} : { picture }) },
    at,
    groupId: group.id,
    quiet: quietHoursOf(group),
  });
  await remember(tx, digest, facts, at);
}

async function remember(
  tx: Transaction,
  digest: Digest,
  facts: PublicFacts,
  at: number,
): Promise<void> {
  const publications = [
    facts.answerers,
    ...facts.ratings.map((rating) => rating.publication),
    ...facts.themes.map((theme) => theme.publication),
  ];
  const rows = publications.flatMap((publication) => {
    if (publication.kind !== "number" || publication.repeated) return [];
    return [
      {
        id: stableId("published", digest.id, publication.metric),
        groupId: digest.groupId,
        metric: publication.metric,
        n: publication.people,
        shown: shownText(publication),
        windowStart: publication.window.from,
        windowEnd: publication.window.to,
        at,
      },
    ];
  });
  await tx.published.insertNew(rows, "id");
}
