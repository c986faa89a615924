import type { SimulationOptions } from "#src/app/simulation.js";
import type { SimulatorState } from "#src/console/contract/simulator.js";
import { drawPicture } from "#src/pictures/render-digest-card.js";
import { AppError } from "#src/shared/app-error.js";
import { type Clock, SECOND } from "#src/shared/clock.js";
import { type Logger, silentLogger } from "#src/shared/logger.js";
import { Audience } from "./audience.js";
import { advance } from "./course.js";
import { FirstSteps } from "./first-steps.js";
import { Life, type LifeOptions, type LifeStore } from "./life.js";
import { ScenarioPlayer } from "./scenario-player.js";
import { loadStories, type Stories } from "./story.js";
import { historyOf, type StoryLine, worldStart } from "./story-lines.js";
import { type RunOrder, TranscriptRun } from "./transcript-run.js";
import { Turns } from "./turns.js";

export interface WorldOptions {
  /** An empty store for each beginning; the one before is closed by then. */
  readonly freshStore: () => Promise<LifeStore>;
  readonly detector: SimulationOptions["detector"];
  /** The machine's clock, which drives the world's. */
  readonly realClock: Clock;
  readonly stories?: Stories;
  readonly logger?: Logger;
}

type State = SimulatorState;

const BEAT_MS = 250;
/** A machine that slept, or was busy, does not throw the world into another day. */
const LONGEST_STEP_MS = 5 * SECOND;
const TELL_STATE_MS = 5 * SECOND;
const TELL_PROGRESS_MS = 250;
const LOOK_EVERY = 100;
const FIRST_SCENARIO = "ordinary-day";
const STAFF_OF_REPLAYS = "staff";

/**
 * What keeps the pretend world going: one thing at a time, on a clock of its own that real
 * time drives. What a visitor does, what scenarios bring, jumps and replays all take their turn.
 */
