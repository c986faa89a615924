import type { LiveEvent } from "#src/console/contract/live.js";

type Listener = (event: LiveEvent) => void;

/** Who hears what happens in the world. */
export class Audience {
  readonly #listeners = new Set<Listener>();
  #muted = false;

  /** True while too much happens to be told line by line. */
  get muted(): boolean {
    return this.#muted;
  }

  /** From now on lines and insights are told, or not; pages are asked to read again when they were not. */
  mute(muted: boolean): void {
    const wasMuted = this.#muted;
    this.#muted = muted;
    if (wasMuted && !muted) this.tell({ type: "reset" });
  }

  /** Calls back for everything that is told. Returns how to stop. */
  watch(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(event: LiveEvent): void {
    if (this.#muted && (event.type === "line" || event.type === "insight")) return;
    for (const listener of this.#listeners) listener(event);
  }
}
