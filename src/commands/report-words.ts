import { parseDateRange } from "#src/scheduling/date-range.js";
import { isAppError } from "#src/shared/app-error.js";

/** The words of `report`, sorted by what they mean. */
export interface ReportWords {
  /** The span of days as typed; null for the last seven days. */
  readonly range: string | null;
  /** The span is written like dates but cannot be read as such. */
  readonly badRange: boolean;
  readonly scope: "here" | "all" | null;
  readonly csv: boolean;
  /** What the group would read, without what only staff may see. */
  readonly audience: "staff" | "public";
  /** The rest: the name of a group. */
  readonly group: string;
}

const HERE: ReadonlySet<string> = new Set(["here", "本群", "此群", "这个群", "这里"]);
const ALL: ReadonlySet<string> = new Set(["all", "全部", "所有", "所有群", "全部群"]);
const CSV: ReadonlySet<string> = new Set(["csv", "表格"]);
const PUBLIC: ReadonlySet<string> = new Set(["public", "公开", "公开版"]);
const LONGEST_RANGE_WORDS = 4;

function isRange(text: string, at: number): boolean {
  try {
    parseDateRange(text, "UTC", at);
    return true;
  } catch (error) {
    if (isAppError(error, "invalid-input")) return false;
    throw error;
  }
}

function looksLikeRange(word: string): boolean {
  return /^\d{4}[-/.年]\d|\.\.|^\d+(?:d|days?|天|日)$/i.test(word);
}

interface Found {
  readonly text: string;
  readonly rest: readonly string[];
}

/** The longest run of words that is a span of days. */
function findRange(words: readonly string[], at: number): Found | null {
  for (let length = Math.min(LONGEST_RANGE_WORDS, words.length); length > 0; length -= 1) {
    for (let start = 0; start + length <= words.length; start += 1) {
      const text = words.slice(start, start + length).join(" ");
      if (isRange(text, at)) return { text, rest: words.toSpliced(start, length) };
    }
  }
  return null;
}

/** Sorts the words after `report`, in any order; `at` is now, epoch ms. */
export function readReportWords(args: readonly string[], at: number): ReportWords {
  const named = (set: ReadonlySet<string>): boolean =>
    args.some((word) => set.has(word.toLowerCase()));
  const others = args.filter(
    (word) => ![HERE, ALL, CSV, PUBLIC].some((set) => set.has(word.toLowerCase())),
  );
  const found = findRange(others.slice(0, 12), at);
  const bad = found === null ? others.find(looksLikeRange) : undefined;
  const left = found?.rest ?? others.filter((word) => word !== bad);
  return {
    range: found?.text ?? bad ?? null,
    badRange: bad !== undefined,
    scope: named(HERE) ? "here" : named(ALL) ? "all" : null,
    csv: named(CSV),
    audience: named(PUBLIC) ? "public" : "staff",
    group: left.join(" "),
  };
}
