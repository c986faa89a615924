import { isHandedIn, LEFT_OUT } from "#adapters/relay/pasted-line.js";
import type { RelayAdapter } from "#adapters/relay/relay-adapter.js";
import { type EventContext, joinedEvent, messageEvent } from "#adapters/relay/relay-events.js";
import { memberOf, plainName } from "#adapters/relay/relay-places.js";
import type { Group, TrayItem } from "#entities/index.js";
import type {
  PasteOutcome,
  PastePreview,
  PreviewLine,
  PreviewRequest,
} from "#src/console/contract/relay.js";
import { relayTexts } from "#src/i18n/relay.js";
import type { InboundEvent } from "#src/platform/inbound-event.js";
import { conversationOf } from "#src/shared/addresses.js";
import { AppError } from "#src/shared/app-error.js";
import { stableId } from "#src/shared/ids.js";
import { memberId } from "#src/store/directory-store.js";
import type { Transaction } from "#src/store/transaction.js";
import type { App } from "./create-app.js";
import { staffNamesOf } from "./relay-groups.js";
import { keepRecognised, OwnWords, type Recognised, recogniseLines } from "./relay-known.js";
import { type ListEntries, readListEntries } from "./relay-lists.js";
import { type Reading, readRequest } from "./relay-reading.js";
import { type Rehearsal, rehearse } from "./relay-rehearsal.js";

/** What the desk works on. */
export interface DeskParts {
  readonly app: App;
  readonly adapter: RelayAdapter;
}

/** A paste as it will be taken. */
interface Plan {
  readonly reading: Reading;
  readonly recognised: Recognised;
  readonly events: readonly InboundEvent[];
  /** By line id. */
  readonly lists: ReadonlyMap<string, ListEntries>;
  readonly staff: ReadonlySet<string>;
  /** What a confirmation must name; null while it cannot be taken. */
  readonly seal: string | null;
}

interface Order {
  readonly groupId: string;
  readonly request: PreviewRequest;
  readonly language: "zh" | "en";
}

/** Shows what a paste is understood as. Nothing is kept: the transaction is not committed. */
export async function previewPaste(parts: DeskParts, order: Order): Promise<PastePreview> {
  return parts.app.store.read(async (tx) => {
    const group = await relayGroup(tx, order.groupId);
    const plan = await planOf(tx, parts, { ...order, group });
    const rehearsal = await rehearse(tx, parts.app.rehearsal, { group, events: plan.events });
    return previewOf(plan, rehearsal, order.language);
  });
}

/**
 * Takes a paste that was previewed: its lines go through the inbox like everything that is heard.
 * Throws `conflict` when it would be understood otherwise by now.
 */
export async function takePaste(
  parts: DeskParts,
  order: Order & { readonly seal: string; readonly operatorId: string },
): Promise<PasteOutcome> {
  const { app, adapter } = parts;
  const { group, plan } = await app.store.read(async (tx) => {
    const one = await relayGroup(tx, order.groupId);
    return { group: one, plan: await planOf(tx, parts, { ...order, group: one }) };
  });
  if (plan.seal !== order.seal) {
    const { changed, remedy } = relayTexts[order.language].problems;
    throw new AppError("conflict", changed, { remedy });
  }
  await adapter.hear(plan.events);
  const taken = plan.recognised.rows.length;
  const known = plan.recognised.lines.filter((line) => line.known).length;
  const left = plan.reading.lines.filter(
    (line) => line.kind !== "system" && line.kind !== "own" && !isHandedIn(line),
  ).length;
  await app.store.write(async (tx) => {
    // Only now: a crash before this leaves lines that the next paste hands in again, under the same ids.
    await keepRecognised(tx, plan.recognised);
    await tx.record({
      at: app.clock.now(),
      actorId: order.operatorId,
      act: "relay.pasted",
      subject: `group:${group.id}`,
      detail: { taken, known, left, form: plan.reading.raw.form },
    });
  });
  return { taken, known, left };
}

/** A group of this platform. Throws `not-found`. */
export async function relayGroup(tx: Transaction, id: string): Promise<Group> {
  const group = await tx.directory.groupById(id);
  if (group === null || group.platform !== "relay" || group.purpose !== "customers") {
    throw new AppError("not-found", "There is no such relay group.");
  }
  return group;
}

async function planOf(
  tx: Transaction,
  { app }: DeskParts,
  { group, request, language }: Order & { readonly group: Group },
): Promise<Plan> {
  const staff = new Set(await staffNamesOf(tx, group));
  const own = new OwnWords(await sayings(tx, group));
  const context: EventContext = {
    group: conversationOf(group),
    botNames: app.botNames,
    staff,
    isOwn: (text) => own.quotes(text),
    paster: { name: relayTexts[language].paster },
  };
  const names = await namesOf(tx, group);
  const reading = readRequest(request, {
    group,
    now: app.clock.now(),
    names,
    own,
    events: context,
  });
  const recognised = await recogniseLines(tx, reading.lines, context);
  const { events, lists } = await eventsOf(tx, { group, recognised, context });
  const fresh = recognised.rows.map(({ id }) => id);
  const seal =
    reading.asksSections || fresh.length === 0 ? null : stableId("paste", group.id, ...fresh);
  return { reading, recognised, events, lists, staff, seal };
}

