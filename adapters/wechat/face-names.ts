/** What an English client writes for a face, in lower case, and the Chinese client's word for it. */
const FACES: Readonly<Record<string, string>> = {
  thumbsup: "强",
  clap: "鼓掌",
  noprob: "好的",
  "yeah!": "耶",
  heart: "爱心",
  rose: "玫瑰",
  fight: "奋斗",
  salute: "抱拳",
  awesome: "666",
  wow: "哇",
  thumbsdown: "弱",
  pinky: "差劲",
  "pooh-pooh": "鄙视",
  slight: "白眼",
  boring: "翻白眼",
  puke: "吐",
  poop: "便便",
  toasted: "衰",
  angry: "发怒",
  scold: "咒骂",
  scream: "抓狂",
  "aaagh!": "怄火",
  cleaver: "菜刀",
  bomb: "炸弹",
  hammer: "敲打",
  sob: "流泪",
  cry: "大哭",
  frown: "难过",
  shrunken: "委屈",
  tearingup: "快哭了",
  brokenheart: "心碎",
  facepalm: "捂脸",
  broken: "裂开",
  sigh: "叹气",
  hurt: "苦涩",
  sweats: "汗",
  speechless: "擦汗",
  sweat: "流汗",
  awkward: "尴尬",
  smile: "微笑",
  wave: "再见",
  bye: "再见",
  grin: "呲牙",
  chuckle: "偷笑",
  doge: "旺柴",
  onlooker: "吃瓜",
  joyful: "愉快",
};

const IN_BRACKETS = /\[([A-Za-z!-]{2,20})\]/g;

/** The text with each face that an English client names written as a Chinese client writes it. */
export function withChineseFaces(text: string): string {
  if (!text.includes("[")) return text;
  return text.replace(IN_BRACKETS, (written, name: string) => {
    const face = FACES[name.toLowerCase()];
    return face === undefined ? written : `[${face}]`;
  });
}
