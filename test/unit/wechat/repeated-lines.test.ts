import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineEventId, RepeatedLines, type SaidLine } from "#adapters/wechat/repeated-lines.js";

const AT = Date.UTC(2026, 10, 24, 2, 0, 0);

function line(change: Partial<SaidLine> = {}): SaidLine {
  return { conversationId: "r1", memberId: "m1", text: "+1", at: AT, ...change };
}

describe("a line that comes twice", () => {
  it("is one line when the puppet repeats it under a new id, however late it arrives", () => {
    const lines = new RepeatedLines();
    expect(lines.isRepeat(line())).toBe(false);
    expect(lines.isRepeat(line())).toBe(true);
    for (let n = 0; n < 100; n += 1) lines.isRepeat(line({ text: String(n), at: AT + n * 5_000 }));
    expect(lines.isRepeat(line({ at: AT + 1_000 }))).toBe(true);
    expect(lines.isRepeat(line({ at: AT - 2_000 }))).toBe(true);
  });

  it("is two when a person honestly says the same three seconds later", () => {
    const lines = new RepeatedLines();
    expect(lines.isRepeat(line())).toBe(false);
    expect(lines.isRepeat(line({ at: AT + 3_000 }))).toBe(false);
    // Both may come again.
    expect(lines.isRepeat(line())).toBe(true);
    expect(lines.isRepeat(line({ at: AT + 3_000 }))).toBe(true);
  });

  it("is two from two people, in two rooms, with other words, or without words", () => {
    const lines = new RepeatedLines();
    for (const one of [
      line(),
      line({ memberId: "m2" }),
      line({ conversationId: "r2" }),
      line({ text: "+2" }),
      line({ text: "" }),
      line({ text: "" }),
    ])
      expect(lines.isRepeat(one)).toBe(false);
  });

  it("is heard again when it could not be stored", () => {
    const lines = new RepeatedLines();
    lines.isRepeat(line());
    lines.forget(line());
    expect(lines.isRepeat(line())).toBe(false);
  });

  it("keeps every line of a person that is more than two seconds from the last kept one", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 60 }), (seconds) => {
        const lines = new RepeatedLines();
        const kept: number[] = [];
        for (const second of seconds) {
          const at = AT + second * 1_000;
          const near = kept.some((one) => Math.abs(one - at) <= 2_000);
          expect(lines.isRepeat(line({ at }))).toBe(near);
          if (!near) kept.push(at);
        }
      }),
    );
  });

  it("has one event id for the same second, and the puppet's when it has no words", () => {
    const id = lineEventId("a", "1", line());
    expect(lineEventId("a", "2", line())).toBe(id);
    expect(lineEventId("b", "1", line())).not.toBe(id);
    expect(lineEventId("a", "1", line({ at: AT + 1_000 }))).not.toBe(id);
    const picture = line({ text: "" });
    expect(lineEventId("a", "1", picture)).not.toBe(lineEventId("a", "2", picture));
    expect(id).not.toContain("+1");
  });
});
