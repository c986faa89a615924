import { describe, expect, it } from "vitest";
import type { Capabilities } from "#src/platform/capabilities.js";
import {
  type ConversationRef,
  conversationFromKey,
  conversationKey,
  type MemberRef,
  messageKey,
} from "#src/platform/conversation.js";
import { degrade } from "#src/platform/degrade.js";
import type { InboundEvent, InboundKind } from "#src/platform/inbound-event.js";
import type { Inbox, PlatformAdapter, SendOptions } from "#src/platform/platform-adapter.js";
import { PlatformError, type PlatformErrorCode } from "#src/platform/platform-error.js";
import type { Picture } from "#src/shared/picture.js";

/** A message as the people on the platform see it. */
export interface Shown {
  readonly text: string;
  /** Members who were notified. */
  readonly mentions: readonly string[];
  readonly everybodyMentioned: boolean;
  /** Words of the picture beside the text for readers without eyes; absent without a picture. */
  readonly pictureAlt?: string;
}

/** One adapter with the platform behind it replaced. */
export interface AdapterHarness {
  readonly adapter: PlatformAdapter;
  /** Delivers a payload as the platform does, and tells what the platform was answered. */
  readonly deliver: (payload: unknown) => Promise<"acknowledged" | "refused">;
  /** How often the platform was called so far. */
  readonly calls: () => number;
  /** Everything that was posted, as it is shown now, oldest first. */
  readonly shown: () => readonly Shown[];
  /** Makes the next call fail as the platform's SDK would. */
  readonly fail: (failure: ExpectedFailure) => void;
}

/** A failure of the SDK and what it must become. */
export interface ExpectedFailure {
  readonly code: PlatformErrorCode;
  readonly retryAfterMs?: number;
}

/** One recorded payload: the event it becomes, or null for nothing. */
export interface PayloadFixture {
  readonly name: string;
  readonly payload: unknown;
  readonly event: InboundEvent | null;
}

export type Clause = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13;

/** What a platform must bring along to be held to the contract. */
export interface AdapterContract {
  readonly name: string;
  make(capabilities?: Partial<Capabilities>): Promise<AdapterHarness>;
  readonly fixtures: readonly PayloadFixture[];
  /** Payloads by which the platform tells of what the bot itself said or did. */
  readonly own: readonly unknown[];
  readonly unknownKind: unknown;
  readonly malformed: readonly unknown[];
  readonly conversation: ConversationRef;
  readonly member: MemberRef;
  readonly failures: readonly ExpectedFailure[];
  /** Words by which people mention everybody, or markup, on this platform. */
  readonly dangerousText: string;
  /** Clauses that cannot be kept, with the reason; printed with each run. */
  readonly skips: Partial<Readonly<Record<Clause, string>>>;
  /** Kinds of events that the platform has no payload for, with the reason; printed with each run. */
  readonly lacks?: Partial<Readonly<Record<InboundKind, string>>>;
}

const ALL_KINDS: readonly InboundKind[] = [
  "message",
  "edited",
  "recalled",
  "reaction",
  "command",
  "action",
  "form",
  "membership",
  "renamed",
];

const OPTIONS: SendOptions = { key: "contract:1", kind: "reply" };

/** The smallest PNG there is. */
const PICTURE: Picture = {
  bytes: Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  ),
  mediaType: "image/png",
  width: 1,
  height: 1,
  alt: "满意率 85%",
};

/** An inbox that keeps what it is given, and can be made to wait or refuse. */
class KeepingInbox implements Inbox {
  readonly events: InboundEvent[] = [];
  refuses = false;
  #gate: Promise<void> = Promise.resolve();

  async accept(event: InboundEvent): Promise<"accepted"> {
    await this.#gate;
    if (this.refuses) throw new Error("not stored");
    this.events.push(event);
    return "accepted";
  }

  /** Everything waits until the returned function is called. */
  hold(): () => void {
    let open: () => void = () => undefined;
    this.#gate = new Promise((resolve) => {
      open = resolve;
    });
    return () => open();
  }
}

