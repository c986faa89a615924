import type {
  CardBars,
  CardTile,
  CardWords,
  DigestCardModel,
} from "#src/console/charts/digest-card-model.js";
import { type CardMood, type CardTexts, cardTexts } from "#src/i18n/cards.js";
import { type DigestTexts, digestTexts } from "#src/i18n/digests.js";
import type { PublishedRow } from "#src/store/digest-rows.js";
import { cardHeader, cardOf } from "./card-frame.js";
import { publicTrend } from "./card-trend.js";
import type { DigestDocument } from "./digest-document.js";
import type { PublicFacts } from "./digest-facts.js";

/** What a card for the group is made from: what may be told, the post itself, and earlier posts. */
export interface PublicCardSources {
  readonly facts: PublicFacts;
  readonly document: DigestDocument;
  readonly published: readonly PublishedRow[];
}

interface Words {
  readonly texts: CardTexts;
  readonly digest: DigestTexts;
}

type Rating = PublicFacts["ratings"][number];

/**
 * The card of a post for the group. It sees only what was decided to be tellable and what was told
 * before, and takes its sentences from the post: no quotes, no names, no number of its own.
 */
export function publicCard({ facts, document, published }: PublicCardSources): DigestCardModel {
  const { language } = document;
  const words: Words = { texts: cardTexts[language], digest: digestTexts[language] };
  const { footer } = words.texts;
  const sentence =
    facts.hold === null ? words.texts.moods[moodOf(facts)] : words.digest.public.hold(facts.hold);
  return cardOf({
    version: 1,
    language,
    audience: "public",
    header: cardHeader(facts, { audience: "public", language }, sentence),
    tiles: [csatTile(facts, words), npsTile(facts, words), answerersTile(facts, words)],
    waiting: null,
    trend: publicTrend(facts, published, language),
    bars: themesOf(facts, words),
    words: wordsOf(document, words),
    footer: { missed: null, privacy: footer.publicPrivacy(facts.k), by: footer.by },
  });
}

function moodOf({ ratings }: PublicFacts): CardMood {
  const change = ratings.find((rating) => rating.kind === "csat")?.change ?? null;
  if (change === null) return "thanks";
  return change === "better" ? "thanksBetter" : "thanksWorse";
}

function csatTile(facts: PublicFacts, words: Words): CardTile {
  const { tiles } = words.texts;
  const rating = facts.ratings.find((one) => one.kind === "csat");
  const tile = ratingTile("csat", tiles.publicCsat, rating, { facts, words });
  if (rating?.publication.kind !== "number") return tile;
  const value = rating.publication.percentages["satisfied"] ?? 0;
  return {
    ...tile,
    value: String(value),
    prefix: tiles.about,
    unit: "%",
    base: [tiles.ofAnswerers, tiles.rounded],
  };
}

function npsTile(facts: PublicFacts, words: Words): CardTile {
  const { tiles } = words.texts;
  const rating = facts.ratings.find((one) => one.kind === "nps");
  const tile = ratingTile("nps", tiles.publicNps, rating, { facts, words });
  if (rating?.publication.kind !== "number") return tile;
  const { promoter = 0, detractor = 0 } = rating.publication.percentages;
  return {
    ...tile,
    value: String(promoter),
    prefix: tiles.about,
    unit: "%",
    base: [tiles.ofAnswerers, ...(detractor > 0 ? [tiles.detractors(detractor)] : [])],
  };
}

/** A rating in words: the majority, or that there were too few, or that nobody was asked. */
function ratingTile(
  id: "csat" | "nps",
  label: string,
  rating: Rating | undefined,
  { facts, words }: { readonly facts: PublicFacts; readonly words: Words },
): CardTile {
  const { tiles } = words.texts;
  const tile: CardTile = {
    id,
    label,
    value: null,
    prefix: "",
    unit: "",
    instead: tiles.notMeasured,
    change: changeOf(rating, words),
    base: [tiles.notAskedBase],
  };
  if (rating === undefined || rating.publication.kind === "number") return tile;
  if (rating.publication.kind === "nothing") {
    return { ...tile, instead: tiles.tooFew, base: [tiles.tooFewBase(facts.k)] };
  }
  const { majority } = rating.publication;
  const posted = words.digest.public;
  const word = majority === null ? undefined : posted.majorities[majority];
  return {
    ...tile,
    instead: word === undefined ? posted.divided : posted.majority(word),
    base: [tiles.noNumber],
  };
}

function changeOf(rating: Rating | undefined, { texts }: Words): CardTile["change"] {
  const change = rating?.change ?? null;
  if (change === null) return null;
  const better = change === "better";
  return {
    direction: better ? "up" : "down",
    text: texts.tiles.change(change),
    tone: better ? "good" : "bad",
  };
}

function answerersTile({ answerers, closedRuns, k }: PublicFacts, { texts }: Words): CardTile {
  const { tiles } = texts;
  const tile: CardTile = {
    id: "participation",
    label: tiles.publicParticipation,
    value: null,
    prefix: "",
    unit: "",
    instead: tiles.noNumber,
    change: null,
    base: [tiles.tooFewBase(k)],
  };
  if (closedRuns === 0) {
    return { ...tile, instead: tiles.notMeasured, base: [tiles.notAskedBase] };
  }
  if (answerers.kind !== "number") return tile;
  return {
    ...tile,
    value: String(answerers.about),
    prefix: tiles.about,
    unit: tiles.people,
    base: [tiles.rounded],
  };
}

function themesOf({ themes }: PublicFacts, { texts, digest }: Words): CardBars | null {
  if (themes.length === 0) return null;
  return {
    title: texts.bars.publicTitle,
    aside: "",
    bars: themes.map(({ aspect, publication, change }) => {
      const about = publication.kind === "number" ? publication.about : null;
      return {
        label: digest.aspects[aspect],
        size: about,
        text: about === null ? texts.bars.mentioned : texts.bars.aboutPeople(about),
        change:
          change === null
            ? null
            : {
                direction: change === "more" ? "up" : "down",
                text: texts.bars.change(change),
                tone: change === "more" ? "bad" : "good",
              },
      };
    }),
    nothing: null,
  };
}

/** The post's own sentences on what was done, how far it is and what comes next; then how to speak up. */
function wordsOf({ sections }: DigestDocument, { texts }: Words): readonly CardWords[] {
  const linesOf = (ids: readonly string[]): readonly string[] =>
    ids.flatMap((id) => sections.find((section) => section.id === id)?.lines ?? []);
  return [
    { title: texts.words.done, lines: linesOf(["done", "progress", "next", "nothing"]) },
    { title: texts.words.speakUp, lines: linesOf(["privately"]) },
  ].filter(({ lines }) => lines.length > 0);
}
