import { describe, expect, test } from "vitest";
import { stripMention, stripQuote } from "#src/surveys/reply/chat-envelope.js";
import { normaliseReply } from "#src/surveys/reply/normalise-reply.js";
import { readNumber } from "#src/surveys/reply/numerals.js";
import { parseJielong } from "#src/surveys/reply/parse-jielong.js";
import { parseReply } from "#src/surveys/reply/parse-reply.js";
import { parseScale } from "#src/surveys/reply/scale.js";
import { speaksOf } from "#src/surveys/reply/topic-match.js";
import { voteOfParse } from "#src/surveys/reply/vote-of-parse.js";

const RULE = "- - - - - - - - - - - - - - -";

describe("stripQuote", () => {
  const parts = { quotedAuthor: "小助手", quotedText: "打分", reply: "4" };

  test.each([
    ["current form", `「小助手：打分」\n${RULE}\n4`],
    ["half-width colon", `「小助手:打分」\n${RULE}\n4`],
    ["straight quotes", `"小助手: 打分"\n${RULE}\n4`],
    ["16 dashes", `「小助手：打分」\n${RULE} -\n4`],
    ["<br/>", `「小助手：打分」<br/>${RULE}<br/>4`],
    ["encoded <br/>", `「小助手：打分」&lt;br/&gt;${RULE}&lt;br/&gt;4`],
    ["cut-off quote", `「小助手：打分\n${RULE}\n4`],
  ])("takes the %s", (_name, text) => {
    expect(stripQuote(text)).toEqual(parts);
  });

  test("a quote inside a quote belongs to the quoted words", () => {
    const inner = `「张姐：好吃」\n${RULE}\n打分`;
    expect(stripQuote(`「小助手：${inner}」\n${RULE}\n4`)).toMatchObject({
      quotedAuthor: "小助手",
      reply: "4",
    });
  });

  test("dashes in the reply are not the end of the quote", () => {
    expect(stripQuote(`「小助手：打分」\n${RULE}\n4\n-----\n好`).reply).toBe("4\n-----\n好");
  });

  test("Slack quotes give no author", () => {
    expect(stripQuote("&gt; 打分\n4")).toEqual({
      quotedAuthor: null,
      quotedText: "打分",
      reply: "4",
    });
  });

  test("a text that only opens a quotation mark is left whole", () => {
    expect(stripQuote("「好吃」的草莓").reply).toBe("「好吃」的草莓");
  });
});

describe("stripMention", () => {
  test("knows the bot by name, glued or apart, and by Slack id", () => {
    for (const text of ["@小助手 5", "@小助手\u20055", "＠小助手5", "5@小助手", "<@U1> 5"]) {
      expect(stripMention(text, ["小助手", "U1"])).toEqual({
        mentionsBot: true,
        mentionsOther: false,
        text: "5",
      });
    }
  });

  test("prefers the longer of two bot names", () => {
    expect(stripMention("@小助手二号5", ["小助手", "小助手二号"]).text).toBe("5");
  });

  test("sees other people and everybody", () => {
    expect(stripMention("@张姐 5", ["小助手"])).toMatchObject({ mentionsOther: true, text: "5" });
    expect(stripMention("<!channel> 5", ["小助手"]).mentionsOther).toBe(true);
  });

  test("leaves addresses alone and keeps words apart", () => {
    expect(stripMention("a@b.cn", ["小助手"])).toMatchObject({
      mentionsOther: false,
      text: "a@b.cn",
    });
    expect(stripMention("5@小助手4", ["小助手"]).text).toBe("5 4");
  });
});

describe("normaliseReply", () => {
  test.each([
    ["５分", "5分"],
    ["①③", "13"],
    ["🔟", "10"],
    ["1️⃣0️⃣", "10"],
    ["⑩", "10"],
    ["*5*", "5"],
    ["`5`", "5"],
    ["_5_ ok", "5 ok"],
    ["~5~", "~5~"],
    ["4½", "4.5"],
    ["5\u2005\u3000分", "5  分"],
    ["5\u200b\ufeff分", "5分"],
    ["滿意", "满意"],
    ["＋１", "+1"],
    ["a&amp;b&#53;", "a&b5"],
    ["一<br>二", "一\n二"],
    ['<img class="qqemoji" text="[强]_web" src="x">', "[强]"],
    ["[A]", "a"],
    ["&#xd800;", "&#xd800;"],
  ])("%s is matched as %s", (text, folded) => {
    expect(normaliseReply(text).folded).toBe(folded);
  });

  test("shown and folded have the same length and shown keeps the script", () => {
    const { shown, folded } = normaliseReply("５分，還不錯 VERY 好👍🏻");
    expect(shown).toContain("還不錯 VERY 好");
    expect(shown.length).toBe(folded.length);
  });
});

describe("readNumber", () => {
  test.each([
    ["4.5", 4.5],
    ["十", 10],
    ["十一", 11],
    ["九十", 90],
    ["四点五分", 4.5],
    ["两", 2],
    ["seven", 7],
  ])("%s is %d", (text, value) => {
    expect(readNumber(text, 0)?.value).toBe(value);
  });

  test("two neighbouring numerals only say about", () => {
    expect(readNumber("四五", 0)?.approximate).toBe(true);
    expect(readNumber("sevens", 0)).toBeNull();
  });
});

