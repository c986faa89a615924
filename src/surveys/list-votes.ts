import type { Member, Membership, Response, SurveyRun } from "#entities/index.js";
import type { QuestionSnapshot } from "#entities/types.js";
import type { Language } from "#entities/vocabulary.js";
import { messageKey } from "#src/platform/conversation.js";
import type { MessageEvent } from "#src/platform/inbound-event.js";
import { stableId } from "#src/shared/ids.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import { type AnswerValue, acceptedValue, readValue, writeValue } from "./answer-value.js";
import { castVote, isRating } from "./cast-vote.js";
import { showValue, valueOfKeys } from "./question-choices.js";
import type { ReadAnswer } from "./read-answer.js";
import { foldReply } from "./reply/normalise-reply.js";
import type { ChainVote } from "./reply/reply-parse.js";
import { unnamedMemberId, unverifiedQuestionId } from "./survey-keys.js";
import { takeBack } from "./take-back.js";
import { HANDLED, NONE, type ReplyOutcome } from "./take-vote.js";
import { tellStaff } from "./tell-staff.js";

type ReadList = Extract<ReadAnswer, { readonly kind: "list" }>;

/** One entry with whom it stands for. */
interface Entry {
  readonly name: string;
  readonly value: AnswerValue;
  readonly comment: string | null;
  /** The one present member of this name; null when there is none or more than one. */
  readonly person: { readonly member: Member; readonly membership: Membership } | null;
}

/** An entry of somebody else that changed or vanished. */
interface Held {
  readonly name: string;
  readonly was: AnswerValue;
  readonly now: AnswerValue | null;
}

interface ListScene {
  readonly place: Place;
  readonly event: MessageEvent;
  readonly run: SurveyRun;
  readonly question: QuestionSnapshot;
}

/**
 * Takes a #接龙 list as answers. The newest list wins for what its sender may change: their own
 * entry and entries that are new. An entry of somebody else that changed or vanished keeps its
 * earlier value and is shown to staff. An entry counts for the one present member of exactly that
 * name; entries without such a member are kept apart, for staff only and outside every count.
 */
export async function takeList(
  tx: Transaction,
  place: Place,
  event: MessageEvent,
  { run, chain }: ReadList,
): Promise<ReplyOutcome> {
  const question = run.questions.find(isRating);
  if (question === undefined || event.at >= run.closesAt) return NONE;
  const scene: ListScene = { place, event, run, question };
  const known = await knownAnswers(tx, run, question);
  const people = await peopleByName(tx, run.groupId);
  const entries = readEntries(scene, chain.entries, people);
  await tx.responses.prefetch(
    [run.id],
    entries.flatMap(({ person }) => (person === null ? [] : [person.member.id])),
  );
  const held: Held[] = [];
  for (const entry of entries) {
    const refused = await takeEntry(tx, scene, entry, known);
    if (refused !== null) held.push(refused);
  }
  held.push(...(await vanished(tx, scene, entries, { known, people })));
  if (held.length > 0) await showHeld(tx, scene, held);
  return HANDLED;
}

/** Answers of the run by whom they stand for, with those kept apart. */
async function knownAnswers(
  tx: Transaction,
  run: SurveyRun,
  question: QuestionSnapshot,
): Promise<ReadonlyMap<string, Response>> {
  await tx.responses.flush();
  const rows = await tx.responses.rows.find({
    runId: run.id,
    questionId: [question.id, unverifiedQuestionId(question.id)],
  });
  return new Map(rows.map((row) => [row.memberId, row]));
}

type People = ReadonlyMap<string, Entry["person"]>;

/** Present members by their folded display name; null for a name that two of them have. */
async function peopleByName(tx: Transaction, groupId: string): Promise<People> {
  const present = await tx.directory.present(groupId, ["customer", "staff", "leader"]);
  const members = await tx.directory.members.find({
    id: present.map((row) => row.memberId),
    optedOutAt: null,
    erasedAt: null,
  });
  const byId = new Map(members.map((member) => [member.id, member]));
  const people = new Map<string, Entry["person"]>();
  for (const membership of present) {
    const member = byId.get(membership.memberId);
    if (member === undefined || member.name === "") continue;
    const name = foldName(member.name);
    people.set(name, people.has(name) ? null : { member, membership });
  }
  return people;
}

function foldName(name: string): string {
  return foldReply(name.normalize("NFKC")).trim();
}

