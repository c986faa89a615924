import type { types } from "@slack/bolt";
import { slackTexts } from "#src/i18n/slack.js";
import type { CommandEvent } from "#src/platform/inbound-event.js";
import type { Inbox } from "#src/platform/platform-adapter.js";
import type { Clock } from "#src/shared/clock.js";
import type { Logger } from "#src/shared/logger.js";
import type { Acquaintance } from "./acquaintance.js";
import {
  type BlockActions,
  type ShortcutPayload,
  type ViewSubmission,
  viewState,
} from "./inbound-payload.js";
import type { Installation } from "./installation.js";
import { REPORT_SHORTCUT } from "./manifest.js";
import type { ResponseUrls } from "./response-url.js";
import type { SlackClient } from "./slack-client.js";
import { conversationIdOf, memberIdOf, SLACK } from "./slack-ids.js";
import type { HomeFacts, SlackPages, SurveyDraft } from "./slack-pages.js";
import type { SlackAnswer } from "./slack-transport.js";
import {
  answerWindow,
  BUILDER_CALLBACK,
  builderWindow,
  caseWindow,
  homePage,
  OPEN_BUILDER,
  PREVIEW_ACTION,
  REFRESH_HOME,
  reportWindow,
} from "./slack-views.js";
import { authorOf, type Listening } from "./translate-event.js";
import {
  actionOfButton,
  fieldsOf,
  formOf,
  pointedMessage,
  readFrame,
} from "./translate-interaction.js";

const EMPTY_DRAFT: SurveyDraft = { question: "", decision: "", when: "", openFor: "" };
/** What a modal may remember is short: a longer text is looked at again where it stands. */
const LONGEST_REMEMBERED = 1_500;

export interface WindowParts {
  readonly acquaintance: Pick<Acquaintance, "isNoAdmin">;
  readonly client: SlackClient;
  readonly responses: ResponseUrls;
  readonly pages: SlackPages;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Opening {
  readonly trigger: string | undefined;
  readonly answerTo: string | undefined;
  readonly conversationId: string;
}

/** The windows and the home page: opened while the person still looks, filled from the product. */
export class SlackWindows {
  readonly #parts: WindowParts;

  constructor(parts: WindowParts) {
    this.#parts = parts;
  }

