import { type DayFile, ExportArchive, type ExportedUser } from "#adapters/slack/export-archive.js";
import { eventEnvelope } from "#adapters/slack/inbound-payload.js";
import { SILENT_CAPABILITIES, SilentAdapter } from "#adapters/slack/silent-adapter.js";
import { conversationIdOf, SLACK } from "#adapters/slack/slack-ids.js";
import { type Listening, readPayload, translateEvent } from "#adapters/slack/translate-event.js";
import { createDetector } from "#src/complaints/detection/detector.js";
import type { InboundEvent } from "#src/platform/inbound-event.js";
import { isAppError } from "#src/shared/app-error.js";
import { type ManualClock, MINUTE, manualClock } from "#src/shared/clock.js";
import { randomIds } from "#src/shared/ids.js";
import { silentLogger } from "#src/shared/logger.js";
import type { Store } from "#src/store/store.js";
import type { Config } from "./config.js";
import { type App, createApp } from "./create-app.js";
import { CONTEXT_MS } from "./service.js";

/** How far an import has come. */
export interface ImportProgress {
  readonly day: string;
  readonly messages: number;
}

/** What an import did. */
export interface ImportCount {
  readonly channels: number;
  readonly files: number;
  readonly messages: number;
  readonly duplicates: number;
  /** Files and lines that could not be read, each with its name. */
  readonly broken: readonly string[];
}

export interface ImportParts {
  readonly store: Store;
  readonly config: Pick<Config, "botNames" | "language" | "timeZone" | "staffRooms">;
  readonly onProgress: (progress: ImportProgress) => void;
}

const STRETCH_MS = 10 * MINUTE;
const MOST_TOGETHER = 400;
const SWEEP_MS = 10 * MINUTE;

/**
 * Reads an export of Slack as if the bot had been there: each message at its own time, through the
 * inbox, with digests on their days. Nothing is said to anybody. Reading it again changes nothing.
 * Throws `invalid-input` when the archive as a whole cannot be read.
 */
export async function importSlackExport(path: string, parts: ImportParts): Promise<ImportCount> {
  const archive = await ExportArchive.open(path);
  try {
    return await new SlackImport(archive, parts).run();
  } finally {
    archive.close();
  }
}

class SlackImport {
  readonly #archive: ExportArchive;
  readonly #parts: ImportParts;
  readonly #broken: string[];
  readonly #clock: ManualClock = manualClock(0);
  readonly #app: App;
  #messages = 0;
  #swept = 0;

