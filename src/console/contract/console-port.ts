import type {
  CaseAction,
  CaseActionOutcome,
  CaseDetail,
  CaseSummary,
  GroupInfo,
  Health,
  Overview,
} from "./care.js";
import type { Page } from "./common.js";
import type { LiveEvent } from "./live.js";
import type { WechatView } from "./wechat.js";

/** Which cases a list shows. */
export interface CaseFilter {
  readonly state: "open" | "overdue" | "closed" | "all";
  readonly groupId?: string;
  readonly before?: string;
  readonly limit: number;
}

/** Which digest picture is wanted. */
export interface CardRequest {
  readonly groupId: string;
  readonly from: string;
  readonly to: string;
  readonly audience: "staff" | "public";
  readonly language: "zh" | "en";
}

/** The product as the HTTP edge reaches it. Faults are `AppError`s. */
export interface ConsolePort {
  groups(): Promise<readonly GroupInfo[]>;
  overview(
    groupId: string,
    span: { readonly from: string; readonly to: string },
  ): Promise<Overview>;
  cases(filter: CaseFilter): Promise<Page<CaseSummary>>;
  case(id: string): Promise<CaseDetail>;
  /** Done in the name of the signed-in person; the language is that of the page. */
  act(
    id: string,
    action: CaseAction,
    by: { readonly operatorId: string; readonly language: "zh" | "en" },
  ): Promise<CaseActionOutcome>;
  /** PNG. Throws `not-supported` when the native module cannot load. */
  digestCard(request: CardRequest): Promise<Uint8Array>;
  health(): Promise<Health>;
  /** The session of the WeChat account, with the code to scan. */
  wechat(): Promise<WechatView>;
  /** Calls back when something changed that a page may show. Returns how to stop. */
  watch(listener: (event: LiveEvent) => void): () => void;
}
