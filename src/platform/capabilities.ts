/** How fast a platform may be spoken to. Zero or absent means no limit of that kind. */
export interface Pacing {
  /** Shortest time between two messages in one conversation, ms. */
  readonly gapPerConversationMs: number;
  readonly perMinute?: number;
  readonly perHour?: number;
  readonly perDay?: number;
}

/** What a platform can do, as data: the core plans for it and a contract test holds the adapter to it. */
export interface Capabilities {
  readonly buttons: boolean;
  readonly edit: boolean;
  readonly threads: boolean;
  /** A message in the group that only one member sees. */
  readonly onlyForOne: boolean;
  /** One person can be sent a file (`OutboundMessage.file`) to the conversation with them alone; absent means no. */
  readonly files?: boolean;
  /** A button may open a window with fields; absent means no. */
  readonly forms?: boolean;
  readonly commands: boolean;
  readonly direct: boolean;
  /** Each message puts the account at risk: what is `optional` is not said. Absent means no. */
  readonly sparing?: boolean;
  readonly reactions: boolean;
  readonly recall: boolean;
  /** A message may bring a picture along (`SendOptions.picture`). */
  readonly pictures: boolean;
  /** Quotes arrive with the id of the quoted message, not only with its text. */
  readonly quoteIds: boolean;
  /** A message can be looked up by the key it was sent with, so that an ambiguous send can be settled. */
  readonly lookup: boolean;
  /** Ids of members and conversations stay the same over log-ins. */
  readonly stableIds: boolean;
  /**
   * How far back an event may honestly lie, ms, where people hand in what was said before; a few
   * days for an outage when absent.
   */
  readonly historyMs?: number;
  /** Longest text, UTF-16 units. */
  readonly maxTextLength: number;
  readonly pacing: Pacing;
}
