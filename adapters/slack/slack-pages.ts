import type { Language } from "#entities/vocabulary.js";

/** What the home page of one person shows. Lines are complete sentences of the core. */
export interface HomeFacts {
  readonly language: Language;
  /** Whether they may see cases and set up surveys. */
  readonly staff: boolean;
  readonly cases: readonly string[];
  readonly surveys: readonly string[];
  readonly digest: string | null;
  readonly channels: readonly HomeChannel[];
}

/** A channel that the person may set up surveys in. */
export interface HomeChannel {
  readonly conversationId: string;
  readonly name: string;
  readonly settings: string;
}

/** What stands in the survey builder by now. */
export interface SurveyDraft {
  readonly question: string;
  readonly decision: string;
  readonly when: string;
  readonly openFor: string;
}

/** A question that a window asks in words, or why it is asked no more. */
export type AskedWords =
  | {
      readonly kind: "open";
      readonly language: Language;
      readonly text: string;
      /** What this member has answered; empty when nothing. */
      readonly answer: string;
    }
  | { readonly kind: "closed"; readonly notice: string };

/** A window that somebody has sent. */
export interface SentForm {
  readonly memberId: string;
  readonly conversationId: string;
  readonly form: string;
  readonly values: Readonly<Record<string, string>>;
}

/** What the windows of Slack ask of the product. All of it is read, nothing is changed. */
export interface SlackPages {
  /** The language of a conversation; the product's own for one that is not known. */
  languageOf(conversationId: string): Promise<Language>;
  /** `noAdmin`: the platform says that they do not administer the workspace (any more). */
  home(memberId: string, noAdmin: boolean): Promise<HomeFacts>;
  /** The question that a window asks in words, as it stands for this member. */
  asked(asked: {
    readonly memberId: string;
    readonly run: string;
    readonly question: string;
  }): Promise<AskedWords>;
  /** What keeps a sent window from being taken, by field; null when nothing does. */
  faults(sent: SentForm): Promise<Readonly<Record<string, string>> | null>;
  /** What the linter and the reader of schedules say about a draft; empty when all is well. */
  remarks(draft: SurveyDraft, language: Language): readonly string[];
  /** The card as members would see it, with the labels of its buttons. */
  preview(question: string, language: Language): readonly string[];
}
