import { z } from "zod";

/** Slack writes what is not there as null, or not at all: both read as absent. */
function maybe<Shape extends z.ZodType>(shape: Shape) {
  return shape.nullish().transform((value) => value ?? undefined);
}

const id = z.string().min(1).max(255);
const stamp = z.string().regex(/^\d{1,12}\.\d{1,9}$/);
const words = maybe(z.string());

const said = z.object({
  user: maybe(id),
  bot_id: maybe(z.string()),
  subtype: maybe(z.string()),
  /** The author's workspace, where a channel is shared with others. */
  user_team: maybe(z.string()),
  text: words,
  ts: stamp,
  thread_ts: maybe(stamp),
  parent_user_id: maybe(z.string()),
  files: maybe(z.array(z.unknown())),
  edited: maybe(z.object({ ts: stamp })),
});

/** The outer part of everything that the Events API sends. */
export const eventEnvelope = z.object({
  type: z.literal("event_callback"),
  team_id: id,
  api_app_id: maybe(z.string()),
  event_id: id,
  event_time: maybe(z.number()),
  authorizations: maybe(z.array(z.object({ team_id: maybe(id) }))),
  event: z.looseObject({ type: id }),
});
export type EventEnvelope = z.infer<typeof eventEnvelope>;

/** A message that was said, changed or deleted. */
export const messagePayload = said.extend({
  channel: id,
  channel_type: maybe(z.string()),
  event_ts: maybe(stamp),
  message: maybe(said),
  previous_message: maybe(said.partial({ ts: true })),
  deleted_ts: maybe(stamp),
});
export type MessagePayload = z.infer<typeof messagePayload>;
export type SaidPayload = z.infer<typeof said>;

export const reactionPayload = z.object({
  user: id,
  reaction: id,
  item: z.looseObject({ type: z.string(), channel: maybe(id), ts: maybe(stamp) }),
  event_ts: stamp,
});

export const membershipPayload = z.object({ user: id, channel: id, event_ts: maybe(stamp) });

/** The bot left a channel, or the channel was archived or deleted: the id is all that is told. */
export const channelPayload = z.object({ channel: id, event_ts: maybe(stamp) });

export const renamePayload = z.object({
  channel: z.object({ id, name: z.string().min(1) }),
  event_ts: maybe(stamp),
});

export const homePayload = z.object({ user: id, tab: maybe(z.string()) });

const person = z.object({ id, name: words, username: words, team_id: maybe(z.string()) });
const team = z.object({ id });
const option = maybe(z.object({ value: maybe(z.string()) }));

/** Something pressed or chosen. */
const pressed = z.object({
  type: maybe(z.string()),
  action_id: id,
  block_id: maybe(z.string()),
  value: maybe(z.string()),
  selected_option: option,
  action_ts: stamp,
});

/** A press of a button, in a message or in a view. */
export const blockActions = z.object({
  type: z.literal("block_actions"),
  team: maybe(team),
  user: person,
  trigger_id: maybe(z.string()),
  response_url: maybe(z.string()),
  channel: maybe(z.object({ id, name: words })),
  container: maybe(
    z.object({
      message_ts: maybe(stamp),
      channel_id: maybe(z.string()),
      is_ephemeral: maybe(z.boolean()),
      thread_ts: maybe(stamp),
    }),
  ),
  message: maybe(z.looseObject({ thread_ts: maybe(stamp) })),
  view: maybe(
    z.looseObject({
      id,
      hash: words,
      callback_id: words,
      private_metadata: words,
      app_installed_team_id: words,
      state: z.unknown().optional(),
    }),
  ),
  actions: z.array(pressed).min(1).max(100),
});
export type BlockActions = z.infer<typeof blockActions>;

const field = z.looseObject({
  type: maybe(z.string()),
  value: maybe(z.string()),
  selected_option: option,
});

/** What stands in the fields of a view: by block, by action. */
export const viewState = z.object({
  values: z.record(z.string().max(255), z.record(z.string().max(255), field)),
});

/** A modal that was sent. */
export const viewSubmission = z.object({
  type: z.literal("view_submission"),
  team: maybe(team),
  user: person,
  view: z.object({
    id,
    callback_id: id,
    private_metadata: maybe(z.string()),
    app_installed_team_id: maybe(z.string()),
    state: maybe(viewState),
  }),
});
export type ViewSubmission = z.infer<typeof viewSubmission>;

export const slashCommand = z.object({
  team_id: id,
  channel_id: id,
  channel_name: words,
  user_id: id,
  user_name: words,
  command: id,
  text: maybe(z.string()),
  response_url: maybe(z.string()),
  trigger_id: id,
});
export type SlashCommand = z.infer<typeof slashCommand>;

/** "Report as complaint" on a message, or a shortcut of the whole workspace. */
export const shortcutPayload = z.object({
  type: z.enum(["message_action", "shortcut"]),
  callback_id: id,
  team: maybe(team),
  user: person,
  trigger_id: id,
  action_ts: maybe(stamp),
  response_url: maybe(z.string()),
  channel: maybe(z.object({ id, name: words })),
  message: maybe(
    z.looseObject({
      ts: stamp,
      thread_ts: maybe(stamp),
      user: maybe(z.string()),
      bot_id: maybe(z.string()),
      text: words,
    }),
  ),
});
export type ShortcutPayload = z.infer<typeof shortcutPayload>;
