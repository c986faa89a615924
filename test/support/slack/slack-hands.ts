import { z } from "zod";
import { conversationIdOf } from "#adapters/slack/slack-ids.js";
import type { Group } from "#entities/index.js";
import {
  commandPayload,
  type Json,
  messageEvent,
  pressPayload,
  submissionPayload,
} from "../../unit/slack/slack-payloads.js";
import type { DriverAnswer } from "./slack-driver.js";
import { buttonsOf, type SlackProduct } from "./slack-product.js";
import type { KeptMessage } from "./slack-workspace.js";

const openedView = z.object({
  callback_id: z.string(),
  private_metadata: z.string(),
  blocks: z.array(z.looseObject({ type: z.string() })),
});

/** A window as it was opened. */
export type OpenedView = z.infer<typeof openedView>;

/** What people do in the emulated workspace, by hand. */
export class SlackHands {
  readonly #product: SlackProduct;

  constructor(product: SlackProduct) {
    this.#product = product;
  }

  /** Says something and lets the product work it off. */
  async says(channel: string, who: string, text: string): Promise<void> {
    const product = this.#product;
    const said = { user: product.user(who), text, ts: product.stamp() };
    await product.event(messageEvent({ ...said, channel: product.channel(channel) }));
    await product.settle();
  }

  /** Types a command; what it was answered, to the asker alone. */
  async commands(channel: string, who: string, text: string): Promise<string> {
    const product = this.#product;
    const before = product.workspace.answers.length;
    await product.driver.send(
      commandPayload({
        user: product.user(who),
        text,
        trigger: product.stamp(),
        channel: product.channel(channel),
        team: product.workspace.team,
        responseUrl: product.workspace.responseUrl(who),
      }),
    );
    await product.settle();
    return product.workspace.answers
      .slice(before)
      .map((answer) => String(answer["text"]))
      .join("\n");
  }

  /** The labels of the buttons under a message. */
  labelsOf(message: KeptMessage): readonly string[] {
    return buttonsOf(message).map((button) => labelOf(button));
  }

  /** Presses a button without waiting for what follows. */
  async press(
    channel: string,
    who: string,
    message: KeptMessage,
    label: string,
  ): Promise<DriverAnswer> {
    const product = this.#product;
    const button = buttonsOf(message).find((one) => labelOf(one).includes(label));
    if (button === undefined) throw new Error(`there is no button ${label}`);
    return product.driver.send(
      pressPayload({
        user: product.user(who),
        actionId: String(button["action_id"]),
        value: String(button["value"]),
        actionTs: product.stamp(),
        messageTs: message.ts,
        channel: product.channel(channel),
        team: product.workspace.team,
        responseUrl: product.workspace.responseUrl(who),
        trigger: await product.workspace.trigger(product.user(who)),
      }),
    );
  }

  /** Presses a button and lets the product work it off; what the presser was answered. */
  async presses(
    channel: string,
    who: string,
    message: KeptMessage,
    label: string,
  ): Promise<readonly string[]> {
    const before = this.#product.workspace.answers.length;
    await this.press(channel, who, message, label);
    await this.#product.settle();
    return this.#product.workspace.answers.slice(before).map((answer) => String(answer["text"]));
  }

  /** The window that was opened last. */
  window(): OpenedView {
    const call = this.#product.workspace.callsOf("views.open").at(-1);
    return openedView.parse(JSON.parse(call?.fields["view"] ?? "{}"));
  }

  /** Sends a window with these words in its field; what the window is told to do. */
  async sends(
    who: string,
    view: OpenedView,
    given: { readonly field: string; readonly words: string; readonly viewId: string },
  ): Promise<Json> {
    const product = this.#product;
    const { field, words, viewId } = given;
    const payload = submissionPayload({
      user: product.user(who),
      viewId,
      callback: view.callback_id,
      metadata: view.private_metadata,
      values: { [field]: { input: { type: "plain_text_input", value: words } } },
    });
    const { team: id } = product.workspace;
    const user = { id: product.user(who), username: who, name: who, team_id: id };
    const team = { id, domain: "huiyin" };
    const { text } = await product.driver.send({ ...payload, user, team });
    await product.settle();
    return JSON.parse(text) as Json;
  }

  /** The newest message of a channel that says this. */
  async found(channel: string, pattern: RegExp): Promise<KeptMessage> {
    const list = await this.#product.history(channel);
    const message = list.findLast((one) => pattern.test(one.text));
    if (message !== undefined) return message;
    const said = list.map((one) => one.text).join("\n--\n");
    throw new Error(`${String(pattern)} is not among:\n${said}`);
  }

  /** The customers' group of a channel, known to the product. */
  async group(channel = "group"): Promise<Group> {
    const { app, store, clock, workspace } = this.#product;
    const conversationId = conversationIdOf(workspace.team, this.#product.channel(channel));
    const place = { platform: "slack", conversationId };
    return store.write((tx) => app.rooms.directory.ensureGroup(tx, { place, at: clock.now() }));
  }
}

function labelOf(button: Readonly<Record<string, unknown>>): string {
  return z.object({ text: z.object({ text: z.string() }) }).parse(button).text.text;
}
