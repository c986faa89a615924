import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conversationFromKey, conversationKey, messageKey } from "#src/platform/conversation.js";

const id = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("", "/", "%2F", "a b", "群@@1", "C0123.ABC", "~!*'()-_"),
);

describe("the key of a conversation", () => {
  it("leads back to the conversation, whatever its id holds", () => {
    fc.assert(
      fc.property(id, id, (platform, conversationId) => {
        const place = { platform, conversationId };
        expect(conversationFromKey(conversationKey(place))).toEqual(place);
      }),
    );
  });

  it("is written as URLs write its parts, so that no two conversations share one", () => {
    fc.assert(
      fc.property(id, id, id, (platform, conversationId, messageId) => {
        const key = messageKey({ conversation: { platform, conversationId }, messageId });
        expect(key).toBe([platform, conversationId, messageId].map(encodeURIComponent).join("/"));
      }),
    );
  });
});
