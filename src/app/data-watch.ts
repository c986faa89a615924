import { statSync } from "node:fs";
import { AppError } from "#src/shared/app-error.js";

/** Which file a name stands for: another file under the same name is another identity. */
function identityOf(file: string): string | null {
  try {
    const { dev, ino } = statSync(file, { bigint: true });
    return `${String(dev)}:${String(ino)}`;
  } catch {
    return null;
  }
}

/**
 * Notices when the database file of a running service is moved, deleted or replaced. The service would
 * go on writing into a file that nobody finds again, and every insert would report success.
 */
export class DataWatch {
  readonly #files: readonly string[];
  readonly #known = new Map<string, string>();
  #lost: AppError | null = null;

  /** Watches a SQLite file that is open, and its log. */
  constructor(file: string) {
    this.#files = [file, `${file}-wal`];
    this.look();
  }

  /** Looks again; costs two system calls. Returns what is wrong, from then on for ever. */
  look(): AppError | null {
    if (this.#lost !== null) return this.#lost;
    for (const file of this.#files) {
      const identity = identityOf(file);
      const known = this.#known.get(file);
      if (known === undefined) {
        // The log is born with the first write.
        if (identity !== null) this.#known.set(file, identity);
      } else if (identity !== known) {
        this.#lost = new AppError(
          "store-unavailable",
          `The database file ${file} was moved, deleted or replaced while the service ran.`,
          {
            remedy:
              "Put the file back as it was and start again; to bring back a backup, stop the service and use huiyin restore.",
          },
        );
      }
    }
    return this.#lost;
  }

  /** Why nothing may be read or written any more; null when all is well. */
  refusal(): AppError | null {
    return this.#lost;
  }
}
