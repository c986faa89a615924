/** Reactions that say "me too" or "that makes me angry" on a report, as platforms name them. */
const AGREEING: ReadonlySet<string> = new Set([
  "+1",
  "👍",
  "thumbsup",
  "heavy_plus_sign",
  "plus1",
  "➕",
  "赞",
  "赞同",
  "同意",
  "强",
  "同感",
  "同",
  "100",
  "💯",
  "point_up",
  "☝️",
  "point_up_2",
  "👆",
  "raised_hand",
  "✋",
  "raising_hand",
  "🙋",
  "hand",
  "this",
  "same",
  "rage",
  "😡",
  "angry",
  "😠",
  "face_with_symbols_on_mouth",
  "🤬",
  "发怒",
  "生气",
  "sob",
  "😭",
  "cry",
  "😢",
  "流泪",
  "大哭",
  "disappointed",
  "😞",
  "难过",
  "thumbsdown",
  "-1",
  "👎",
  "弱",
]);

const LONGEST = 40;

/**
 * True when a reaction on a complaint agrees with it. A thumb down on a report of rotten fruit is
 * meant for the fruit, so it agrees as well. Skin tones, colons and brackets do not matter.
 */
export function isAgreeing(reaction: string): boolean {
  const [bare = ""] = reaction.slice(0, LONGEST).toLowerCase().replace(/^[:[]/u, "").split("::");
  const name = bare.replace(/[:\]]$/u, "").replace(/[\u{1F3FB}-\u{1F3FF}]/gu, "");
  return AGREEING.has(name);
}
