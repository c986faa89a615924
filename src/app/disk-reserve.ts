import { closeSync, fsyncSync, openSync, rmSync, statfsSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { AppError, isAppError } from "#src/shared/app-error.js";

const FILE = "reserve.bin";
const RESERVE_BYTES = 16 * 1_048_576;
/** Taken back only when this much is free beside it: the write-ahead log needs room too. */
const ROOM_BYTES = 8 * 1_048_576;
const PIECE = Buffer.alloc(1_048_576, 1);

/**
 * Room on the disk that is kept back for what must work on a full one: on SQLite even deleting needs
 * space, so without it a member could not be erased. While the reserve is spent nothing new is accepted.
 */
export class DiskReserve {
  readonly #folder: string;
  /** Whether there was a reserve to lose: a disk too small for one from the start stops nothing. */
  #had = false;
  #held = false;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Takes the reserve, or takes it back, where there is room; returns whether it is held. */
  hold(): boolean {
    if (this.#held) return true;
    this.#held = this.#isThere() || (this.#hasRoom() && this.#write());
    this.#had ||= this.#held;
    return this.#held;
  }

  /** Why nothing new may be accepted now; null when it may. */
  refusal(): AppError | null {
    if (this.#held || !this.#had) return null;
    return new AppError(
      "store-full",
      "The disk that holds the data is full. Free some space; nothing that was accepted is lost.",
    );
  }

  /** Does what must work on a full disk; gives the reserve up for it when there is no other room. */
  async spend<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (!isAppError(error, "store-full") || !this.#isThere()) throw error;
    }
    this.#had = true;
    this.#held = false;
    rmSync(this.#path(), { force: true });
    return work();
  }

  #path(): string {
    return join(this.#folder, FILE);
  }

  #isThere(): boolean {
    try {
      return statSync(this.#path()).size === RESERVE_BYTES;
    } catch {
      return false;
    }
  }

  #hasRoom(): boolean {
    const { bavail, bsize } = statfsSync(this.#folder);
    return bavail * bsize >= RESERVE_BYTES + ROOM_BYTES;
  }

  /** Writes real bytes: a file that only claims its size reserves nothing. */
  #write(): boolean {
    try {
      const file = openSync(this.#path(), "w", 0o600);
      try {
        for (let done = 0; done < RESERVE_BYTES; done += PIECE.length) writeSync(file, PIECE);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      return true;
    } catch {
      rmSync(this.#path(), { force: true });
      return false;
    }
  }
}