describe("parseJielong", () => {
  test("takes heading, example and entries over several lines", () => {
    const list = parseJielong(
      "#接龙\n本周团购满意度打分\n例 301 王姐 5分\n\n1. 301 王姐 5分\n2. 502 李叔 4\n   少了两个鸡蛋\n3、小陈 五星",
    );
    expect(list).toEqual({
      topic: "本周团购满意度打分",
      example: "例 301 王姐 5分",
      entries: [
        { n: 1, text: "301 王姐 5分" },
        { n: 2, text: "502 李叔 4\n少了两个鸡蛋" },
        { n: 3, text: "小陈 五星" },
      ],
    });
  });

  test("takes the tag at the end of the heading, in English, in full width", () => {
    for (const head of ["满意度打分 #接龙", "#Group Note\n满意度打分", "＃接龙\n满意度打分"]) {
      expect(parseJielong(`${head}\n\n1. 王姐 5`)?.topic).toBe("满意度打分");
    }
  });

  test("a member's own numbering inside an entry starts no entry", () => {
    const list = parseJielong("#接龙\n打分\n1. 王姐 3\n2、少了\n3、晚了\n2. 李叔 5");
    expect(list?.entries.at(-1)?.text).toContain("李叔 5");
    expect(parseJielong("#接龙\n打分\n1. 王姐 2\n5、晚了\n2. 李叔 5")?.entries).toHaveLength(2);
  });

  test("needs the tag, unless the platform says it is a list", () => {
    expect(parseJielong("1. 菜烂了\n2. 少了")).toBeNull();
    expect(parseJielong("打分\n1. 王姐 5", true)?.entries).toHaveLength(1);
    expect(parseJielong("#接龙\n没有人")).toBeNull();
  });

  test("reads a full list of 500 entries", () => {
    const entries = Array.from({ length: 500 }, (_, i) => `${i + 1}. 邻居${i} ${(i % 5) + 1}分`);
    const parse = parseReply(`#接龙\n满意度打分\n\n${entries.join("\n")}`, parseScale("csat5"));
    expect(parse.kind === "jielong" ? parse.entries.map((entry) => entry.value) : []).toEqual(
      Array.from({ length: 500 }, (_, i) => (i % 5) + 1),
    );
  });
});

describe("votes in a list", () => {
  const csat = parseScale("csat5");
  const values = (lines: string, topic = "本周满意度打分"): unknown => {
    const parse = parseReply(`#接龙\n${topic}\n\n${lines}`, csat);
    return parse.kind === "jielong"
      ? parse.entries.map((entry) => [entry.name, entry.value])
      : null;
  };

  test.each([
    ["1. 王姐 5", [["王姐", 5]]],
    ["1. 301 王姐 5分", [["301 王姐", 5]]],
    ["1. 王姐5分", [["王姐", 5]]],
    ["1. 小陈五星", [["小陈", 5]]],
    ["1. 王姐：4 不错", [["王姐", 4]]],
    ["1. 5-301 李叔 满意", [["5-301 李叔", 4]]],
    ["1. 李叔", [["李叔", null]]],
    ["1. 王五 4分", [["王五", 4]]],
    ["1. 王五", [["王五", null]]],
    ["1. 王姐 4或5", [["王姐", null]]],
    ["1. 王姐 4 或 5", [["王姐", null]]],
    ["1. 王姐 2盒", [["王姐", null]]],
    ["1. 5分", [["", 5]]],
    ["1. 王姐 ⭐⭐⭐", [["王姐", 3]]],
  ])("%s", (lines, expected) => {
    expect(values(lines)).toEqual(expected);
  });

  test("keeps the comment of an entry", () => {
    const parse = parseReply("#接龙\n满意度\n1. 李叔 4\n少了两个鸡蛋", csat);
    expect(parse).toMatchObject({
      entries: [{ n: 1, name: "李叔", value: 4, comment: "少了两个鸡蛋" }],
    });
  });

  test("an order list is not the poll, until staff say so", () => {
    const order = "#接龙\n奶油草莓 25元/盒\n\n1. 王姐 5";
    expect(parseReply(order, csat)).toMatchObject({ kind: "jielong", topicMatches: false });
    expect(voteOfParse(parseReply(order, csat), csat)).toBeNull();
    expect(parseReply(order, csat, { countChain: true })).toMatchObject({ topicMatches: true });
  });

  test("with the poll's own words only its heading matches", () => {
    const list = (topic: string): string => `#接龙\n${topic}\n\n1. 王姐 5`;
    const pollText = "本周团购满意度打分（回复数字1-5，5=非常满意）";
    expect(parseReply(list("本周团购满意度打分"), csat, { pollText })).toMatchObject({
      topicMatches: true,
    });
    expect(parseReply(list("自提点服务打分"), csat, { pollText })).toMatchObject({
      topicMatches: false,
    });
  });
});

describe("speaksOf", () => {
  test("a cut-off quote still speaks of its poll", () => {
    expect(speaksOf("本周团购满意度打", "本周团购满意度打分（1-5）")).toBe(true);
    expect(speaksOf("今日到货：草莓", "本周团购满意度打分（1-5）")).toBe(false);
    expect(speaksOf("", "本周团购满意度打分")).toBe(false);
  });
});