/** Entries with an answer; a name that occurs twice with two answers has none. */
function readEntries(
  { place, question }: ListScene,
  votes: readonly ChainVote[],
  people: People,
): readonly Entry[] {
  const entries = new Map<string, Entry | null>();
  for (const vote of votes) {
    if (vote.value === null) continue;
    const typed = valueOfKeys(question, place.group.language, vote.value);
    const value = acceptedValue(question, typed);
    const name = foldName(vote.name);
    if (value === null || name === "") continue;
    const earlier = entries.get(name);
    const twice = earlier !== undefined && !sameValue(earlier?.value ?? null, value);
    const person = people.get(name) ?? null;
    const comment = vote.comment ?? null;
    entries.set(name, twice ? null : { name: vote.name, value, comment, person });
  }
  return [...entries.values()].filter((entry) => entry !== null);
}

function sameValue(a: AnswerValue | null, b: AnswerValue): boolean {
  return a !== null && writeValue(a) === writeValue(b);
}

function keyOf({ run }: ListScene, entry: Entry): string {
  return entry.person?.member.id ?? unnamedMemberId(run.id, foldName(entry.name));
}

/** Takes an entry that is new or the sender's own; returns one that may not be changed. */
async function takeEntry(
  tx: Transaction,
  scene: ListScene,
  entry: Entry,
  known: ReadonlyMap<string, Response>,
): Promise<Held | null> {
  const { place, event, run, question } = scene;
  const row = known.get(keyOf(scene, entry));
  const own = entry.person?.member.id === place.member.id;
  if (row !== undefined && !own) {
    const was = readValue(row.value);
    return sameValue(was, entry.value) ? null : { name: entry.name, was, now: entry.value };
  }
  if (row !== undefined && row.via === "list" && sameValue(readValue(row.value), entry.value)) {
    return null;
  }
  if (entry.person === null) {
    keepApart(tx, scene, entry);
    return null;
  }
  await castVote(tx, {
    run,
    question,
    member: entry.person.member,
    membership: entry.person.membership,
    value: entry.value,
    comment: entry.comment,
    at: event.at,
    via: "list",
    messageKey: messageKey(event.message),
  });
  return null;
}

function keepApart(tx: Transaction, { event, run, question }: ListScene, entry: Entry): void {
  const memberId = unnamedMemberId(run.id, foldName(entry.name));
  const questionId = unverifiedQuestionId(question.id);
  tx.responses.put({
    id: stableId("response", run.id, questionId, memberId),
    runId: run.id,
    questionId,
    memberId,
    value: writeValue(entry.value),
    numeric: typeof entry.value === "number" ? entry.value : null,
    comment: null,
    rating: false,
    firstAnsweredAt: event.at,
    answeredAt: event.at,
    via: "list",
    messageKey: messageKey(event.message),
    earlier: [],
  });
}

/** Entries of earlier lists that this one leaves out: the sender's own goes, others are held. */
async function vanished(
  tx: Transaction,
  scene: ListScene,
  entries: readonly Entry[],
  { known, people }: { readonly known: ReadonlyMap<string, Response>; readonly people: People },
): Promise<readonly Held[]> {
  const present = new Set(entries.map((entry) => keyOf(scene, entry)));
  const names = new Map(
    [...people.values()].flatMap((person) =>
      person === null ? [] : [[person.member.id, person.member.name] as const],
    ),
  );
  const held: Held[] = [];
  for (const row of known.values()) {
    if (row.via !== "list" || present.has(row.memberId)) continue;
    if (row.memberId === scene.place.member.id) {
      await takeBack(tx, row);
      continue;
    }
    const name = names.get(row.memberId);
    if (name !== undefined) held.push({ name, was: readValue(row.value), now: null });
  }
  return held.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The same changes are shown to staff once, however often the list is sent on. */
async function showHeld(
  tx: Transaction,
  { place, event, run, question }: ListScene,
  held: readonly Held[],
): Promise<void> {
  const show = (value: AnswerValue | null, language: Language): string | null =>
    value === null ? null : showValue(question, language, value);
  await tellStaff(tx, {
    key: `held:${run.id}:${stableId("held", JSON.stringify(held))}`,
    kind: "notice",
    group: place.group,
    at: event.at,
    compose: (texts, language) =>
      texts.held({
        group: place.group.name,
        entries: held.map(({ name, was, now }) =>
          texts.heldEntry(name, show(was, language) ?? "", show(now, language)),
        ),
      }),
  });
}
