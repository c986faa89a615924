import type { types } from "@slack/bolt";
import type { Language } from "#entities/vocabulary.js";
import { slackTexts } from "#src/i18n/slack.js";
import { cutText } from "#src/platform/cut-text.js";
import type { AskedWords, HomeFacts, SurveyDraft } from "./slack-pages.js";
import { withoutControls } from "./slack-text.js";
import { buttonId, type FormFrame, formCallback, frameText } from "./translate-interaction.js";

/** Callback of the survey builder. */
export const BUILDER_CALLBACK = "slack:builder";
/** Actions of buttons that the adapter answers itself. */
export const OPEN_BUILDER = "open.builder";
export const REFRESH_HOME = "open.home";
/** Typing in the builder asks for a new preview. */
export const PREVIEW_ACTION = "open.preview";

const LONGEST_QUOTE = 2_000;
const LONGEST_WORDS = 1_000;
/** Of an answer to a survey no more is kept. */
const LONGEST_ANSWER = 500;
const LONGEST_QUESTION = 160;
const MOST_LINES = 20;
const LONGEST_LINE = 300;
const MOST_CHANNELS = 100;

function plain(text: string, most: number): types.PlainTextElement {
  const clean = cutText(withoutControls(text), most);
  return { type: "plain_text", text: clean.trim() === "" ? "–" : clean, emoji: false };
}

function section(text: string): types.SectionBlock {
  return { type: "section", text: plain(text, 3_000) };
}

function header(text: string): types.HeaderBlock {
  return { type: "header", text: plain(text, 150) };
}

interface Field {
  readonly block: string;
  readonly label: string;
  readonly hint: string;
  readonly most: number;
  readonly optional: boolean;
  readonly lines?: boolean;
  readonly value?: string;
  readonly live?: boolean;
}

function input(field: Field): types.InputBlock {
  const { block, label, hint, most, optional, lines = false, value = "", live = false } = field;
  return {
    type: "input",
    block_id: block,
    optional,
    label: plain(label, 2_000),
    ...(live ? { dispatch_action: true } : {}),
    element: {
      type: "plain_text_input",
      action_id: live ? buttonId(PREVIEW_ACTION, 0) : "input",
      multiline: lines,
      max_length: most,
      placeholder: plain(hint, 150),
      ...(value === "" ? {} : { initial_value: value }),
      ...(live ? { dispatch_action_config: { trigger_actions_on: ["on_character_entered"] } } : {}),
    },
  };
}

interface Window {
  readonly callback: string;
  readonly metadata: string;
  readonly title: string;
  readonly submit: string;
  readonly language: Language;
  readonly blocks: types.KnownBlock[];
}

function modal({ callback, metadata, title, submit, language, blocks }: Window): types.ModalView {
  return {
    type: "modal",
    callback_id: callback,
    private_metadata: metadata,
    title: plain(title, 24),
    submit: plain(submit, 24),
    close: plain(slackTexts[language].window.cancel, 24),
    blocks,
  };
}

/** A window with one field of words, that goes to the core as a form. */
interface WordsWindow {
  readonly form: string;
  readonly texts: { readonly title: string; readonly submit: string };
  readonly field: Omit<Field, "lines" | "live">;
  /** What stands above the field. */
  readonly above?: readonly types.KnownBlock[];
}

function wordsWindow(
  language: Language,
  frame: FormFrame,
  { form, texts, field, above = [] }: WordsWindow,
): types.ModalView {
  return modal({
    callback: formCallback(form),
    metadata: frameText(frame),
    title: texts.title,
    submit: texts.submit,
    language,
    blocks: [...above, input({ ...field, lines: true })],
  });
}

/** "Report as complaint": the words that were pointed at, and room for a note. */
export function reportWindow(
  language: Language,
  frame: FormFrame,
  said: { readonly name: string; readonly text: string },
): types.ModalView {
  const texts = slackTexts[language].window.report;
  const { note: label, noteHint: hint } = texts;
  return wordsWindow(language, frame, {
    form: "complaint",
    texts,
    field: { block: "note", label, hint, most: LONGEST_WORDS, optional: true },
    above: [section(`${texts.said(said.name)}\n${cutText(said.text, LONGEST_QUOTE)}`)],
  });
}

/** What staff say about a case: "Resolve" tells what was done, "Reply" answers the member. */
export function caseWindow(
  form: "case.resolve" | "case.reply",
  language: Language,
  frame: FormFrame,
): types.ModalView {
  const { resolve, reply } = slackTexts[language].window;
  const resolving = form === "case.resolve";
  const texts = resolving ? resolve : reply;
  const { words: label, wordsHint: hint } = texts;
  return wordsWindow(language, frame, {
    form,
    texts,
    field: { block: "words", label, hint, most: LONGEST_WORDS, optional: resolving },
  });
}

