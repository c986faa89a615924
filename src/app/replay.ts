import { directRoom, type RoomLook } from "#adapters/simulated/simulated-chat.js";
import type { Group } from "#entities/index.js";
import type { ConsolePort } from "#src/console/contract/console-port.js";
import { instantOf, localDay } from "#src/scheduling/zoned-time.js";
import { MINUTE } from "#src/shared/clock.js";
import { settingsOf } from "#src/shared/group-settings.js";
import { createConsolePort } from "./console-port.js";
import type { Simulation } from "./simulation.js";
import type { ActLine, DeedLine, GroupLine, SurveyLine, TranscriptLine } from "./transcript.js";
import { refersToBot, TranscriptTeller, transcriptRunId } from "./transcript-payload.js";

/** What one replay did with the lines it was given. */
export interface ReplayCount {
  readonly messages: number;
  readonly accepted: number;
  readonly duplicates: number;
}

/** Longest stretch of the transcript's time in one commit: no timer of the product is shorter. */
const STRETCH_MS = MINUTE;
const LARGEST_BATCH = 400;

/** Plays a transcript through the pretend platform, with the transcript's own clock. */
export class Replay {
  readonly #simulation: Simulation;
  readonly #onLine: (line: TranscriptLine) => void;
  readonly #teller = new TranscriptTeller();
  readonly #looks = new Map<string, RoomLook>();
  readonly #joined = new Map<string, Set<string>>();
  #console: ConsolePort | undefined;
  #batch: DeedLine[] = [];
  #limit: number | null = null;
  #messages = 0;
  #accepted = 0;
  #started = false;

  /** `onLine` hears of each line at the moment in which it happens. */
  constructor(simulation: Simulation, onLine: (line: TranscriptLine) => void = () => undefined) {
    this.#simulation = simulation;
    this.#onLine = onLine;
  }

  get count(): ReplayCount {
    return {
      messages: this.#messages,
      accepted: this.#accepted,
      duplicates: this.#messages - this.#accepted,
    };
  }

  /** Takes the next line; lines are kept back for a moment so that many share one commit. */
  async line(line: TranscriptLine): Promise<void> {
    switch (line.kind) {
      case "survey":
        await this.flush();
        return this.#survey(line);
      case "group":
        await this.flush();
        return this.#group(line);
      case "act":
        await this.flush();
        return this.#act(line);
      case "time":
        await this.flush();
        return this.#time(line.at);
      default:
        return this.#deed(line);
    }
  }

  /** Hands in what was kept back. */
  async flush(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    const [first] = batch;
    const last = batch.at(-1);
    if (first === undefined || last === undefined) return;
    await this.#moveTo(first.at);
    this.#simulation.clock.set(last.at);
    await this.#tell(batch);
    await this.#worked();
  }

  /** Lets time go on to the daily digest that follows the last line in each group, or just to the last line. */
  async finish(options: { readonly digest: boolean }): Promise<void> {
    await this.flush();
    if (!this.#started) return;
    if (options.digest) {
      const until = await this.#lastDigest();
      if (until !== null) await this.#simulation.advanceTo(until);
    }
    await this.#simulation.settle();
  }

  async #deed(line: DeedLine): Promise<void> {
    const first = this.#batch[0];
    const full = this.#batch.length >= LARGEST_BATCH;
    const late = first !== undefined && (line.at - first.at > STRETCH_MS || line.at < first.at);
    const timer = this.#limit !== null && line.at >= this.#limit;
    if (full || late || refersToBot(line) || (timer && first !== undefined)) await this.flush();
    this.#batch.push(line);
    if (line.kind === "message") this.#messages += 1;
    this.#teller.heard(line);
  }

  /** Hands lines to the platform in their order; of what it takes, only messages are counted. */
  async #tell(batch: readonly DeedLine[]): Promise<void> {
    const { accepted } = this.#simulation.app;
    for (let from = 0; from < batch.length; ) {
      const counted = batch[from]?.kind === "message";
      const other = batch.findIndex(
        (line, at) => at > from && (line.kind === "message") !== counted,
      );
      const to = other < 0 ? batch.length : other;
      const before = accepted.count;
      await Promise.all(batch.slice(from, to).map((line) => this.#emit(line)));
      if (counted) this.#accepted += accepted.count - before;
      from = to;
    }
  }

  async #emit(line: DeedLine): Promise<void> {
    if (line.kind === "join") this.#join(line);
    this.#onLine(line);
    await this.#simulation.chat.emit(this.#teller.payload(line));
  }

