import { Entity } from "typeorm";
import { CountColumn, IdColumn, KeyColumn } from "./columns.js";

/** The one row that knows the end of the audit chain, so that rows cut off its end are missed. */
@Entity("audit_head")
export class AuditHead {
  @IdColumn()
  id!: string;

  /** Rows in the chain. */
  @CountColumn()
  entries!: number;

  /** Seal of the last row. */
  @KeyColumn()
  mac!: string;

  /** HMAC over the two, in a domain of its own: no row of the chain gives an earlier head away. */
  @KeyColumn()
  seal!: string;
}
