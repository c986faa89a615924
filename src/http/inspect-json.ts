/** Deepest nesting that is taken: deeper text parses, and kills whoever writes it out again. */
export const DEEPEST_JSON = 64;

/** What is wrong with a JSON text before it is parsed. */
export type JsonFault =
  | { readonly kind: "too-deep" }
  /** A key that occurs twice in one object, or one that means the prototype. */
  | { readonly kind: "key"; readonly field: string };

interface Level {
  /** Keys of an object seen so far; null for an array. */
  readonly keys: Set<string> | null;
  /** True where the next string is a key. */
  atKey: boolean;
}

/**
 * Looks through a JSON text once, without recursion: depth above {@link DEEPEST_JSON}, a key twice
 * in one object (two readers might take different ones), `__proto__`. Null when there is none of it;
 * whether it is JSON at all is left to the parser.
 */
export function inspectJson(text: string): JsonFault | null {
  const levels: Level[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      const fault = faultOfString(levels.at(-1), text.slice(at, end + 1));
      if (fault !== null) return fault;
      at = end;
    } else if (character !== undefined && !follow(levels, character)) {
      return { kind: "too-deep" };
    }
  }
  return null;
}

/** Goes one character on outside of strings; false when that is one level too deep. */
function follow(levels: Level[], character: string): boolean {
  const level = levels.at(-1);
  if (character === "{" || character === "[") {
    if (levels.length === DEEPEST_JSON) return false;
    const isObject = character === "{";
    levels.push({ keys: isObject ? new Set() : null, atKey: isObject });
  } else if (character === "}" || character === "]") {
    levels.pop();
  } else if (character === "," && level !== undefined) {
    level.atKey = level.keys !== null;
  }
  return true;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

function faultOfString(level: Level | undefined, quoted: string): JsonFault | null {
  if (level === undefined || !level.atKey) return null;
  level.atKey = false;
  const key = keyOf(quoted);
  if (key === null) return null;
  if (key === "__proto__" || level.keys?.has(key) === true) return { kind: "key", field: key };
  level.keys?.add(key);
  return null;
}

/** A key as the parser will read it: escapes must not hide that two are the same. */
function keyOf(quoted: string): string | null {
  try {
    const key: unknown = JSON.parse(quoted);
    return typeof key === "string" ? key : null;
  } catch {
    return null;
  }
}
