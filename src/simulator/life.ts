import { RelayAdapter } from "#adapters/relay/relay-adapter.js";
import { storedTray } from "#src/app/relay-tray.js";
import { Replay } from "#src/app/replay.js";
import { createSimulation, type Simulation, type SimulationOptions } from "#src/app/simulation.js";
import type { ActLine, TranscriptLine } from "#src/app/transcript.js";
import type { LiveEvent } from "#src/console/contract/live.js";
import type { Store } from "#src/store/store.js";
import { Cast } from "./cast.js";
import { ballotLine, errandLine } from "./cues.js";
import { Observer, type VerdictInsight, type VoteInsight } from "./observer.js";
import type { People } from "./story.js";
import type { StoryLine } from "./story-lines.js";
import { lineIdOf, Timeline } from "./timeline.js";

/** A fresh store of one life, and how to be done with it. */
export interface LifeStore {
  readonly store: Store;
  close(): Promise<void>;
}

export interface LifeOptions {
  readonly data: LifeStore;
  readonly detector: SimulationOptions["detector"];
  readonly people: People;
  /** Where the world's clock stands at first, epoch ms. */
  readonly startAt: number;
  /** Where alerts of groups go that name no staff room. */
  readonly staffRoom: string;
  readonly draw: NonNullable<SimulationOptions["draw"]>;
  readonly onEvent: (event: LiveEvent) => void;
  readonly onPost: (kind: string, room: string) => void;
}

/** The world from one beginning to the next: a store, a simulation on it, and all that can be seen of it. */
export class Life {
  readonly simulation: Simulation;
  readonly cast: Cast;
  readonly timeline: Timeline;
  readonly observer: Observer;
  /** What happened so far, as a transcript: a line of JSON each. */
  readonly journal: string[] = [];
  readonly #data: LifeStore;
  readonly #replay: Replay;
  readonly #stopWatching: () => void;
  #dirty = true;

  private constructor(simulation: Simulation, options: LifeOptions, seen: Seen) {
    this.simulation = simulation;
    this.#data = options.data;
    this.cast = seen.cast;
    this.timeline = seen.timeline;
    this.observer = seen.observer;
    this.#replay = new Replay(simulation, (line) => {
      this.journal.push(JSON.stringify(line));
      this.timeline.happened(line);
      if ("member" in line) this.observer.acted(line);
    });
    const unwake = simulation.app.store.onWake(() => {
      this.#dirty = true;
    });
    const unwatch = simulation.chat.watch((post, change) => {
      this.timeline.posted(post, change, simulation.clock.now());
      this.observer.spoke(post.key, post.text);
      if (change === "posted") options.onPost(post.kind, post.room);
    });
    this.#stopWatching = () => {
      unwake();
      unwatch();
    };
  }

  static async open(options: LifeOptions): Promise<Life> {
    const cast = new Cast(options.people);
    const timeline = new Timeline(cast, (line) => options.onEvent({ type: "line", line }));
    const observer = new Observer((insight) => options.onEvent({ type: "insight", insight }));
    const now = { of: (): number => options.startAt };
    const simulation = await createSimulation({
      store: options.data.store,
      detector: options.detector,
      startAt: options.startAt,
      staffRoom: options.staffRoom,
      notice: false,
      draw: options.draw,
      onVerdict: (judged, verdict) => observer.judged(judged, verdict),
      others: [new RelayAdapter({ tray: storedTray(options.data.store, () => now.of()) })],
    });
    now.of = () => simulation.clock.now();
    return new Life(simulation, options, { cast, timeline, observer });
  }

  get now(): number {
    return this.simulation.clock.now();
  }

  /** Hands lines on as a transcript is played: several may share a commit. */
  async play(line: StoryLine): Promise<void> {
    const known = await this.#knownLine(line);
    if (known === null) return;
    // Nobody can react where there are no reactions.
    if (known.kind === "reaction" && !this.hasButtons(known.group)) return;
    await this.#replay.line(known);
  }

  /** Lets everything that was handed on happen, and what follows from it. */
  async flush(): Promise<void> {
    await this.#replay.flush();
  }

  /** Does one thing and lets follow what follows. */
  async perform(line: StoryLine): Promise<void> {
    await this.play(line);
    await this.flush();
  }

  async advanceTo(instant: number): Promise<void> {
    await this.flush();
    await this.simulation.advanceTo(Math.max(instant, this.now));
  }

  /** Works off what is due, for changes that came from elsewhere (the pages of the console). */
  async settle(): Promise<void> {
    await this.simulation.settle();
  }

  /** What the bot made of everything since the last look. */
  async look(): Promise<readonly (VerdictInsight | VoteInsight)[]> {
    if (!this.#dirty) return [];
    this.#dirty = false;
    return this.observer.look(this.simulation);
  }

  /** Something was done on a page of the console, and is part of what happened. */
  note(line: ActLine): void {
    this.journal.push(JSON.stringify(line));
  }

  /** The journal with the time at its end, as `huiyin replay` reads it. */
  transcript(): string {
    const time: TranscriptLine = { kind: "time", at: this.now };
    return [...this.journal, JSON.stringify(time), ""].join("\n");
  }

  /** A member's id for the next deed, free in this life. */
  nextId(prefix: string, room: string): string {
    let number = this.journal.length;
    while (this.timeline.get(lineIdOf(room, `${prefix}${String(number)}`)) !== undefined) {
      number += 1;
    }
    return `${prefix}${String(number)}`;
  }

  /** True where the room has buttons, reactions, edits and commands of the platform. */
  hasButtons(room: string): boolean {
    const look = this.simulation.chat.lookOf(room) ?? this.cast.findRoom(room)?.look;
    return look !== "wechat";
  }

  async close(): Promise<void> {
    this.#stopWatching();
    await this.simulation.stop();
    await this.#data.close();
  }

  /** What a cue of a story comes to at its moment. */
  async #knownLine(line: StoryLine): Promise<TranscriptLine | null> {
    if (line.kind !== "ballot" && line.kind !== "errand") return line;
    await this.advanceTo(line.at);
    return line.kind === "ballot" ? ballotLine(this, line) : errandLine(this, line);
  }
}

interface Seen {
  readonly cast: Cast;
  readonly timeline: Timeline;
  readonly observer: Observer;
}
