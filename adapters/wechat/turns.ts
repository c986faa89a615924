/** Work in order: what has the same lane waits for each other, the rest goes side by side. */
export class Turns {
  readonly #ends = new Map<string, Promise<void>>();

  /** Pieces of work that are not done yet, counted by lane. */
  get lanes(): number {
    return this.#ends.size;
  }

  /** Does the work after everything that has the same lane. Never rejects: the work must not. */
  run(lane: string, work: () => Promise<void>): Promise<void> {
    const before = this.#ends.get(lane) ?? Promise.resolve();
    const end = before.then(work).finally(() => {
      if (this.#ends.get(lane) === end) this.#ends.delete(lane);
    });
    this.#ends.set(lane, end);
    return end;
  }

  /** Resolves when nothing is left to do. */
  async settled(): Promise<void> {
    while (this.#ends.size > 0) await Promise.allSettled(this.#ends.values());
  }
}
