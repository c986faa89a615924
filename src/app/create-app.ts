import type { OutboxMessage } from "#entities/index.js";
import type { Language } from "#entities/vocabulary.js";
import { createCommands } from "#src/commands/commands.js";
import { createComplaints } from "#src/complaints/complaints.js";
import type { Detector } from "#src/complaints/detection/verdict.js";
import { createDigests } from "#src/digests/digests.js";
import { createDirectoryService } from "#src/directory/directory-service.js";
import { sayNotice } from "#src/directory/group-notice.js";
import { appTexts } from "#src/i18n/app.js";
import { StoringInbox } from "#src/inbox/inbox.js";
import { InboxWorker } from "#src/inbox/inbox-worker.js";
import { OutboxWorker } from "#src/outbox/outbox-worker.js";
import type { DrawPicture } from "#src/outbox/picture-for.js";
import type { ConversationRef } from "#src/platform/conversation.js";
import type { PlatformAdapter } from "#src/platform/platform-adapter.js";
import { FiringWorker } from "#src/scheduling/firing-worker.js";
import { Scheduler } from "#src/scheduling/scheduler.js";
import type { AppError } from "#src/shared/app-error.js";
import type { Clock } from "#src/shared/clock.js";
import type { Ids } from "#src/shared/ids.js";
import type { Logger } from "#src/shared/logger.js";
import { digestReadModel } from "#src/store/digest-read-model.js";
import { groupId, memberId, membershipId } from "#src/store/directory-store.js";
import type { Store } from "#src/store/store.js";
import type { Transaction } from "#src/store/transaction.js";
import { createSurveys } from "#src/surveys/surveys.js";
import { eventHandler, firingHandler, prefetcher } from "./handlers.js";
import type { Metrics } from "./metrics.js";
import { OpinionWorker } from "./opinion-worker.js";
import type { SecondOpinionParts } from "./second-opinion.js";

/** What an application is made of; tests and replays give other clocks, ids and platforms. */
export interface AppParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly random: () => number;
  readonly logger: Logger;
  readonly detector: Detector;
  readonly adapters: readonly PlatformAdapter[];
  readonly botNames: readonly string[];
  readonly language: Language;
  readonly timeZone: string;
  readonly staffRooms: readonly ConversationRef[];
  /** Where staff read of groups whose own platform has no staff room. */
  readonly sharedStaffRoom?: ConversationRef | null;
  /** Staff rooms of certain groups, by the group's name or by platform/conversation. */
  readonly assignedStaffRooms?: ReadonlyMap<string, ConversationRef>;
  /** Daily and weekly digests of every new group; a replay may go without. */
  readonly digests: boolean;
  /** A line to each new group on what is kept and how to opt out. */
  readonly notice: boolean;
  readonly metrics?: Metrics;
  /** Another model that is asked about uncertain lines; nobody is asked when absent. */
  readonly secondOpinion?: SecondOpinionParts | undefined;
  /** Why nothing new may be accepted now (a full disk); null when it may. */
  readonly refusal?: () => AppError | null;
  /** Draws the pictures that messages order; the product's own drawing when absent. */
  readonly draw?: DrawPicture;
}

export type App = ReturnType<typeof createApp>;

/** Builds the product: the only place where rooms meet. Nothing runs until a worker steps. */
export function createApp(parts: AppParts) {
  const { store, clock, logger, detector, metrics } = parts;
  const rooms = createRooms(parts, metrics === undefined ? detector : counted(detector, metrics));
  const adapters = new Map(parts.adapters.map((adapter) => [adapter.platform, adapter]));
  const accepted = { count: 0 };
  const inbox = new StoringInbox({
    store,
    clock,
    ...(parts.refusal === undefined ? {} : { refusal: parts.refusal }),
    historyOf: (platform) => adapters.get(platform)?.capabilities.historyMs,
    onAccepted: (outcome) => {
      if (outcome === "accepted") accepted.count += 1;
      parts.metrics?.accepted(outcome);
    },
  });
  const scheduler = new Scheduler(store);
  const workers = createWorkers(parts, rooms, adapters);
  // What is only tried out (a preview) counts in no metric.
  const rehearsal = eventHandler(createRooms(parts, detector));
  return {
    store,
    clock,
    logger,
    rooms,
    inbox,
    refusal: parts.refusal ?? ((): null => null),
    accepted,
    ...workers,
    scheduler,
    adapters,
    rehearsal,
    botNames: parts.botNames,
  };
}

