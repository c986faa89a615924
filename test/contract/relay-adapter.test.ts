import type { PastedLine } from "#adapters/relay/pasted-line.js";
import { RelayAdapter } from "#adapters/relay/relay-adapter.js";
import { messageEvent } from "#adapters/relay/relay-events.js";
import { groupPlace, memberOf } from "#adapters/relay/relay-places.js";
import type { Tray, TrayEntry } from "#adapters/relay/tray.js";
import type { MessageEvent } from "#src/platform/inbound-event.js";
import { type AdapterHarness, describeAdapterContract } from "./platform-adapter.contract.js";

const group = groupPlace("阳光花园团购群");
const AT = Date.parse("2026-11-20T19:03:00+08:00");

function line(text: string, minutes: number): PastedLine {
  const at = AT + minutes * 60_000;
  const time = { from: at, until: at + 60_000, at, sure: "minute", key: `m${String(at)}` } as const;
  const place = { from: 1, to: 2, section: 0, media: false, doubts: [] };
  return { kind: "message", name: "张阿姨", text, time, ...place };
}

const context = {
  group,
  botNames: ["小助手"],
  isOwn: (text: string): boolean => text.startsWith("满意"),
  staff: new Set<string>(),
  paster: { name: "店员" },
};

function event(text: string, minutes: number, more: Partial<MessageEvent> = {}): MessageEvent {
  const id = `line-${String(minutes)}`;
  return {
    kind: "message",
    eventId: id,
    at: AT + minutes * 60_000,
    conversation: group,
    author: { ...memberOf(group, "张阿姨"), name: "张阿姨" },
    text,
    message: { conversation: group, messageId: id },
    mentionsBot: false,
    isDirect: false,
    ...more,
  };
}

/** A tray in memory that counts how often it was asked. */
class CountingTray implements Tray {
  readonly entries: TrayEntry[] = [];
  calls = 0;

  async put(entry: TrayEntry): Promise<string> {
    this.calls += 1;
    const known = this.entries.findIndex(({ key }) => key === entry.key);
    if (known >= 0) return `item-${String(known)}`;
    this.entries.push(entry);
    return `item-${String(this.entries.length - 1)}`;
  }

  async find(_: unknown, key: string): Promise<string | null> {
    this.calls += 1;
    const known = this.entries.findIndex((entry) => entry.key === key);
    return known < 0 ? null : `item-${String(known)}`;
  }
}

async function make(capabilities = {}): Promise<AdapterHarness> {
  const tray = new CountingTray();
  const adapter = new RelayAdapter({ tray, capabilities });
  return {
    adapter,
    deliver: async (payload) => {
      const { pasted, id } = payload as { pasted: PastedLine; id: string };
      const events = [messageEvent(pasted, id, context)];
      return adapter.hear(events).then(
        () => "acknowledged" as const,
        () => "refused" as const,
      );
    },
    calls: () => tray.calls,
    shown: () =>
      tray.entries.map(({ text, picture }) => ({
        text,
        mentions: [],
        everybodyMentioned: false,
        ...(picture === null ? {} : { pictureAlt: picture.alt }),
      })),
    fail: () => undefined,
  };
}

describeAdapterContract({
  name: "relay",
  make,
  fixtures: [
    {
      name: "a message",
      payload: { pasted: line("草莓烂了", 0), id: "line-0" },
      event: event("草莓烂了", 0),
    },
    {
      name: "a quote of the bot's own text",
      payload: { pasted: line("「店长：满意吗」\n- - - - - - - - -\n5", 1), id: "line-1" },
      event: event("5", 1, { repliesTo: { text: "满意吗", ofBot: true } }),
    },
    {
      name: "a picture",
      payload: { pasted: { ...line("", 2), media: true }, id: "line-2" },
      event: event("", 2, { hasMedia: true }),
    },
  ],
  own: [],
  unknownKind: {},
  malformed: [],
  conversation: group,
  member: memberOf(group, "张阿姨"),
  failures: [],
  dangerousText: "@所有人 <b>大家好</b>",
  skips: {
    2: "chat that people copy holds messages only: no buttons, reactions, forms or edits",
    3: "what the bot said comes back under a member's name; the desk knows it by its words, see test/walks/relay-walk.test.ts",
    7: "a text that staff copied cannot be changed any more; edits are refused as not supported",
    10: "the tray rings nobody: whom to mention stands in the text for whoever carries it out",
    12: "a paste is read by the desk before the adapter hears of it, see test/unit/relay",
  },
});
