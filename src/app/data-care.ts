import type { AppError } from "#src/shared/app-error.js";
import type { StoreLocation } from "#src/store/data-source.js";
import type { Store } from "#src/store/store.js";
import { DataWatch } from "./data-watch.js";
import { DiskReserve } from "./disk-reserve.js";

/** Looks after the place where the data lies, for as long as the service runs. */
export interface DataCare {
  /** To be called once a second. */
  look(): void;
  /** Why nothing new may be accepted now; null when it may. */
  refusal(): AppError | null;
  /** Resolves when the data cannot be trusted any more: nothing may be written, the service must end. */
  readonly lost: Promise<AppError>;
  /** Does what must work on a full disk as well. */
  spend<Result>(work: () => Promise<Result>): Promise<Result>;
  /** The store, which refuses everything once the data is lost. */
  readonly store: Store;
}

/** Looks after SQLite's file and its disk; PostgreSQL looks after its own. */
export function careForData(store: Store, location: StoreLocation, folder: string): DataCare {
  if (location.dialect !== "sqlite") return { ...NO_CARE, store };
  const reserve = new DiskReserve(folder);
  const watch = new DataWatch(location.file);
  const told: ((reason: AppError) => void)[] = [];
  const lost = new Promise<AppError>((resolve) => {
    told.push(resolve);
  });
  reserve.hold();
  const guard = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const refusal = watch.refusal();
    if (refusal !== null) throw refusal;
    return work();
  };
  return {
    look() {
      reserve.hold();
      const reason = watch.look();
      if (reason !== null) for (const tell of told) tell(reason);
    },
    refusal: () => watch.refusal() ?? reserve.refusal(),
    lost,
    spend: (work) => reserve.spend(work),
    store: {
      dialect: store.dialect,
      read: (work) => guard(() => store.read(work)),
      write: (work) => guard(() => store.write(work)),
      onWake: (listener) => store.onWake(listener),
      backup: (file) => guard(() => store.backup(file)),
      close: () => store.close(),
    },
  };
}

const NO_CARE = {
  look: () => undefined,
  refusal: () => null,
  lost: new Promise<AppError>(() => undefined),
  spend: <Result>(work: () => Promise<Result>): Promise<Result> => work(),
} as const;
