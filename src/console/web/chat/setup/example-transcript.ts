import type { Scene } from "../stage/scene.js";

const LINES = {
  zh: [
    "今天的草莓到了吗",
    "到了，刚去自提点拿的",
    "我这盒底下压烂了三个，上面看着好好的",
    "我的也是！昨天的也这样",
    "谢谢团长，菠菜很新鲜",
  ],
  en: [
    "Have the strawberries arrived?",
    "Yes, I just picked mine up",
    "The bottom row of my box is mouldy, the top looked fine",
    "Same here! It was like that yesterday too",
    "Thank you for the spinach, very fresh",
  ],
} as const;

const STEP_MS = 40_000;

/** A few lines that can be replayed into the room on show, from the pretend time onwards. */
export function exampleTranscript({ group, members, state }: Scene): string {
  return LINES[group.language]
    .map((text, index) => {
      const member = members[index % Math.max(1, members.length)];
      return JSON.stringify({
        id: `example-${index + 1}`,
        group: group.id,
        at: state.now + (index + 1) * STEP_MS,
        member: member?.name ?? "A",
        text,
      });
    })
    .join("\n");
}
