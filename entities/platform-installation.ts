import { Entity, Unique } from "typeorm";
import {
  IdColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  TextColumn,
  WordColumn,
} from "./columns.js";

/** One row is the bot in one workspace of a platform, with the sealed token that lets it in. */
@Entity("platform_installation")
@Unique("uq_platform_installation", ["platform", "workspace"])
export class PlatformInstallation {
  @IdColumn()
  id!: string;

  @WordColumn()
  platform!: string;

  /** The platform's own id of the workspace. */
  @KeyColumn()
  workspace!: string;

  @TextColumn()
  name!: string;

  @KeyColumn()
  appId!: string;

  @KeyColumn()
  botUserId!: string;

  @KeyColumn()
  botId!: string;

  /** The token as `src/app/envelope.ts` seals it; null since the platform withdrew it. */
  @TextColumn({ nullable: true })
  sealedToken!: string | null;

  @JsonColumn()
  scopes!: readonly string[];

  /** The platform's id of whoever installed it; empty where the token was set by hand. */
  @KeyColumn()
  installedBy!: string;

  @InstantColumn()
  installedAt!: number;

  /** When the platform withdrew the token; null while it holds. */
  @InstantColumn({ nullable: true })
  removedAt!: number | null;
}