type AppRooms = ReturnType<typeof createRooms>;

/** The rooms that decide, each with what it needs from outside. */
function createRooms(parts: AppParts, detector: Detector) {
  const { botNames } = parts;
  const surveys = createSurveys({ botNames });
  const { secondOpinion } = parts;
  const complaints = createComplaints({
    detector,
    ...(secondOpinion === undefined ? {} : { secondOpinion: { band: secondOpinion.band } }),
  });
  const digests = createDigests({ readModel: digestReadModel });
  const directory = createDirectoryService({
    ids: { group: groupId, member: memberId, membership: membershipId },
    defaults: {
      language: parts.language,
      timeZone: parts.timeZone,
      staffRooms: parts.staffRooms,
      sharedStaffRoom: parts.sharedStaffRoom ?? null,
      assignedStaffRooms: parts.assignedStaffRooms ?? new Map(),
    },
    onNewGroup: async (tx, group, at) => {
      if (group.purpose === "staff") return;
      if (parts.digests) await digests.scheduleDigests(tx, group, at);
      const asksOutside = secondOpinion !== undefined;
      const botName = botNames[0] ?? "Huiyin";
      if (parts.notice) await sayNotice(tx, group, at, { botName, asksOutside });
    },
  });
  const commands = createCommands({ surveys, complaints, digests, directory, botNames });
  return { directory, surveys, complaints, digests, commands };
}

/** The workers of the three queues; their callbacks feed the metrics. */
function createWorkers(
  parts: AppParts,
  rooms: AppRooms,
  adapters: ReadonlyMap<string, PlatformAdapter>,
) {
  const { store, clock, logger, random, metrics } = parts;
  const shared = { store, clock, logger, random, token: (): string => parts.ids.next() };
  return {
    inboxWorker: new InboxWorker({
      ...shared,
      handle: eventHandler(rooms),
      prefetch: prefetcher(rooms),
      onHandled: (count, oldest) => metrics?.handled(count, clock.now() - oldest),
    }),
    outboxWorker: new OutboxWorker({
      ...shared,
      adapters,
      ...(parts.draw === undefined ? {} : { draw: parts.draw }),
      onMaybeSent: tellMaybeSent,
      onSent: (row, sentAt) => metrics?.sent(row.kind, sentAt - row.notBefore),
    }),
    firingWorker: new FiringWorker({ ...shared, handle: firingHandler(rooms) }),
    opinionWorker: opinionWorker(parts),
  };
}

/** Asks another model where that is switched on. */
function opinionWorker(parts: AppParts): OpinionWorker | null {
  const { store, clock, logger, detector, timeZone, secondOpinion, ids } = parts;
  if (secondOpinion === undefined) return null;
  const { opinion, dailyBudget, onOutcome } = secondOpinion;
  return new OpinionWorker({
    store,
    clock,
    logger,
    detector,
    opinion,
    dailyBudget,
    timeZone,
    token: () => ids.next(),
    ...(onOutcome === undefined ? {} : { onOutcome }),
  });
}

/** The detector, with each of its verdicts counted. */
function counted(detector: Detector, metrics: Metrics): Detector {
  return {
    consider: (message, context, options) => {
      const verdict = detector.consider(message, context, options);
      metrics.judged(verdict.complaint);
      return verdict;
    },
    language: (text) => detector.language(text),
    threshold: (mode, language) => detector.threshold(mode, language),
  };
}

/** A digest may or may not have reached its group: staff look and decide, nobody is told twice. */
async function tellMaybeSent(tx: Transaction, row: OutboxMessage, at: number): Promise<void> {
  const group = row.groupId === null ? null : await tx.directory.groupById(row.groupId);
  if (group === null) return;
  const room = await tx.staff.roomOf(group);
  await tx.staff.tell(room, {
    key: `maybe-sent:${row.key}`,
    kind: "alert",
    group,
    at,
    message: { text: appTexts[room.language].maybeSent(group.name) },
  });
}
