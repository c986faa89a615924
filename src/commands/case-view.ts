import type { CaseEntry, CaseMessage } from "#entities/index.js";
import type { ShownCase } from "#src/complaints/case-queries.js";
import { complaintTexts } from "#src/i18n/complaints.js";
import { formatInstant } from "#src/scheduling/zoned-time.js";
import type { Call } from "./command-call.js";

const LONGEST_QUOTE = 300;
const MOST_MESSAGES = 20;
const MOST_ENTRIES = 40;

/** One case with words, people, clocks and timeline, as staff read it. */
export async function caseView(call: Call, caseNumber: number): Promise<string> {
  const { tx, at, place, language } = call;
  const shown = await call.rooms.complaints.service.show(tx, {
    caseNumber,
    actor: place.member,
    at,
  });
  if (shown === null) return complaintTexts[language].staff.notFound;
  const names = await namesOf(call, shown);
  return [
    ...head(call, shown),
    ...spoken(call, shown, names),
    ...timeline(call, shown, names),
    ...(shown.case.closedAt === null ? [call.texts.cases.next(shown.case.number)] : []),
  ].join("\n");
}

function head(call: Call, shown: ShownCase): string[] {
  const { language, texts, at } = call;
  const words = complaintTexts[language];
  const { number, severity, aspects, state, affected, resolution } = shown.case;
  const about = words.list(aspects.map((aspect) => words.aspects[aspect]));
  const reporter = nameOf(call, shown.reporter);
  const clocks = shown.timers
    .filter((timer) => timer.kind !== "close")
    .map(({ kind, dueAt }) => {
      const left = Math.abs(dueAt - at);
      const name = words.staff.timers[kind as "acknowledge" | "update" | "resolve"];
      const { left: due, overdue } = texts.complaints;
      return `${name} ${dueAt > at ? due(words.duration(left)) : overdue(words.duration(left))}`;
    });
  const mark = language === "zh" ? "｜" : " | ";
  return [
    [`#${number} ${severity} ${about}`, words.states[state], shown.group.name].join(mark),
    texts.cases.reporter(reporter, affected),
    ...(shown.assignee === null ? [] : [texts.cases.assignee(nameOf(call, shown.assignee))]),
    ...(clocks.length === 0 ? [] : [texts.cases.clocks(clocks)]),
    ...(resolution === null ? [] : [texts.cases.resolution(resolution)]),
  ];
}

function nameOf({ texts, language }: Call, member: ShownCase["reporter"]): string {
  if (member === null || member.erasedAt !== null) return texts.cases.gone;
  return member.name === "" ? complaintTexts[language].someone : member.name;
}

async function namesOf(call: Call, shown: ShownCase): Promise<ReadonlyMap<string, string>> {
  const ids = new Set([
    ...shown.messages.map((message) => message.memberId),
    ...shown.entries.map((entry) => entry.actorId),
  ]);
  const names = new Map<string, string>([["bot", complaintTexts[call.language].bot]]);
  for (const id of ids) {
    if (names.has(id)) continue;
    names.set(id, nameOf(call, await call.tx.directory.memberById(id)));
  }
  return names;
}

function when(call: Call, shown: ShownCase, at: number): string {
  return formatInstant(at, shown.group.timeZone, call.language, "short");
}

function spoken(call: Call, shown: ShownCase, names: ReadonlyMap<string, string>): string[] {
  const { texts } = call;
  const line = ({ at, memberId, part, text }: CaseMessage): string => {
    const words = text === null || text === "" ? texts.cases.noWords : cut(text);
    const what = texts.cases.parts[part] ?? part;
    return `${when(call, shown, at)} ${names.get(memberId) ?? ""} [${what}] ${words}`;
  };
  const lines = shown.messages.slice(0, MOST_MESSAGES).map(line);
  return lines.length === 0 ? [] : [texts.cases.messages, ...lines];
}

function cut(text: string): string {
  const flat = text.split("\n").join(" ");
  return flat.length <= LONGEST_QUOTE
    ? flat
    : `${flat.slice(0, LONGEST_QUOTE).toWellFormed().replace("\ufffd", "")}…`;
}

/** Notes that staff typed; others are words of the machine. */
const WITH_WORDS: ReadonlySet<string> = new Set(["note", "dismiss", "assign"]);

function timeline(call: Call, shown: ShownCase, names: ReadonlyMap<string, string>): string[] {
  const words = complaintTexts[call.language];
  const line = ({ at, actorId, act, note }: CaseEntry): string =>
    call.texts.cases.entry({
      when: when(call, shown, at),
      act: words.acts[act] ?? act,
      who: names.get(actorId) ?? words.someone,
      note: note === null || !WITH_WORDS.has(act) ? null : (words.dismissReasons[note] ?? note),
    });
  const lines = shown.entries.slice(-MOST_ENTRIES).map(line);
  return lines.length === 0 ? [] : [call.texts.cases.timeline, ...lines];
}
