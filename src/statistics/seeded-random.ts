/** A source of numbers evenly spread over 0 ≤ x < 1. */
export type Random = () => number;

const TWO_TO_32 = 2 ** 32;

/**
 * Repeatable random numbers for permutation tests and bootstraps: xoshiro128** 1.1 (Blackman and
 * Vigna), its four words filled by splitmix32 from a 32-bit seed. Not for secrets.
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const word = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
  const next = xoshiro128([word(), word(), word(), word()]);
  return () => next() / TWO_TO_32;
}

/** The four 32-bit words that xoshiro128** works on; not all may be 0. */
export type XoshiroState = readonly [number, number, number, number];

/** The bare xoshiro128** generator: 32-bit words in the published order for a published state. */
export function xoshiro128(start: XoshiroState): () => number {
  let [a, b, c, d] = start;
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
}

function rotateLeft(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** A 32-bit seed from a text such as "group/week" (FNV-1a over UTF-16 units). */
export function seedFromText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** A whole number from 0 to `bound` − 1. */
export function randomIndex(random: Random, bound: number): number {
  return Math.floor(random() * bound);
}
