/** One package in the lock file. */
export interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
}

export type LockedPackages = Readonly<Record<string, LockedPackage>>;

/** Licences under which a package may be used and passed on without a word from anybody. */
const FREE = new Set([
  "MIT",
  "ISC",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "0BSD",
  "BlueOak-1.0.0",
  "Zlib",
  "Unlicense",
  "CC0-1.0",
  // Fonts and pictures.
  "OFL-1.1",
  "CC-BY-4.0",
]);

/** Packages outside the list, each with what was read in it or why it may stay. */
export const EXCEPTIONS: Readonly<Record<string, string>> = {
  "axe-core": "MPL-2.0; checks pages in tests, ships with nothing",
  "css-select": "says BSD-like; its LICENSE is BSD-2-Clause",
  "dom-walk": "no field; its LICENCE is MIT",
  domutils: "no field; its LICENSE is BSD-2-Clause",
  "exif-parser": "no field; its LICENSE.md is MIT",
  lightningcss: "MPL-2.0; builds the pages, ships with nothing",
  "open-graph": "says BSD; its package file means BSD-2-Clause",
  sylvester: "no field; its LICENSE.txt is MIT",
};

/** The lowest version of a package that is safe to run, why, and when that was looked up. */
export interface Floor {
  readonly lowest: string;
  readonly because: string;
  readonly asOf: string;
}

export const FLOORS: Readonly<Record<string, Floor>> = {
  hono: {
    lowest: "4.12.25",
    because: "static files by other spellings of a path",
    asOf: "2026-11-21",
  },
  "@hono/node-server": {
    lowest: "1.19.13",
    because: "static files by other spellings of a path",
    asOf: "2026-11-21",
  },
  "@slack/bolt": {
    lowest: "5.1.0",
    because: "the version whose refusals were tried",
    asOf: "2026-11-21",
  },
  yauzl: {
    lowest: "3.4.0",
    because: "refuses archives that lie about their size",
    asOf: "2026-11-21",
  },
  "better-sqlite3": {
    lowest: "12.9.0",
    because: "SQLite before 3.51.3 may lose commits between writer and checkpoint",
    asOf: "2026-11-21",
  },
};

const nameOf = (place: string): string => place.slice(place.lastIndexOf("node_modules/") + 13);

/** The packages whose licence nobody has allowed, as `name: licence`. */
export function unknownLicences(packages: LockedPackages): readonly string[] {
  return Object.entries(packages)
    .filter(([place]) => place !== "")
    .filter(([place]) => !isExcepted(nameOf(place)))
    .filter(([, { license }]) => license === undefined || !isFree(license))
    .map(([place, { license }]) => `${nameOf(place)}: ${license ?? "none stated"}`);
}

/** Builds of one package for several machines go by its name and what they are for. */
function isExcepted(name: string): boolean {
  return Object.keys(EXCEPTIONS).some((known) => name === known || name.startsWith(`${known}-`));
}

/** Every part of AND and one part of OR must be free; brackets are not nested in practice. */
function isFree(expression: string): boolean {
  return expression
    .replaceAll(/[()]/g, "")
    .split(" AND ")
    .every((part) => part.split(" OR ").some((one) => FREE.has(one.trim())));
}

/** The packages below their floor, as `name version < floor`. */
export function belowFloor(packages: LockedPackages): readonly string[] {
  return Object.entries(packages).flatMap(([place, { version = "0" }]) => {
    const floor = FLOORS[nameOf(place)];
    if (floor === undefined || !isLower(version, floor.lowest)) return [];
    return [`${nameOf(place)} ${version} < ${floor.lowest} (${floor.because})`];
  });
}

function isLower(version: string, lowest: string): boolean {
  const [have, want] = [version, lowest].map((one) => one.split(/[.-]/).slice(0, 3).map(Number));
  for (const [index, number] of (want ?? []).entries()) {
    const own = have?.[index] ?? 0;
    if (own !== number) return own < number;
  }
  return false;
}
