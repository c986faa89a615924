import type { SimulatedPayload } from "#adapters/simulated/simulated-payload.js";

/** Lines of an ordinary group-buy day, about one in twelve a complaint; written for this bench. */
const LINES: readonly string[] = [
  "草莓来两盒",
  "收到",
  "鸡蛋一板，放门卫可以吗",
  "到了吗",
  "谢谢团长",
  "今天的菠菜好嫩",
  "几点截单",
  "我那份不要了，不好意思",
  "[强]",
  "明天有牛奶吗",
  "拿到了，谢谢小陈",
  "哈哈哈哈",
  "周末谁去爬山",
  "草莓下面一层都烂了，上面看着好好的",
  "没有坏的，个个都甜",
  "Morning everyone, one sourdough please",
  "坏果包赔吗",
  "帮我记一把菠菜行不",
  "自提点开到几点呀",
  "Got mine, looks gorgeous",
  "孙子一天三个蛋",
  "酸奶好喝，还会有吗",
  "鸡蛋一板少了两个",
  "昨天那家面馆不错",
];

/** The `index`-th line of a mixed chat of so many groups and senders. */
export function chatPayload(index: number, groups: number, senders: number): SimulatedPayload {
  const sender = index % senders;
  return {
    type: "said",
    id: `e${String(index)}`,
    at: Date.now(),
    room: `group-${String(sender % groups)}`,
    person: { id: `p${String(sender)}`, name: `邻居${String(sender)}` },
    messageId: `m${String(index)}`,
    text: LINES[(index * 7) % LINES.length] ?? "",
  };
}