async function turn(): Promise<void> {
  for (let index = 0; index < 5; index += 1) await new Promise((resolve) => setImmediate(resolve));
}

type ClauseTest = (name: string, test: () => Promise<void>) => void;

/** Declares the tests of the contract between the core and one adapter. */
export function describeAdapterContract(contract: AdapterContract): void {
  describe(`the ${contract.name} adapter`, () => {
    const skips = Object.entries(contract.skips);
    for (const [clause, reason] of skips)
      process.stderr.write(`SKIPPED: ${contract.name} adapter, clause ${clause}: ${reason}\n`);
    const lacks = Object.entries(contract.lacks ?? {});
    for (const [kind, reason] of lacks)
      process.stderr.write(`SKIPPED: ${contract.name} adapter, events "${kind}": ${reason}\n`);
    const clause =
      (number: Clause): ClauseTest =>
      (name, test) => {
        if (contract.skips[number] === undefined)
          it(`${String(number)}. ${name}`, async () => {
            expect.hasAssertions();
            await test();
          });
      };
    it("gives a reason for each clause that it cannot keep", () => {
      const reasons = [...skips, ...lacks];
      expect(reasons.filter(([, reason]) => reason.trim().length < 20)).toEqual([]);
    });
    listening(contract, clause);
    translating(contract, clause);
    speaking(contract, clause);
    picturing(contract, clause);
    refusing(contract, clause);
  });
}

function listening(contract: AdapterContract, clause: (number: Clause) => ClauseTest): void {
  const first = () => contract.fixtures.find((fixture) => fixture.event !== null)?.payload;

  clause(1)("may be started and stopped twice, and started again", async () => {
    const { adapter, deliver } = await contract.make();
    const inbox = new KeepingInbox();
    await Promise.all([adapter.start(inbox), adapter.start(inbox)]);
    await adapter.start(inbox);
    expect(adapter.health().state).toBe("ok");
    await deliver(first());
    expect(inbox.events).toHaveLength(1);
    await adapter.stop();
    await adapter.stop();
    expect(adapter.health()).toMatchObject({ state: "stopped" });
    expect(adapter.health().detail).not.toBe("");
    expect(await deliver(first())).toBe("refused");
    expect(inbox.events).toHaveLength(1);
    await adapter.start(inbox);
    await deliver(first());
    expect(inbox.events).toHaveLength(2);
    await adapter.stop();
  });

  clause(1)("waits at its stop for what is in hand", async () => {
    const { adapter, deliver } = await contract.make();
    const inbox = new KeepingInbox();
    await adapter.start(inbox);
    const open = inbox.hold();
    const delivery = deliver(first());
    await turn();
    let stopped = false;
    const stop = adapter.stop().then(() => {
      stopped = true;
      return stopped;
    });
    await turn();
    expect(stopped).toBe(false);
    open();
    await stop;
    expect(await delivery).toBe("acknowledged");
    expect(inbox.events).toHaveLength(1);
  });

  clause(5)(
    "acknowledges only after the inbox has taken the event, and not when it refused",
    async () => {
      const { adapter, deliver } = await contract.make();
      const inbox = new KeepingInbox();
      await adapter.start(inbox);
      const open = inbox.hold();
      let answered = false;
      const delivery = deliver(first()).then((answer) => {
        answered = true;
        return answer;
      });
      await turn();
      expect(answered).toBe(false);
      open();
      expect(await delivery).toBe("acknowledged");
      inbox.refuses = true;
      expect(await deliver(first())).toBe("refused");
      await adapter.stop();
    },
  );
}

