import type { ScheduleFiring } from "#entities/index.js";
import type { InboundEvent } from "#src/platform/inbound-event.js";
import type { Transaction } from "#src/store/transaction.js";

/**
 * Handles one event inside the transaction that also marks it as done, so that a crash leaves either
 * nothing or everything. Awaits nothing but the store.
 */
export type EventHandler = (tx: Transaction, event: InboundEvent) => Promise<void>;

/** Handles one occurrence of a schedule inside the transaction that also marks it as done. */
export type FiringHandler = (tx: Transaction, firing: ScheduleFiring) => Promise<void>;

/** Loads with few statements what a batch of events will need. */
export type Prefetch = (tx: Transaction, events: readonly InboundEvent[]) => Promise<void>;
