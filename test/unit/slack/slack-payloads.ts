/** Payloads as Slack sends them: the shapes are checked against Slack's own samples in this folder's tests. */

export const TEAM = "T0HUIYIN1";
export const BOT_USER = "U0BOT0001";
export const BOT_ID = "B0BOT0001";
export const APP_ID = "A0HUIYIN1";
export const GROUP_CHANNEL = "C0GROUP01";
export const STAFF_CHANNEL = "C0STAFF01";
export const DIRECT_CHANNEL = "D0DIRECT1";

export type Json = Readonly<Record<string, unknown>>;

/** The seconds that all stamps of these payloads lie after. */
export const BASE_SECONDS = 1_795_140_000;

/** A Slack stamp: seconds after the base, and a running number for the digits behind the point. */
export function stamp(seconds: number, number = 0): string {
  return `${String(BASE_SECONDS + seconds)}.${String(number).padStart(6, "0")}`;
}

/** An Events API callback around an inner event. */
export function envelope(eventId: string, event: Json, team = TEAM): Json {
  return {
    token: "legacy",
    team_id: team,
    api_app_id: APP_ID,
    type: "event_callback",
    authorizations: [
      {
        enterprise_id: null,
        team_id: team,
        user_id: BOT_USER,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_id: eventId,
    event_time: BASE_SECONDS,
    event_context: "4-context",
    event,
  };
}

export interface Said {
  readonly user: string;
  readonly text: string;
  readonly ts: string;
  readonly channel?: string;
  readonly channelType?: string;
  readonly thread?: string;
  readonly parent?: string;
}

/** Somebody said something. */
export function messageEvent({ user, text, ts, channel, channelType, thread, parent }: Said): Json {
  return {
    client_msg_id: "4c0f2a52",
    type: "message",
    team: TEAM,
    user,
    text,
    ts,
    channel: channel ?? GROUP_CHANNEL,
    event_ts: ts,
    channel_type: channelType ?? "channel",
    ...(thread === undefined ? {} : { thread_ts: thread }),
    ...(parent === undefined ? {} : { parent_user_id: parent }),
  };
}

/** Somebody changed what they had said. */
export function changedEvent(
  said: Said,
  next: { readonly text: string; readonly editedTs: string },
): Json {
  const before = { type: "message", team: TEAM, user: said.user, text: said.text, ts: said.ts };
  return {
    type: "message",
    subtype: "message_changed",
    channel: said.channel ?? GROUP_CHANNEL,
    ts: next.editedTs,
    event_ts: next.editedTs,
    channel_type: "channel",
    hidden: true,
    message: {
      ...before,
      text: next.text,
      edited: { user: said.user, ts: next.editedTs },
    },
    previous_message: before,
  };
}

/** Somebody deleted what they had said. */
export function deletedEvent(said: Said, ts: string): Json {
  return {
    type: "message",
    subtype: "message_deleted",
    channel: said.channel ?? GROUP_CHANNEL,
    ts,
    event_ts: ts,
    deleted_ts: said.ts,
    channel_type: "channel",
    hidden: true,
    previous_message: {
      type: "message",
      team: TEAM,
      user: said.user,
      text: said.text,
      ts: said.ts,
    },
  };
}

export function reactionEvent(
  change: "added" | "removed",
  facts: {
    readonly user: string;
    readonly reaction: string;
    readonly to: string;
    readonly ts: string;
  },
): Json {
  return {
    type: `reaction_${change}`,
    user: facts.user,
    reaction: facts.reaction,
    item_user: "U0OTHER01",
    item: { type: "message", channel: GROUP_CHANNEL, ts: facts.to },
    event_ts: facts.ts,
  };
}

export function memberEvent(change: "joined" | "left", user: string, ts: string): Json {
  return {
    type: `member_${change}_channel`,
    user,
    channel: GROUP_CHANNEL,
    channel_type: "C",
    team: TEAM,
    event_ts: ts,
  };
}

export interface Press {
  readonly user: string;
  readonly actionId: string;
  readonly value: string;
  readonly actionTs: string;
  readonly messageTs: string;
  readonly channel?: string;
  readonly team?: string;
  readonly trigger?: string;
  readonly responseUrl?: string;
  readonly ephemeral?: boolean;
}

/** Somebody pressed a button under a message. */
export function pressPayload(press: Press): Json {
  const channel = press.channel ?? GROUP_CHANNEL;
  const team = press.team ?? TEAM;
  return {
    type: "block_actions",
    user: { id: press.user, username: `handle-${press.user}`, name: "handle", team_id: team },
    api_app_id: APP_ID,
    token: "legacy",
    container: {
      type: "message",
      message_ts: press.messageTs,
      channel_id: channel,
      is_ephemeral: press.ephemeral ?? false,
    },
    trigger_id: press.trigger ?? "1.2.trigger",
    team: { id: team, domain: "huiyin" },
    channel: { id: channel, name: "group" },
    message: {
      type: "message",
      user: BOT_USER,
      ts: press.messageTs,
      text: "card",
      team,
    },
    response_url: press.responseUrl ?? "https://hooks.slack.com/actions/T/1/x",
    actions: [
      {
        action_id: press.actionId,
        block_id: "choices:0",
        text: { type: "plain_text", text: "5", emoji: true },
        value: press.value,
        type: "button",
        action_ts: press.actionTs,
      },
    ],
  };
}

/** A slash command, as the fields of a form. */
export function commandPayload(facts: {
  readonly user: string;
  readonly text: string;
  readonly trigger?: string;
  readonly channel?: string;
  readonly team?: string;
  readonly responseUrl?: string;
}): Readonly<Record<string, string>> {
  return {
    token: "legacy",
    api_app_id: APP_ID,
    team_id: facts.team ?? TEAM,
    team_domain: "huiyin",
    channel_id: facts.channel ?? GROUP_CHANNEL,
    channel_name: "group",
    user_id: facts.user,
    user_name: `handle-${facts.user}`,
    command: "/huiyin",
    text: facts.text,
    response_url: facts.responseUrl ?? "https://hooks.slack.com/commands/T/1/x",
    trigger_id: facts.trigger ?? "1.2.command",
    is_enterprise_install: "false",
  };
}

/** A message shortcut. */
export function shortcutPayload(facts: {
  readonly user: string;
  readonly author: string;
  readonly text: string;
  readonly messageTs: string;
  readonly trigger?: string;
  readonly callback?: string;
}): Json {
  return {
    type: "message_action",
    token: "legacy",
    action_ts: stamp(90),
    team: { id: TEAM, domain: "huiyin" },
    user: { id: facts.user, name: "handle" },
    channel: { id: GROUP_CHANNEL, name: "group" },
    callback_id: facts.callback ?? "report_complaint",
    trigger_id: facts.trigger ?? "1.2.shortcut",
    response_url: "https://hooks.slack.com/app/T/1/x",
    message_ts: facts.messageTs,
    message: { type: "message", user: facts.author, ts: facts.messageTs, text: facts.text },
  };
}

/** A sent modal. */
export function submissionPayload(facts: {
  readonly user: string;
  readonly viewId: string;
  readonly callback: string;
  readonly metadata: string;
  readonly values: Readonly<Record<string, Readonly<Record<string, Json>>>>;
}): Json {
  return {
    type: "view_submission",
    team: { id: TEAM, domain: "huiyin" },
    user: { id: facts.user, username: "handle", name: "handle" },
    api_app_id: APP_ID,
    token: "legacy",
    trigger_id: "1.2.submission",
    view: {
      id: facts.viewId,
      team_id: TEAM,
      type: "modal",
      private_metadata: facts.metadata,
      callback_id: facts.callback,
      state: { values: facts.values },
      hash: "156772938.1827394",
      app_id: APP_ID,
      bot_id: BOT_ID,
    },
  };
}