  constructor(archive: ExportArchive, parts: ImportParts) {
    this.#archive = archive;
    this.#parts = parts;
    this.#broken = [...archive.refused];
    const { store, config } = parts;
    this.#app = createApp({
      store,
      clock: this.#clock,
      ids: randomIds,
      random: () => 0.5,
      logger: silentLogger,
      detector: createDetector(),
      adapters: [new SilentAdapter(SLACK, SILENT_CAPABILITIES)],
      ...config,
      digests: true,
      // Nobody is greeted for what was said months ago.
      notice: false,
    });
  }

  async run(): Promise<ImportCount> {
    const users = await this.#archive.users();
    const channels = await this.#archive.channels();
    const listening = await this.#listening(users);
    const ids = new Map(channels.map(({ id, name }) => [name, id]));
    const days = this.#archive.days();
    for (const [day, files] of byDay(days)) {
      await this.#day(files, ids, listening);
      this.#parts.onProgress({ day, messages: this.#messages });
    }
    const seen = new Set(days.flatMap(({ folder }) => ids.get(folder) ?? []));
    await this.#name(
      channels.filter(({ id }) => seen.has(id)),
      listening,
    );
    const accepted = this.#app.accepted.count;
    return {
      channels: seen.size,
      files: days.length,
      messages: this.#messages,
      duplicates: Math.max(0, this.#messages - accepted),
      broken: this.#broken,
    };
  }

  async #listening(users: readonly ExportedUser[]): Promise<Listening> {
    const team = users.find(({ team_id: id }) => id !== null && id !== undefined)?.team_id ?? "T0";
    const known = await this.#parts.store.read((tx) =>
      tx.installations.first({ platform: SLACK, workspace: team }),
    );
    const people = new Map(users.map((user) => [user.id, personOf(user)]));
    return {
      team,
      botUserId: known?.botUserId ?? "",
      botId: known?.botId ?? "",
      botName: this.#parts.config.botNames[0] ?? "Huiyin",
      person: (user) => people.get(user) ?? { name: "" },
    };
  }

  async #day(
    files: readonly DayFile[],
    ids: ReadonlyMap<string, string>,
    listening: Listening,
  ): Promise<void> {
    const events: InboundEvent[] = [];
    for (const file of files) {
      const channel = ids.get(file.folder);
      if (channel === undefined) this.#broken.push(`${file.name}: its channel is in no list`);
      else events.push(...(await this.#events(file, channel, listening)));
    }
    events.sort((a, b) => a.at - b.at);
    await this.#play(events);
  }

  async #events(
    file: DayFile,
    channel: string,
    listening: Listening,
  ): Promise<readonly InboundEvent[]> {
    const events: InboundEvent[] = [];
    try {
      for (const [index, message] of (await this.#archive.messages(file)).entries())
        events.push(...this.#event(message, { file, index, channel, listening }));
    } catch (error) {
      this.#broken.push(isAppError(error) ? error.message : `${file.name} cannot be read.`);
    }
    return events;
  }

  #event(
    message: unknown,
    at: {
      readonly file: DayFile;
      readonly index: number;
      readonly channel: string;
      readonly listening: Listening;
    },
  ): readonly InboundEvent[] {
    const { file, index, channel, listening } = at;
    if (typeof message !== "object" || message === null) return [];
    const ts = "ts" in message && typeof message.ts === "string" ? message.ts : "";
    try {
      const envelope = readPayload(eventEnvelope, {
        type: "event_callback",
        team_id: listening.team,
        event_id: `export:${conversationIdOf(listening.team, channel)}/${ts}`,
        event: { ...message, channel, channel_type: "channel" },
      });
      const heard = translateEvent(envelope, listening);
      return heard.kind === "event" ? [heard.event] : [];
    } catch {
      this.#broken.push(`${file.name}: message ${String(index + 1)} cannot be read.`);
      return [];
    }
  }

  /** Hands in the events of a stretch together and lets everything happen that falls due on the way. */
  async #play(events: readonly InboundEvent[]): Promise<void> {
    let from = 0;
    while (from < events.length) {
      const first = events[from];
      if (first === undefined) return;
      let to = from + 1;
      while (to < events.length && to - from < MOST_TOGETHER) {
        const next = events[to];
        if (next === undefined || next.at - first.at > STRETCH_MS) break;
        to += 1;
      }
      const stretch = events.slice(from, to);
      await this.#advanceTo(first.at);
      this.#clock.set(stretch.at(-1)?.at ?? first.at);
      await Promise.all(stretch.map((event) => this.#app.inbox.accept(event)));
      await this.#settle();
      this.#messages += stretch.length;
      from = to;
    }
  }

  async #name(
    channels: readonly { readonly id: string; readonly name: string }[],
    { team }: Listening,
  ): Promise<void> {
    const at = this.#clock.now();
    await this.#parts.store.write(async (tx) => {
      for (const { id, name } of channels) {
        const place = { platform: SLACK, conversationId: conversationIdOf(team, id) };
        if ((await tx.directory.group(place)) !== null)
          await this.#app.rooms.directory.ensureGroup(tx, { place, at, name });
      }
    });
  }

  async #settle(): Promise<void> {
    const { inbox, inboxWorker, firingWorker, outboxWorker } = this.#app;
    await inbox.settled();
    for (;;) {
      const heard = await inboxWorker.step();
      const fired = await firingWorker.step();
      const said = await outboxWorker.step();
      if (heard.handled + fired.handled + said.handled === 0) return;
    }
  }

  async #advanceTo(instant: number): Promise<void> {
    if (this.#clock.now() === 0) this.#clock.set(instant);
    for (;;) {
      await this.#settle();
      const next = await this.#nextDue();
      if (next === null || next > instant) break;
      this.#clock.set(Math.max(next, this.#clock.now()));
      await this.#app.scheduler.tick(this.#clock.now());
    }
    this.#clock.set(instant);
    if (instant - this.#swept < SWEEP_MS) return;
    this.#swept = instant;
    await this.#parts.store.write((tx) => tx.messages.sweepTexts(instant - CONTEXT_MS));
  }

  async #nextDue(): Promise<number | null> {
    const times = await this.#parts.store.read(async (tx) => [
      await tx.schedules.nextDue(),
      await tx.lanes.nextDue("outbox"),
      await tx.lanes.nextDue("firing"),
      await tx.lanes.nextDue("inbox"),
    ]);
    const known = times.filter((time) => time !== null);
    return known.length === 0 ? null : Math.min(...known);
  }
}

function byDay(days: readonly DayFile[]): ReadonlyMap<string, readonly DayFile[]> {
  const groups = new Map<string, DayFile[]>();
  for (const file of days) groups.set(file.day, [...(groups.get(file.day) ?? []), file]);
  return groups;
}

function personOf(user: ExportedUser): ReturnType<Listening["person"]> {
  const display = user.profile?.display_name ?? "";
  const name = display === "" ? (user.real_name ?? user.name ?? "") : display;
  const admin = user.is_admin === true || user.is_owner === true;
  return admin ? { name, role: "staff" } : { name };
}
