import type { ListedCase } from "#src/complaints/case-queries.js";
import { complaintTexts } from "#src/i18n/complaints.js";
import type { Answer, Call } from "./command-call.js";
import { groupNamed, groupsInReach } from "./command-scope.js";
import type { ComplaintFilter } from "./sub-words.js";
import { COMPLAINT_FILTERS } from "./sub-words.js";
import { foldWidth } from "./text-scan.js";
import { unclearGroup } from "./unclear-group.js";

const MOST_SHOWN = 30;
const MOST_READ = 300;

type Filter = "open" | "overdue" | "mine" | "group";

/** `complaints [open|overdue|mine|all|GROUP]`: the cases of the groups in reach. */
export async function complaintsCommand(call: Call): Promise<Answer | null> {
  const { tx, texts, rest } = call;
  const groups = await groupsInReach(tx, call);
  if (groups.length === 0) return { text: texts.groups.none };
  const word: ComplaintFilter | null =
    rest === "" ? "open" : (COMPLAINT_FILTERS.get(foldWidth(rest)) ?? null);
  if (word !== null)
    return list(
      call,
      word === "all" ? "group" : word,
      groups.map((one) => one.id),
    );
  const named = groupNamed(rest, groups);
  if (named.kind === "found") return list(call, "group", [named.group.id]);
  return call.tentative ? null : { text: unclearGroup(texts, rest, named) };
}

async function list(call: Call, filter: Filter, groupIds: readonly string[]): Promise<Answer> {
  const { tx, texts, at, place } = call;
  const words = texts.complaints;
  const only = groupIds.length === 1 ? { groupId: groupIds[0] ?? "" } : {};
  const all = await call.rooms.complaints.service.list(tx, {
    filter,
    actor: place.member,
    at,
    limit: MOST_READ,
    ...only,
  });
  const cases = all.filter((one) => groupIds.includes(one.case.groupId));
  const [first] = cases;
  if (first === undefined) return { text: words.empty(filter) };
  const shown = cases.slice(0, MOST_SHOWN);
  const lines = shown.map((one) => lineOf(call, one, groupIds.length > 1));
  const cut = cases.length - shown.length;
  return {
    text: [
      words.heading(filter, cases.length),
      ...lines,
      ...(cut > 0 ? [words.cut(cut)] : []),
      words.foot(first.case.number),
    ].join("\n"),
  };
}

function lineOf({ texts, language, at }: Call, one: ListedCase, withGroup: boolean): string {
  const words = texts.complaints;
  const { aspects, states, duration } = complaintTexts[language];
  const { number, severity, aspect, state, affected } = one.case;
  const parts = [
    `#${number} ${severity} ${aspects[aspect]}`,
    states[state],
    ...(withGroup ? [one.groupName] : []),
    ...(affected > 1 ? [words.affected(affected)] : []),
    one.assigneeName ?? words.nobody,
  ];
  if (one.dueAt !== null) {
    parts.push(
      one.dueAt > at
        ? words.left(duration(one.dueAt - at))
        : words.overdue(duration(at - one.dueAt)),
    );
  }
  return parts.join(language === "zh" ? "｜" : " | ");
}
