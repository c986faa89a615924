import { Entity, Index } from "typeorm";
import { IdColumn, InstantColumn } from "./columns.js";

/** One row is one life of the service; gaps between them are told in the digest ("offline 2 h"). */
@Entity("service_span")
@Index("ix_service_span_beat", ["lastBeatAt"])
export class ServiceSpan {
  @IdColumn()
  id!: string;

  @InstantColumn()
  startedAt!: number;

  @InstantColumn()
  lastBeatAt!: number;
}
