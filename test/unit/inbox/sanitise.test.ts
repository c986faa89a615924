import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LONGEST_TEXT, sanitise } from "#src/inbox/sanitise.js";
import type { InboundEvent, MessageEvent } from "#src/platform/inbound-event.js";
import { isAppError } from "#src/shared/app-error.js";
import { DAY, HOUR, MINUTE } from "#src/shared/clock.js";
import { NOON, said } from "./inbox-scene.js";

function cleaned(more: Partial<MessageEvent>): MessageEvent {
  const event = sanitise(said("e", more), NOON);
  if (event.kind !== "message") throw new Error("another kind");
  return event;
}

describe("texts", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["lose NUL", "a\u0000b", "ab"],
    ["have lone surrogates replaced", "坏\ud83c了\udf53", "坏�了�"],
    [
      "keep right-to-left and zero-width characters, joined emoji and variation marks",
      "שלום\u200f 👨‍👩‍👧 ❤️\u200b",
      "שלום\u200f 👨‍👩‍👧 ❤️\u200b",
    ],
    ["keep line breaks and tabs", "1\r\n2\t3", "1\r\n2\t3"],
    ["are kept when empty", "", ""],
    ["keep ten thousand emoji", "🍓".repeat(10_000), "🍓".repeat(10_000)],
    [
      "are cut between characters, not through one",
      `a${"🍓".repeat(10_000)}`,
      `a${"🍓".repeat(9_999)}`,
    ],
    ["of a megabyte are cut", "烂".repeat(1_048_576), "烂".repeat(LONGEST_TEXT)],
  ];
  for (const [what, given, expected] of cases) {
    it(`texts ${what}`, () => {
      expect(cleaned({ text: given }).text === expected).toBe(true);
    });
  }

  it("are always well-formed, without NUL, no longer than allowed, and stay as they are the second time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.nat(3), (text, times) => {
        const once = cleaned({ text: text.repeat(times * 60) }).text;
        expect(once.isWellFormed() && !once.includes("\u0000")).toBe(true);
        expect(once.length).toBeLessThanOrEqual(LONGEST_TEXT);
        expect(cleaned({ text: once }).text).toBe(once);
      }),
      { numRuns: 40 },
    );
  });

  it("that are quoted are mended as well, and unusable ids of a quote are left out", () => {
    const quote = { messageId: "x".repeat(301), text: "a\u0000", ofBot: true };
    expect(cleaned({ repliesTo: quote }).repliesTo).toEqual({ ofBot: true, text: "a" });
    const good = { messageId: "m1", author: { platform: "simulated", memberId: "b" } };
    expect(cleaned({ repliesTo: good }).repliesTo).toEqual(good);
  });

  it("of every kind of event are mended", () => {
    const { conversation, author, at, message } = said("e");
    const base = { eventId: "e", conversation, author: { ...author, name: "\u0000王" }, at };
    const bad = "x\u0000y";
    const events: readonly InboundEvent[] = [
      { ...base, kind: "edited", text: bad, message },
      { ...base, kind: "command", text: bad, isDirect: false, replyHandle: bad },
      { ...base, kind: "action", action: "vote", value: bad },
      { ...base, kind: "form", form: "why", values: { a: bad } },
      { ...base, kind: "renamed", subject: "member", name: bad },
      { ...base, kind: "membership", change: "joined", who: "bot", conversationName: bad },
      { ...base, kind: "recalled", message },
      { ...base, kind: "reaction", message, reaction: "👍", change: "added" },
    ];
    for (const event of events) {
      const text = JSON.stringify(sanitise(event, NOON));
      expect(text).not.toContain("\\u0000");
      expect(text).toContain('"name":"王"');
    }
  });
});

describe("times", () => {
  const cases: readonly (readonly [string, number, number])[] = [
    ["a little ahead are believed", NOON + 2 * MINUTE, NOON + 2 * MINUTE],
    ["further ahead become the time of arrival", NOON + 2 * MINUTE + 1, NOON],
    ["from next year become the time of arrival", NOON + 400 * DAY, NOON],
    ["from yesterday are believed", NOON - 20 * HOUR, NOON - 20 * HOUR],
    ["older than three days become the time of arrival", NOON - 3 * DAY - 1, NOON],
    ["of 1970 become the time of arrival", 0, NOON],
    ["that are no numbers become the time of arrival", Number.NaN, NOON],
    ["without end become the time of arrival", Number.POSITIVE_INFINITY, NOON],
    ["lose fractions of a millisecond", NOON - 0.5, NOON - 1],
  ];
  for (const [what, given, expected] of cases) {
    it(`times ${what}`, () => {
      expect(cleaned({ at: given }).at).toBe(expected);
    });
  }
});

/** Code and field of the refusal of an event. */
function refusal(event: MessageEvent): readonly unknown[] {
  try {
    sanitise(event, NOON);
    return [];
  } catch (error) {
    return isAppError(error) ? [error.code, error.detail.field] : [error];
  }
}

describe("ids", () => {
  const unusable = ["", "x".repeat(301), "a\u0000b", "a\nb", "half\ud83c"];
  const conversation = (conversationId: string) => ({ platform: "simulated", conversationId });
  const fields: readonly (readonly [string, (id: string) => Partial<MessageEvent>])[] = [
    ["eventId", (id) => ({ eventId: id })],
    ["conversationId", (id) => ({ conversation: conversation(id) })],
    ["threadId", (id) => ({ conversation: { ...conversation("a"), threadId: id } })],
    ["platform", (id) => ({ conversation: { platform: id, conversationId: "a" } })],
    ["author", (id) => ({ author: { platform: "simulated", memberId: id, name: "" } })],
    ["message", (id) => ({ message: { conversation: conversation("a"), messageId: id } })],
  ];
  for (const [field, make] of fields) {
    it(`that cannot be used are refused, naming ${field}`, () => {
      for (const id of unusable) {
        expect(refusal(said("e", make(id)))).toEqual(["invalid-input", field]);
      }
      const longest = "群".repeat(300);
      expect(JSON.stringify(sanitise(said("e", make(longest)), NOON))).toContain(longest);
    });
  }

  it("are refused without being repeated in the words of the error", () => {
    expect(() => sanitise(said("e", { eventId: "secret\u0000" }), NOON)).toThrow(/^(?!.*secret)/);
  });
});
