import type { Digest, Group } from "#entities/index.js";
import { digestTexts } from "#src/i18n/digests.js";
import type { ActionEvent } from "#src/platform/inbound-event.js";
import { quietUntil } from "#src/scheduling/business-hours.js";
import { quietHoursOf } from "#src/shared/group-settings.js";
import type { DigestReadModel } from "#src/store/digest-read-model.js";
import type { DigestRows } from "#src/store/digest-rows.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import { composePublic } from "./compose-public.js";
import { pictureOf } from "./digest-card.js";
import type { PublicFacts } from "./digest-facts.js";
import { digestText, REFERENCE_LENGTH } from "./digest-message.js";
import { withEarlierWeeks } from "./digest-window.js";
import { postToGroup, previewKey } from "./post-digest.js";
import { publicFacts, SPIKE_SHADOW } from "./public-facts.js";
import type { Publication } from "./public-numbers.js";

/** What staff decide about a digest that waits. */
export interface DigestDecision {
  readonly act: "approve" | "withhold";
  /** Id of the digest, or its first characters as shown in the room (at least four). */
  readonly reference: string;
  readonly at: number;
}

/** What became of a decision, with the sentence to answer with. */
export interface DecisionOutcome {
  readonly kind: "posted" | "withheld" | "held" | "outdated" | "not-found" | "not-staff";
  readonly text: string;
}

const OPEN_STATES = ["candidate", "confirmed", "acknowledged", "in_progress", "reopened"] as const;
const SHORTEST_REFERENCE = 4;

/**
 * Approves or withholds a waiting public digest. Staff of the group or of its staff room only.
 * What is posted is made anew from the kept facts, less any number that may no longer be told.
 */
export async function decideDigest(
  readModel: DigestReadModel,
  tx: Transaction,
  place: Place,
  decision: DigestDecision,
): Promise<DecisionOutcome> {
  const { staffRoom } = digestTexts[place.group.language];
  if (!isStaff(place)) return { kind: "not-staff", text: staffRoom.notStaff };
  const found = await findDigest(tx, place, decision);
  if (found === null) return { kind: "not-found", text: staffRoom.notFound };
  const { digest, group } = found;
  if (digest.state !== "waiting") return { kind: "outdated", text: staffRoom.outdated };
  if (decision.act === "withhold") return withhold(tx, place, found, decision.at);
  const hold = await holdNow(tx, group, decision.at);
  if (hold !== null) return { kind: "held", text: staffRoom.held(group.name, hold) };
  const { facts, published } = await stillTellable(readModel, tx, found);
  const document = composePublic(facts, group.language);
  if (document.weight === "none") {
    await withhold(tx, place, found, decision.at);
    return { kind: "withheld", text: staffRoom.nothingNow(group.name) };
  }
  const text = digestText(document);
  const changed = await tx.digests.update(
    { id: digest.id, state: "waiting" },
    { state: "posted", facts, text },
  );
  if (changed !== 1) return { kind: "outdated", text: staffRoom.outdated };
  const posted: Digest = { ...digest, state: "posted", facts, text };
  const picture = pictureOf({ facts, document, published });
  await postToGroup(tx, group, { digest: posted, facts, ...picture, at: decision.at });
  await recordDecision(tx, place, digest, decision);
  await closePreview(tx, digest, decision.at, (room) =>
    [digestTexts[room.language].staffRoom.approved(group.name, place.member.name), text].join("\n"),
  );
  const quiet = quietHoursOf(group);
  const isQuiet = quietUntil(decision.at, quiet, quiet.timeZone) !== null;
  return { kind: "posted", text: isQuiet ? staffRoom.quietHours : staffRoom.done };
}

/** The button of the preview: decides and answers the one who pressed it. */
export async function onDigestAction(
  readModel: DigestReadModel,
  tx: Transaction,
  place: Place,
  event: ActionEvent,
): Promise<void> {
  if (event.action !== "digest.approve" && event.action !== "digest.withhold") return;
  const { text } = await decideDigest(readModel, tx, place, {
    act: event.action === "digest.approve" ? "approve" : "withhold",
    reference: event.value,
    at: event.at,
  });
  await tx.outbox.say({
    key: `reply:${event.eventId}`,
    kind: "reply",
    to: event.conversation,
    message: { text },
    at: event.at,
    groupId: place.group.id,
    onlyFor: { platform: event.author.platform, memberId: event.author.memberId },
    ...(event.replyHandle === undefined ? {} : { replyHandle: event.replyHandle }),
  });
}

function isStaff({ group, membership }: Place): boolean {
  return group.purpose === "staff" || membership.role !== "customer";
}

interface Found {
  readonly digest: Digest;
  readonly group: Group;
}

