import { PlatformError } from "#src/platform/platform-error.js";

/** Name of the platform. */
export const SLACK = "slack";

/** A channel of a workspace by Slack's own ids. */
export interface SlackPlace {
  readonly team: string;
  readonly channel: string;
}

/**
 * Id of a conversation: `T…/C…`, as it stands at the end of the channel's address in a browser. The
 * workspace belongs to it, because its token is needed to speak there.
 */
export function conversationIdOf(team: string, channel: string): string {
  return `${team}/${channel}`;
}

/** Reads {@link conversationIdOf} back. Throws `PlatformError` (rejected) for any other text. */
export function slackPlace(conversationId: string): SlackPlace {
  const [team, channel, ...rest] = conversationId.split("/");
  if (
    team === undefined ||
    team === "" ||
    channel === undefined ||
    channel === "" ||
    rest.length > 0
  )
    throw new PlatformError(
      "rejected",
      "A Slack conversation is written as T…/C…, as at the end of its address in a browser.",
    );
  return { team, channel };
}

/** Id of a member: ids of users are unique within a workspace only. */
export function memberIdOf(team: string, user: string): string {
  return `${team}/${user}`;
}

/** Slack's own id of a member, without the workspace. */
export function userOf(memberId: string): string {
  return memberId.slice(memberId.lastIndexOf("/") + 1);
}

/** True for the conversation of one person and the bot: their ids begin with D. */
export function isDirectChannel(channel: string): boolean {
  return channel.startsWith("D");
}

/** Epoch ms of a Slack time stamp such as `1610144875.000600`. */
export function instantOfStamp(stamp: string): number {
  return Math.floor(Number(stamp) * 1_000);
}
