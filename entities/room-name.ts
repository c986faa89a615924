import { Entity, Index } from "typeorm";
import { CountColumn, IdColumn, KeyColumn } from "./columns.js";

/** One row is the name that a person was last seen with in a room, as a keyed hash. */
@Entity("room_name")
@Index("ix_room_name_mark", ["conversationId", "nameMark"])
@Index("ix_room_name_person", ["personId"])
export class RoomName {
  /** Made of room and person. */
  @IdColumn()
  id!: string;

  /** Our id of the room. */
  @KeyColumn()
  conversationId!: string;

  /** Our id of the person (`member.externalId`). */
  @KeyColumn()
  personId!: string;

  @KeyColumn()
  nameMark!: string;

  /** The epoch of the account in which they were last seen with it. */
  @CountColumn()
  epoch!: number;
}