/** A survey question that asks for words, with what was answered before. */
export function answerWindow(
  { language, text, answer }: Extract<AskedWords, { kind: "open" }>,
  frame: FormFrame,
): types.ModalView {
  const texts = slackTexts[language].window.answer;
  return wordsWindow(language, frame, {
    form: "vote",
    texts,
    field: {
      block: "value",
      label: text,
      hint: texts.words,
      most: LONGEST_ANSWER,
      optional: false,
      value: answer,
    },
  });
}

/** The survey builder with what is known by now. */
export interface BuilderFacts {
  readonly language: Language;
  readonly channels: HomeFacts["channels"];
  readonly draft: SurveyDraft;
  readonly preview: readonly string[];
  readonly remarks: readonly string[];
}

function channelSelect({ channels, language }: BuilderFacts): types.InputBlock {
  const options = channels.slice(0, MOST_CHANNELS).map(({ conversationId, name }) => ({
    text: plain(name, 75),
    value: conversationId.slice(0, 150),
  }));
  const [first] = options;
  return {
    type: "input",
    block_id: "channel",
    label: plain(slackTexts[language].window.builder.channel, 2_000),
    element: {
      type: "static_select",
      action_id: "input",
      options,
      ...(first === undefined ? {} : { initial_option: first }),
    },
  };
}

function previewBlocks({ language, preview, remarks }: BuilderFacts): types.KnownBlock[] {
  const texts = slackTexts[language].window.builder;
  if (preview.length === 0) return [];
  const said = remarks.length === 0 ? [texts.fine] : [texts.remarks, ...remarks];
  return [
    { type: "divider" },
    section([texts.preview, ...preview].join("\n")),
    section(said.map((line) => cutText(line, LONGEST_LINE)).join("\n")),
  ];
}

/** The survey builder: four fields, a preview of the card and the linter's remarks. */
export function builderWindow(facts: BuilderFacts): types.ModalView {
  const { language, draft } = facts;
  const texts = slackTexts[language].window.builder;
  const field = (
    block: "question" | "decision" | "when" | "openFor",
    next: Pick<Field, "label" | "hint" | "optional"> & { readonly live?: boolean },
  ): types.InputBlock => {
    const most = block === "question" ? LONGEST_QUESTION : LONGEST_LINE;
    return input({ block, most, value: draft[block], ...next });
  };
  return modal({
    callback: BUILDER_CALLBACK,
    metadata: "",
    title: texts.title,
    submit: texts.submit,
    language,
    blocks: [
      channelSelect(facts),
      field("question", {
        label: texts.question,
        hint: texts.questionHint,
        optional: false,
        live: true,
      }),
      field("decision", { label: texts.decision, hint: texts.decisionHint, optional: false }),
      field("when", { label: texts.when, hint: texts.whenHint, optional: true, live: true }),
      field("openFor", { label: texts.openFor, hint: texts.openForHint, optional: true }),
      ...previewBlocks(facts),
    ],
  });
}

function listed(title: string, lines: readonly string[], none: string): types.KnownBlock[] {
  const shown = lines.slice(0, MOST_LINES).map((line) => `· ${cutText(line, 140)}`);
  return [header(title), section(shown.length === 0 ? none : shown.join("\n"))];
}

function button(action: string, label: string, style?: "primary"): types.Button {
  return {
    type: "button",
    action_id: buttonId(action, 0),
    text: plain(label, 75),
    value: action,
    ...(style === undefined ? {} : { style }),
  };
}

/** The home page: for staff the state of the shop, for everybody else how to use the bot. */
export function homePage(facts: HomeFacts): types.HomeView {
  const texts = slackTexts[facts.language].home;
  const intro: types.KnownBlock[] = [header(texts.title), section(texts.intro)];
  if (!facts.staff) return { type: "home", blocks: [...intro, section(texts.member)] };
  const builder =
    facts.channels.length === 0 ? [] : [button(OPEN_BUILDER, texts.newSurvey, "primary")];
  return {
    type: "home",
    blocks: [
      ...intro,
      { type: "actions", elements: [...builder, button(REFRESH_HOME, texts.refresh)] },
      ...listed(texts.cases(facts.cases.length), facts.cases, texts.noCases),
      ...listed(texts.surveys, facts.surveys, texts.noSurveys),
      header(texts.digest),
      section(facts.digest ?? texts.noDigest),
      ...listed(
        texts.channels,
        facts.channels.map(({ name, settings }) => `${name}: ${settings}`),
        texts.noChannels,
      ),
    ],
  };
}
