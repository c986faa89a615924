import { Entity } from "typeorm";
import { IdColumn, InstantColumn } from "./columns.js";

/**
 * One row remembers that somebody was erased, without saying who: an older backup that still knows
 * them is cleared by it when it is restored.
 */
@Entity("erasure")
export class Erasure {
  /** HMAC of the member's id under the key of the audit, 64 hex digits. */
  @IdColumn()
  id!: string;

  /** When they were erased last, epoch ms. */
  @InstantColumn()
  at!: number;
}
