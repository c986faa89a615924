import { ASPECTS, type Aspect } from "#entities/vocabulary.js";
import { complaintTexts } from "#src/i18n/complaints.js";
import { foldWidth, trimMarks } from "./text-scan.js";

/** Other words that staff use for an aspect. */
const OTHER_WORDS: Readonly<Partial<Record<Aspect, readonly string[]>>> = {
  quality: ["质量", "品质", "新鲜"],
  shortage: ["少发", "漏发", "缺件", "missing"],
  wrong_item: ["错发", "发错", "wrong"],
  delivery: ["送货", "物流", "快递"],
  packaging: ["包材", "package", "packing"],
  service: ["服务", "态度"],
  pickup: ["提货", "自提点", "pick-up"],
  stock: ["断货", "库存"],
};

const BY_WORD: ReadonlyMap<string, Aspect> = new Map(
  ASPECTS.flatMap((aspect) =>
    [
      aspect,
      aspect.replace("_", " "),
      complaintTexts.zh.aspects[aspect],
      complaintTexts.en.aspects[aspect],
      ...(OTHER_WORDS[aspect] ?? []),
    ].map((word): [string, Aspect] => [word, aspect]),
  ),
);

/** The aspect that a word names in either language; null for any other word. */
export function aspectOf(word: string): Aspect | null {
  return BY_WORD.get(trimMarks(foldWidth(word))) ?? null;
}
