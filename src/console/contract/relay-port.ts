import type {
  BankQuestionInfo,
  CreateRelayGroupRequest,
  PasteOutcome,
  PastePreview,
  PasteRequest,
  PreviewRequest,
  RelayGroup,
  RelayStaffRequest,
  RelaySurveyOutcome,
  RelaySurveyRequest,
  TrayItemInfo,
} from "./relay.js";

/** Who does it, and in which language they read. */
export interface RelayOperator {
  readonly operatorId: string;
  readonly language: "zh" | "en";
}

/** Relay mode as the HTTP edge and the command line reach it. Faults are `AppError`s. */
export interface RelayPort {
  groups(): Promise<readonly RelayGroup[]>;
  /** Throws `conflict` when a group of that name is there already. */
  create(request: CreateRelayGroupRequest, by: RelayOperator): Promise<RelayGroup>;
  /** Says whether a display name belongs to somebody who runs the shop. */
  setStaff(groupId: string, request: RelayStaffRequest, by: RelayOperator): Promise<RelayGroup>;
  /** What a paste is understood as; nothing is stored. */
  preview(groupId: string, request: PreviewRequest, by: RelayOperator): Promise<PastePreview>;
  /** Takes what was previewed. Throws `conflict` when it would be understood otherwise by now. */
  take(groupId: string, request: PasteRequest, by: RelayOperator): Promise<PasteOutcome>;
  /** The newest first. */
  tray(groupId: string): Promise<readonly TrayItemInfo[]>;
  setTaken(itemId: string, taken: boolean): Promise<TrayItemInfo>;
  /** PNG; throws `not-found` for an item without a picture. */
  picture(itemId: string): Promise<Uint8Array>;
  /** Says a staff command, such as 处理 3 接手, in the name of the signed-in person; the answer lies in the tray. */
  tell(groupId: string, text: string, by: RelayOperator): Promise<void>;
  questions(groupId: string): Promise<readonly BankQuestionInfo[]>;
  survey(
    groupId: string,
    request: RelaySurveyRequest,
    by: RelayOperator,
  ): Promise<RelaySurveyOutcome>;
}
