import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SIMULATED_CAPABILITIES } from "#adapters/simulated/simulated-adapter.js";
import type { Capabilities } from "#src/platform/capabilities.js";
import { conversationFromKey, conversationKey, messageKey } from "#src/platform/conversation.js";
import { degrade } from "#src/platform/degrade.js";

const able: Capabilities = SIMULATED_CAPABILITIES;
const plain: Capabilities = { ...able, buttons: false };
const choices = [{ action: "vote", choices: [{ label: "5", value: "5" }] }];

describe("a message on a platform", () => {
  it("with buttons stays as it is", () => {
    const message = { text: "点一个", choices, mentions: [{ platform: "x", memberId: "1" }] };
    expect(degrade({ ...message, textWithoutButtons: "回复1到5" }, able)).toEqual(message);
  });

  it("without buttons says in words what to reply", () => {
    expect(degrade({ text: "点一个", choices, textWithoutButtons: "回复1到5" }, plain)).toEqual({
      text: "回复1到5",
    });
    expect(degrade({ text: "点一个", textWithoutButtons: "回复1到5" }, plain).text).toBe(
      "回复1到5",
    );
    expect(degrade({ text: "只是说说", choices }, plain)).toEqual({ text: "只是说说" });
  });

  it("leaves the order for its picture behind, with buttons and without", () => {
    const picture = { maker: "digest-card", model: {}, alt: "x" } as const;
    expect(degrade({ text: "日报", picture }, able)).toEqual({ text: "日报" });
    expect(degrade({ text: "日报", choices, picture }, plain)).toEqual({ text: "日报" });
  });

  it("is cut at the end of a line when one is near, and says that it was cut", () => {
    const limited = { ...able, maxTextLength: 20 };
    expect(degrade({ text: "0123456789\n0123456789" }, limited).text).toBe("0123456789\n01234567…");
    expect(degrade({ text: "0123456789abcd\n0123456789" }, limited).text).toBe("0123456789abcd…");
    expect(degrade({ text: "01234567890123456789" }, limited).text).toBe("01234567890123456789");
  });

  it("is never cut through a character, never longer than allowed, and whole when it fits", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.integer({ min: 2, max: 40 }),
        (given, maxTextLength) => {
          const text = given.toWellFormed();
          const shown = degrade({ text }, { ...able, maxTextLength }).text;
          expect(shown.length).toBeLessThanOrEqual(maxTextLength);
          expect(shown.isWellFormed()).toBe(true);
          if (text.length <= maxTextLength) expect(shown).toBe(text);
          else expect(text.startsWith(shown.slice(0, -1))).toBe(true);
        },
      ),
    );
  });
});

describe("the key of a conversation", () => {
  it("is read back as it was, whatever the ids hold, and is told apart from every other", () => {
    const id = fc.string({ minLength: 1 }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(id, id, id, (platform, conversationId, messageId) => {
        const conversation = { platform, conversationId };
        expect(conversationFromKey(conversationKey(conversation))).toEqual(conversation);
        expect(messageKey({ conversation, messageId }).split("/")).toHaveLength(3);
      }),
    );
    expect(conversationKey({ platform: "a/b", conversationId: "c" })).not.toBe(
      conversationKey({ platform: "a", conversationId: "b/c" }),
    );
  });

  it("that is none is refused", () => {
    expect(() => conversationFromKey("a")).toThrow(TypeError);
    expect(() => conversationFromKey("a/b/c")).toThrow(TypeError);
  });
});
