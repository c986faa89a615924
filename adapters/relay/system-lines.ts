const NAME = "[^\\n]{1,80}?";
const QUOTED = '["“”「]?';

/** What a program wrote into the chat, not a person. */
const SYSTEM: readonly RegExp[] = [
  new RegExp(`^${QUOTED}${NAME}${QUOTED} ?撤回了一条消息`),
  new RegExp(`^${QUOTED}${NAME}${QUOTED} (?:has )?recalled a message`, "i"),
  new RegExp(
    `^${QUOTED}${NAME}${QUOTED} ?(?:邀请|invited) ?${QUOTED}${NAME}${QUOTED} ?(?:加入了群聊|加入群聊|to (?:the |this )?group)`,
    "i",
  ),
  new RegExp(`^${QUOTED}${NAME}${QUOTED} ?(?:通过扫描|通过).{0,60}加入(?:了)?群聊`),
  new RegExp(
    `^${QUOTED}${NAME}${QUOTED} ?(?:加入了群聊|退出了群聊|加入群组|离开了群组|joined (?:the group|via|using)|left(?: the group)?\\.?$)`,
    "i",
  ),
  new RegExp(
    `^${QUOTED}${NAME}${QUOTED} ?(?:修改群名为|changed (?:the|this) group|changed the (?:subject|name))`,
    "i",
  ),
  new RegExp(`^${QUOTED}${NAME}${QUOTED} ?拍了拍`),
  new RegExp(
    `^${QUOTED}${NAME}${QUOTED} (?:tickled|added|removed|created group|was added|was removed)`,
    "i",
  ),
  /^(?:你|您)(?:撤回了|邀请|已|拍了拍|领取了|修改群名)/,
  /^you (?:recalled|invited|created|added|were added|changed|joined|removed)/i,
  /^(?:收到红包|以下是新消息|以上是打招呼|以下为新消息|查看更多消息|——+ ?以下)/,
  /^(?:new messages below|messages and calls are end-to-end encrypted|this message was deleted|you deleted this message)/i,
  /领取了(?:你|您|.{1,40})的红包/,
  /^Tap to (?:learn more|change)/i,
];

const LONGEST_SYSTEM = 300;

/** True for a line that the chat program wrote: recalls, joins, renamings, encryption notes. */
export function isSystemLine(text: string): boolean {
  const line = text.replaceAll(/[\u200e\u200f]/g, "").trim();
  return line.length <= LONGEST_SYSTEM && SYSTEM.some((pattern) => pattern.test(line));
}

const MEDIA =
  /^(?:\[(?:图片|照片|视频|语音|动画表情|表情|文件|链接|位置|名片|小程序|红包|转账|聊天记录|photo|image|video|voice(?: message)?|audio|sticker|file|link|location|contact card|mini program)\]|<(?:media|image|video|audio|sticker|document) omitted>|<附件：[^>\n]{1,120}>|(?:image|video|audio|sticker|gif|document) omitted)/i;

/** A line that stands for a picture, a voice message or a file, and the words beside it. */
export function readMedia(text: string): { readonly media: boolean; readonly text: string } {
  const clean = text.replaceAll(/[\u200e\u200f]/g, "").trim();
  const match = MEDIA.exec(clean);
  if (match === null) return { media: false, text };
  const rest = clean.slice(match[0].length).replace(/^ ?\d{1,3}["”″]/, "");
  return { media: true, text: rest.trim() };
}

const HEADINGS: readonly RegExp[] = [
  /^[「“"『]?([^\n「」]{0,60}?)[」”"』]?的聊天记录[：:]?$/,
  /^chat history (?:for|of|in|from) [“"]?([^\n"”]{1,60}?)[”"]?:?$/i,
  /^(?:群聊|群名|group(?: chat)?)[：:] ?([^\n]{1,60})$/i,
  /^(?:消息分组|导出群聊|会话)[：:] ?([^\n]{1,60})$/,
  /^whatsapp chat with ([^\n]{1,60}?)(?:\.txt)?$/i,
];

/** The conversation that a heading names; null for any other line, empty for one without a name. */
export function readHeading(text: string): string | null {
  const line = text.replace(/^[-—–=\s]{1,20}/, "").replace(/[-—–=\s]{1,20}$/, "");
  for (const pattern of HEADINGS) {
    const match = pattern.exec(line);
    if (match === null) continue;
    const name = (match[1] ?? "").trim();
    return name === "群聊" || name.toLowerCase() === "group chat" ? "" : name;
  }
  return null;
}
