import { settingsOf } from "#src/shared/group-settings.js";
import type { Place } from "#src/store/place.js";
import type { LexiconEntry } from "./detection/lexicon.js";

const EXTRA_WEIGHT = 2.5;
const MOST_WORD_LISTS = 200;

const wordLists = new Map<string, readonly LexiconEntry[]>();

/** The extra words of a group as the detector takes them: the same list for the same words. */
export function extraWordsOf(place: Pick<Place, "group">): readonly LexiconEntry[] | undefined {
  const words = settingsOf(place.group).extraWords;
  if (words.length === 0) return undefined;
  const key = JSON.stringify(words);
  let list = wordLists.get(key);
  if (list === undefined) {
    list = words.map(({ word, aspect }) => ({ cue: word, aspect, weight: EXTRA_WEIGHT }));
    if (wordLists.size >= MOST_WORD_LISTS) wordLists.clear();
    wordLists.set(key, list);
  }
  return list;
}
