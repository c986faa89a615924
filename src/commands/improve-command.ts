import type { Group } from "#entities/index.js";
import type { Aspect } from "#entities/vocabulary.js";
import { complaintTexts } from "#src/i18n/complaints.js";
import { addLocalDays, formatDay, localDay } from "#src/scheduling/zoned-time.js";
import { stableId } from "#src/shared/ids.js";
import { aspectOf } from "./aspect-words.js";
import type { Answer, Call } from "./command-call.js";
import { groupNamed, groupsInReach } from "./command-scope.js";
import { hasHan, trimBlanks, trimMarks } from "./text-scan.js";
import { oneGroup } from "./unclear-group.js";

/** Longest sentence that is taken, UTF-16 units: it stands in a digest. */
export const LONGEST_IMPROVEMENT = 120;
const JUDGED_AFTER_DAYS = 14;
const ALL: ReadonlySet<string> = new Set(["all", "全部", "所有"]);

/** What was typed after `improve`. */
export interface ImprovementWords {
  /** A group's name, "all", or "" for none. */
  readonly place: string;
  readonly text: string;
  readonly aspect: Aspect | null;
  /** A word after the quoted sentence that is no aspect. */
  readonly unknownAspect: string | null;
  readonly quoted: boolean;
}

const QUOTED = /["“”「『]([^"“”「」『』]{1,400})["“”」』]/;

/** Reads `[GROUP|all] "what was changed" [aspect]`, with or without quotes; `isPlace` knows groups. */
export function readImprovement(
  rest: string,
  args: readonly string[],
  isPlace: (word: string) => boolean,
): ImprovementWords {
  const quote = QUOTED.exec(rest);
  return quote === null ? readPlain(rest, args, isPlace) : readQuoted(rest, quote);
}

function readQuoted(rest: string, quote: RegExpExecArray): ImprovementWords {
  const after = trimMarks(rest.slice(quote.index + quote[0].length));
  const aspect = aspectOf(after);
  return {
    place: trimBlanks(rest.slice(0, quote.index)),
    text: trimBlanks(quote[1] ?? ""),
    aspect,
    unknownAspect: aspect === null && after !== "" ? after : null,
    quoted: true,
  };
}

function readPlain(
  rest: string,
  args: readonly string[],
  isPlace: (word: string) => boolean,
): ImprovementWords {
  const [first = "", ...others] = args;
  const named = others.length > 0 && (ALL.has(first.toLowerCase()) || isPlace(first));
  const body = named ? trimBlanks(rest.slice(rest.indexOf(first) + first.length)) : rest;
  const last = args.at(-1) ?? "";
  const aspect = last === body ? null : aspectOf(last);
  const text = aspect === null ? body : body.slice(0, body.lastIndexOf(last));
  return {
    place: named ? first : "",
    text: trimMarks(text),
    aspect,
    unknownAspect: null,
    quoted: false,
  };
}

/** `improve`: notes what the shop changed, so that its effect can be judged after two weeks. */
export async function improveCommand(call: Call): Promise<Answer | null> {
  const { tx, texts, rest, args } = call;
  if (rest === "") return { text: texts.improve.usage };
  const groups = await groupsInReach(tx, call);
  const words = readImprovement(
    rest,
    args,
    (word) => groups.length > 1 && groupNamed(word, groups).kind === "found",
  );
  // English staff talk begins with "improve" too; there the quotes or the aspect tell.
  const sure = words.quoted || words.aspect !== null || hasHan(words.text);
  if (call.tentative && !sure) return null;
  if (words.text.length < 2) return { text: texts.improve.usage };
  if (words.text.length > LONGEST_IMPROVEMENT) {
    return { text: texts.improve.tooLong(LONGEST_IMPROVEMENT) };
  }
  if (words.unknownAspect !== null) {
    return { text: texts.improve.unknownAspect(words.unknownAspect) };
  }
  const chosen = await groupsOf(call, words, groups);
  if (chosen.kind === "answer") return chosen.answer;
  const lines: string[] = [];
  for (const group of chosen.groups) lines.push(await note(call, group, words));
  return { text: [...lines, texts.improve.visible].join("\n") };
}

async function groupsOf(
  call: Call,
  { place }: ImprovementWords,
  groups: readonly Group[],
): Promise<
  | { readonly kind: "groups"; readonly groups: readonly Group[] }
  | { readonly kind: "answer"; readonly answer: Answer }
> {
  if (ALL.has(place.toLowerCase()) && groups.length > 0) return { kind: "groups", groups };
  const word = call.language === "zh" ? "改进" : "improve";
  const one = await oneGroup(call, place, (name) => `${word} ${name} ${call.rest}`);
  return one.kind === "answer" ? one : { kind: "groups", groups: [one.group] };
}

async function note(
  { tx, at, event, place, texts, language }: Call,
  group: Group,
  { text, aspect }: ImprovementWords,
): Promise<string> {
  const number = await tx.nextNumber("improvement");
  const id = stableId("improvement", event.eventId, group.id);
  await tx.improvements.insert({
    id,
    groupId: group.id,
    number,
    text,
    aspect,
    operatorId: place.member.id,
    at,
  });
  await tx.record({
    at,
    actorId: place.member.id,
    act: "improvement.note",
    subject: `improvement:${id}`,
    detail: { number, aspect },
  });
  const judgedOn = addLocalDays(localDay(at, group.timeZone), JUDGED_AFTER_DAYS);
  return texts.improve.done({
    number,
    text,
    aspect: aspect === null ? null : complaintTexts[language].aspects[aspect],
    group: group.name,
    judgedOn: formatDay(judgedOn, language, "short"),
  });
}
