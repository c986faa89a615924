import type { Capabilities } from "#src/platform/capabilities.js";
import type { ConversationRef, MemberRef, MessageRef } from "#src/platform/conversation.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import type {
  AdapterHealth,
  ConversationInfo,
  PlatformAdapter,
  SendOptions,
} from "#src/platform/platform-adapter.js";
import { SLACK_CAPABILITIES } from "./slack-adapter.js";

/** What a workspace has that nobody speaks to: everything, without pictures that nobody would see. */
export const SILENT_CAPABILITIES: Capabilities = { ...SLACK_CAPABILITIES, pictures: false };

/** Takes everything that is said and says it to nobody: for reading what was long ago. */
export class SilentAdapter implements PlatformAdapter {
  readonly platform: string;
  readonly capabilities: Capabilities;

  constructor(platform: string, capabilities: Capabilities) {
    this.platform = platform;
    this.capabilities = capabilities;
  }

  async start(): Promise<void> {
    // Nothing is heard here: the events are handed to the inbox by whoever reads them.
  }

  async stop(): Promise<void> {
    // There is nothing to end.
  }

  async send(
    to: ConversationRef,
    _message: OutboundMessage,
    { key }: SendOptions,
  ): Promise<MessageRef> {
    return { conversation: to, messageId: `unsaid:${key}` };
  }

  async edit(): Promise<void> {
    // What was never said needs no change.
  }

  async find(): Promise<MessageRef | null> {
    return null;
  }

  async openDirect(member: MemberRef): Promise<ConversationRef> {
    return { platform: this.platform, conversationId: `unsaid:${member.memberId}` };
  }

  async describe({ conversationId }: ConversationRef): Promise<ConversationInfo> {
    return { name: conversationId, isDirect: false };
  }

  health(): AdapterHealth {
    return { state: "ok", detail: "" };
  }

  routes(): readonly [] {
    return [];
  }
}
