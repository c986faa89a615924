/** WeChat writes its little faces as words in brackets; this is how they look. */
const FACES: Readonly<Record<string, string>> = {
  "[微笑]": "🙂",
  "[撇嘴]": "😕",
  "[发呆]": "😳",
  "[得意]": "😎",
  "[流泪]": "😢",
  "[害羞]": "☺️",
  "[大哭]": "😭",
  "[尴尬]": "😅",
  "[发怒]": "😡",
  "[调皮]": "😜",
  "[呲牙]": "😁",
  "[惊讶]": "😮",
  "[难过]": "🙁",
  "[抓狂]": "😫",
  "[偷笑]": "🤭",
  "[愉快]": "😊",
  "[白眼]": "🙄",
  "[困]": "😪",
  "[憨笑]": "😄",
  "[疑问]": "🤔",
  "[晕]": "😵",
  "[捂脸]": "🤦",
  "[笑哭]": "😂",
  "[破涕为笑]": "😂",
  "[玫瑰]": "🌹",
  "[心]": "❤️",
  "[爱心]": "❤️",
  "[心碎]": "💔",
  "[抱拳]": "🙏",
  "[合十]": "🙏",
  "[强]": "👍",
  "[弱]": "👎",
  "[握手]": "🤝",
  "[胜利]": "✌️",
  "[OK]": "👌",
  "[鼓掌]": "👏",
  "[加油]": "💪",
  "[庆祝]": "🎉",
  "[太阳]": "☀️",
  "[咖啡]": "☕",
  "[蛋糕]": "🎂",
  "[红包]": "🧧",
  "[旺柴]": "🐶",
  "[裂开]": "🫠",
  "[苦涩]": "😣",
  "[叹气]": "😮‍💨",
  "[让我看看]": "👀",
  "[吃瓜]": "🍉",
  "[666]": "🤙",
};

const FACE = /\[[^[\]]{1,6}\]/gu;

/** The text as the chat shows it. */
export function withFaces(text: string): string {
  return text.replace(FACE, (word) => FACES[word] ?? word);
}

const REACTIONS: Readonly<Record<string, string>> = {
  "+1": "👍",
  thumbsup: "👍",
  "-1": "👎",
  thumbsdown: "👎",
  heart: "❤️",
  joy: "😂",
  rage: "😡",
  angry: "😠",
  pray: "🙏",
  clap: "👏",
  eyes: "👀",
  tada: "🎉",
  white_check_mark: "✅",
};

/** A reaction as a picture; names of platforms become the sign they stand for. */
export function reactionSign(reaction: string): string {
  return REACTIONS[reaction.replaceAll(":", "")] ?? withFaces(reaction);
}

/** What is offered to react with. */
export const OFFERED_REACTIONS = ["👍", "❤️", "😂", "😡", "🙏", "🎉"] as const;
