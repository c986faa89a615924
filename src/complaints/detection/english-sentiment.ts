import { createRequire } from "node:module";
import type Analyzer from "natural/lib/natural/sentiment/SentimentAnalyzer.js";
import PorterStemmer from "natural/lib/natural/stemmers/porter_stemmer.js";
import AggressiveTokenizer from "natural/lib/natural/tokenizers/aggressive_tokenizer.js";

const NEGATORS = new Set(
  "not no never without hardly barely isn't wasn't aren't weren't don't doesn't didn't won't can't cannot couldn't wouldn't haven't hasn't dont didnt isnt wasnt cant wont".split(
    " ",
  ),
);
/** natural's stemmer takes quadratic time on a long word, so none is passed on. */
const LONGEST_WORD = 24;
const MOST_READ = 2_000;
const REMEMBERED = 20_000;

/** Words whose AFINN value misleads in a shop's group ("no", "please", "stop by", "cut-off"). */
const NEUTRAL = new Set(["no", "please", "stop", "cut", "cancel", "pay", "hard", "alone", "share"]);

const require = createRequire(import.meta.url);
/** Loaded with the first English word: it brings the word lists of ten languages, a sixth of a second. */
let loaded: Analyzer | undefined;
const tokenizer = new AggressiveTokenizer();
const known = new Map<string, number>();

function analyzer(): Analyzer {
  if (loaded === undefined) {
    const SentimentAnalyzer =
      require("natural/lib/natural/sentiment/SentimentAnalyzer.js") as typeof Analyzer;
    loaded = new SentimentAnalyzer("English", PorterStemmer, "afinn");
  }
  return loaded;
}

function valueOf(word: string): number {
  if (word.length > LONGEST_WORD || word.length < 2 || NEUTRAL.has(word)) return 0;
  const found = known.get(word);
  if (found !== undefined) return found;
  const value = analyzer().getSentiment([word]);
  if (known.size >= REMEMBERED) known.clear();
  known.set(word, value);
  return value;
}

/**
 * Sum of AFINN values (-5 to 5 a word) of a lower-case text; a negator turns the three words behind
 * it around at 0.7 of their value. Reads the first 2,000 units.
 */
export function englishSentiment(text: string): number {
  const words = tokenizer.tokenize(text.length > MOST_READ ? text.slice(0, MOST_READ) : text);
  let sum = 0;
  let negatedUntil = -1;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    if (NEGATORS.has(word)) {
      negatedUntil = at + 3;
      continue;
    }
    const value = valueOf(word);
    sum += at <= negatedUntil ? -0.7 * value : value;
  }
  return sum;
}
