import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDetector } from "#src/complaints/detection/detector.js";
import type { LexiconEntry } from "#src/complaints/detection/lexicon.js";
import type { ContextLine, Verdict } from "#src/complaints/detection/verdict.js";

const NOON = 1_790_000_000_000;
const MINUTE = 60_000;
const detector = createDetector();

function line(text: string, more: Partial<ContextLine> = {}): ContextLine {
  return {
    text,
    memberKey: "wang",
    role: "customer",
    at: NOON,
    complaint: false,
    aspects: [],
    ...more,
  };
}

const ROTTEN = line("草莓烂了两个", { complaint: true, aspects: ["quality"] });

function say(text: string, context: readonly ContextLine[] = [], memberKey = "li"): Verdict {
  return detector.consider({ text, memberKey, at: NOON + MINUTE }, context, { mode: "chat" });
}

describe("joining a complaint just made", () => {
  it.each([
    "我家也是",
    "我也是",
    "+1",
    "同问",
    "一样",
    "我的也",
    "me too",
    "same here",
    "mine too",
  ])("“%s” after another member's complaint joins it and takes over its aspect", (text) => {
    const verdict = say(text, [ROTTEN]);
    expect(verdict).toMatchObject({
      complaint: true,
      meToo: true,
      aspects: ["quality"],
      severity: "P3",
    });
    expect(verdict.evidence[0]?.source).toBe("context");
  });

  it("a joiner with words of its own is both", () => {
    expect(say("我家也是，还少了一盒", [ROTTEN])).toMatchObject({ complaint: true, meToo: true });
  });

  it("nobody joins himself, ordinary talk, or what is long ago", () => {
    expect(say("我家也是", [ROTTEN], "wang").meToo).toBe(false);
    expect(say("我家也是", [line("今天真热")]).complaint).toBe(false);
    const old = { ...ROTTEN, at: NOON - 40 * MINUTE };
    expect(say("我家也是", [old]).complaint).toBe(false);
  });

  it("a bare +1 answers the staff line that asks for hands, not the complaint before it", () => {
    const call = line("要车厘子的扣1", { role: "leader", memberKey: "boss" });
    expect(say("+1", [ROTTEN, call]).complaint).toBe(false);
    expect(say("+1", [call, ROTTEN]).complaint).toBe(true);
  });

  it("a bare +1 does not reach over much other talk, a full sentence does", () => {
    const talk = ["今天几点", "好的", "收到", "谢谢", "哈哈"].map((text) => line(text));
    expect(say("+1", [ROTTEN, ...talk]).complaint).toBe(false);
    expect(say("我家也是，跟楼上一样的情况，能处理吗", [ROTTEN, ...talk]).meToo).toBe(true);
  });

  it("three members with the same trouble within the hour are P2", () => {
    const other = { ...ROTTEN, memberKey: "zhao" };
    expect(say("我家也是", [other]).severity).toBe("P3");
    expect(say("我家也是", [other, ROTTEN]).severity).toBe("P2");
  });

  it("cold praise counts only after the same member's complaint", () => {
    const own = { ...ROTTEN, memberKey: "li" };
    expect(say("可真行[微笑]").complaint).toBe(false);
    expect(say("可真行[微笑]", [own]).score).toBeGreaterThan(say("可真行[微笑]").score);
  });
});

describe("what a case needs to know", () => {
  it("tells that a trouble was put right", () => {
    for (const text of ["退款收到了，谢谢", "已经补发了，处理得很快", "thanks, got my refund"])
      expect(say(text)).toMatchObject({ complaint: false, resolvedThanks: true });
    expect(say("坏了两个，不过老板秒赔").polarity).toBeGreaterThanOrEqual(0);
  });

  it("does not take a broken promise for thanks", () => {
    expect(say("说好退款的，到现在还没退").resolvedThanks).toBe(false);
    expect(say("补发了又是坏的")).toMatchObject({ complaint: true, resolvedThanks: false });
  });

  it("tells a question from a complaint", () => {
    expect(say("到货了吗")).toMatchObject({ complaint: false, query: true });
    expect(say("怎么还没到")).toMatchObject({ complaint: true, query: false });
  });

  it("names the safety or legal rule, whatever the threshold", () => {
    const verdict = detector.consider({ text: "孩子吃了你们的虾拉肚子" }, [], {
      mode: "chat",
      threshold: 1,
    });
    expect(verdict).toMatchObject({ complaint: true, severity: "P1", p1Rule: "stomach" });
    expect(verdict.evidence[0]).toMatchObject({ source: "safety", text: "拉肚子" });
  });

  it("keeps quiet about staff and leader", () => {
    for (const role of ["staff", "leader"] as const)
      expect(
        detector.consider({ text: "有人说吃了拉肚子，草莓烂了", role }, [], { mode: "chat" }),
      ).toMatchObject({ complaint: false, score: 0, severity: null });
  });

  it("keeps quiet about commands and order lists", () => {
    const list = "#接龙\n草莓25一盒，坏果包赔\n\n1. 王姐 2盒\n2. 李叔 上次烂了 1盒\n3. 502 3盒";
    for (const text of ["/huiyin 烂了", "/反馈 不退款", list, "1. 烂了\n2. 坏了\n3. 少了"])
      expect(say(text)).toMatchObject({ complaint: false, score: 0 });
  });

  it("judges a review by an even threshold", () => {
    expect(detector.threshold("reviews")).toBe(0.5);
    expect(detector.threshold("chat", "zh")).toBeGreaterThan(0.5);
    const review = "味道很一般，送得也慢，下次不点了";
    expect(detector.consider({ text: review }, [], { mode: "reviews" }).complaint).toBe(true);
  });

  it("tells the language by the text, and by the group only when the text is mute", () => {
    expect(detector.language("delivery 又晚了")).toBe("zh");
    expect(detector.language("late again")).toBe("en");
    const mute = detector.consider({ text: "👍", language: "zh" }, [], { mode: "chat" });
    expect(mute.language).toBe("zh");
  });
});