/** Looks only among the groups that this room or group is responsible for. */
async function findDigest(
  tx: Transaction,
  { group: here }: Place,
  { reference }: DigestDecision,
): Promise<Found | null> {
  const wanted = reference.trim().toLowerCase();
  if (wanted.length < SHORTEST_REFERENCE) return null;
  const groups =
    here.purpose === "staff"
      ? await tx.directory.groups.find({ staffGroupId: here.id }, { order: { id: "asc" } })
      : [here];
  if (groups.length === 0) return null;
  const ids = groups.map((group) => group.id);
  const exact = await tx.digests.find({ id: wanted, groupId: ids, audience: "public" });
  const digests =
    exact.length > 0 || wanted.length > REFERENCE_LENGTH * 2
      ? exact
      : await tx.digests.find({ groupId: ids, audience: "public", state: "waiting" });
  const matching = digests.filter((digest) => digest.id.startsWith(wanted));
  const [digest] = matching;
  const group = groups.find((one) => one.id === digest?.groupId);
  if (digest === undefined || group === undefined || matching.length > 1) return null;
  return { digest, group };
}

async function withhold(
  tx: Transaction,
  place: Place,
  { digest, group }: Found,
  at: number,
): Promise<DecisionOutcome> {
  const { staffRoom } = digestTexts[place.group.language];
  const changed = await tx.digests.update(
    { id: digest.id, state: "waiting" },
    { state: "withheld" },
  );
  if (changed !== 1) return { kind: "outdated", text: staffRoom.outdated };
  await recordDecision(tx, place, digest, { act: "withhold", reference: digest.id, at });
  await closePreview(tx, digest, at, (room) =>
    digestTexts[room.language].staffRoom.withheld(group.name, place.member.name),
  );
  return { kind: "withheld", text: staffRoom.stopped };
}

/** Who decided is written down; the preview in the room loses its buttons. */
async function recordDecision(
  tx: Transaction,
  { member }: Place,
  digest: Digest,
  { act, at }: DigestDecision,
): Promise<void> {
  await tx.record({
    at,
    actorId: member.id,
    act: `digest.${act}`,
    subject: `digest:${digest.id}`,
    detail: { kind: digest.kind },
  });
}

async function closePreview(
  tx: Transaction,
  digest: Digest,
  at: number,
  words: (room: Group) => string,
): Promise<void> {
  const group = await tx.directory.groupById(digest.groupId);
  const room = group === null ? null : await tx.staff.boundRoom(group);
  if (room === null) return;
  await tx.outbox.edit({
    key: `digest-decided:${digest.id}`,
    editsKey: previewKey(digest.id),
    message: { text: words(room) },
    at,
  });
}

async function holdNow(tx: Transaction, group: Group, at: number): Promise<PublicFacts["hold"]> {
  const danger = await tx.cases.first({
    groupId: group.id,
    severity: "P1",
    state: [...OPEN_STATES],
  });
  if (danger !== null) return "safety";
  const spike = await tx.alarms.first({
    groupId: group.id,
    openedAt: { atLeast: at - SPIKE_SHADOW },
  });
  return spike === null ? null : "spike";
}

/** The kept facts with every number decided again: answers or other posts may have come between. */
async function stillTellable(
  readModel: DigestReadModel,
  tx: Transaction,
  { digest, group }: Found,
): Promise<{ readonly facts: PublicFacts; readonly published: DigestRows["published"] }> {
  const kept = digest.facts as PublicFacts;
  const window = withEarlierWeeks(
    { from: digest.windowStart, to: digest.windowEnd },
    group.timeZone,
  );
  const rows = await readModel.read(tx, group, {
    from: window.from,
    to: window.to,
    baselineFrom: window.earlier[0]?.from ?? window.from,
  });
  const fresh = publicFacts(rows, {
    group,
    kind: digest.kind,
    window,
    asOf: window.to,
    purpose: "post",
    nextDay: kept.nextDay,
    wasPromised: kept.wasPromised,
  });
  const ratingOf = (kind: string): Publication =>
    fresh.ratings.find((one) => one.kind === kind)?.publication ?? { kind: "nothing" };
  const themeOf = (aspect: string): Publication =>
    fresh.themes.find((one) => one.aspect === aspect)?.publication ?? { kind: "nothing" };
  const facts: PublicFacts = {
    ...kept,
    hold: null,
    answerers: fresh.answerers,
    ratings: kept.ratings.map((one) => ({ ...one, publication: ratingOf(one.kind) })),
    themes: kept.themes.map((one) => ({ ...one, publication: themeOf(one.aspect) })),
  };
  return { facts, published: rows.published };
}
