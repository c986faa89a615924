import { botMessageId } from "#adapters/simulated/simulated-chat.js";
import type { Group } from "#entities/index.js";
import { instantOf, localDay } from "#src/scheduling/zoned-time.js";
import { MINUTE } from "#src/shared/clock.js";
import { settingsOf } from "#src/shared/group-settings.js";
import { stableId } from "#src/shared/ids.js";
import type { Simulation } from "./simulation.js";
import type { GroupLine, MessageLine, SurveyLine, TranscriptLine } from "./transcript.js";

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
  readonly #speakers = new Map<string, string>();
  readonly #surveys = new Set<string>();
  #batch: MessageLine[] = [];
  #limit: number | null = null;
  #messages = 0;
  #accepted = 0;
  #started = false;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
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
      case "message":
        return this.#message(line);
      case "survey":
        await this.flush();
        return this.#survey(line);
      case "group":
        await this.flush();
        return this.#group(line);
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
    const before = this.#simulation.app.accepted.count;
    await Promise.all(batch.map((line) => this.#say(line)));
    this.#accepted += this.#simulation.app.accepted.count - before;
    await this.#simulation.settle();
    this.#limit = await this.#simulation.nextDue();
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

  async #message(line: MessageLine): Promise<void> {
    const first = this.#batch[0];
    const full = this.#batch.length >= LARGEST_BATCH;
    const late = first !== undefined && (line.at - first.at > STRETCH_MS || line.at < first.at);
    const timer = this.#limit !== null && line.at >= this.#limit;
    if (full || late || (timer && first !== undefined)) await this.flush();
    this.#batch.push(line);
    this.#messages += 1;
    this.#speakers.set(`${line.group}/${line.id}`, line.member);
  }

  async #say(line: MessageLine): Promise<void> {
    await this.#simulation.chat.emit({
      type: "said",
      id: `${line.group}/${line.id}`,
      at: line.at,
      room: line.group,
      person: { id: line.member, name: line.member, role: line.role },
      messageId: line.id,
      text: line.text,
      ...(line.repliesTo === undefined ? {} : { quote: this.#quote(line.group, line.repliesTo) }),
    });
  }

  #quote(group: string, id: string): { messageId: string; personId?: string; ofBot?: boolean } {
    const run = `${group}/${id}`;
    if (this.#surveys.has(run))
      return { messageId: botMessageId(`card:${transcriptRunId(run)}`), ofBot: true };
    const speaker = this.#speakers.get(run);
    return speaker === undefined ? { messageId: id } : { messageId: id, personId: speaker };
  }

  async #survey(line: SurveyLine): Promise<void> {
    await this.#moveTo(line.at);
    this.#simulation.clock.set(line.at);
    const { app } = this.#simulation;
    const key = `${line.group}/${line.id}`;
    this.#surveys.add(key);
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
    await this.#simulation.settle();
    this.#limit = await this.#simulation.nextDue();
  }

  async #group(line: GroupLine): Promise<void> {
    await this.#moveTo(line.at);
    this.#simulation.clock.set(line.at);
    const { app, chat } = this.#simulation;
    if (line.name !== undefined) chat.nameRoom(line.group, line.name);
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
    await this.#simulation.settle();
    this.#limit = await this.#simulation.nextDue();
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

/** Id of the run that a transcript's survey line opens: the same on every replay. */
export function transcriptRunId(line: string): string {
  return stableId("transcript-run", line);
}

function nextDigestAt(group: Group, now: number): number {
  const at = settingsOf(group).dailyDigestAt;
  const today = instantOf(localDay(now, group.timeZone), at, group.timeZone);
  if (today >= now) return today;
  return instantOf(localDay(now + 24 * 60 * MINUTE, group.timeZone), at, group.timeZone);
}
