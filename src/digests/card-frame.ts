import type { Language } from "#entities/vocabulary.js";
import type { DigestCardModel } from "#src/console/charts/digest-card-model.js";
import { cardTexts } from "#src/i18n/cards.js";
import { formatDay } from "#src/scheduling/zoned-time.js";
import type { Audience, FactsFrame } from "./digest-facts.js";
import { wordingOf } from "./digest-words.js";

/** Title, group and day as both cards begin. */
export function cardHeader(
  facts: FactsFrame,
  { audience, language }: { readonly audience: Audience; readonly language: Language },
  sentence: string,
): DigestCardModel["header"] {
  return {
    title: cardTexts[language].title(audience, facts.kind),
    group: facts.groupName,
    date: dateWords(facts, language),
    sentence,
  };
}

function dateWords(facts: FactsFrame, language: Language): string {
  const { firstDay, lastDay, kind, timeZone } = facts;
  if (kind === "daily" || firstDay === lastDay) {
    const weekday = formatDay(lastDay, language, "weekday");
    return cardTexts[language].date(formatDay(lastDay, language, "date"), weekday);
  }
  const sameYear = firstDay.slice(0, 4) === lastDay.slice(0, 4);
  const { texts } = wordingOf(language, timeZone);
  return texts.span(
    formatDay(firstDay, language, sameYear && language === "en" ? "short" : "date"),
    formatDay(lastDay, language, sameYear && language === "zh" ? "short" : "date"),
  );
}

/** The card with its words for readers without eyes: what the eye reads first, in the same order. */
export function cardOf(card: Omit<DigestCardModel, "alt">): DigestCardModel {
  const { header, tiles, waiting, language } = card;
  const { join, stop } = cardTexts[language];
  const figures = tiles.map(({ label, value, prefix, unit, instead, change, base }) => {
    const told = value === null ? instead : `${prefix} ${value}${unit}`.trim();
    return [`${label} ${told}`, ...(change === null ? [] : [change.text]), ...base].join(join);
  });
  const sentences = [
    [header.title, header.group, header.date].join(join),
    header.sentence,
    ...figures,
    ...(waiting === null ? [] : [[waiting.title, ...waiting.counts].join(join)]),
  ];
  return { ...card, alt: sentences.join(stop) };
}
