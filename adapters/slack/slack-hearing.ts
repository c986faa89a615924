import type { z } from "zod";
import type { Language } from "#entities/vocabulary.js";
import { slackTexts } from "#src/i18n/slack.js";
import type { ActionEvent, InboundEvent } from "#src/platform/inbound-event.js";
import type { Inbox } from "#src/platform/platform-adapter.js";
import { AppError } from "#src/shared/app-error.js";
import { type Clock, DAY } from "#src/shared/clock.js";
import { stableId } from "#src/shared/ids.js";
import type { Logger } from "#src/shared/logger.js";
import type { Acquaintance } from "./acquaintance.js";
import {
  type BlockActions,
  blockActions,
  type EventEnvelope,
  eventEnvelope,
  shortcutPayload,
  slashCommand,
  type ViewSubmission,
  viewSubmission,
} from "./inbound-payload.js";
import type { Installation, InstallationBook } from "./installation.js";
import type { ResponseUrls } from "./response-url.js";
import { conversationIdOf, SLACK, slackPlace, userOf } from "./slack-ids.js";
import type { SlackSpeech } from "./slack-speech.js";
import type { SlackAnswer } from "./slack-transport.js";
import type { SlackWindows } from "./slack-windows.js";
import { TenantBorder } from "./tenant-border.js";
import { authorOf, type Listening, readPayload, translateEvent } from "./translate-event.js";
import {
  fieldsOf,
  formOf,
  readFrame,
  translateCommand,
  translateForm,
  translatePress,
} from "./translate-interaction.js";

type Body = Readonly<Record<string, unknown>>;

/** A press that goes to the core. */
interface Pressed {
  readonly payload: BlockActions;
  readonly event: ActionEvent;
  readonly listening: Listening;
}

/** Somebody who does something, and where. */
interface Heard {
  readonly user: string;
  readonly channel: string;
}

/** Presses that every member of a channel may make, also of a workspace that shares it. */
const OPEN_TO_ALL = /^(?:vote|follow)$/;

/** A press or command waits this long for the presser's role, which decides what they may do. */
const KNOW_WITHIN_MS = 1_200;

export interface HearingParts {
  readonly book: InstallationBook;
  readonly acquaintance: Acquaintance;
  readonly speech: SlackSpeech;
  readonly windows: SlackWindows;
  readonly responses: ResponseUrls;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly botName: string;
  readonly language: Language;
}

/** Takes what Slack sends: refuses what is not for us, hands the rest to the inbox, answers. */
export class SlackHearing {
  readonly #parts: HearingParts;
  readonly #border: TenantBorder;
  readonly #aside = new Set<Promise<void>>();

  constructor(parts: HearingParts) {
    this.#parts = parts;
    this.#border = new TenantBorder({ ...parts, later: (work) => this.#later(work) });
  }

  /** Resolves with Slack's answer as soon as what was sent is stored; rejects when it is not. */
  async take(inbox: Inbox, body: Body): Promise<SlackAnswer> {
    if (typeof body["command"] === "string")
      return this.#command(inbox, readPayload(slashCommand, body));
    switch (body["type"]) {
      case "event_callback":
        return this.#event(inbox, readPayload(eventEnvelope, body));
      case "block_actions":
        return this.#press(inbox, body);
      case "view_submission":
        return this.#submission(inbox, body);
      case "message_action":
      case "shortcut":
        return this.#shortcut(body);
      case "app_rate_limited":
        this.#parts.logger.warn({}, "Slack holds events back: more than 30,000 in an hour");
        return undefined;
      default:
        // Another kind is of a newer Slack, or of a message of an older version of ours: acknowledged.
        if (typeof body["type"] === "string") return undefined;
        throw new AppError("invalid-input", "This is nothing that Slack sends.", { field: "type" });
    }
  }

  /** Resolves when nothing is asked of Slack on the side any more. */
  async settled(): Promise<void> {
    while (this.#aside.size > 0) await Promise.allSettled(this.#aside);
  }

  #listening(installation: Installation): Listening {
    const { acquaintance, botName } = this.#parts;
    const { team, botUserId, botId } = installation;
    return {
      team,
      botUserId,
      botId,
      botName,
      person: (user) => acquaintance.person(team, user),
    };
  }

