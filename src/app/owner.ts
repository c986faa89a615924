import { existsSync } from "node:fs";
import { ownerPassword } from "#src/console/contract/access.js";
import { Access } from "#src/http/access/access.js";
import { LINK_MS, linkPath } from "#src/http/access/one-time-links.js";
import { storedAccessRows, storeLink } from "#src/http/access/stored-access-rows.js";
import { newToken, tokenHash } from "#src/http/access/token.js";
import { isLoopback } from "#src/http/edge.js";
import { AppError } from "#src/shared/app-error.js";
import { systemClock } from "#src/shared/clock.js";
import type { Store } from "#src/store/store.js";
import { type Config, currentEnvironment, loadConfig, storeLocation } from "./config.js";
import { openDataFolder, openForReading, patiently } from "./open-data.js";

/** Sign-in over a store. */
export function storedAccess(store: Store): Access {
  return new Access({ rows: storedAccessRows(store), now: () => systemClock.now() });
}

/** The address of the console for people, by the configuration and the port that was really taken. */
export function consoleAddress(config: Pick<Config, "publicUrl" | "host">, port: number): string {
  if (config.publicUrl !== null) return config.publicUrl;
  const host = config.host.includes(":") ? `[${config.host}]` : config.host;
  return `http://${host}:${String(port)}`;
}

/** Puts the password of the configuration in place; one that is there already is left alone. */
export async function applyOwnerPassword(
  access: Access,
  config: Pick<Config, "ownerPassword">,
): Promise<void> {
  const wanted = config.ownerPassword?.reveal();
  if (wanted === undefined || (await access.isPassword(wanted))) return;
  await access.setPassword(wanted);
}

/** Throws `invalid-config` with the command to run when other machines could reach a service without an owner. */
export async function requireOwner(access: Access, config: Pick<Config, "host">): Promise<void> {
  if (isLoopback(config.host) || (await access.hasPassword())) return;
  throw new AppError(
    "invalid-config",
    `Other machines can reach ${config.host}, and nobody owns this service yet. Set the owner's password first: huiyin owner password (or HUIYIN_OWNER_PASSWORD_FILE), or listen on 127.0.0.1.`,
  );
}

/** Sets the owner's password beside a running service; everybody who was signed in is signed out. Throws `usage`. */
export async function setOwnerPassword(
  folder: string | undefined,
  password: string,
): Promise<void> {
  const { success } = ownerPassword.safeParse(password);
  if (!success) throw new AppError("usage", "The password needs 12 to 200 characters.");
  await withStore(folder, (store) => storedAccess(store).setPassword(password));
}

/** A link that signs its first visitor in, once, for ten minutes; the running service knows it at once. */
export async function issueOwnerLink(folder: string | undefined): Promise<string> {
  const token = newToken();
  const at = systemClock.now();
  await withStore(folder, (store) =>
    storeLink(store, { hash: tokenHash(token), at, expiresAt: at + LINK_MS }),
  );
  const config = loadConfig(currentEnvironment());
  return `${consoleAddress(config, config.port)}${linkPath(token)}`;
}

/** Signs every browser out; how many there were. */
export async function signEverybodyOut(folder: string | undefined): Promise<number> {
  return withStore(folder, async (store) => {
    const rows = storedAccessRows(store);
    const ids = (await rows.sessions()).map((row) => row.id);
    return (await rows.end(ids, systemClock.now())).length;
  });
}

async function withStore<Result>(
  folder: string | undefined,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const data = await openBeside(folder);
  try {
    return await patiently(() => work(data.store));
  } finally {
    await data.close();
  }
}

/** Data that is there may be in use by the service; data that is not there yet is made. */
async function openBeside(folder: string | undefined) {
  const config = loadConfig({
    ...currentEnvironment(),
    ...(folder === undefined ? {} : { HUIYIN_DATA: folder, DATABASE_URL: "" }),
  });
  const location = storeLocation(config);
  const isNew = location.dialect === "sqlite" && !existsSync(location.file);
  return isNew ? openDataFolder(config.dataFolder) : openForReading(folder);
}
