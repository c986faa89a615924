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

/** What the windows of Slack ask of the product. All of it is read, nothing is changed. */
export interface SlackPages {
  /** The language of a conversation; the product's own for one that is not known. */
  languageOf(conversationId: string): Promise<Language>;
  /** `noAdmin`: the platform says that they do not administer the workspace (any more). */
  home(memberId: string, noAdmin: boolean): Promise<HomeFacts>;
  /** What the linter and the reader of schedules say about a draft; empty when all is well. */
  remarks(draft: SurveyDraft, language: Language): readonly string[];
  /** The card as members would see it, with the labels of its buttons. */
  preview(question: string, language: Language): readonly string[];
}
