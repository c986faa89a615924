import { isHandedIn } from "#adapters/relay/pasted-line.js";
import type { RelayAdapter } from "#adapters/relay/relay-adapter.js";
import { type EventContext, joinedEvent, messageEvent } from "#adapters/relay/relay-events.js";
import { memberOf } from "#adapters/relay/relay-places.js";
import type { Group, TrayItem } from "#entities/index.js";
import type { PasteOutcome, PastePreview, PreviewRequest } from "#src/console/contract/relay.js";
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
import type { Plan } from "./relay-plan.js";
import { previewOf } from "./relay-preview.js";
import { readRequest } from "./relay-reading.js";
import { rehearse } from "./relay-rehearsal.js";

/** What the desk works on. */
export interface DeskParts {
  readonly app: App;
  readonly adapter: RelayAdapter;
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
    const entries = line.kind === "list" ? await readListEntries(tx, group, line) : null;
    if (entries !== null) {
      lists.set(id, entries);
      events.push(...(await strangersOf(tx, entries, { group, at: line.time.at, context })));
    }
    events.push(messageEvent(line, id, context));
  }
  return { events, lists };
}

/** People of a list whom the group does not know yet. */
async function strangersOf(
  tx: Transaction,
  { names }: ListEntries,
  scene: { readonly group: Group; readonly at: number; readonly context: EventContext },
): Promise<readonly InboundEvent[]> {
  const { group, at, context } = scene;
  const joined: InboundEvent[] = [];
  for (const name of names) {
    if (await isStranger(tx, group, context, name))
      joined.push(joinedEvent(name, { group: context.group, at, staff: false }));
  }
  return joined;
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
