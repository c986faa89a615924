import { promisify } from "node:util";
import { type Entry, open as openZip, type ZipFile } from "yauzl";
import { z } from "zod";
import { AppError } from "#src/shared/app-error.js";

/** More files than any workspace has days and channels. */
const MOST_ENTRIES = 200_000;
/** One file unpacked; a busy channel's day stays far below. */
const LARGEST_FILE = 20 * 1_048_576;
/** A file that unpacks to more than this times its size is a bomb. */
const GREATEST_RATIO = 200;
const SMALL_ENOUGH = 1_048_576;
const DAY_FILE = /^([^/]{1,255})\/(\d{4}-\d{2}-\d{2})\.json$/;

const user = z.looseObject({
  id: z.string().min(1).max(40),
  team_id: z.string().nullish(),
  name: z.string().nullish(),
  real_name: z.string().nullish(),
  is_admin: z.boolean().nullish(),
  is_owner: z.boolean().nullish(),
  profile: z.looseObject({ display_name: z.string().nullish() }).nullish(),
});
const channel = z.looseObject({ id: z.string().min(1).max(40), name: z.string().min(1).max(255) });

/** Somebody in an export. */
export type ExportedUser = z.infer<typeof user>;
/** A channel in an export. */
export type ExportedChannel = z.infer<typeof channel>;

/** One day of one channel. */
export interface DayFile {
  readonly name: string;
  readonly folder: string;
  /** Local day as Slack names it, `YYYY-MM-DD`. */
  readonly day: string;
}

const openPath = promisify<string, object, ZipFile>(openZip);

/**
 * A workspace export of Slack, read in place: nothing is unpacked to disk, no file is read that is
 * larger than a day can be, and what cannot be read is named.
 */
export class ExportArchive {
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  /** Files of the archive that were left out, each with the reason. */
  readonly refused: readonly string[];

  private constructor(
    zip: ZipFile,
    entries: ReadonlyMap<string, Entry>,
    refused: readonly string[],
  ) {
    this.#zip = zip;
    this.#entries = entries;
    this.refused = refused;
  }

  /** Opens an export. Throws `invalid-input` with the reason when it is none. */
  static async open(path: string): Promise<ExportArchive> {
    const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true };
    const zip = await openPath(path, options).catch((error: unknown) => {
      throw new AppError("invalid-input", `${path} is not a readable zip file.`, {
        remedy: "Download the export again from Slack (Settings → Import/Export Data → Export).",
        cause: error,
      });
    });
    const { entries, refused } = await listEntries(zip, path);
    return new ExportArchive(zip, entries, refused);
  }

  async users(): Promise<readonly ExportedUser[]> {
    return this.#list("users.json", user);
  }

  /** Public channels, and private ones where the export has them. */
  async channels(): Promise<readonly ExportedChannel[]> {
    const open = await this.#list("channels.json", channel);
    const closed = this.#entries.has("groups.json") ? await this.#list("groups.json", channel) : [];
    return [...open, ...closed];
  }

  /** The files of days, oldest day first. */
  days(): readonly DayFile[] {
    const days: DayFile[] = [];
    for (const name of this.#entries.keys()) {
      const match = DAY_FILE.exec(name);
      const [, folder, day] = match ?? [];
      if (folder !== undefined && day !== undefined) days.push({ name, folder, day });
    }
    return days.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  }

  /** The messages of one day, as they stand there. Throws `invalid-input` naming the file. */
  async messages({ name }: DayFile): Promise<readonly unknown[]> {
    const parsed = await this.#json(name);
    if (Array.isArray(parsed)) return parsed as readonly unknown[];
    throw new AppError("invalid-input", `${name} is no list of messages.`);
  }

  close(): void {
    this.#zip.close();
  }

  async #list<Shape extends z.ZodType>(name: string, shape: Shape): Promise<z.infer<Shape>[]> {
    const parsed = z.array(shape).safeParse(await this.#json(name));
    if (parsed.success) return parsed.data;
    throw new AppError("invalid-input", `${name} of the export cannot be read.`);
  }

  async #json(name: string): Promise<unknown> {
    const entry = this.#entries.get(name);
    if (entry === undefined)
      throw new AppError("invalid-input", `The archive has no ${name}: it is no export of Slack.`);
    try {
      const bytes = await this.#bytes(entry);
      return JSON.parse(bytes.toString("utf8")) as unknown;
    } catch (error) {
      throw new AppError("invalid-input", `${name} cannot be read.`, { cause: error });
    }
  }

  async #bytes(entry: Entry): Promise<Buffer> {
    const openStream = promisify(this.#zip.openReadStream.bind(this.#zip));
    const stream = await openStream(entry);
    const parts: Buffer[] = [];
    let size = 0;
    for await (const part of stream as AsyncIterable<Buffer>) {
      size += part.length;
      // What the directory says of a size is a promise that a bomb does not keep.
      if (size > LARGEST_FILE) throw new AppError("invalid-input", "The file is too large.");
      parts.push(part);
    }
    return Buffer.concat(parts);
  }
}

async function listEntries(
  zip: ZipFile,
  path: string,
): Promise<{ readonly entries: Map<string, Entry>; readonly refused: readonly string[] }> {
  const entries = new Map<string, Entry>();
  const refused: string[] = [];
  await new Promise<void>((resolve, reject) => {
    zip.on("entry", (entry: Entry) => {
      const why = refusal(entry, entries);
      if (why === null) entries.set(entry.fileName, entry);
      else if (why !== "folder") refused.push(`${entry.fileName.slice(0, 120)}: ${why}`);
      if (entries.size + refused.length > MOST_ENTRIES) {
        reject(new AppError("invalid-input", `${path} holds too many files for an export.`));
        return;
      }
      zip.readEntry();
    });
    zip.once("end", resolve);
    zip.once("error", (error: unknown) => {
      reject(
        new AppError("invalid-input", `${path} is damaged: its list of files cannot be read.`, {
          remedy: "Download the export again from Slack.",
          cause: error,
        }),
      );
    });
    zip.readEntry();
  });
  return { entries, refused };
}

/** Why a file of the archive is left out, or null. */
function refusal(entry: Entry, known: ReadonlyMap<string, Entry>): string | null {
  const { fileName, uncompressedSize, compressedSize } = entry;
  if (fileName.endsWith("/")) return "folder";
  if (fileName.length > 300) return "its name is too long";
  if (known.has(fileName)) return "the name stands there twice";
  if (entry.isEncrypted()) return "it is encrypted";
  if (uncompressedSize > LARGEST_FILE) return "it is too large";
  const unpacks = uncompressedSize / Math.max(1, compressedSize);
  return uncompressedSize > SMALL_ENOUGH && unpacks > GREATEST_RATIO
    ? "it unpacks to far more than its size"
    : null;
}
