import { Entity } from "typeorm";
import {
  CountColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  WordColumn,
} from "./columns.js";
import type { SendState } from "./types.js";

/** One row is an account that the bot logs in with, on a platform where log-ins come and go. */
@Entity("platform_account")
export class PlatformAccount {
  @IdColumn()
  id!: string;

  @WordColumn()
  platform!: string;

  /** Names the account over log-ins. */
  @KeyColumn()
  account!: string;

  /** Whether ids of rooms and people stay the same over log-ins. */
  @FlagColumn()
  stableIds!: boolean;

  /** Keyed hash of the bot's own id in the present log-in. */
  @KeyColumn()
  sessionMark!: string;

  /** Counts the log-ins after which everybody had to be found again, from 1. */
  @CountColumn()
  epoch!: number;

  /** First log-in of this account. */
  @InstantColumn()
  firstSeenAt!: number;

  /** Its last log-in: of several accounts the latest is the present one. */
  @InstantColumn()
  begunAt!: number;

  /** What was sent lately and how long to be silent; null before the first send. */
  @JsonColumn({ nullable: true })
  sendState!: SendState | null;
}
