import { Entity } from "typeorm";
import { IdColumn, InstantColumn } from "./columns.js";

/** One row is a one-time link that the command line issued for the running service. */
@Entity("sign_in_link")
export class SignInLink {
  /** SHA-256 of the link's secret. */
  @IdColumn()
  id!: string;

  @InstantColumn()
  expiresAt!: number;

  @InstantColumn({ nullable: true })
  usedAt!: number | null;
}
