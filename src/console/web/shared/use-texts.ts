import { useSyncExternalStore } from "react";
import type { Language } from "#entities/vocabulary.js";
import { complaintTexts } from "#src/i18n/complaints.js";
import { type ConsoleTexts, consoleTexts } from "#src/i18n/console.js";
import { currentLanguage, watchLanguage } from "./preferences.js";

/** The language of the page; the component draws again when it changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(watchLanguage, currentLanguage);
}

/** The texts of the page in its language. */
export function useTexts(): ConsoleTexts {
  return consoleTexts[useLanguage()];
}

/** The words for states, aspects and kinds of evidence, the same that the bot uses in chats. */
export interface CaseWords {
  state(state: string): string;
  aspect(aspect: string): string;
  source(source: string): string;
  act(act: string): string;
  /** The note of a step: what people wrote as it is, codes in words or left out. */
  note(act: string, note: string): string;
}

const CODE = /^[a-z]+(?:_[a-z]+)*$/;
/** Steps whose note the program writes. */
const CODED: ReadonlySet<string> = new Set(["open", "join", "follow_up", "severity", "escalate"]);

function word(words: Readonly<Record<string, string>>, key: string): string {
  return words[key] ?? key;
}

/** {@link CaseWords} in the language of the page; a word that is not known is shown as it is. */
export function useCaseWords(): CaseWords {
  const texts = complaintTexts[useLanguage()];
  return {
    state: (state) => word(texts.states, state),
    aspect: (aspect) => word(texts.aspects, aspect),
    source: (source) => word(texts.sources, source),
    act: (act) => word(texts.acts, act),
    note: (act, note) => {
      const known = texts.dismissReasons[note] ?? word(texts.staff.timers, note);
      return CODED.has(act) && CODE.test(known) ? "" : known;
    },
  };
}
