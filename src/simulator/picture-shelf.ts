import type { Picture } from "#src/shared/picture.js";

const MOST = 60;

/** The newest pictures that the bot posted, with their bytes. */
export class PictureShelf {
  readonly #pictures = new Map<string, Picture>();

  /** Keeps a picture; returns the id of the one that had to make room, or null. */
  put(id: string, picture: Picture): string | null {
    this.#pictures.set(id, picture);
    if (this.#pictures.size <= MOST) return null;
    const [oldest] = this.#pictures.keys();
    if (oldest !== undefined) this.#pictures.delete(oldest);
    return oldest ?? null;
  }

  bytes(id: string): Uint8Array | null {
    return this.#pictures.get(id)?.bytes ?? null;
  }
}
