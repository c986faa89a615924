import { Entity } from "typeorm";
import { CountColumn, IdColumn } from "./columns.js";

/** One row is the last number given out of one series, for example of cases. */
@Entity("counter")
export class Counter {
  @IdColumn()
  id!: string;

  @CountColumn()
  value!: number;
}
