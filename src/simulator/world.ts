import type { DeedLine } from "#src/app/transcript.js";
import type { Page } from "#src/console/contract/common.js";
import type { LiveEvent } from "#src/console/contract/live.js";
import type * as Contract from "#src/console/contract/simulator.js";
import type { SimulatorPort } from "#src/console/contract/simulator-port.js";
import { AppError } from "#src/shared/app-error.js";
import { editDeed, pressDeed, reactDeed, recallDeed, sayDeed } from "./deeds.js";
import { jumpTarget } from "./jump-target.js";
import type { Life } from "./life.js";
import { pulseOf } from "./pulse.js";
import { readTranscript } from "./read-transcript.js";
import { openSurvey } from "./survey-now.js";
import { lineIdOf } from "./timeline.js";
import { WorldEngine, type WorldOptions } from "./world-engine.js";

type PageRequest = { readonly before?: string; readonly limit: number };
type State = Contract.SimulatorState;

/** The pretend world as the edge reaches it, see {@link SimulatorPort}. */
export class World implements SimulatorPort {
  readonly engine: WorldEngine;

  constructor(options: WorldOptions) {
    this.engine = new WorldEngine(options);
  }

  /** The present life. Throws `conflict` before the first one. */
  get life(): Life {
    return this.engine.life;
  }

  state(): State {
    return this.engine.state();
  }

  lines(room: string, page: PageRequest): Page<Contract.SimulatedLine> {
    this.life.cast.room(room);
    return this.life.timeline.page(room, page);
  }

  insights(room: string, page: PageRequest): Page<Contract.Insight> {
    this.life.cast.room(room);
    return this.life.observer.page(room, page);
  }

  pulse(room: string): Promise<Contract.Pulse> {
    return pulseOf(this.life, room);
  }

  say(request: Contract.SayRequest): Promise<Contract.SimulatedLine> {
    return this.#visit((life) => sayDeed(life, request));
  }

  react(lineId: string, request: Contract.ReactRequest): Promise<Contract.SimulatedLine> {
    return this.#visit((life) => reactDeed(life, lineId, request), lineId);
  }

  recall(lineId: string, memberId: string): Promise<Contract.SimulatedLine> {
    return this.#visit((life) => recallDeed(life, lineId, memberId), lineId);
  }

  edit(
    lineId: string,
    request: { readonly memberId: string; readonly text: string },
  ): Promise<Contract.SimulatedLine> {
    return this.#visit((life) => editDeed(life, lineId, request), lineId);
  }

  press(lineId: string, request: Contract.PressRequest): Promise<Contract.SimulatedLine> {
    return this.#visit((life) => pressDeed(life, lineId, request), lineId);
  }

  async clock({ rate, jump }: Contract.ClockRequest): Promise<State> {
    if (rate !== undefined) this.engine.rate = rate;
    if (jump !== undefined) {
      this.engine.refuseInReplay("jump");
      await this.engine.turn(async (life) =>
        this.engine.advance(life, await jumpTarget(life, jump)),
      );
    }
    return this.engine.tellState();
  }

  async look(room: string, look: Contract.Look): Promise<State> {
    await this.engine.turn(async (life) => {
      const { id: group } = life.cast.room(room);
      await life.perform({ kind: "group", group, at: life.now + 1, look });
    });
    return this.engine.tellState();
  }

  async surveyNow(request: Contract.SurveyNowRequest): Promise<void> {
    await this.engine.turn((life) => openSurvey(life, request, true));
  }

  async scenario(id: string, change: "start" | "stop"): Promise<State> {
    this.engine.refuseInReplay("change");
    await this.engine.turn(async (life) => {
      if (change === "start") this.engine.scenarios.start(id, life.now);
      else this.engine.scenarios.stop(id);
    });
    return this.engine.tellState();
  }

  /**
   * Plays a transcript in an empty world, as `huiyin replay` does, so that numbers of cases and
   * surveys mean what they meant. Reset brings the pretend neighbourhood back.
   */
  async replay({ name, transcript, speed }: Contract.ReplayRequest): Promise<State> {
    const lines = readTranscript(transcript);
    await this.engine.replay({ name, lines, speed }, lines[0].at);
    return this.engine.tellState();
  }

  async stopReplay(): Promise<State> {
    await this.engine.endReplay();
    return this.engine.tellState();
  }

  async reset(): Promise<State> {
    await this.engine.startOver();
    return this.engine.tellState();
  }

  async tick(item: "console"): Promise<State> {
    this.engine.steps.check(item);
    return this.engine.state();
  }

  exportTranscript(): string {
    return this.life.transcript();
  }

  picture(id: string): Uint8Array | null {
    return this.life.timeline.picture(id);
  }

  watch(listener: (event: LiveEvent) => void): () => void {
    return this.engine.audience.watch(listener);
  }

  /** A visitor does something; resolves with the line as it is when everything has followed. */
  #visit(make: (life: Life) => DeedLine, target?: string): Promise<Contract.SimulatedLine> {
    return this.engine.turn(async (life) => {
      const deed = make(life);
      this.engine.steps.did(deed.member, deed.at);
      await life.perform(deed);
      const line = life.timeline.get(target ?? lineIdOf(deed.group, deed.id));
      if (line === undefined) throw new AppError("not-found", "The line is not kept any more.");
      return line;
    });
  }
}

/** Begins a {@link World}: it answers at once, while its three weeks are being played. */
export async function createWorld(options: WorldOptions): Promise<World> {
  const world = new World(options);
  await world.engine.startOver();
  return world;
}
