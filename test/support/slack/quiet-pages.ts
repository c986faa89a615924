import type { SlackPages } from "#adapters/slack/slack-pages.js";

/** Pages of a product that has nothing to show yet. */
export const quietPages: SlackPages = {
  languageOf: async () => "zh",
  home: async () => ({
    language: "zh",
    staff: false,
    cases: [],
    surveys: [],
    digest: null,
    channels: [],
  }),
  asked: async () => ({ kind: "open", language: "zh", text: "？", answer: "" }),
  faults: async () => null,
  remarks: () => [],
  preview: (question) => [question],
};
