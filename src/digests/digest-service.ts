import type { Digest, Group, ScheduleFiring } from "#entities/index.js";
import { digestTexts } from "#src/i18n/digests.js";
import type { FiringHandler } from "#src/queue/handling.js";
import { addLocalDays, localDay, weekdayOf } from "#src/scheduling/zoned-time.js";
import { conversationOf } from "#src/shared/addresses.js";
import { settingsOf } from "#src/shared/group-settings.js";
import { stableId } from "#src/shared/ids.js";
import type { DigestReadModel } from "#src/store/digest-read-model.js";
import type { DigestRows } from "#src/store/digest-rows.js";
import type { Transaction } from "#src/store/transaction.js";
import { composePublic } from "./compose-public.js";
import { composeStaff } from "./compose-staff.js";
import { pictureOf } from "./digest-card.js";
import type { Audience, PublicFacts } from "./digest-facts.js";
import { approvalMessage, digestText } from "./digest-message.js";
import {
  type ComparedWindow,
  dailyWindow,
  weeklyWindow,
  withEarlierWeeks,
} from "./digest-window.js";
import { livePartsOf } from "./live-parts.js";
import { digestKey, type GroupPost, postToGroup, previewKey } from "./post-digest.js";
import { publicFacts } from "./public-facts.js";
import { hasWeekly } from "./schedule-digests.js";
import { staffFacts } from "./staff-facts.js";

type Kind = Digest["kind"];

/** One digest that is due. */
interface Due {
  readonly id: string;
  readonly group: Group;
  readonly kind: Kind;
  readonly audience: Audience;
  readonly window: ComparedWindow;
  readonly rows: DigestRows;
  readonly firing: Pick<ScheduleFiring, "dueAt" | "firedAt">;
}

const DAYS_IN_WEEK = 7;

/** The handler of one kind of digest firing: composes and posts for each audience, once per due time. */
export function digestFiring(readModel: DigestReadModel, kind: Kind): FiringHandler {
  return async (tx, firing) => {
    const group = await tx.directory.groupById(firing.groupId ?? firing.ownerId);
    if (group === null || group.leftAt !== null || group.purpose !== "customers") return;
    const settings = settingsOf(group);
    // The group first: what waits for approval then stands above the staff digest in the room.
    for (const audience of ["public", "staff"] as const) {
      if (!settings.digestAudiences.includes(audience)) continue;
      if (audience === "public" && settings.publicDigest === "off") continue;
      if (audience === "public" && isWeeklysDay(group, kind, firing.dueAt)) continue;
      await composeOnce(readModel, tx, { group, kind, audience, firing });
    }
  };
}

/** On the day of the weekly post the daily one would say the same twice. */
function isWeeklysDay(group: Group, kind: Kind, dueAt: number): boolean {
  const { weeklyDigestOn } = settingsOf(group);
  if (kind === "weekly" || !hasWeekly(weeklyDigestOn)) return false;
  return weekdayOf(localDay(dueAt, group.timeZone)) === weeklyDigestOn;
}

async function composeOnce(
  readModel: DigestReadModel,
  tx: Transaction,
  request: Pick<Due, "group" | "kind" | "audience"> & { readonly firing: ScheduleFiring },
): Promise<void> {
  const { group, kind, audience, firing } = request;
  const id = stableId("digest", group.id, kind, audience, firing.dueAt);
  if ((await tx.digests.first({ id })) !== null) return;
  const window = await windowOf(tx, request);
  const rows = await readModel.read(tx, group, {
    from: window.from,
    to: window.to,
    baselineFrom: window.earlier[0]?.from ?? window.from,
  });
  const due: Due = { id, group, kind, audience, window, rows, firing };
  if (audience === "public") await composeForGroup(tx, due);
  else await composeForStaff(tx, due, await readModel.parked(tx, group));
}

async function windowOf(
  tx: Transaction,
  { group, kind, audience, firing }: Omit<Due, "id" | "window" | "rows">,
): Promise<ComparedWindow> {
  const zone = group.timeZone;
  if (kind === "weekly") return withEarlierWeeks(weeklyWindow(firing.dueAt, zone), zone);
  // What was never shown (waiting, withheld) is covered again by the next one.
  const own = {
    groupId: group.id,
    audience,
    kind: audience === "public" ? (["daily", "weekly"] as const) : (["daily"] as const),
    windowEnd: { below: firing.dueAt },
  };
  const last = await tx.digests.first(
    { ...own, state: ["posted", "skipped"] },
    { order: { windowEnd: "desc" } },
  );
  const first = last === null ? await tx.digests.first(own, { order: { windowEnd: "asc" } }) : null;
  const lastEnd = last?.windowEnd ?? first?.windowStart ?? null;
  return withEarlierWeeks(
    dailyWindow(firing.dueAt, zone, { lastEnd, createdAt: group.createdAt }),
    zone,
  );
}

