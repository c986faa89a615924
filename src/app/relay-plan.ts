import type { InboundEvent } from "#src/platform/inbound-event.js";
import type { Recognised } from "./relay-known.js";
import type { ListEntries } from "./relay-lists.js";
import type { Reading } from "./relay-reading.js";

/** A paste as it will be taken. */
export interface Plan {
  readonly reading: Reading;
  readonly recognised: Recognised;
  readonly events: readonly InboundEvent[];
  /** By line id. */
  readonly lists: ReadonlyMap<string, ListEntries>;
  readonly staff: ReadonlySet<string>;
  /** What a confirmation must name; null while it cannot be taken. */
  readonly seal: string | null;
}
