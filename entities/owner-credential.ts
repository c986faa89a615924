import { Entity } from "typeorm";
import { IdColumn, InstantColumn, TextColumn } from "./columns.js";

/** One row is the password of somebody who may sign in, as a hash that names its own method. */
@Entity("owner_credential")
export class OwnerCredential {
  /** "owner". */
  @IdColumn()
  id!: string;

  @TextColumn()
  hash!: string;

  @InstantColumn()
  changedAt!: number;
}