function translating(contract: AdapterContract, clause: (number: Clause) => ClauseTest): void {
  const heard = async (payload: unknown): Promise<readonly InboundEvent[]> => {
    const { adapter, deliver } = await contract.make();
    const inbox = new KeepingInbox();
    await adapter.start(inbox);
    expect(await deliver(payload)).toBe("acknowledged");
    await adapter.stop();
    return inbox.events;
  };

  for (const { name, payload, event } of contract.fixtures) {
    clause(2)(
      `turns "${name}" into exactly ${event === null ? "nothing" : "its event"}`,
      async () => {
        expect(await heard(payload)).toEqual(event === null ? [] : [event]);
      },
    );
  }

  clause(2)("has a payload for each kind of event", async () => {
    const kinds = new Set(contract.fixtures.map((fixture) => fixture.event?.kind));
    const missing = ALL_KINDS.filter((kind) => !kinds.has(kind));
    expect(missing).toEqual(Object.keys(contract.lacks ?? {}));
  });

  clause(3)("does not hear the bot itself", async () => {
    expect(contract.own.length).toBeGreaterThan(0);
    for (const payload of contract.own) expect(await heard(payload)).toEqual([]);
  });

  clause(4)("gives a redelivered event the same id, and each event another", async () => {
    const ids: string[] = [];
    for (const { payload, event } of contract.fixtures) {
      if (event === null) continue;
      const [once] = await heard(payload);
      const [again] = await heard(structuredClone(payload));
      expect(again?.eventId).toBe(once?.eventId);
      ids.push(once?.eventId ?? "");
    }
    expect(new Set(ids).size).toBe(ids.length);
  });

  clause(6)("makes references that survive being written down", async () => {
    const { platform: at, conversationId: place } = contract.conversation;
    expect(conversationFromKey(conversationKey(contract.conversation))).toEqual({
      platform: at,
      conversationId: place,
    });
    for (const { event } of contract.fixtures) {
      if (event === null) continue;
      const copy = JSON.parse(JSON.stringify(event)) as InboundEvent;
      expect(copy).toEqual(event);
      const { platform, conversationId } = event.conversation;
      expect(conversationFromKey(conversationKey(copy.conversation))).toEqual({
        platform,
        conversationId,
      });
      expect(event.conversation.platform).toBe((await contract.make()).adapter.platform);
    }
  });

  clause(12)(
    "ignores a kind it does not know, and refuses a known one that is malformed",
    async () => {
      expect(await heard(contract.unknownKind)).toEqual([]);
      const { adapter, deliver } = await contract.make();
      const inbox = new KeepingInbox();
      await adapter.start(inbox);
      for (const payload of contract.malformed) expect(await deliver(payload)).toBe("refused");
      expect(inbox.events).toEqual([]);
      await adapter.stop();
    },
  );
}

function speaking(contract: AdapterContract, clause: (number: Clause) => ClauseTest): void {
  clause(6)("speaks to a conversation that was written down", async () => {
    const { adapter, shown } = await contract.make();
    const where = JSON.parse(JSON.stringify(contract.conversation)) as ConversationRef;
    const sent = await adapter.send(where, { text: "早" }, OPTIONS);
    expect(messageKey(JSON.parse(JSON.stringify(sent)) as typeof sent)).toBe(messageKey(sent));
    expect(shown().map((one) => one.text)).toEqual(["早"]);
  });

  clause(7)("edits what it has sent", async () => {
    const { adapter, shown } = await contract.make();
    const sent = await adapter.send(contract.conversation, { text: "开始" }, OPTIONS);
    await adapter.edit(sent, { text: "结束" });
    expect(shown().map((one) => one.text)).toEqual(["结束"]);
  });

  clause(7)("finds what it has sent by its key, and nothing else", async () => {
    const { adapter } = await contract.make();
    const sent = await adapter.send(contract.conversation, { text: "开始" }, OPTIONS);
    const found = await adapter.find(contract.conversation, OPTIONS.key);
    expect(found?.messageId).toBe(sent.messageId);
    expect(await adapter.find(contract.conversation, "another key")).toBeNull();
  });

  clause(10)("lets nobody's words mention everybody or break the markup", async () => {
    const { adapter, shown } = await contract.make();
    await adapter.send(contract.conversation, { text: contract.dangerousText }, OPTIONS);
    expect(shown()).toEqual([
      { text: contract.dangerousText, mentions: [], everybodyMentioned: false },
    ]);
  });

  clause(10)("mentions the members it is told to", async () => {
    const { adapter, shown } = await contract.make();
    const message = { text: contract.dangerousText, mentions: [contract.member] };
    await adapter.send(contract.conversation, message, OPTIONS);
    expect(shown()).toMatchObject([
      { mentions: [contract.member.memberId], everybodyMentioned: false },
    ]);
  });

  clause(11)(
    "takes a text of the greatest length whole, and a longer one as the core cuts it",
    async () => {
      const { adapter, shown } = await contract.make();
      const { maxTextLength } = adapter.capabilities;
      const longest = "长".repeat(maxTextLength);
      await adapter.send(contract.conversation, { text: longest }, OPTIONS);
      const cut = degrade({ text: "🍓".repeat(maxTextLength) }, adapter.capabilities);
      await adapter.send(contract.conversation, cut, { ...OPTIONS, key: "contract:2" });
      const texts = shown().map((one) => one.text);
      expect(texts[0] === longest).toBe(true);
      expect(texts[1]?.length).toBeLessThanOrEqual(maxTextLength);
      expect(texts[1]?.isWellFormed()).toBe(true);
    },
  );
}

