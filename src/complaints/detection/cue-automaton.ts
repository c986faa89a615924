/** Called for each occurrence: the cue's number and its span in the scanned units. */
export type OnCue = (cue: number, start: number, end: number) => void;

/** Finds all of many plain strings in one pass (Aho and Corasick 1975). */
export interface CueAutomaton {
  scan(codes: Uint16Array, length: number, onCue: OnCue): void;
}

interface Trie {
  /** Transitions by state * 65,536 + code unit. */
  readonly next: Map<number, number>;
  readonly cues: number[][];
  readonly depth: number[];
  readonly children: [code: number, state: number][][];
}

function growTrie(cues: readonly string[]): Trie {
  const trie: Trie = { next: new Map(), cues: [[]], depth: [0], children: [[]] };
  cues.forEach((cue, number) => {
    let state = 0;
    for (let at = 0; at < cue.length; at += 1) state = step(trie, state, cue.charCodeAt(at));
    if (state !== 0) trie.cues[state]?.push(number);
  });
  return trie;
}

function step(trie: Trie, state: number, code: number): number {
  const key = state * 65_536 + code;
  const known = trie.next.get(key);
  if (known !== undefined) return known;
  const made = trie.cues.length;
  trie.next.set(key, made);
  trie.cues.push([]);
  trie.children.push([]);
  trie.depth.push((trie.depth[state] ?? 0) + 1);
  trie.children[state]?.push([code, made]);
  return made;
}

function nextState(trie: Trie, state: number, code: number): number | undefined {
  return trie.next.get(state * 65_536 + code);
}

/** Failure links, breadth first; the cues of a suffix are added to the longer state. */
function linkFailures(trie: Trie): Int32Array {
  const failure = new Int32Array(trie.cues.length);
  const queue = (trie.children[0] ?? []).map(([, state]) => state);
  // The queue grows while it is read.
  for (const state of queue) {
    for (const [code, child] of trie.children[state] ?? []) {
      let back = failure[state] ?? 0;
      while (back !== 0 && nextState(trie, back, code) === undefined) back = failure[back] ?? 0;
      const link = nextState(trie, back, code) ?? 0;
      failure[child] = link;
      trie.cues[child]?.push(...(trie.cues[link] ?? []));
      queue.push(child);
    }
  }
  return failure;
}

/** Transitions in one open-addressed table: much faster than a Map for the scan. */
function packTransitions(next: ReadonlyMap<number, number>) {
  let size = 1_024;
  while (size < next.size * 4) size *= 2;
  const states = new Int32Array(size).fill(-1);
  const codes = new Uint16Array(size);
  const targets = new Int32Array(size);
  for (const [key, target] of next) {
    const state = Math.floor(key / 65_536);
    const code = key % 65_536;
    let slot = slotOf(state, code, size);
    while (states[slot] !== -1) slot = (slot + 1) & (size - 1);
    states[slot] = state;
    codes[slot] = code;
    targets[slot] = target;
  }
  return { size, states, codes, targets };
}

function slotOf(state: number, code: number, size: number): number {
  return (Math.imul(state, 0x9e3779b1) ^ Math.imul(code, 0x85ebca6b)) & (size - 1);
}

/** The cues of all states in one list: those of a state begin at `from[state]`. */
function packFound(cues: readonly (readonly number[])[]) {
  const from = new Int32Array(cues.length + 1);
  cues.forEach((here, state) => {
    from[state + 1] = (from[state] ?? 0) + here.length;
  });
  return { from, list: Int32Array.from(cues.flat()) };
}

/**
 * Builds the automaton of `cues`; a cue's number is its place in the array. Empty cues never occur.
 * A scan costs time linear in the text plus the number of occurrences.
 */
export function buildCueAutomaton(cues: readonly string[]): CueAutomaton {
  const trie = growTrie(cues);
  const failure = linkFailures(trie);
  const { size, states, codes: keys, targets } = packTransitions(trie.next);
  const first = new Int32Array(65_536);
  for (const [code, state] of trie.children[0] ?? []) first[code] = state;
  const { from, list } = packFound(trie.cues);
  const lengths = Int32Array.from(cues, (cue) => cue.length);

  function go(state: number, code: number): number {
    let slot = slotOf(state, code, size);
    for (;;) {
      const owner = states[slot];
      if (owner === -1) return -1;
      if (owner === state && keys[slot] === code) return targets[slot] ?? 0;
      slot = (slot + 1) & (size - 1);
    }
  }

  function advance(state: number, code: number): number {
    let at = state;
    while (at !== 0) {
      const target = go(at, code);
      if (target !== -1) return target;
      at = failure[at] ?? 0;
    }
    return first[code] ?? 0;
  }

  function report(state: number, end: number, onCue: OnCue): void {
    const last = from[state + 1] ?? 0;
    for (let at = from[state] ?? 0; at < last; at += 1) {
      const cue = list[at] ?? 0;
      onCue(cue, end - (lengths[cue] ?? 0), end);
    }
  }

  return {
    scan(codes, length, onCue) {
      let state = 0;
      for (let at = 0; at < length; at += 1) {
        state = advance(state, codes[at] ?? 0);
        if (from[state] !== from[state + 1]) report(state, at + 1, onCue);
      }
    },
  };
}
