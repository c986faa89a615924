import type { Group, OutboxMessage } from "#entities/index.js";
import type { Language, Role } from "#entities/vocabulary.js";
import { createCommands } from "#src/commands/commands.js";
import { createComplaints } from "#src/complaints/complaints.js";
import { createDetector } from "#src/complaints/detection/detector.js";
import { createDigests } from "#src/digests/digests.js";
import { createDirectoryService } from "#src/directory/directory-service.js";
import type { ActionEvent, CommandEvent, MessageEvent } from "#src/platform/inbound-event.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import { digestReadModel } from "#src/store/digest-read-model.js";
import { groupId, memberId, membershipId } from "#src/store/directory-store.js";
import type { Store } from "#src/store/store.js";
import type { Transaction } from "#src/store/transaction.js";
import { createSurveys } from "#src/surveys/surveys.js";
import { testStore } from "../../support/store.js";

export const PLATFORM = "simulated";
/** 20 November 2026, 12:00 in Shanghai. */
export const NOON = Date.UTC(2026, 10, 20, 4);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

const SHANGHAI = "Asia/Shanghai";
/** Word rules alone: what is judged a complaint here hangs on no training. */
const detector = createDetector({ models: { zh: null, en: null } });

/** What somebody says, and where. */
export interface Line {
  readonly by: string;
  /** A room, or "direct". */
  readonly in: string;
  readonly role?: Role;
  readonly at?: number;
}

/** What was answered. */
export interface Said {
  readonly key: string;
  readonly kind: string;
  readonly lane: string;
  readonly onlyFor: string | null;
  readonly replyHandle: string | null;
  readonly message: OutboundMessage;
}

/** The real rooms on a real store, spoken to with plain events. */
export class Shop {
  readonly store: Store;
  readonly complaints = createComplaints({ detector });
  readonly surveys = createSurveys({ botNames: ["小助手"] });
  readonly digests = createDigests({ readModel: digestReadModel });
  readonly directory = createDirectoryService({
    ids: { group: groupId, member: memberId, membership: membershipId },
    defaults: { language: "zh", timeZone: SHANGHAI, staffRooms: [] },
    onNewGroup: async () => undefined,
  });
  readonly commands = createCommands({
    surveys: this.surveys,
    complaints: this.complaints,
    digests: this.digests,
    directory: this.directory,
    botNames: ["小助手"],
  });
  #events = 0;

  constructor(store: Store) {
    this.store = store;
  }

  /** A group bound to a staff room. */
  async group(
    name: string,
    options: { readonly staff?: string; readonly language?: Language } = {},
  ): Promise<Group> {
    return this.store.write(async (tx) => {
      if (options.staff !== undefined) {
        await this.directory.ensureGroup(tx, {
          place: { platform: PLATFORM, conversationId: options.staff },
          at: NOON - HOUR,
          name: options.staff,
          purpose: "staff",
          language: options.language ?? "zh",
          timeZone: SHANGHAI,
        });
      }
      return this.directory.ensureGroup(tx, {
        place: { platform: PLATFORM, conversationId: name },
        at: NOON - HOUR,
        name,
        language: options.language ?? "zh",
        timeZone: SHANGHAI,
        ...(options.staff === undefined
          ? {}
          : { staffRoom: { platform: PLATFORM, conversationId: options.staff } }),
      });
    });
  }

  event(text: string, line: Line, eventId = `e${String((this.#events += 1))}`): MessageEvent {
    const direct = line.in === "direct";
    const conversation = {
      platform: PLATFORM,
      conversationId: direct ? `direct:${line.by}` : line.in,
    };
    return {
      kind: "message",
      eventId,
      at: line.at ?? NOON,
      conversation,
      author: {
        platform: PLATFORM,
        memberId: `id-${line.by}`,
        name: line.by,
        ...(line.role === undefined ? {} : { role: line.role }),
      },
      text,
      message: { conversation, messageId: `m-${eventId}` },
      mentionsBot: text.includes("@小助手"),
      isDirect: direct,
    };
  }

  /** Lets the directory and the commands hear an event; whether it was a command, and what was answered. */
  async hear(event: MessageEvent | CommandEvent | ActionEvent): Promise<{
    readonly handled: boolean;
    readonly said: Said | null;
  }> {
    return this.store.write(async (tx) => {
      const place = await this.directory.place(tx, event);
      if (place === null) return { handled: false, said: null };
      const handled = await this.commands.handle(tx, place, event);
      return { handled, said: await answerTo(tx, event.eventId) };
    });
  }

  async say(text: string, line: Line) {
    return this.hear(this.event(text, line));
  }

  /** The words of the answer; fails when there was none. */
  async ask(text: string, line: Line): Promise<string> {
    const { said } = await this.say(text, line);
    if (said === null) throw new Error(`no answer to: ${text}`);
    return said.message.text;
  }

  /** Makes somebody known where they are. */
  async meet(line: Line): Promise<void> {
    await this.store.write((tx) => this.directory.place(tx, this.event("你好", line)));
  }

  /** A message that the complaints room judges, as the app does it. */
  async complain(text: string, line: Line): Promise<void> {
    const event = this.event(text, line);
    await this.store.write(async (tx) => {
      const place = await this.directory.place(tx, event);
      if (place !== null) await this.complaints.considerMessage(tx, place, event, { vote: null });
    });
  }

  read<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.store.read(work);
  }
}

async function answerTo(tx: Transaction, eventId: string): Promise<Said | null> {
  const row = await tx.outbox.rows.first({ key: `reply:${eventId}` });
  return row === null ? null : saidOf(row);
}

export function saidOf(row: OutboxMessage): Said {
  const { key, kind, lane, onlyFor, replyHandle } = row;
  const message = JSON.parse(row.message ?? "{}") as OutboundMessage;
  return { key, kind, lane, onlyFor, replyHandle, message };
}

/** A shop with one Chinese group and its staff room, and a few people in both. */
export async function openShop(): Promise<Shop> {
  const shop = new Shop(await testStore());
  await shop.group("阳光里3群", { staff: "店员群" });
  await shop.meet({ by: "阿珍", in: "阳光里3群" });
  await shop.meet({ by: "团长林姐", in: "阳光里3群", role: "leader" });
  await shop.meet({ by: "小陈", in: "店员群" });
  await shop.meet({ by: "阿杰", in: "店员群" });
  return shop;
}

/** The same in English. */
export async function openEnglishShop(): Promise<Shop> {
  const shop = new Shop(await testStore());
  await shop.group("Riverside", { staff: "staff-en", language: "en" });
  await shop.meet({ by: "Ann", in: "Riverside" });
  await shop.meet({ by: "Tom", in: "staff-en" });
  return shop;
}

/** Lines of somebody in the staff room. */
export const CHEN: Line = { by: "小陈", in: "店员群" };
export const TOM: Line = { by: "Tom", in: "staff-en" };
/** A customer in the group and alone with the bot. */
export const ZHEN: Line = { by: "阿珍", in: "阳光里3群" };
export const ZHEN_ALONE: Line = { by: "阿珍", in: "direct" };
export const ANN: Line = { by: "Ann", in: "Riverside" };
export const ANN_ALONE: Line = { by: "Ann", in: "direct" };