  /** Shows somebody the home page as it is now. */
  async home(installation: Installation, user: string): Promise<void> {
    const facts = await this.#factsFor(installation, user);
    await this.#parts.client.call(installation, {
      method: "views.publish",
      arguments: { user_id: user, view: homePage(facts) },
      effect: "read",
    });
  }

  async #factsFor({ team }: Installation, user: string): Promise<HomeFacts> {
    const { pages, acquaintance } = this.#parts;
    return pages.home(memberIdOf(team, user), acquaintance.isNoAdmin(team, user));
  }

  /** Answers a press that opens or changes a window. False for any other, which is the core's. */
  async press(installation: Installation, payload: BlockActions): Promise<boolean> {
    const [pressed] = payload.actions;
    switch (actionOfButton(pressed?.action_id ?? "")) {
      case OPEN_BUILDER:
        await this.#openBuilder(installation, payload);
        return true;
      case PREVIEW_ACTION:
        await this.#preview(installation, payload);
        return true;
      case REFRESH_HOME:
        await this.home(installation, payload.user.id);
        return true;
      case "case.resolve":
      case "form.reply":
        await this.#askAboutCase(installation, payload);
        return true;
      case "form.vote":
        await this.#askForWords(installation, payload);
        return true;
      default:
        return false;
    }
  }

  /** Where a press belongs, and how the presser is reached. */
  #pressedAt({ team }: Installation, payload: BlockActions) {
    const channel = payload.channel?.id ?? payload.container?.channel_id ?? "";
    const { trigger_id: trigger, response_url: answerTo } = payload;
    return { channel, trigger, answerTo, conversationId: conversationIdOf(team, channel) };
  }

  /** Opens the window in which staff resolve a case or answer its member. */
  async #askAboutCase(installation: Installation, payload: BlockActions): Promise<void> {
    const [pressed] = payload.actions;
    const at = this.#pressedAt(installation, payload);
    const { channel, answerTo } = at;
    const resolving = actionOfButton(pressed?.action_id ?? "") === "case.resolve";
    const form = resolving ? "case.resolve" : "case.reply";
    const language = await this.#parts.pages.languageOf(at.conversationId);
    const fixed = { case: pressed?.value ?? "" };
    await this.#open(installation, at, caseWindow(form, language, { channel, answerTo, fixed }));
  }

  /** Opens a question that asks for words; one that is asked no more is answered instead. */
  async #askForWords(installation: Installation, payload: BlockActions): Promise<void> {
    const [run = "", question = ""] = (payload.actions[0]?.value ?? "").split("|");
    const at = this.#pressedAt(installation, payload);
    const { channel, answerTo } = at;
    const memberId = memberIdOf(installation.team, payload.user.id);
    const asked = await this.#parts.pages.asked({ memberId, run, question });
    if (asked.kind === "closed") return this.#answer(at, asked.notice);
    const frame = { channel, answerTo, fixed: { run, question } };
    await this.#open(installation, at, answerWindow(asked, frame));
  }

  /** Opens "Report as complaint" on the message that was pointed at. */
  async shortcut(
    installation: Installation,
    payload: ShortcutPayload,
    listening: Listening,
  ): Promise<void> {
    if (payload.callback_id !== REPORT_SHORTCUT) return;
    const conversationId = conversationIdOf(installation.team, payload.channel?.id ?? "");
    const opening = { trigger: payload.trigger_id, answerTo: payload.response_url, conversationId };
    const language = await this.#parts.pages.languageOf(conversationId);
    const pointed = pointedMessage(payload, listening);
    if (pointed === null) {
      await this.#answer(opening, slackTexts[language].edge.machine);
      return;
    }
    const { author, text, channel, messageId } = pointed;
    const fixed = {
      author: author.memberId,
      name: author.name.slice(0, 200),
      message: messageId,
      text: text.slice(0, LONGEST_REMEMBERED),
    };
    const said = { name: author.name, text };
    await this.#open(installation, opening, reportWindow(language, { channel, fixed }, said));
  }

  /** What keeps a form from being taken, by field; null when nothing does. */
  async faults(
    { team }: Installation,
    { user, view }: ViewSubmission,
  ): Promise<Readonly<Record<string, string>> | null> {
    const form = formOf(view.callback_id);
    const frame = readFrame(view.private_metadata);
    // What has lost its contents is refused as a whole.
    if (form === null || frame === null || view.state === undefined) return null;
    const conversationId = conversationIdOf(team, frame.channel);
    const values = { ...fieldsOf(view), ...frame.fixed };
    return this.#parts.pages.faults({
      memberId: memberIdOf(team, user.id),
      conversationId,
      form,
      values,
    });
  }

  /** Takes a sent window that is no form of the core: the survey builder. */
  async submission(
    inbox: Inbox,
    installation: Installation,
    sent: { readonly payload: ViewSubmission; readonly listening: Listening },
  ): Promise<SlackAnswer> {
    const { payload, listening } = sent;
    if (payload.view.callback_id !== BUILDER_CALLBACK) return { response_action: "clear" };
    const { pages, clock } = this.#parts;
    const fields = fieldsOf(payload.view);
    const draft = draftOf(fields);
    const facts = await this.#factsFor(installation, payload.user.id);
    const { language } = facts;
    const texts = slackTexts[language];
    const where = facts.channels.find((one) => one.conversationId === fields["channel"]);
    const errors = {
      ...(where === undefined ? { channel: texts.window.builder.needed } : {}),
      ...(draft.question === "" ? { question: texts.window.builder.needed } : {}),
      ...(draft.decision === "" ? { decision: texts.window.builder.needed } : {}),
    };
    if (where === undefined || Object.keys(errors).length > 0)
      return { response_action: "errors", errors };
    const event: CommandEvent = {
      kind: "command",
      eventId: `view:${memberIdOf(installation.team, payload.view.id)}`,
      at: clock.now(),
      conversation: { platform: SLACK, conversationId: where.conversationId },
      author: authorOf(listening, payload.user.id, payload.user.name),
      text: slackTexts[await pages.languageOf(where.conversationId)].surveyCommand(draft),
      isDirect: false,
    };
    await inbox.accept(event);
    return { response_action: "clear" };
  }

  async #openBuilder(installation: Installation, payload: BlockActions): Promise<void> {
    const facts = await this.#factsFor(installation, payload.user.id);
    if (!facts.staff || facts.channels.length === 0) return;
    const { language, channels } = facts;
    const view = builderWindow({
      language,
      channels,
      draft: EMPTY_DRAFT,
      preview: [],
      remarks: [],
    });
    const opening = { trigger: payload.trigger_id, answerTo: undefined, conversationId: "" };
    await this.#open(installation, opening, view);
  }

  /** Shows the card and the remarks for what is typed by now; a preview that comes too late is dropped. */
  async #preview(installation: Installation, payload: BlockActions): Promise<void> {
    const { view } = payload;
    const { pages, client, logger } = this.#parts;
    const state = viewState.safeParse(view?.state);
    if (view === undefined || !state.success) return;
    const draft = draftOf(fieldsOf({ state: state.data }));
    const facts = await this.#factsFor(installation, payload.user.id);
    const { language, channels } = facts;
    const preview = draft.question === "" ? [] : pages.preview(draft.question, language);
    const remarks = pages.remarks(draft, language);
    const shown = builderWindow({ language, channels, draft, preview, remarks });
    await client
      .callAtOnce(installation, {
        method: "views.update",
        arguments: { view_id: view.id, hash: view.hash ?? undefined, view: shown },
        effect: "read",
      })
      .catch((error: unknown) => logger.debug({ err: error }, "a preview came too late"));
  }

  /** Opens a window; when Slack takes it no more, the person is told instead of left waiting. */
  async #open(installation: Installation, opening: Opening, view: types.ModalView): Promise<void> {
    const { client, logger, pages } = this.#parts;
    try {
      await client.callAtOnce(installation, {
        method: "views.open",
        arguments: { trigger_id: opening.trigger ?? "", view },
        effect: "read",
      });
    } catch (error) {
      logger.warn({ err: error }, "a window could not be opened");
      const language = await pages.languageOf(opening.conversationId);
      await this.#answer(opening, slackTexts[language].edge.tooLate);
    }
  }

  async #answer({ answerTo }: Opening, text: string): Promise<void> {
    if (answerTo === undefined || answerTo === "") return;
    await this.#parts.responses.answer(answerTo, { text }).catch(() => false);
  }
}

/** Words that the command's own grammar would take for the end of a field are put aside. */
function fieldText(value: string | undefined): string {
  return (value ?? "").replaceAll(/[;；\n]/g, "，").trim();
}

function draftOf(fields: Readonly<Record<string, string>>): SurveyDraft {
  return {
    question: fieldText(fields["question"]),
    decision: fieldText(fields["decision"]),
    when: fieldText(fields["when"]),
    openFor: fieldText(fields["openFor"]),
  };
}
