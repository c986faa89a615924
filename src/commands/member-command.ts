import type { Group, Member, Membership } from "#entities/index.js";
import { complaintTexts } from "#src/i18n/complaints.js";
import { formatInstant } from "#src/scheduling/zoned-time.js";
import type { Answer, Call } from "./command-call.js";
import { groupsInReach } from "./command-scope.js";
import { editDistance } from "./edit-distance.js";
import { foldWidth, trimMarks } from "./text-scan.js";

const MOST_SHOWN = 5;
const MOST_NEAR = 5;
const CHUNK = 400;
const MOST_CASES = 10;

/** A member with the places that the asker may know of. */
interface Known {
  readonly member: Member;
  readonly places: readonly { readonly membership: Membership; readonly group: Group }[];
}

function plain(name: string): string {
  const clean = trimMarks(foldWidth(name)).replaceAll(" ", "");
  return clean.startsWith("@") ? clean.slice(1) : clean;
}

/** `member NAME`: where a member is and what they reported; people of one name are listed apart. */
export async function memberCommand(call: Call): Promise<Answer | null> {
  const { texts, rest } = call;
  const wanted = plain(rest);
  if (wanted === "") return { text: texts.member.usage };
  const known = await membersInReach(call);
  const same = known.filter(({ member }) => plain(member.name) === wanted);
  const found =
    same.length > 0 ? same : known.filter(({ member }) => plain(member.name).includes(wanted));
  const [only] = found;
  if (only === undefined) {
    if (call.tentative) return null;
    return { text: texts.member.unknown(rest, nearNames(wanted, known)) };
  }
  if (found.length === 1) return { text: await viewOf(call, only, false) };
  const shown = found.slice(0, MOST_SHOWN);
  const heading =
    found.length > MOST_SHOWN
      ? texts.member.tooMany(found.length, MOST_SHOWN)
      : texts.member.several(rest, found.length);
  const views: string[] = [];
  for (const one of shown) views.push(await viewOf(call, one, true));
  return { text: [heading, ...views].join("\n\n") };
}

function nearNames(wanted: string, known: readonly Known[]): readonly string[] {
  const limit = wanted.length <= 2 ? 1 : 2;
  const near = known.filter(({ member }) => {
    const name = plain(member.name);
    return name.length > 0 && editDistance(wanted, name, limit) <= limit;
  });
  return [...new Set(near.map(({ member }) => member.name))].slice(0, MOST_NEAR);
}

async function membersInReach(call: Call): Promise<readonly Known[]> {
  const { tx } = call;
  const groups = await groupsInReach(tx, call);
  if (groups.length === 0) return [];
  const byId = new Map(groups.map((group) => [group.id, group]));
  const rows = await tx.directory.memberships.find(
    { groupId: [...byId.keys()] },
    { order: { joinedAt: "asc", id: "asc" } },
  );
  const ids = [...new Set(rows.map((row) => row.memberId))];
  const members = new Map<string, Member>();
  for (let at = 0; at < ids.length; at += CHUNK) {
    const some = await tx.directory.members.find({ id: ids.slice(at, at + CHUNK), erasedAt: null });
    for (const member of some) members.set(member.id, member);
  }
  return ids.flatMap((id) => {
    const member = members.get(id);
    if (member === undefined) return [];
    const places = rows
      .filter((row) => row.memberId === id)
      .flatMap((membership) => {
        const group = byId.get(membership.groupId);
        return group === undefined ? [] : [{ membership, group }];
      });
    return [{ member, places }];
  });
}

async function viewOf(call: Call, { member, places }: Known, apart: boolean): Promise<string> {
  const { texts, language } = call;
  const words = texts.member;
  const parts = places.map(({ membership, group }) =>
    words.place(
      group.name,
      words.roles[membership.role],
      formatInstant(membership.joinedAt, group.timeZone, language, "date"),
      membership.leftAt !== null,
    ),
  );
  const tag = apart ? words.tag(member.id.slice(-4)) : "";
  const lines = [`${member.name}${tag}`, words.groups(parts)];
  if (member.optedOutAt !== null) return [...lines, words.optedOut].join("\n");
  if (member.mutedAt !== null) lines.push(words.muted);
  lines.push(
    ...(await doings(
      call,
      member,
      places.map(({ group }) => group.id),
    )),
  );
  return lines.join("\n");
}

async function doings(
  { tx, texts, language }: Call,
  member: Member,
  groupIds: readonly string[],
): Promise<readonly string[]> {
  const words = texts.member;
  const { aspects, states } = complaintTexts[language];
  const answered = await tx.responses.rows.find({ memberId: member.id });
  const runs = new Set(answered.map((row) => row.runId)).size;
  const joined = await tx.caseMembers.find({ memberId: member.id });
  const rows =
    joined.length === 0
      ? []
      : await tx.cases.find(
          { id: joined.map((row) => row.caseId), groupId: groupIds },
          { order: { number: "desc" }, limit: MOST_CASES },
        );
  const cases = rows.map(
    ({ number, aspect, state }) => `#${number} ${aspects[aspect]} ${states[state]}`,
  );
  return [
    words.answers(runs),
    cases.length === 0 ? words.noCases : words.cases(cases),
    words.hidden,
  ];
}
