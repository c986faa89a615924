import { levenshtein } from "#src/shared/levenshtein.js";
import { cleanInput, TimeInputError, type Wording } from "./time-input-error.js";

/** Whether a zone can be used, and what the writer may have meant. */
export type ZoneCheck =
  | { readonly kind: "ok"; readonly zone: string }
  | { readonly kind: "unknown"; readonly suggestion: string | null; readonly hint: Wording };

/** Names in use that the runtime accepts but leaves out of its list of canonical zones. */
const OTHER_NAMES = [
  "UTC",
  "Asia/Kolkata",
  "Asia/Ho_Chi_Minh",
  "Asia/Kathmandu",
  "Asia/Yangon",
  "Asia/Chongqing",
  "Europe/Kyiv",
  "America/Argentina/Buenos_Aires",
  "America/Nuuk",
  "Atlantic/Faroe",
  "Pacific/Kanton",
] as const;

/** Places, abbreviations and offsets that people write, and the zone they nearly always mean. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ["beijing", "Asia/Shanghai"],
  ["peking", "Asia/Shanghai"],
  ["asia/beijing", "Asia/Shanghai"],
  ["shenzhen", "Asia/Shanghai"],
  ["guangzhou", "Asia/Shanghai"],
  ["hangzhou", "Asia/Shanghai"],
  ["china", "Asia/Shanghai"],
  ["prc", "Asia/Shanghai"],
  ["cst", "Asia/Shanghai"],
  ["china standard time", "Asia/Shanghai"],
  ["utc+8", "Asia/Shanghai"],
  ["utc+08:00", "Asia/Shanghai"],
  ["gmt+8", "Asia/Shanghai"],
  ["gmt+08:00", "Asia/Shanghai"],
  ["+8", "Asia/Shanghai"],
  ["+08:00", "Asia/Shanghai"],
  ["北京", "Asia/Shanghai"],
  ["北京时间", "Asia/Shanghai"],
  ["上海", "Asia/Shanghai"],
  ["深圳", "Asia/Shanghai"],
  ["广州", "Asia/Shanghai"],
  ["中国", "Asia/Shanghai"],
  ["乌鲁木齐", "Asia/Urumqi"],
  ["香港", "Asia/Hong_Kong"],
  ["hongkong", "Asia/Hong_Kong"],
  ["澳门", "Asia/Macau"],
  ["台北", "Asia/Taipei"],
  ["台湾", "Asia/Taipei"],
  ["新加坡", "Asia/Singapore"],
  ["吉隆坡", "Asia/Kuala_Lumpur"],
  ["东京", "Asia/Tokyo"],
  ["日本", "Asia/Tokyo"],
  ["japan", "Asia/Tokyo"],
  ["首尔", "Asia/Seoul"],
  ["伦敦", "Europe/London"],
  ["英国", "Europe/London"],
  ["巴黎", "Europe/Paris"],
  ["柏林", "Europe/Berlin"],
  ["纽约", "America/New_York"],
  ["est", "America/New_York"],
  ["洛杉矶", "America/Los_Angeles"],
  ["pst", "America/Los_Angeles"],
  ["旧金山", "America/Los_Angeles"],
  ["san francisco", "America/Los_Angeles"],
  ["多伦多", "America/Toronto"],
  ["温哥华", "America/Vancouver"],
  ["悉尼", "Australia/Sydney"],
  ["墨尔本", "Australia/Melbourne"],
  ["gmt", "UTC"],
  ["z", "UTC"],
]);

const LONGEST_NAME = 64;

interface ZoneName {
  readonly zone: string;
  readonly key: string;
  readonly city: string;
}

let names: readonly ZoneName[] | undefined;

function zoneNames(): readonly ZoneName[] {
  names ??= [...new Set([...Intl.supportedValuesOf("timeZone"), ...OTHER_NAMES])].map((zone) => {
    const key = zone.toLowerCase();
    return { zone, key, city: key.slice(key.lastIndexOf("/") + 1) };
  });
  return names;
}

function nearest(key: string): string | null {
  const part: "key" | "city" = key.includes("/") ? "key" : "city";
  const allowed = key.length < 5 ? 1 : key.length < 9 ? 2 : 3;
  let best: { readonly zone: string; readonly distance: number } | null = null;
  for (const name of zoneNames()) {
    if (Math.abs(name[part].length - key.length) > allowed) continue;
    const distance = levenshtein([...key], [...name[part]]);
    if (distance <= allowed && (best === null || distance < best.distance)) {
      best = { zone: name.zone, distance };
    }
  }
  return best?.zone ?? null;
}

function suggest(text: string): string | null {
  const meant = MEANT.get(text);
  if (meant !== undefined) return meant;
  const key = text.replaceAll(" ", "_");
  const lastPart = key.slice(key.lastIndexOf("/") + 1);
  return nearest(key) ?? (key.includes("/") ? nearest(lastPart) : null);
}

function isAccepted(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function refusal(suggestion: string | null): ZoneCheck {
  const example = suggestion ?? "Asia/Shanghai";
  return {
    kind: "unknown",
    suggestion,
    hint:
      suggestion === null
        ? {
            zh: `时区名称无法识别，请使用 IANA 名称，例如 ${example}。`,
            en: `This time zone is not known; use an IANA name such as ${example}.`,
          }
        : {
            zh: `时区名称无法识别，您是不是想写 ${example}？`,
            en: `This time zone is not known; did you mean ${example}?`,
          },
  };
}

/**
 * Checks a time zone that a person wrote. Only "Area/City" names and "UTC" are taken, in any case;
 * abbreviations and offsets are refused with a suggestion, because "CST" means Chicago to some
 * runtimes and an offset knows no daylight saving.
 */
export function checkZone(text: string): ZoneCheck {
  const cleaned = cleanInput(text, LONGEST_NAME);
  if (cleaned === null || cleaned === "") return refusal(null);
  const listed = zoneNames().find((name) => name.key === cleaned);
  if (listed !== undefined) return { kind: "ok", zone: listed.zone };
  const typed = text.trim();
  if (/^[A-Za-z]+\/[A-Za-z0-9_+\-/]+$/.test(typed) && isAccepted(typed)) {
    return { kind: "ok", zone: typed };
  }
  return refusal(suggest(cleaned));
}

/** The zone in its usual spelling, or a {@link TimeInputError} that names a near miss. */
export function requireZone(text: string): string {
  const check = checkZone(text);
  if (check.kind === "ok") return check.zone;
  throw new TimeInputError({
    field: "zone",
    wording: check.hint,
    expected: `an IANA time zone such as ${check.suggestion ?? "Asia/Shanghai"}`,
  });
}
