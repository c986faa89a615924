import { directRoom, type SimulatedPost } from "#adapters/simulated/simulated-chat.js";
import type { SimulatedPayload } from "#adapters/simulated/simulated-payload.js";
import { createSimulation, type Simulation, type SimulationOptions } from "#src/app/simulation.js";
import { createDetector } from "#src/complaints/detection/detector.js";
import type { Store } from "#src/store/store.js";

/** Tests begin on a Friday morning at ten, by the clock of Shanghai. */
export const MORNING = Date.parse("2026-11-20T10:00:00+08:00");
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

const detector = createDetector();
let sittings = 0;

type Role = "customer" | "staff" | "leader";

/** A chat that a test can read like a conversation: somebody says something, somebody should see something. */
export class ChatScript {
  readonly simulation: Simulation;
  #numbers = 0;
  /** Two scripts on one store are two sittings of the same chat: their events differ. */
  readonly #sitting = (sittings += 1);

  private constructor(simulation: Simulation) {
    this.simulation = simulation;
  }

  static async open(store: Store, options: Partial<SimulationOptions> = {}): Promise<ChatScript> {
    return new ChatScript(
      await createSimulation({ store, detector, startAt: MORNING, notice: false, ...options }),
    );
  }

  get posts(): readonly SimulatedPost[] {
    return this.simulation.chat.posts;
  }

  /** Says a line and lets the bot do all that is due now; returns the message's id. */
  async says(
    room: string,
    who: string,
    text: string,
    options: { role?: Role; quotes?: string; ofBot?: boolean } = {},
  ): Promise<string> {
    const id = this.#next("m");
    await this.#emit({
      type: "said",
      ...this.#base(room, who, options.role),
      messageId: id,
      text,
      ...(options.quotes === undefined
        ? {}
        : { quote: { messageId: options.quotes, ofBot: options.ofBot ?? false } }),
    });
    return id;
  }

  /** Says a line to the bot alone. */
  async tells(who: string, text: string): Promise<string> {
    return this.says(directRoom(who), who, text);
  }

  /** Presses the button whose label holds these words. */
  async presses(
    where: { readonly room: string; readonly who: string; readonly role?: Role },
    post: SimulatedPost,
    label: string,
  ): Promise<void> {
    const { room, who, role } = where;
    for (const row of post.choices) {
      const choice = row.choices.find((one) => one.label.includes(label));
      if (choice === undefined) continue;
      await this.#emit({
        type: "pressed",
        ...this.#base(room, who, role),
        action: row.action,
        value: choice.value,
        messageId: post.messageId,
        handle: this.#next("h"),
      });
      return;
    }
    throw new Error(`there is no button "${label}" on: ${post.text}`);
  }

  async commands(room: string, who: string, text: string, role: Role = "staff"): Promise<void> {
    await this.#emit({ type: "commanded", ...this.#base(room, who, role), text });
  }

  /** Changes the words of a line that was said. */
  async edits(room: string, who: string, messageId: string, text: string): Promise<void> {
    await this.#emit({ type: "changed", ...this.#base(room, who), messageId, text });
  }

  async recalls(room: string, who: string, messageId: string): Promise<void> {
    await this.#emit({ type: "took-back", ...this.#base(room, who), messageId });
  }

  async reacts(room: string, who: string, messageId: string, reaction: string): Promise<void> {
    await this.#emit({
      type: "reacted",
      ...this.#base(room, who),
      messageId,
      reaction,
      change: "added",
    });
  }

  async passes(ms: number): Promise<void> {
    await this.simulation.advanceTo(this.simulation.clock.now() + ms);
  }

  async until(clock: string): Promise<void> {
    const at = Date.parse(`${clock}+08:00`);
    await this.simulation.advanceTo(at);
  }

  /** What the bot said in a room, newest last; only what this person may see. */
  seen(room: string, viewer?: string): readonly SimulatedPost[] {
    return this.posts.filter(
      (post) => post.room === room && (post.onlyFor === null || post.onlyFor === viewer),
    );
  }

  /** The newest post in a room that matches. */
  post(room: string, pattern: RegExp, viewer?: string): SimulatedPost {
    const found = this.seen(room, viewer).findLast((post) => pattern.test(post.text));
    if (found === undefined) {
      const said = this.seen(room, viewer).map((post) => post.text);
      throw new Error(
        `nobody saw ${String(pattern)} in ${room}; it was said:\n${said.join("\n---\n")}`,
      );
    }
    return found;
  }

  /** Everything said in a room that matches, to whomever. */
  said(room: string, pattern: RegExp): readonly string[] {
    return this.posts
      .filter((post) => post.room === room && pattern.test(post.text))
      .map((post) => post.text);
  }

  #base(room: string, who: string, role?: Role) {
    return {
      id: this.#next("e"),
      at: this.simulation.clock.now(),
      room,
      person: { id: who, name: who, ...(role === undefined ? {} : { role }) },
    };
  }

  #next(kind: string): string {
    this.#numbers += 1;
    return `${kind}${String(this.#sitting)}-${String(this.#numbers)}`;
  }

  async #emit(payload: SimulatedPayload): Promise<void> {
    // Nobody types two lines in the same millisecond.
    this.simulation.clock.advance(1);
    await this.simulation.chat.emit(payload);
    await this.simulation.settle();
  }
}
