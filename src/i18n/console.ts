import type { Language } from "#entities/vocabulary.js";
import { casesPage } from "./console-cases.js";
import { chatPage } from "./console-chat.js";
import { overviewPage } from "./console-overview.js";
import { relayPage } from "./console-relay.js";
import { settingsPage } from "./console-settings.js";
import { shell } from "./console-shell.js";

/** Every text of the pages in one language, by topic. */
export interface ConsoleTexts {
  readonly shell: (typeof shell)["zh"];
  readonly chat: (typeof chatPage)["zh"];
  readonly overview: (typeof overviewPage)["zh"];
  readonly cases: (typeof casesPage)["zh"];
  readonly relay: (typeof relayPage)["zh"];
  readonly settings: (typeof settingsPage)["zh"];
}

/** The texts of the pages; a key that one language lacks does not compile. */
export const consoleTexts: Readonly<Record<Language, ConsoleTexts>> = {
  zh: {
    shell: shell.zh,
    chat: chatPage.zh,
    overview: overviewPage.zh,
    cases: casesPage.zh,
    relay: relayPage.zh,
    settings: settingsPage.zh,
  },
  en: {
    shell: shell.en,
    chat: chatPage.en,
    overview: overviewPage.en,
    cases: casesPage.en,
    relay: relayPage.en,
    settings: settingsPage.en,
  },
};
