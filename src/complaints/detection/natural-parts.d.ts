/** The parts of `natural` that are used, by sub-path: its root import loads database clients. */
declare module "natural/lib/natural/sentiment/SentimentAnalyzer.js" {
  interface Stemmer {
    stem(word: string): string;
  }
  export default class SentimentAnalyzer {
    constructor(language: "English", stemmer: Stemmer | undefined, vocabulary: "afinn");
    getSentiment(words: readonly string[]): number;
  }
}
declare module "natural/lib/natural/stemmers/porter_stemmer.js" {
  const stemmer: { stem(word: string): string };
  export default stemmer;
}
declare module "natural/lib/natural/tokenizers/aggressive_tokenizer.js" {
  export default class AggressiveTokenizer {
    tokenize(text: string): string[];
  }
}