function picturing(contract: AdapterContract, clause: (number: Clause) => ClauseTest): void {
  clause(13)("shows a picture with its text, as one message with words for it", async () => {
    const { adapter, shown } = await contract.make({ pictures: true });
    const sent = await adapter.send(
      contract.conversation,
      { text: "日报" },
      { ...OPTIONS, picture: PICTURE },
    );
    expect(messageKey(sent)).not.toBe("");
    expect(shown()).toMatchObject([{ text: "日报", pictureAlt: PICTURE.alt }]);
  });

  clause(13)("says of a room that nobody set apart what it says of the platform", async () => {
    const { adapter } = await contract.make();
    const room = adapter.capabilitiesIn?.(contract.conversation);
    expect(room ?? adapter.capabilities).toEqual(adapter.capabilities);
  });
}

function refusing(contract: AdapterContract, clause: (number: Clause) => ClauseTest): void {
  const { conversation, member } = contract;
  const choices = [{ action: "vote", choices: [{ label: "5", value: "5" }] }];
  const uses: Partial<Record<keyof Capabilities, (adapter: PlatformAdapter) => Promise<unknown>>> =
    {
      edit: (adapter) => adapter.edit({ conversation, messageId: "1" }, { text: "x" }),
      lookup: (adapter) => adapter.find(conversation, "k"),
      direct: (adapter) => adapter.openDirect(member),
      onlyForOne: (adapter) =>
        adapter.send(conversation, { text: "x" }, { ...OPTIONS, onlyFor: member }),
      buttons: (adapter) => adapter.send(conversation, { text: "x", choices }, OPTIONS),
      pictures: (adapter) =>
        adapter.send(conversation, { text: "x" }, { ...OPTIONS, picture: PICTURE }),
    };
  for (const [capability, use] of Object.entries(uses)) {
    clause(8)(`without "${capability}" says so, and does not call the platform`, async () => {
      const { adapter, calls } = await contract.make({ [capability]: false });
      const before = calls();
      const refused: unknown = await use(adapter).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(PlatformError);
      expect(refused).toMatchObject({ code: "not-supported" });
      expect(calls()).toBe(before);
    });
  }

  for (const failure of contract.failures) {
    clause(9)(`tells a failure as "${failure.code}"`, async () => {
      const { adapter, fail } = await contract.make();
      fail(failure);
      const failed: unknown = await adapter
        .send(conversation, { text: "x" }, OPTIONS)
        .catch((error: unknown) => error);
      expect(failed).toBeInstanceOf(PlatformError);
      expect(failed).toMatchObject({ code: failure.code, retryAfterMs: failure.retryAfterMs });
      await adapter.send(conversation, { text: "y" }, { ...OPTIONS, key: "contract:2" });
    });
  }
}