async function composeForStaff(tx: Transaction, due: Due, parked: number): Promise<void> {
  const { id, group, kind, window, rows, firing } = due;
  const room = await tx.staff.boundRoom(group);
  const language = room?.language ?? group.language;
  const facts = staffFacts(rows, { group, kind, window, asOf: window.to });
  // Kept without excerpts and names: erasing a person must leave nothing in a digest.
  const kept = composeStaff(facts, language);
  const sources = {
    rows,
    group,
    room: room ?? group,
    firing,
    parked,
    texts: digestTexts[language],
  };
  const told = composeStaff(facts, language, await livePartsOf(tx, sources));
  const state = told.weight === "none" ? "skipped" : room === null ? "withheld" : "posted";
  await keep(tx, due, { state, facts, text: digestText(kept) });
  if (state !== "posted" || room === null) return;
  await tx.outbox.say({
    key: digestKey(id),
    kind: "digest",
    to: conversationOf(room),
    message: { text: digestText(told), ...pictureOf({ rows, facts, document: told }) },
    at: firing.firedAt,
    groupId: group.id,
  });
}

async function composeForGroup(tx: Transaction, due: Due): Promise<void> {
  const { group, kind, window, rows, firing } = due;
  const facts = publicFacts(rows, {
    group,
    kind,
    window,
    asOf: window.to,
    purpose: "post",
    nextDay:
      kind === "weekly" ? addLocalDays(localDay(firing.dueAt, group.timeZone), DAYS_IN_WEEK) : null,
    wasPromised: kind === "weekly" && (await promised(tx, group, firing.dueAt)),
  });
  const document = composePublic(facts, group.language);
  const state =
    document.weight === "none"
      ? "skipped"
      : facts.hold !== null
        ? "withheld"
        : settingsOf(group).publicDigest === "automatic"
          ? "posted"
          : "waiting";
  if (state === "waiting") await supersede(tx, due);
  const digest = await keep(tx, due, { state, facts, text: digestText(document) });
  const post = { digest, facts, ...pictureOf({ facts, document, published: rows.published }) };
  if (state === "posted") await postToGroup(tx, group, { ...post, at: firing.firedAt });
  if (state === "waiting" || state === "withheld") await tellRoom(tx, due, post);
}

async function promised(tx: Transaction, group: Group, dueAt: number): Promise<boolean> {
  const last = await tx.digests.first(
    {
      groupId: group.id,
      kind: "weekly",
      audience: "public",
      state: "posted",
      windowEnd: { below: dueAt },
    },
    { order: { windowEnd: "desc" } },
  );
  return last !== null && (last.facts as PublicFacts).nextDay !== null;
}

/** A newer digest takes the place of older ones of its kind that nobody decided about. */
async function supersede(tx: Transaction, { group, kind, firing }: Due): Promise<void> {
  await tx.digests.update(
    {
      groupId: group.id,
      kind,
      audience: "public",
      state: "waiting",
      windowEnd: { below: firing.dueAt },
    },
    { state: "withheld" },
  );
}

async function tellRoom(
  tx: Transaction,
  { group, firing }: Due,
  { digest, facts, ...picture }: Omit<GroupPost, "at">,
): Promise<void> {
  const room = await tx.staff.boundRoom(group);
  if (room === null) return;
  const texts = digestTexts[room.language];
  const message =
    facts.hold === null
      ? {
          ...approvalMessage(texts, { id: digest.id, group: group.name, post: digest.text }),
          ...picture,
        }
      : { text: texts.staffRoom.held(group.name, facts.hold) };
  await tx.outbox.say({
    key: previewKey(digest.id),
    kind: "digest",
    to: conversationOf(room),
    message,
    at: firing.firedAt,
    groupId: group.id,
  });
}

async function keep(
  tx: Transaction,
  { id, group, kind, audience, window, firing }: Due,
  made: Pick<Digest, "state" | "facts" | "text">,
): Promise<Digest> {
  const digest: Digest = {
    id,
    groupId: group.id,
    kind,
    audience,
    windowStart: window.from,
    windowEnd: firing.dueAt,
    ...made,
    createdAt: firing.firedAt,
  };
  await tx.digests.insert(digest);
  return digest;
}