export class WorldEngine {
  readonly #options: WorldOptions;
  readonly #stories: Stories;
  readonly #real: Clock;
  readonly #logger: Logger;
  readonly #turns = new Turns();
  /** Who hears of everything. */
  readonly audience = new Audience();
  readonly #followers = new Set<(life: Life) => void>();
  readonly #ended = new AbortController();
  #life: Life | undefined;
  #ready: Promise<void> = Promise.resolve();
  #running: Promise<void> = Promise.resolve();
  #scenarios: ScenarioPlayer;
  /** Seconds of the world per second. */
  rate: State["rate"] = 1;
  /** What visitors have tried since the last beginning. */
  steps = new FirstSteps(() => this.tellState());
  #seeding: State["seeding"] = null;
  #replay: TranscriptRun | null = null;
  #beatAt: number | undefined;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.#real = options.realClock;
    this.#logger = options.logger ?? silentLogger;
    this.#stories = options.stories ?? loadStories();
    this.#scenarios = new ScenarioPlayer(this.#stories.scenarios);
  }

  /** The present life. Throws `conflict` before the first one. */
  get life(): Life {
    if (this.#life !== undefined) return this.#life;
    throw new AppError("conflict", "The pretend world has not begun.");
  }

  /** Resolves when the three weeks of the present beginning are played; rejects when they cannot be. */
  ready(): Promise<void> {
    return this.#ready;
  }

  state(): State {
    const { cast, now } = this.life;
    return {
      now,
      rate: this.rate,
      rooms: [...cast.rooms],
      members: [...cast.members],
      scenarios: [...this.#scenarios.state],
      replay: this.#replayState(),
      seeding: this.#seeding,
      checklist: this.steps.list,
    };
  }

  get scenarios(): ScenarioPlayer {
    return this.#scenarios;
  }

  /** Calls back with each life that begins from now on. */
  onLife(follow: (life: Life) => void): void {
    this.#followers.add(follow);
  }

  /** Begins to follow real time. */
  start(): void {
    const { signal } = this.#ended;
    const run = async (): Promise<void> => {
      while (!signal.aborted) {
        await this.#real.sleep(BEAT_MS, signal);
        if (signal.aborted) return;
        await this.beat().catch((error: unknown) => {
          this.#logger.error({ err: error }, "a beat of the pretend world failed");
        });
      }
    };
    void run();
  }

  /** Takes over the real time since the last beat. */
  async beat(): Promise<void> {
    await this.turn(async (life) => {
      const now = this.#real.monotonic();
      const elapsed = Math.min(now - (this.#beatAt ?? now), LONGEST_STEP_MS);
      this.#beatAt = now;
      if (this.rate === 0 || this.#replayState() !== null) await life.settle();
      else await this.advance(life, life.now + Math.round(elapsed * this.rate));
    });
    if (this.#real.monotonic() - this.#toldAt >= TELL_STATE_MS) this.tellState();
  }

  /** Ends the world; what is in hand is finished first. */
  async stop(): Promise<void> {
    this.#replay?.cancel();
    this.#ended.abort();
    await this.#running;
    await this.#turns.take(async () => this.#life?.close());
  }

  /** Does one thing when its turn has come, and looks at what the bot makes of it. */
  turn<Result>(work: (life: Life) => Promise<Result>): Promise<Result> {
    return this.#turns.take(async () => {
      const { life } = this;
      try {
        return await work(life);
      } finally {
        for (const insight of await life.look()) this.steps.seen(insight);
      }
    });
  }

  /** Moves the world's clock on to an instant, within a turn. */
  advance(life: Life, target: number): Promise<void> {
    const { people } = this.#stories;
    const course = { scenarios: this.#scenarios, people, logger: this.#logger };
    return advance(life, course, target);
  }

  /** Ends the present life and begins another in the same turn. */
  #renew(
    begin: Pick<LifeOptions, "startAt" | "staffRoom">,
    then: (life: Life) => Promise<void>,
  ): Promise<void> {
    return this.#turns.take(async () => {
      await this.#life?.close();
      const life = await Life.open({
        ...begin,
        data: await this.#options.freshStore(),
        detector: this.#options.detector,
        people: this.#stories.people,
        draw: (order) => this.#draw(order),
        onEvent: (event) => this.audience.tell(event),
        onPost: (kind) => {
          if (kind === "digest" && !this.audience.muted) this.steps.check("digest");
        },
      });
      this.#life = life;
      this.#scenarios = new ScenarioPlayer(this.#stories.scenarios);
      this.steps = new FirstSteps(() => this.tellState());
      for (const follow of this.#followers) follow(life);
      this.audience.tell({ type: "reset" });
      await then(life);
    });
  }

  async #seed(life: Life, lines: readonly StoryLine[], startAt: number): Promise<void> {
    for (const [index, line] of lines.entries()) {
      if (this.#ended.signal.aborted) return;
      await life.play(line);
      this.#seeding = { done: index + 1, total: lines.length };
      if (index % LOOK_EVERY === 0) {
        await life.flush();
        await life.look();
      }
      this.#tellProgress();
    }
    await life.advanceTo(startAt);
    await life.look();
    this.#beatAt = undefined;
    this.#scenarios.start(FIRST_SCENARIO, life.now);
  }

  #replayState(): State["replay"] {
    return this.#replay?.state ?? null;
  }

  /** Ends what is being replayed after the line in hand. */
  async endReplay(): Promise<void> {
    this.#replay?.cancel();
    await this.#running;
  }

  /** Plays a transcript in an empty world of its own. */
  async replay(order: RunOrder, startAt: number): Promise<void> {
    await this.endReplay();
    await this.#renew({ startAt, staffRoom: STAFF_OF_REPLAYS }, async () => {
      this.#replay = new TranscriptRun(order);
      this.audience.mute(order.speed === 0);
    });
    this.#running = this.#playOn();
  }

  /** Starts over. Resolves as soon as the new world is there; its three weeks are still being played then. */
  async startOver(): Promise<void> {
    await this.endReplay();
    const { people, history } = this.#stories;
    const { today, startAt } = worldStart(people, this.#real.now());
    const lines = historyOf(people, history, today);
    const staffRoom = people.rooms.find((room) => room.purpose === "staff")?.id;
    const begin = { startAt: lines[0]?.at ?? startAt, staffRoom: staffRoom ?? STAFF_OF_REPLAYS };
    await new Promise<void>((resolve, reject) => {
      this.#ready = this.#renew(begin, async (life) => {
        this.#seeding = { done: 0, total: lines.length };
        this.audience.mute(true);
        resolve();
        await this.#seed(life, lines, startAt).finally(() => {
          this.#seeding = null;
          this.audience.mute(false);
          this.tellState();
        });
      });
      this.#ready.catch(reject);
    });
  }

  async #playOn(): Promise<void> {
    try {
      await this.#replay?.play({
        real: this.#real,
        ended: this.#ended.signal,
        turn: (work) => this.turn(work),
        changed: () => this.#tellProgress(),
      });
    } catch (error) {
      this.#logger.error({ err: error }, "a replay ended early");
    }
    this.#beatAt = undefined;
    this.audience.mute(false);
    this.tellState();
  }

  /** Throws `conflict` while a transcript's own clock rules. */
  refuseInReplay(field: string): void {
    if (this.#replayState() === null) return;
    throw new AppError("conflict", "A replay is being played, with the transcript's own clock.", {
      field,
      remedy: "Stop the replay first, or wait for its end.",
    });
  }

  /** What nobody sees arrive goes as text: three weeks of pictures would take longer than the weeks. */
  #draw(order: Parameters<LifeOptions["draw"]>[0]): ReturnType<LifeOptions["draw"]> {
    if (!this.audience.muted) return drawPicture(order);
    return Promise.reject(new AppError("not-supported", "Pictures of the past are not drawn."));
  }

  /** Tells everybody how things stand. */
  tellState(): State {
    const state = this.state();
    this.#toldAt = this.#real.monotonic();
    this.audience.tell({ type: "simulator", state });
    return state;
  }

  #tellProgress(): void {
    if (this.#real.monotonic() - this.#toldAt >= TELL_PROGRESS_MS) this.tellState();
  }
}
