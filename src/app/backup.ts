import { createHash, randomUUID } from "node:crypto";
import {
  copyFileSync,
  createReadStream,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { finishForgetting } from "#src/directory/forget-contacts.js";
import { forgetMember } from "#src/directory/forget-member.js";
import { AppError } from "#src/shared/app-error.js";
import { type CopyContents, contentsOf } from "#src/store/copy-check.js";
import type { Store } from "#src/store/store.js";
import { lockDataFolder, prepareDataFolder } from "./data-folder.js";
import { openDataFolder, openForReading } from "./open-data.js";

const DATABASE = "huiyin.sqlite";
const REPLACED = "huiyin.sqlite.replaced";

const contents = z.object({
  rows: z.record(z.string(), z.number().int()),
  schema: z.string().nullable(),
  audit: z.object({ entries: z.number().int(), mac: z.string() }).nullable(),
  erased: z.array(z.object({ id: z.string(), at: z.number() })),
});

/** What stands beside a backup and proves that it is whole. */
const manifest = contents.extend({
  kind: z.literal("huiyin-backup"),
  at: z.string(),
  bytes: z.number().int(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export type BackupManifest = z.infer<typeof manifest>;

/** Where the manifest of a backup lies. */
export function manifestOf(file: string): string {
  return `${file}.manifest.json`;
}

/**
 * Writes a consistent copy of the SQLite data beside a running service, of data of any version, and
 * its manifest. Throws `usage` rather than overwrite.
 */
export async function makeBackup(
  target: string,
  folder: string | undefined,
  now: number,
): Promise<BackupManifest> {
  const file = resolve(target);
  for (const path of [file, manifestOf(file)]) {
    if (existsSync(path)) throw new AppError("usage", `${path} exists already; name a new file.`);
  }
  const data = await openForReading(folder, { schema: "any" });
  try {
    await data.store.backup(file);
  } finally {
    await data.close();
  }
  const held = contentsOf(file);
  if (held === null) {
    rmSync(file, { force: true });
    throw new AppError(
      "store-unavailable",
      "The copy could not be read back, so it was removed. Check the disk, and the data with huiyin doctor.",
    );
  }
  const made: BackupManifest = {
    kind: "huiyin-backup",
    at: new Date(now).toISOString(),
    bytes: statSync(file).size,
    sha256: await sha256Of(file),
    ...held,
    erased: [...held.erased],
  };
  writeFileSync(manifestOf(file), `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  return made;
}

/** What became of a restore. */
export interface Restored {
  readonly folder: string;
  readonly at: string;
  /** Members whom the backup still knew although they had been erased since, and who were erased again. */
  readonly erasedAgain: number;
  /** Where the data lies that was there before; null when there was none. */
  readonly replaced: string | null;
}

export interface RestoreOrder {
  readonly file: string;
  readonly folder: string;
  /** Data is there already and may be put aside. */
  readonly replace: boolean;
  readonly now: number;
}

/**
 * Puts a backup into a data folder. The copy must be the one its manifest describes, and no service may
 * hold the folder. Whoever was erased after the backup was made is erased from it before anybody can
 * read it. Throws `usage`, `not-found`, `invalid-config` (the folder is in use) or `conflict` (not the
 * backup that was made).
 */
export async function restoreBackup(order: RestoreOrder): Promise<Restored> {
  const { replace, now } = order;
  const file = resolve(order.file);
  const folder = resolve(order.folder);
  const described = readManifest(file);
  await requireWhole(file, described);
  prepareDataFolder(folder);
  const unlock = lockDataFolder(folder);
  const database = join(folder, DATABASE);
  const replaced = join(folder, REPLACED);
  const erased = [...described.erased];
  let aside = false;
  try {
    if (existsSync(database)) {
      if (!replace) {
        throw new AppError("usage", `There is data in ${folder} already.`, {
          remedy: `Name another folder, or add --replace: what is there now is kept as ${REPLACED}.`,
        });
      }
      erased.push(...(contentsOf(database)?.erased ?? []));
      aside = true;
    }
    const arriving = `${database}.arriving`;
    copyFileSync(file, arriving);
    await requireWhole(file, described, arriving);
    if (aside) renameSync(database, replaced);
    for (const rest of ["-wal", "-shm"]) rmSync(`${database}${rest}`, { force: true });
    renameSync(arriving, database);
  } finally {
    unlock();
  }
  const data = await openDataFolder(folder);
  try {
    const erasedAgain = await eraseAgain(data.store, erased, now);
    return { folder, at: described.at, erasedAgain, replaced: aside ? replaced : null };
  } finally {
    await data.close();
  }
}

function readManifest(file: string): BackupManifest {
  if (!existsSync(file)) throw new AppError("not-found", `There is no file ${file}.`);
  const path = manifestOf(file);
  if (!existsSync(path)) {
    throw new AppError(
      "not-found",
      `There is no ${path}, so nothing proves that the copy is whole.`,
      {
        remedy: "Bring the manifest that huiyin backup wrote beside the copy.",
      },
    );
  }
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    read = null;
  }
  const parsed = manifest.safeParse(read);
  if (parsed.success) return parsed.data;
  throw new AppError("conflict", `${path} is not the manifest of a backup.`);
}

/** Throws `conflict` unless the file is, byte for byte and row for row, what the manifest describes. */
async function requireWhole(
  file: string,
  described: BackupManifest,
  copy: string = file,
): Promise<void> {
  const wrong = (await sha256Of(copy)) !== described.sha256 || !sameContents(copy, described);
  if (!wrong) return;
  if (copy !== file) rmSync(copy, { force: true });
  throw new AppError("conflict", `${file} is not the copy that its manifest describes.`, {
    remedy: "Nothing was changed. Take another backup.",
  });
}

function sameContents(file: string, described: CopyContents): boolean {
  const held = contentsOf(file);
  if (held === null) return false;
  return textOf(held) === textOf(described);
}

/** The same contents give the same text, whatever the order of their tables. */
function textOf({ rows, schema, audit, erased }: CopyContents): string {
  const counts = Object.entries(rows).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([counts, schema, audit, erased]);
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest("hex");
}

/** Erases the members whom the ledger names and who were there before their erasure. */
async function eraseAgain(
  store: Store,
  erased: readonly { readonly id: string; readonly at: number }[],
  now: number,
): Promise<number> {
  await store.write((tx) => tx.erasures.add(newest(erased)));
  const again = await store.read(async (tx) => {
    const known: string[] = [];
    for (const { id, createdAt, erasedAt } of await tx.directory.members.find({ erasedAt: null })) {
      const at = await tx.erasures.erasedAt(id);
      if (erasedAt === null && at !== null && createdAt < at) known.push(id);
    }
    return known;
  });
  for (const memberId of again) {
    await store.write((tx) => forgetMember(tx, { memberId, tombstoneId: randomUUID(), at: now }));
  }
  if (again.length > 0) await store.write((tx) => finishForgetting(tx, now));
  return again.length;
}

/** One row for each hash: the last erasure counts. */
function newest(
  rows: readonly { readonly id: string; readonly at: number }[],
): { readonly id: string; readonly at: number }[] {
  const last = new Map<string, number>();
  for (const { id, at } of rows) last.set(id, Math.max(at, last.get(id) ?? 0));
  return [...last].map(([id, at]) => ({ id, at }));
}
