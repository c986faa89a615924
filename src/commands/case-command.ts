import type { ComplaintCase, Group, Member } from "#entities/index.js";
import { handledGroups } from "#src/complaints/case-queries.js";
import type { CaseOutcome, CaseRequest } from "#src/complaints/case-service.js";
import { complaintTexts } from "#src/i18n/complaints.js";
import { caseView } from "./case-view.js";
import { type CaseWords, readCaseWords } from "./case-words.js";
import { findColleague } from "./colleagues.js";
import type { Answer, Call } from "./command-call.js";
import { groupsInReach } from "./command-scope.js";
import { editDistance } from "./edit-distance.js";
import { CASE_ACTS, type CaseAct, leadingAct } from "./sub-words.js";
import { foldWidth, hasHan, splitArguments } from "./text-scan.js";

/** The act that a mistyped word is nearest to, as it would be typed right. */
export function nearAct(word: string): string | null {
  const folded = foldWidth(word);
  if (folded.length < 2 || folded.length > 12) return null;
  const limit = hasHan(folded) ? 1 : folded.length >= 6 ? 2 : 1;
  for (const act of CASE_ACTS.keys()) {
    if (hasHan(act) !== hasHan(folded) || (hasHan(act) && act.length !== folded.length)) continue;
    if (act.length < 4 && !hasHan(act)) continue;
    if (editDistance(folded, act, limit) <= limit) return act;
  }
  return null;
}

/** `case N [act words]`: shows one case, or makes a move. */
export async function caseCommand(call: Call): Promise<Answer | null> {
  const { texts, rest, tx } = call;
  const words = readCaseWords(rest);
  if (words === null) {
    return call.tentative ? null : { text: texts.cases.acts(12) };
  }
  const { number, tail } = words;
  const found = leadingAct(CASE_ACTS, tail);
  if (tail !== "" && found === null) return unknownAct(call, words);
  const row = await tx.cases.first({ number });
  const group = row === null ? null : await tx.directory.groupById(row.groupId);
  const { staff } = complaintTexts[call.language];
  if (row === null || group === null || !(await mayHandle(call, group))) {
    return { text: staff.notFound };
  }
  if (found === null) return { text: await caseView(call, number) };
  return move(call, { row, group }, found);
}

/** The case has to belong to a group in reach of this room or person. */
async function mayHandle(call: Call, group: Group): Promise<boolean> {
  const reach = await groupsInReach(call.tx, call);
  if (!reach.some((one) => one.id === group.id)) return false;
  const handled = await handledGroups(call.tx, call.place.member.id);
  return handled.some((one) => one.id === group.id);
}

function unknownAct(call: Call, { number, tail }: CaseWords): Answer | null {
  const { texts } = call;
  const [word = ""] = splitArguments(tail);
  const near = nearAct(word);
  if (near !== null) return { text: texts.cases.near(number, near) };
  return call.tentative ? null : { text: texts.cases.acts(number) };
}

interface Subject {
  readonly row: ComplaintCase;
  readonly group: Group;
}

async function move(
  call: Call,
  subject: Subject,
  { act, rest }: { readonly act: CaseAct; readonly rest: string },
): Promise<Answer> {
  const { tx, texts, at, place } = call;
  const { number } = subject.row;
  const { service } = call.rooms.complaints;
  const request: CaseRequest & { readonly actor: Member } = {
    caseNumber: number,
    actor: place.member,
    at,
  };
  const tell = (outcome: CaseOutcome): Answer => said(call, subject.group, { act, outcome });
  if ((act === "note" || act === "reply") && rest === "") {
    return { text: texts.cases.wordsNeeded(number, act) };
  }
  switch (act) {
    case "confirm":
      return tell(await service.confirm(tx, request));
    case "dismiss":
      return tell(await service.dismiss(tx, { ...request, reason: rest }));
    case "take":
      return tell(await service.take(tx, request));
    case "assign":
      return assign(call, subject, { request, name: rest });
    case "note":
      return tell(await service.note(tx, { ...request, text: rest }));
    case "reply":
      return tell(await service.reply(tx, { ...request, text: rest }));
    case "resolve":
      return tell(await service.resolve(tx, { ...request, text: rest }));
    case "reopen":
      return tell(await service.reopen(tx, { ...request, reason: rest }));
  }
}

async function assign(
  call: Call,
  { row, group }: Subject,
  { request, name }: { readonly request: CaseRequest; readonly name: string },
): Promise<Answer> {
  const { tx, texts } = call;
  const found = await findColleague(tx, group, name);
  if (found.kind === "none") {
    return {
      text:
        name === ""
          ? texts.cases.whom(row.number, found.names)
          : texts.cases.unknownColleague(name, found.names),
    };
  }
  if (found.kind === "several") return { text: texts.cases.whom(row.number, found.names) };
  const { member } = found;
  const { service } = call.rooms.complaints;
  const outcome = await service.assign(tx, { ...request, assignee: member });
  return said(call, group, { act: "assign", outcome, assignee: member.name });
}

function said(
  call: Call,
  group: Group,
  done: { readonly act: CaseAct; readonly outcome: CaseOutcome; readonly assignee?: string },
): Answer {
  const { act, outcome, assignee = null } = done;
  const { language } = call;
  const { timeZone } = group;
  const text = call.rooms.complaints.service.words(act, outcome, {
    language,
    timeZone,
    assignee,
  });
  return { text };
}
