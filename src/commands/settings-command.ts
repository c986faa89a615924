import type { Group } from "#entities/index.js";
import { settingTexts } from "#src/i18n/command-settings.js";
import { formatInstant } from "#src/scheduling/zoned-time.js";
import type { Answer, Call } from "./command-call.js";
import { groupNamed, groupsInReach } from "./command-scope.js";
import { editDistance } from "./edit-distance.js";
import { readSetting } from "./setting-values.js";
import { showSetting } from "./setting-view.js";
import {
  SETTING_KEYS,
  SETTING_WORDS,
  type SettingKey,
  splitSetting,
  type TypedSetting,
} from "./setting-words.js";
import { foldWidth, hasHan } from "./text-scan.js";
import { oneGroup } from "./unclear-group.js";

/** Changes that move when digests are due. */
const OF_DIGESTS: ReadonlySet<SettingKey> = new Set(["digest", "weekly", "zone", "public"]);

/** `settings [GROUP] [item value]`: shows the settings of a group, or changes one of them. */
export async function settingsCommand(call: Call): Promise<Answer | null> {
  const split = splitSetting(call.rest);
  if (split !== null) return changeOne(call, split.group, split.setting);
  if (call.rest === "") return overview(call, "");
  const named = groupNamed(call.rest, await groupsInReach(call.tx, call));
  if (named.kind === "found") return overview(call, call.rest);
  if (call.tentative) return null;
  const [word = ""] = call.args;
  return { text: call.texts.settings.unknown(word, nearSetting(word)) };
}

function nearSetting(word: string): string | null {
  const folded = foldWidth(word);
  const limit = hasHan(folded) ? 1 : 2;
  if (folded.length < 2 || folded.length > 20) return null;
  for (const key of SETTING_KEYS) {
    for (const one of SETTING_WORDS[key]) {
      if (one.length < 3 && folded !== one) continue;
      if (editDistance(folded, one, limit) <= limit) return one;
    }
  }
  return null;
}

function exampleOf({ language, rest }: Call): (group: string) => string {
  const word = language === "zh" ? "设置" : "settings";
  return (group) => [word, group.includes(" ") ? `"${group}"` : group, rest].join(" ").trim();
}

async function overview(call: Call, name: string): Promise<Answer> {
  const chosen = await oneGroup(call, name, exampleOf(call));
  if (chosen.kind === "answer") return chosen.answer;
  const { group } = chosen;
  const { names } = settingTexts[call.language];
  const lines = SETTING_KEYS.map(
    (key) => `· ${names[key] ?? key}: ${showSetting(key, group, call.language)}`,
  );
  const colon = call.language === "zh" ? lines.map((one) => one.replace(": ", "：")) : lines;
  const { settings } = call.texts;
  return { text: [settings.heading(group.name), ...colon, settings.foot].join("\n") };
}

async function changeOne(call: Call, name: string, setting: TypedSetting): Promise<Answer> {
  const chosen = await oneGroup(call, name, exampleOf(call));
  if (chosen.kind === "answer") return chosen.answer;
  const { group } = chosen;
  const { key, value } = setting;
  const { language, texts } = call;
  const title = settingTexts[language].names[key] ?? key;
  const before = showSetting(key, group, language);
  const reading = readSetting(key, value, { group, language });
  if (reading.kind === "refused") {
    const now = language === "zh" ? `现在是：${before}` : `It is now: ${before}`;
    return { text: `${reading.why}\n${now}` };
  }
  const after = showSetting(key, { ...group, ...reading.patch }, language);
  if (after === before) return { text: texts.settings.same(title, before) };
  const next = await call.tx.directory.changeGroup(group, reading.patch);
  await record(call, next, { key, before, after });
  const lines = [texts.settings.changed(group.name, title, before, after)];
  if (OF_DIGESTS.has(key)) lines.push(...(await reschedule(call, next)));
  return { text: lines.join("\n") };
}

async function record(
  { tx, at, place }: Call,
  group: Group,
  change: { readonly key: SettingKey; readonly before: string; readonly after: string },
): Promise<void> {
  await tx.record({
    at,
    actorId: place.member.id,
    act: "settings.change",
    subject: `group:${group.id}`,
    detail: { setting: change.key, from: change.before, to: change.after },
  });
}

async function reschedule(call: Call, group: Group): Promise<readonly string[]> {
  const { tx, at, texts, language } = call;
  await call.rooms.digests.scheduleDigests(tx, group, at);
  const row = await tx.schedules.rows.first({
    kind: "digest.daily",
    ownerId: group.id,
    enabled: true,
  });
  if (row === null || row.nextAt === null) return [];
  return [texts.settings.nextDigest(formatInstant(row.nextAt, group.timeZone, language, "short"))];
}