describe("words of a group", () => {
  const extra: readonly LexiconEntry[] = [
    { cue: "开盲盒了", aspect: "wrong_item", weight: 3.5 },
    { cue: "烂番茄", aspect: "quality", weight: 0 },
  ];

  it("adds a cue, and hides one by weight 0", () => {
    const withWords = (text: string) =>
      detector.consider({ text }, [], { mode: "chat", extraWords: extra });
    expect(say("这次又开盲盒了").complaint).toBe(false);
    expect(withWords("这次又开盲盒了")).toMatchObject({ complaint: true, aspects: ["wrong_item"] });
    expect(withWords("烂番茄评分出来了").evidence).toEqual([]);
  });
});

describe("evidence", () => {
  it("shows whole words where the model found a part of one", () => {
    const texts = [
      "the phone arrived with a cracked screen",
      "waited ages, you're not answering and nobody's there",
      "absolutely useless support, been on hold for 2hrs!!",
      "客服说refund要等三天，垃圾",
    ];
    let seen = 0;
    for (const text of texts) {
      const { evidence } = detector.consider({ text }, [], { mode: "reviews", threshold: 0 });
      for (const { source, start, end } of evidence) {
        if (source !== "model") continue;
        seen += 1;
        const isLetter = (at: number): boolean => /[a-z0-9]/i.test(text.charAt(at));
        expect([text, text.slice(start, end), isLetter(start - 1) && isLetter(start)]).toEqual([
          text,
          text.slice(start, end),
          false,
        ]);
        expect(isLetter(end - 1) && isLetter(end)).toBe(false);
        expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
      }
    }
    expect(seen).toBeGreaterThan(4);
  });

  it("points into the text as it was given", () => {
    const text = "老板\u200b😀，孩子吃了拉\u200b肚\u200d子！";
    const verdict = say(text);
    expect(verdict.p1Rule).toBe("stomach");
    expect(verdict.evidence[0]?.text).toBe("拉\u200b肚\u200d子");
  });

  it("sees through width, case and traditional characters", () => {
    expect(say("ＲＥＦＵＮＤ ＭＥ ＰＬＥＡＳＥ").complaint).toBe(true);
    expect(say("雞蛋碎了三個").evidence[0]?.text).toContain("碎");
  });

  it("always is what the offsets say, and nothing throws, for any text", () => {
    const pieces = fc.constantFrom(
      "烂了",
      "拉肚子",
      "没有",
      "\u200b",
      "\ud83d",
      "\ude00",
      "😡",
      "\0",
      "\u202e",
      "refund",
      "１",
      " ",
      "\n",
      "，",
      "不",
      "吗",
      "?",
      "missing",
      "order",
      "[微笑]",
      "已退",
      "@",
      "http://",
      "#接龙",
    );
    const texts = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const verdict = say(text, [ROTTEN]);
        expect(verdict.score).toBeGreaterThanOrEqual(0);
        expect(verdict.score).toBeLessThanOrEqual(1);
        expect(Math.abs(verdict.polarity)).toBeLessThanOrEqual(1);
        expect(verdict.severity === null).toBe(!verdict.complaint);
        expect(verdict.complaint && verdict.aspects.length === 0).toBe(false);
        for (const { text: cut, start, end } of verdict.evidence)
          expect(cut).toBe(text.slice(start, end));
        expect(say(text, [ROTTEN])).toEqual(verdict);
      }),
      { numRuns: 400 },
    );
  });
});
