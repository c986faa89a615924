import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { RelayAdapter } from "#adapters/relay/relay-adapter.js";
import { createDetector } from "#src/complaints/detection/detector.js";
import type { PasteOutcome, PastePreview, TrayItemInfo } from "#src/console/contract/relay.js";
import type { RelayPort } from "#src/console/contract/relay-port.js";
import { AppError } from "#src/shared/app-error.js";
import { systemClock } from "#src/shared/clock.js";
import { randomIds } from "#src/shared/ids.js";
import { silentLogger } from "#src/shared/logger.js";
import type { Store } from "#src/store/store.js";
import { currentEnvironment, loadConfig } from "./config.js";
import { type App, createApp } from "./create-app.js";
import { openDataFolder, openForReading } from "./open-data.js";
import { createRelayPort } from "./relay-port.js";
import { storedTray } from "./relay-tray.js";

const LARGEST_FILE = 6 * 1_048_576;
const BY = { operatorId: "command-line", language: "en" } as const;

/** What is to be read, and into which group. */
export interface ReadOrder {
  /** A path, or "-" for standard input. */
  readonly file: string;
  readonly group: string;
  readonly data?: string;
  /** Make the group when there is none of that name. */
  readonly create: boolean;
  readonly day?: string;
  readonly sections?: readonly number[];
  readonly dryRun: boolean;
  readonly onProgress: (words: string) => void;
}

/** What was understood, and what became of it; the outcome is null after a dry run or a question. */
export interface ReadResult {
  readonly preview: PastePreview;
  readonly outcome: PasteOutcome | null;
}

/**
 * Reads a file of chat as the relay page does. A dry run looks at existing data and changes nothing.
 * Throws `usage`, `not-found` and `invalid-input` with the remedy.
 */
export async function readChatFile(order: ReadOrder): Promise<ReadResult> {
  const { file, data, dryRun, onProgress } = order;
  const bytes = await bytesOf(file);
  onProgress(`${String(bytes.length)} bytes read`);
  const request = {
    file: { name: file === "-" ? "stdin" : basename(file), base64: bytes.toString("base64") },
    ...(order.day === undefined ? {} : { day: order.day }),
    ...(order.sections === undefined ? {} : { sections: [...order.sections] }),
  };
  const opened = dryRun ? await openForReading(data) : await openDataFolder(folderOf(data));
  try {
    const { port, settle } = await deskOn(opened.store);
    const group = await groupOf(port, order);
    const preview = await port.preview(group, request, BY);
    onProgress(`${String(preview.lines.length)} lines understood`);
    if (dryRun || preview.seal === null) return { preview, outcome: null };
    const outcome = await port.take(group, { ...request, seal: preview.seal }, BY);
    onProgress("handed in, being worked off");
    await settle();
    return { preview, outcome };
  } finally {
    await opened.close();
  }
}

/** What lies in the tray of a group, oldest first, beside a running service. Throws `not-found`. */
export async function trayItems(
  group: string,
  data: string | undefined,
): Promise<readonly TrayItemInfo[]> {
  const opened = await openForReading(data);
  try {
    const { port } = await deskOn(opened.store);
    const id = await groupOf(port, { group, create: false });
    const items = await port.tray(id);
    return items.filter(({ takenAt, text }) => takenAt === null && text !== null).toReversed();
  } finally {
    await opened.close();
  }
}

function folderOf(data: string | undefined): string {
  const config = loadConfig(currentEnvironment());
  if (data === undefined && config.databaseUrl !== null) {
    throw new AppError("usage", "This writes into a data folder; the service has a database.", {
      remedy: "Use the relay page of the console, or name a folder with --data.",
    });
  }
  return data ?? config.dataFolder;
}

async function bytesOf(file: string): Promise<Buffer> {
  const bytes = file === "-" ? await readInput() : await readPath(file);
  if (bytes.length > LARGEST_FILE) {
    throw new AppError("usage", `The file is larger than ${String(LARGEST_FILE)} bytes.`, {
      remedy: "Cut it into overlapping pieces; what comes twice counts once.",
    });
  }
  return bytes;
}

async function readPath(file: string): Promise<Buffer> {
  return readFile(file).catch((error: unknown) => {
    throw new AppError("usage", `${file} cannot be read.`, {
      remedy: "Name a text file of chat, or - for standard input.",
      cause: error,
    });
  });
}

async function readInput(): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of process.stdin as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size > LARGEST_FILE) break;
  }
  return Buffer.concat(parts);
}

async function groupOf(
  port: RelayPort,
  { group: name, create }: Pick<ReadOrder, "group" | "create">,
): Promise<string> {
  const groups = await port.groups();
  const found = groups.find((group) => group.name === name || group.id === name);
  if (found !== undefined) return found.id;
  if (create) {
    const { language } = loadConfig(currentEnvironment());
    return (await port.create({ name, language, staff: [] }, BY)).id;
  }
  const known = groups.map((group) => group.name).join(", ");
  throw new AppError("not-found", `There is no relay group "${name}".`, {
    remedy:
      known === "" ? "Make it with --create." : `There are: ${known}. Or make it with --create.`,
  });
}

interface Desk {
  readonly port: RelayPort;
  readonly settle: () => Promise<void>;
}

async function deskOn(store: Store): Promise<Desk> {
  const config = loadConfig(currentEnvironment());
  const adapter = new RelayAdapter({ tray: storedTray(store, () => systemClock.now()) });
  const app = createApp({
    store,
    clock: systemClock,
    ids: randomIds,
    random: Math.random,
    logger: silentLogger,
    detector: createDetector(),
    adapters: [adapter],
    botNames: config.botNames,
    language: config.language,
    timeZone: config.timeZone,
    staffRooms: [],
    digests: true,
    notice: true,
  });
  await adapter.start(app.inbox);
  return { port: createRelayPort({ app: () => app }), settle: () => workOff(app) };
}

/**
 * Handles what was handed in. What is to be said goes into the tray at once, unless something waits
 * for another platform: that is the service's to send, and so is the rest then.
 */
async function workOff({ store, inbox, inboxWorker, outboxWorker }: App): Promise<void> {
  await inbox.settled();
  while ((await inboxWorker.step()).handled > 0);
  const waiting = await store.read((tx) => tx.outbox.rows.distinct("platform", { state: "due" }));
  if ([...waiting].some((platform) => platform !== "relay")) return;
  while ((await outboxWorker.step()).handled > 0);
}