  /** Done as on the page; a case that this transcript does not have is left out. */
  async #act(line: ActLine): Promise<void> {
    await this.#moveTo(line.at);
    this.#simulation.clock.set(line.at);
    const { app } = this.#simulation;
    const found = await app.store.read((tx) => tx.cases.first({ number: line.case }));
    if (found === null) return;
    this.#onLine(line);
    const { action, text, by: operatorId, language } = line;
    this.#console ??= createConsolePort({ app, language, troubles: async () => [] });
    const request = text === undefined ? { action } : { action, text };
    await this.#console.act(found.id, request, { operatorId, language });
    await this.#worked();
  }

  async #time(at: number): Promise<void> {
    await this.#moveTo(at);
    await this.#worked();
  }

  /** Lets everything follow from what was told, and learns when the next timer runs out. */
  async #worked(): Promise<void> {
    this.#limit = await this.#simulation.settle();
  }

  async #survey(line: SurveyLine): Promise<void> {
    await this.#moveTo(line.at);
    this.#simulation.clock.set(line.at);
    const { app } = this.#simulation;
    this.#onLine(line);
    this.#teller.opened(line);
    const key = `${line.group}/${line.id}`;
    await app.store.write(async (tx) => {
      const group = await app.rooms.directory.ensureGroup(tx, {
        place: { platform: "simulated", conversationId: line.group },
        at: line.at,
      });
      await app.rooms.surveys.openFromTranscript(tx, {
        group,
        runId: transcriptRunId(key),
        kind: line.question,
        opensAt: line.at,
        closesAt: line.closes,
      });
    });
    await this.#worked();
  }

  async #group(line: GroupLine): Promise<void> {
    await this.#moveTo(line.at);
    this.#simulation.clock.set(line.at);
    const { app, chat } = this.#simulation;
    this.#onLine(line);
    if (line.name !== undefined) chat.nameRoom(line.group, line.name);
    if (line.look !== undefined) this.#setLook(line.group, line.look);
    await app.store.write((tx) =>
      app.rooms.directory.ensureGroup(tx, {
        place: { platform: "simulated", conversationId: line.group },
        at: line.at,
        ...(line.name === undefined ? {} : { name: line.name }),
        ...(line.language === undefined ? {} : { language: line.language }),
        ...(line.timeZone === undefined ? {} : { timeZone: line.timeZone }),
        ...(line.purpose === undefined ? {} : { purpose: line.purpose }),
        ...(line.staffRoom === undefined
          ? {}
          : { staffRoom: { platform: "simulated", conversationId: line.staffRoom } }),
      }),
    );
    await this.#worked();
  }

  /** A member's chat with the bot alone is on the same platform as the room they are in. */
  #setLook(group: string, look: RoomLook): void {
    const { chat } = this.#simulation;
    this.#looks.set(group, look);
    chat.setLook(group, look);
    for (const member of this.#joined.get(group) ?? []) chat.setLook(directRoom(member), look);
  }

  #join({ group, member }: DeedLine): void {
    const joined = this.#joined.get(group) ?? new Set();
    this.#joined.set(group, joined.add(member));
    const look = this.#looks.get(group);
    if (look !== undefined) this.#simulation.chat.setLook(directRoom(member), look);
  }

  async #moveTo(instant: number): Promise<void> {
    this.#started = true;
    await this.#simulation.advanceTo(Math.max(instant, this.#simulation.clock.now()));
  }

  async #lastDigest(): Promise<number | null> {
    const now = this.#simulation.clock.now();
    const groups = await this.#simulation.app.store.read((tx) =>
      tx.directory.groups.find({ purpose: "customers" }),
    );
    const times = groups.map((group) => nextDigestAt(group, now));
    return times.length === 0 ? null : Math.max(...times);
  }
}

function nextDigestAt(group: Group, now: number): number {
  const at = settingsOf(group).dailyDigestAt;
  const today = instantOf(localDay(now, group.timeZone), at, group.timeZone);
  if (today >= now) return today;
  return instantOf(localDay(now + 24 * 60 * MINUTE, group.timeZone), at, group.timeZone);
}
