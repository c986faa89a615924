import { AppError, type AppErrorCode, isAppError } from "#src/shared/app-error.js";

interface DriverFacts {
  readonly code: string;
  readonly constraint: string;
}

function factsOf(error: unknown): DriverFacts {
  const outer = error as {
    code?: unknown;
    driverError?: { code?: unknown; constraint?: unknown };
  } | null;
  const inner = outer?.driverError;
  const code = inner?.code ?? outer?.code;
  const constraint = inner?.constraint;
  return {
    code: typeof code === "string" ? code : "unknown",
    constraint: typeof constraint === "string" ? constraint : "",
  };
}

const FULL = new Set(["SQLITE_FULL", "53100"]);
const BUSY = new Set([
  "SQLITE_BUSY",
  "SQLITE_BUSY_SNAPSHOT",
  "SQLITE_LOCKED",
  "55P03",
  "40001",
  "40P01",
]);
const CONFLICT = new Set(["SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505"]);

const GONE = new Set(["EPIPE", "ETIMEDOUT", "ENOTFOUND", "25P03"]);
const GONE_FAMILIES = [
  "SQLITE_IOERR",
  "SQLITE_CANTOPEN",
  "SQLITE_READONLY",
  "SQLITE_CORRUPT",
  "08",
  "57",
  "ECONN",
] as const;

function classify(code: string): AppErrorCode {
  if (FULL.has(code)) return "store-full";
  if (BUSY.has(code)) return "store-busy";
  if (CONFLICT.has(code)) return "conflict";
  const gone = GONE.has(code) || GONE_FAMILIES.some((family) => code.startsWith(family));
  return gone ? "store-unavailable" : "internal";
}

const WORDS: Partial<Record<AppErrorCode, string>> = {
  "store-full":
    "The disk that holds the data is full. Free some space; nothing that was accepted is lost.",
  "store-busy": "The database is locked by another program. It is tried again by itself.",
  "store-unavailable": "The database cannot be reached. It is tried again by itself.",
  conflict: "Somebody else changed the same thing at the same moment.",
};

/**
 * A driver's error as ours. The driver's own text and parameters stay out: they hold members' words.
 * Only the driver's code and the constraint's name go on.
 */
export function storeError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const facts = factsOf(error);
  const message = error instanceof Error ? error.message : "";
  const lost =
    /Connection terminated|connection is closed|Driver not Connected|timeout exceeded when trying to connect/i.test(
      message,
    );
  const code = lost ? "store-unavailable" : classify(facts.code);
  const where = [facts.code, facts.constraint].filter((part) => part !== "").join(" ");
  return new AppError(code, `${WORDS[code] ?? "The database refused a statement."} (${where})`);
}

const NOT_LET_IN = ["28", "3D"] as const;

/**
 * Why a store could not be opened. A wrong password, role or database name is `invalid-config`: no
 * waiting mends it. All else as {@link storeError}.
 */
export function openError(error: unknown): AppError {
  const { code } = factsOf(error);
  if (isAppError(error) || !NOT_LET_IN.some((family) => code.startsWith(family)))
    return storeError(error);
  return new AppError(
    "invalid-config",
    `The database does not let us in (${code}). Check the user, password and database name in DATABASE_URL.`,
  );
}
