import { helpTexts } from "#src/i18n/command-help.js";
import type { Call } from "./command-call.js";
import { shownWord } from "./command-words.js";

/** How a command is written, with the way to its help. */
export function usageOf({ texts, language, name }: Call): string {
  return texts.usage(helpTexts[language].entries[name].usage, shownWord(name, language));
}
