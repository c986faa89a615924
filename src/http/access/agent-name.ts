const LONGEST = 400;

/** Longer names first: each browser also says the names of those that it stands in for. */
const BROWSERS: readonly (readonly [mark: string, name: string])[] = [
  ["MicroMessenger/", "WeChat"],
  ["Edg/", "Edge"],
  ["OPR/", "Opera"],
  ["SamsungBrowser/", "Samsung Internet"],
  ["HeadlessChrome/", "Chrome"],
  ["Firefox/", "Firefox"],
  ["FxiOS/", "Firefox"],
  ["CriOS/", "Chrome"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
  ["curl/", "curl"],
];

const SYSTEMS: readonly (readonly [mark: string, name: string])[] = [
  ["HarmonyOS", "HarmonyOS"],
  ["Android", "Android"],
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Windows", "Windows"],
  ["Mac OS X", "macOS"],
  ["CrOS", "ChromeOS"],
  ["Linux", "Linux"],
];

/** Browser and system out of a User-Agent header, such as "Chrome · macOS"; "?" for what is unknown. */
export function agentName(header: string | undefined): string {
  const text = (header ?? "").slice(0, LONGEST);
  const nameIn = (list: typeof BROWSERS): string | undefined =>
    list.find(([mark]) => text.includes(mark))?.[1];
  const known = [nameIn(BROWSERS), nameIn(SYSTEMS)].filter((name) => name !== undefined);
  return known.length === 0 ? "?" : known.join(" · ");
}
