import type { types } from "@slack/bolt";
import type { MessageKind } from "#entities/vocabulary.js";
import { cutText, piecesOf } from "#src/platform/cut-text.js";
import type { Chart, ChoiceRow, OutboundMessage } from "#src/platform/outbound-message.js";
import { PlatformError } from "#src/platform/platform-error.js";
import { blockFaults } from "./block-limits.js";
import { type ChartBlock, chartBlocks } from "./chart-block.js";
import { userOf } from "./slack-ids.js";
import { escapeText, withoutControls } from "./slack-text.js";
import { buttonId } from "./translate-interaction.js";

/** Longest text of one message; with its buttons it stays below what Slack refuses. */
export const LONGEST_MESSAGE = 8_000;

const LONGEST_SECTION = 3_000;
const LONGEST_HEADER = 150;
const LONGEST_LABEL = 75;
const LONGEST_VALUE = 2_000;
const MOST_BUTTONS = 25;
const MOST_MENTIONS = 100;

/** Kinds whose first line is their title. */
const TITLED: ReadonlySet<MessageKind> = new Set(["survey", "result", "digest", "alert"]);

/** An uploaded picture that a message shows. */
export interface ShownPicture {
  readonly fileId: string;
  readonly alt: string;
}

export interface RenderOptions {
  readonly kind?: MessageKind;
  readonly picture?: ShownPicture;
  /** Drawn by Slack itself. */
  readonly charts?: readonly Chart[];
}

/** What a message is built from. */
type MessageBlock = types.KnownBlock | ChartBlock;

/** A message as Slack takes it. `text` alone is complete: notifications and screen readers use it. */
export interface RenderedMessage {
  readonly text: string;
  readonly blocks?: readonly MessageBlock[];
}

/**
 * The message in Slack's terms. Words are shown as they are: they can neither mention, nor link, nor
 * format. Raises `rejected` for what Slack would refuse.
 */
export function renderMessage(
  message: OutboundMessage,
  options: RenderOptions = {},
): RenderedMessage {
  const body = withoutControls(message.text);
  if (body.trim() === "") throw new PlatformError("rejected", "There is nothing to say.");
  if (body.length > LONGEST_MESSAGE)
    throw new PlatformError("rejected", "The text is longer than this platform takes.");
  const mentions = mentionsOf(message);
  const text = mentions === "" ? escapeText(body) : `${mentions} ${escapeText(body)}`;
  const choices = message.choices ?? [];
  const shown = [...chartBlocks(options.charts ?? []), ...pictureBlocks(options.picture)];
  if (choices.length === 0 && shown.length === 0 && body.length <= LONGEST_SECTION)
    if (!isTitled(body, options.kind)) return { text };
  const blocks = [
    ...mentionBlocks(mentions),
    ...bodyBlocks(body, options.kind),
    ...shown,
    ...choices.flatMap(choiceBlocks),
  ];
  const [fault] = blockFaults({ blocks }, "message");
  if (fault !== undefined)
    throw new PlatformError("rejected", `Slack would refuse ${fault.path}: ${fault.problem}.`);
  return { text, blocks };
}

function mentionsOf({ mentions = [] }: OutboundMessage): string {
  return mentions
    .slice(0, MOST_MENTIONS)
    .map(({ memberId }) => `<@${userOf(memberId).replaceAll(/[^A-Z0-9]/g, "")}>`)
    .join(" ");
}

/** The title of a card: its first line, when it has more and the line is short enough. */
function isTitled(body: string, kind: MessageKind | undefined): boolean {
  const end = body.indexOf("\n");
  return kind !== undefined && TITLED.has(kind) && end > 0 && end <= LONGEST_HEADER;
}

function mentionBlocks(mentions: string): readonly types.KnownBlock[] {
  return mentions === "" ? [] : [{ type: "section", text: { type: "mrkdwn", text: mentions } }];
}

function plain(text: string): types.PlainTextElement {
  return { type: "plain_text", text, emoji: false };
}

function bodyBlocks(body: string, kind: MessageKind | undefined): readonly types.KnownBlock[] {
  const titled = isTitled(body, kind);
  const end = titled ? body.indexOf("\n") : -1;
  const title = titled ? body.slice(0, end) : "";
  const header: readonly types.KnownBlock[] =
    title.trim() === "" ? [] : [{ type: "header", text: plain(title) }];
  const sections = piecesOf(header.length === 0 ? body : body.slice(end + 1), LONGEST_SECTION)
    .filter((piece) => piece.trim() !== "")
    .map((piece): types.KnownBlock => ({ type: "section", text: plain(piece) }));
  return [...header, ...sections];
}

function pictureBlocks(picture: ShownPicture | undefined): readonly types.KnownBlock[] {
  if (picture === undefined) return [];
  const alt = cutText(withoutControls(picture.alt), 2_000);
  return [
    {
      type: "image",
      slack_file: { id: picture.fileId },
      alt_text: alt === "" ? "–" : alt,
    },
  ];
}

/** A row of buttons; one with more than Slack shows side by side goes on in the next block. */
function choiceBlocks({ action, choices }: ChoiceRow, row: number): readonly types.KnownBlock[] {
  const buttons = choices.map((choice, index): types.Button => {
    if (choice.value.length > LONGEST_VALUE)
      throw new PlatformError("rejected", "The value of a button is longer than Slack takes.");
    const label = cutText(withoutControls(choice.label).replaceAll("\n", " "), LONGEST_LABEL);
    return {
      type: "button",
      action_id: buttonId(action, index),
      text: { type: "plain_text", text: label.trim() === "" ? "–" : label, emoji: true },
      value: choice.value,
      ...(choice.style === undefined ? {} : { style: choice.style }),
    };
  });
  const blocks: types.KnownBlock[] = [];
  for (let from = 0; from < buttons.length; from += MOST_BUTTONS)
    blocks.push({
      type: "actions",
      block_id: `choices:${String(row)}:${String(from)}`,
      elements: buttons.slice(from, from + MOST_BUTTONS),
    });
  return blocks;
}
