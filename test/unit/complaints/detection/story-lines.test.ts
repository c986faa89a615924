import { describe, expect, it } from "vitest";
import { createDetector } from "#src/complaints/detection/detector.js";

const detector = createDetector();
const judge = (text: string) => detector.consider({ text }, [], { mode: "chat" });

/** The text and the aspect that leads. */
const COMPLAINTS: readonly (readonly [text: string, aspect: string])[] = [
  ["我八点十分到自提点，门都锁了，灯也黑了，不是说开到八点半的嘛", "pickup"],
  ["去拿货自提点门锁着，敲门没人", "pickup"],
  ["七点就提前关门，我下班去取货白跑", "pickup"],
  ["四个小时了没有一个人理我", "service"],
  ["我十点就问了面包能不能改成两份，四个小时了没有一个人理我，是不是要我去自提点敲锣", "service"],
  ["问了半天没人回，群里都是死人吗", "service"],
  ["昨天26买的鸡蛋，今天隔壁群22.8，太贵了吧，退个差价呗", "price"],
  ["林姐我昨天26买的鸡蛋，今天隔壁群22.8，你这涨的涨跌的不跌，太贵了吧，退个差价呗", "price"],
  ["这涨价也涨得太猛了吧", "price"],
  ["花生罐的封口膜是破的，盖子一拧全撒包里了", "packaging"],
  ["辣酱封口破了，油都渗出来", "packaging"],
  ["牛奶盖子没拧紧，袋子里全是", "packaging"],
  ["我拿到的是原味酸奶，我order的是纯牛奶啊，一整箱都不对", "wrong_item"],
  ["拿到的是豆浆，我订的是牛奶", "wrong_item"],
  ["收到的是鸭蛋，我买的是鸡蛋", "wrong_item"],
  ["Short on pork. Ordered 1 kg, scale says 870 g.", "shortage"],
  ["Paid for 500 g of shrimp, it weighs 380 on my scale", "shortage"],
  ["Came down to the desk at eight and the door was locked, lights off", "pickup"],
  ["The pick-up desk was closed, no note, nobody there", "pickup"],
  ["Four hours and nobody has answered me", "service"],
  ["Eggs were 26 yesterday and 22 today, please refund the difference", "price"],
  ["The seal was torn on the yoghurt tub", "packaging"],
  ["Jar of honey arrived with a broken seal", "packaging"],
];

const NO_COMPLAINTS: readonly string[] = [
  "出门忘了锁门，吓死我了",
  "自提点几点关门",
  "单元门锁了，谁帮忙开一下",
  "差价收到了，谢谢",
  "我拿到的是大号那袋，正好是我订的，谢谢",
  "面膜封口要撕哪边",
  "盖子拧紧了，放心",
  "过秤1斤2两，多给了",
  "scale says 1.05 kg, thank you, generous",
  "The baby weighs 5 kg now",
  "I'm short on time, leave it with the guard please",
  "what time is the desk closed",
  "The seal on my fridge door is fine",
  "there is no price difference, both fine",
];

describe("lines like those of the played story", () => {
  it.each(COMPLAINTS)("“%s” is a complaint about %s", (text, aspect) => {
    const verdict = judge(text);
    expect(verdict).toMatchObject({ complaint: true });
    expect(verdict.aspects.slice(0, 2)).toContain(aspect);
  });

  it.each(NO_COMPLAINTS)("“%s” is none", (text) => {
    expect(judge(text)).toMatchObject({ complaint: false });
  });
});
