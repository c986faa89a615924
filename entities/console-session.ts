import { Entity, Unique } from "typeorm";
import {
  FlagColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  TextColumn,
  WordColumn,
} from "./columns.js";

/** One row is one browser that is signed in to the console. */
@Entity("console_session")
@Unique("uq_console_session_hash", ["hash"])
export class ConsoleSession {
  @IdColumn()
  id!: string;

  /** SHA-256 of the cookie's secret; the secret itself is nowhere. */
  @KeyColumn()
  hash!: string;

  @WordColumn()
  role!: string;

  /** Browser and system in short. */
  @TextColumn()
  agent!: string;

  /** Signed in by a one-time link. */
  @FlagColumn()
  byLink!: boolean;

  @InstantColumn()
  createdAt!: number;

  @InstantColumn()
  lastSeenAt!: number;
}
