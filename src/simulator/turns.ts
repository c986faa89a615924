/** One thing at a time: each piece of work begins when the one before it has ended, also badly. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Resolves or rejects with what the work does when its turn has come. */
  take<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work, work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when everything that was handed in so far has ended. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