async function sayings(tx: Transaction, group: Group): Promise<readonly TrayItem[]> {
  const kept = { place: group.externalId, text: { not: null } };
  return tx.tray.find(kept, { order: { number: "desc" } });
}

async function namesOf(tx: Transaction, group: Group): Promise<ReadonlySet<string>> {
  const memberships = await tx.directory.memberships.find({ groupId: group.id });
  const members = await tx.directory.members.find({ id: memberships.map((row) => row.memberId) });
  return new Set(members.flatMap(({ name }) => (name === "" ? [] : [name])));
}

/** New lines as events; the people of a list that staff confirm are in the group. */
async function eventsOf(
  tx: Transaction,
  { group, recognised, context }: { group: Group; recognised: Recognised; context: EventContext },
): Promise<Pick<Plan, "events" | "lists">> {
  const events: InboundEvent[] = [];
  const lists = new Map<string, ListEntries>();
  for (const { line, id, known } of recognised.lines) {
    if (id === null || known || line.kind === "own") continue;
    if (line.kind === "list") {
      const entries = await readListEntries(tx, group, line);
      if (entries !== null) lists.set(id, entries);
      for (const name of entries?.names ?? []) {
        if (await isStranger(tx, group, context, name))
          events.push(joinedEvent(name, { group: context.group, at: line.time.at, staff: false }));
      }
    }
    events.push(messageEvent(line, id, context));
  }
  return { events, lists };
}

async function isStranger(
  tx: Transaction,
  group: Group,
  { group: place }: EventContext,
  name: string,
): Promise<boolean> {
  const membership = await tx.directory.membership(group.id, memberId(memberOf(place, name)));
  return membership === null || membership.leftAt !== null;
}

function previewOf(plan: Plan, rehearsal: Rehearsal, language: "zh" | "en"): PastePreview {
  const { reading, recognised, seal } = plan;
  const lines = recognised.lines.map((one): PreviewLine => {
    const { line, id, known } = one;
    const found = id === null || known ? undefined : rehearsal.byEvent.get(id);
    const entries = id === null ? undefined : plan.lists.get(id);
    return {
      from: line.from,
      to: line.to,
      kind: line.kind,
      name: line.name,
      staff: line.name !== null && plan.staff.has(plainName(line.name)),
      text: shownText(line.text),
      media: line.media,
      at: line.kind === "unclear" || line.kind === "system" ? null : line.time.at,
      assumed: line.time.sure === "assumed",
      section: line.section,
      known,
      doubts: [...line.doubts],
      vote: found?.vote ?? null,
      complaint: found?.complaint ?? null,
      list:
        line.kind !== "list" || known
          ? null
          : {
              counted: found?.list?.counted ?? 0,
              apart: found?.list?.apart ?? 0,
              unread: entries?.unread ?? 0,
            },
    };
  });
  const fresh = lines.filter(
    (line, index) => !line.known && recognised.lines[index]?.id !== null && line.kind !== "own",
  );
  return {
    form: reading.raw.form,
    fileName: reading.fileName,
    encoding: reading.decoded?.encoding ?? null,
    notes: notesOf(plan, lines, language),
    sections: reading.sections.map(({ title }, index) =>
      sectionOf(
        title,
        lines.filter((line) => line.section === index),
      ),
    ),
    asks: reading.asksSections ? ["sections"] : [],
    lines,
    counts: {
      messages: lines.filter(({ kind }) => kind === "message" || kind === "list").length,
      fresh: fresh.length,
      known: lines.filter(({ known }) => known).length,
      votes: fresh.reduce(
        (sum, { vote, list }) => sum + (vote === null ? 0 : 1) + (list?.counted ?? 0),
        0,
      ),
      complaints: fresh.filter(({ complaint }) => complaint !== null).length,
      unclear: lines.filter(
        ({ kind, doubts }) =>
          kind === "unclear" || doubts.some((one) => LEFT_OUT.has(one as never)),
      ).length,
      held: rehearsal.held,
    },
    seal,
  };
}

const LONGEST_SHOWN = 600;

function shownText(text: string): string {
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN).toWellFormed()}…`;
}

function sectionOf(
  title: string | null,
  lines: readonly PreviewLine[],
): PastePreview["sections"][number] {
  const times = lines.flatMap(({ at }) => (at === null ? [] : [at]));
  return {
    title,
    lines: lines.length,
    from: times.length === 0 ? null : Math.min(...times),
    to: times.length === 0 ? null : Math.max(...times),
  };
}

function notesOf(
  { reading }: Plan,
  lines: readonly PreviewLine[],
  language: "zh" | "en",
): string[] {
  const { notes } = relayTexts[language];
  const { decoded, raw } = reading;
  const assumed = lines.filter((line) => line.assumed && line.at !== null).length;
  return [
    ...(raw.form === "none" ? [notes.noForm] : []),
    ...(decoded !== null && decoded.encoding !== "utf-8"
      ? [notes.encoding(decoded.encoding.toUpperCase())]
      : []),
    ...(decoded !== null && decoded.nulls > 0 ? [notes.nulls(decoded.nulls)] : []),
    ...(decoded !== null && decoded.unreadable > 0 ? [notes.unreadable(decoded.unreadable)] : []),
    ...(raw.orderGuessed ? [notes.dateOrder(raw.order)] : []),
    ...(assumed > 0 ? [notes.assumed(assumed)] : []),
    ...(raw.form === "list" ? [notes.list] : []),
  ];
}