  async #event(inbox: Inbox, envelope: EventEnvelope): Promise<SlackAnswer> {
    const team = envelope.authorizations?.[0]?.team_id ?? envelope.team_id;
    const installation = await this.#border.installation(team);
    if (installation === null) return undefined;
    const heard = translateEvent(envelope, this.#listening(installation));
    const { book, clock, windows } = this.#parts;
    switch (heard.kind) {
      case "event":
        await inbox.accept(heard.event);
        this.#follow(inbox, installation, heard.event);
        return undefined;
      case "home":
        this.#later(async () => {
          await this.#recognise(installation, heard.user);
          await windows.home(installation, heard.user);
        });
        return undefined;
      case "revoked":
        await book.remove(installation.team, clock.now());
        return undefined;
      case "nothing":
        return undefined;
    }
  }

  /** What is worth asking Slack about an event once it is stored. */
  #follow(inbox: Inbox, installation: Installation, event: InboundEvent): void {
    const { speech, acquaintance } = this.#parts;
    const { conversationId, threadId } = event.conversation;
    const { channel, team } = slackPlace(conversationId);
    if (event.kind === "message") {
      if (threadId !== undefined)
        speech.rememberThread(conversationId, event.message.messageId, threadId);
      if (!event.isDirect) this.#meetChannel(inbox, installation, channel);
      this.#meetPerson(inbox, installation, { user: userOf(event.author.memberId), channel });
      return;
    }
    if (event.kind !== "membership") return;
    if (event.who === "bot") acquaintance.forgetChannel(team, channel);
    else this.#meetPerson(inbox, installation, { user: userOf(event.author.memberId), channel });
    if (event.change === "joined") this.#meetChannel(inbox, installation, channel);
  }

  #meetPerson(inbox: Inbox, installation: Installation, who: Heard): void {
    if (this.#parts.acquaintance.isStale(installation.team, who.user))
      this.#later(() => this.#introduce(inbox, installation, who));
  }

  #meetChannel(inbox: Inbox, installation: Installation, channel: string): void {
    if (this.#parts.acquaintance.isStrange(installation.team, channel))
      this.#later(() => this.#nameChannel(inbox, installation, channel));
  }

  async #introduce(
    inbox: Inbox,
    installation: Installation,
    { user, channel }: Heard,
  ): Promise<void> {
    const { acquaintance } = this.#parts;
    await acquaintance.learn(installation, user);
    const event = acquaintance.introduction(installation, user, channel);
    if (event !== null) await inbox.accept(event);
  }

  async #nameChannel(inbox: Inbox, installation: Installation, channel: string): Promise<void> {
    const { acquaintance, clock } = this.#parts;
    const facts = await acquaintance.knownChannel(installation, channel);
    if (facts === null || facts.name === "" || facts.isDirect) return;
    const conversationId = conversationIdOf(installation.team, channel);
    const now = clock.now();
    await inbox.accept({
      kind: "renamed",
      // A name that comes back later must be told again: the day belongs to the id.
      eventId: `channel:${stableId(conversationId, facts.name, Math.floor(now / DAY))}`,
      at: now,
      conversation: { platform: SLACK, conversationId },
      author: authorOf(this.#listening(installation), installation.botUserId),
      subject: "conversation",
      name: facts.name,
    });
  }

  async #press(inbox: Inbox, body: Body): Promise<SlackAnswer> {
    const payload = readPayload(blockActions, body);
    const installation = await this.#border.installation(
      payload.view?.app_installed_team_id ?? payload.team?.id,
    );
    if (installation === null) return undefined;
    const listening = this.#listening(installation);
    if (payload.view !== undefined) {
      await this.#recognise(installation, payload.user.id);
      if (await this.#border.refuses(installation, payload)) return undefined;
    }
    if (await this.#parts.windows.press(installation, payload)) return undefined;
    const event = translatePress(payload, listening);
    if (event !== null) await this.#pressed(inbox, installation, { payload, event, listening });
    return undefined;
  }

  async #pressed(inbox: Inbox, installation: Installation, pressed: Pressed): Promise<void> {
    const { payload, event, listening } = pressed;
    // A vote asks for no right, and a thousand may come at once.
    if (OPEN_TO_ALL.test(event.action)) {
      await inbox.accept(event);
      return;
    }
    if (await this.#border.refuses(installation, payload)) return;
    const { channel } = slackPlace(event.conversation.conversationId);
    await this.#know(inbox, installation, { user: payload.user.id, channel });
    const author = { ...event.author, ...known(listening, payload.user.id) };
    await inbox.accept({ ...event, author });
  }

  async #command(inbox: Inbox, payload: z.infer<typeof slashCommand>): Promise<SlackAnswer> {
    const { acquaintance, clock, language } = this.#parts;
    const texts = slackTexts[language].edge;
    const installation = await this.#border.installation(payload.team_id);
    if (installation === null) return texts.unknownTeam;
    const { user_id: user, channel_id: channel } = payload;
    // What is asked of Slack first takes its time.
    const at = clock.now();
    const [facts] = await Promise.all([
      this.#within(acquaintance.knownChannel(installation, channel)),
      this.#know(inbox, installation, { user, channel }),
    ]);
    // Slack itself said so: a channel that it does not tell about is served as if the bot were in it.
    if (facts !== undefined && facts !== null && !facts.isMember) return texts.notInChannel;
    const event = translateCommand(payload, this.#listening(installation), at);
    try {
      await inbox.accept(event);
      return undefined;
    } catch (error) {
      this.#parts.logger.warn({ err: error }, "a command could not be kept");
      // Slack does not send a command again: the person must know.
      return texts.later;
    }
  }

  async #submission(inbox: Inbox, body: Body): Promise<SlackAnswer> {
    const payload = readPayload(viewSubmission, body);
    const { clock, windows } = this.#parts;
    const team = payload.view.app_installed_team_id ?? payload.team?.id;
    const installation = await this.#border.installation(team);
    if (installation === null) return { response_action: "clear" };
    const listening = this.#listening(installation);
    const form = formOf(payload.view.callback_id);
    if (form !== "vote" && (await this.#border.refuses(installation, payload)))
      return { response_action: "clear" };
    const channel = channelOf(payload.view);
    // An answer asks for no right, and a thousand may come at once.
    if (form !== "vote" && channel !== null)
      await this.#know(inbox, installation, { user: payload.user.id, channel });
    if (form === null) return windows.submission(inbox, installation, { payload, listening });
    const faults = await windows.faults(installation, payload);
    if (faults !== null) return { response_action: "errors", errors: faults };
    await inbox.accept(translateForm(payload, listening, clock.now()));
    return { response_action: "clear" };
  }

  async #shortcut(body: Body): Promise<SlackAnswer> {
    const payload = readPayload(shortcutPayload, body);
    const installation = await this.#border.installation(payload.team?.id);
    if (installation === null) return undefined;
    if (await this.#border.refuses(installation, payload)) return undefined;
    await this.#parts.windows.shortcut(installation, payload, this.#listening(installation));
    return undefined;
  }

  /**
   * Learns who somebody is and what they may do before what they want is taken, but does not wait for
   * it longer than Slack's patience allows.
   */
  async #know(inbox: Inbox, installation: Installation, who: Heard): Promise<void> {
    if (!this.#parts.acquaintance.isStale(installation.team, who.user, "rights")) return;
    const learnt = this.#introduce(inbox, installation, who).catch((error: unknown) => {
      this.#parts.logger.warn({ err: error }, "what Slack tells of somebody could not be kept");
    });
    await this.#within(learnt);
  }

  /** The same in front of a page, which reads what is known by now. */
  async #recognise(installation: Installation, user: string): Promise<void> {
    const { acquaintance } = this.#parts;
    if (acquaintance.isStale(installation.team, user, "rights"))
      await this.#within(acquaintance.learn(installation, user));
  }

  async #within<Value>(asked: Promise<Value>): Promise<Value | undefined> {
    const done = new AbortController();
    const patience = this.#parts.clock.sleep(KNOW_WITHIN_MS, done.signal).then(() => undefined);
    try {
      return await Promise.race([asked, patience]);
    } finally {
      done.abort();
    }
  }

  /** Something that nobody waits for; a failure is worth a line, no more. */
  #later(work: () => Promise<unknown>): void {
    const running = work()
      .then(() => undefined)
      .catch((error: unknown) => {
        this.#parts.logger.debug({ err: error }, "something asked of Slack on the side failed");
      })
      .finally(() => this.#aside.delete(running));
    this.#aside.add(running);
  }
}

/** The channel that a window is for; null when it has lost that. */
function channelOf(view: ViewSubmission["view"]): string | null {
  const frame = readFrame(view.private_metadata);
  if (frame !== null) return frame.channel;
  const [, channel = ""] = (fieldsOf(view)["channel"] ?? "").split("/");
  return channel === "" ? null : channel;
}

/** What is known of somebody by now, without an empty name. */
function known(listening: Listening, user: string) {
  const { name, role } = listening.person(user);
  return { ...(name === "" ? {} : { name }), ...(role === undefined ? {} : { role }) };
}
