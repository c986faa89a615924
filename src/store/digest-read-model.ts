import type { Group } from "#entities/index.js";
import type { QuestionSnapshot } from "#entities/types.js";
import type { Aspect, CaseState, QuestionKind, Severity } from "#entities/vocabulary.js";
import { conversationKey } from "#src/platform/conversation.js";
import { digestQueries } from "./digest-queries.js";
import type {
  AnswerRow,
  CaseRow,
  DigestRange,
  DigestRows,
  MessageCounts,
  RunRow,
  SpanRow,
} from "./digest-rows.js";
import type { Transaction } from "./transaction.js";

/** Reads what digests and reports are made from; all by index, none of it grows with other groups. */
export interface DigestReadModel {
  read(tx: Transaction, group: Group, range: DigestRange): Promise<DigestRows>;
  /** Messages of this group that the outbox gave up on. */
  parked(tx: Transaction, group: Group): Promise<number>;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Members may join a case this long after it was opened. */
const LONGEST_JOINING = 60 * DAY;
/** A spike holds a public post back for half a day. */
const SPIKE_SHADOW = 12 * HOUR;
/** Improvements are judged two weeks after they were made. */
const JUDGED_AFTER = 14 * DAY;
/** Posts older than this cannot overlap the window. */
const POST_MEMORY = 60 * DAY;

/** How surveys name the private run that checks a solved case (src/surveys/survey-keys.ts). */
const CHECK_RUN = "check:";

/** The {@link DigestReadModel} over the product's tables. */
export const digestReadModel: DigestReadModel = { read, parked };

type Raw = Readonly<Record<string, unknown>>;
type Ask = (name: keyof typeof digestQueries, ...values: readonly unknown[]) => Promise<Raw[]>;

async function read(tx: Transaction, group: Group, range: DigestRange): Promise<DigestRows> {
  const ask: Ask = (name, ...values) => tx.query<Raw>(digestQueries[name], values);
  const surveys = await readSurveys(ask, group.id, range);
  const complaints = await readComplaints(ask, group.id, range);
  const service = await readService(ask, group, range);
  const [messages] = await ask("messages", group.id, range.from, range.to);
  const [last] = await ask("lastMessage", group.id);
  const posts = await readPosts(ask, group.id, range);
  return {
    ...surveys,
    ...complaints,
    ...service,
    ...posts,
    messages: messageCounts(messages),
    lastKnownAt: latest([
      instant(last?.["at"]),
      ...service.spans.map((span) => span.lastBeatAt),
      ...surveys.runs.flatMap((run) => [run.openedAt, run.closedAt]),
      ...complaints.cases.flatMap((row) => [row.lastReportAt, row.resolvedAt, row.firstReplyAt]),
    ]),
  };
}

async function readSurveys(
  ask: Ask,
  id: string,
  { from, to, baselineFrom }: DigestRange,
): Promise<Pick<DigestRows, "runs" | "answers" | "prompts" | "missedRuns">> {
  const runs = (await ask("runs", id, to, baselineFrom)).map(runRow);
  const questions = questionsOf(runs);
  const answers = await ask("answers", id, to, baselineFrom);
  const prompts = await ask("prompts", id, from, to);
  const [missed] = await ask("missedRuns", id, from, to);
  return {
    runs,
    answers: answers.map((row) => answerRow(row, questions)),
    prompts: Object.fromEntries(prompts.map((row) => [text(row["reason"]), Number(row["n"])])),
    missedRuns: Number(missed?.["n"] ?? 0),
  };
}

async function readComplaints(
  ask: Ask,
  id: string,
  { from, to, baselineFrom }: DigestRange,
): Promise<Pick<DigestRows, "cases" | "caseMembers" | "caseWords" | "alarms" | "improvements">> {
  const earliest = baselineFrom - LONGEST_JOINING;
  const cases = [
    ...(await ask("casesOpened", id, earliest, to)),
    ...(await ask("casesOpen", id)),
    ...(await ask("casesResolved", id, from, to)),
  ];
  const members = await ask("caseMembers", id, earliest, to, baselineFrom, to);
  const words = await ask("caseWords", id, from, to);
  const alarms = await ask("alarms", id, from - SPIKE_SHADOW, to);
  const improvements = await ask("improvements", id, from - JUDGED_AFTER, to);
  return {
    cases: uniqueCases(cases),
    caseMembers: members.map((row) => ({
      caseId: text(row["caseId"]),
      memberId: text(row["memberId"]),
      joinedAt: Number(row["joinedAt"]),
    })),
    caseWords: words.map((row) => ({
      caseId: text(row["caseId"]),
      part: text(row["part"]),
      text: text(row["text"]),
      at: Number(row["at"]),
    })),
    alarms: alarms.map((row) => ({
      aspect: text(row["aspect"]) as Aspect,
      members: Number(row["members"]),
      expected: Number(row["expected"]),
      probability: Number(row["probability"]),
      openedAt: Number(row["openedAt"]),
    })),
    improvements: improvements.map((row) => ({
      number: Number(row["number"]),
      text: text(row["text"]),
      aspect: row["aspect"] === null ? null : (text(row["aspect"]) as Aspect),
      at: Number(row["at"]),
    })),
  };
}

async function readService(
  ask: Ask,
  { id, platform }: Group,
  { from, to }: DigestRange,
): Promise<Pick<DigestRows, "spans" | "outages" | "waitingDigests">> {
  const alive = await ask("spans", from, to);
  const [before] = await ask("spanBefore", from);
  const outages = await ask("outages", platform, to, from);
  const waiting = await ask("waitingDigests", id, to);
  return {
    spans: (before === undefined ? alive : [before, ...alive]).map(spanRow),
    outages: outages.map((row) => ({
      startedAt: Number(row["startedAt"]),
      endedAt: instant(row["endedAt"]),
    })),
    waitingDigests: waiting.map((row) => text(row["id"])),
  };
}

async function readPosts(
  ask: Ask,
  id: string,
  { from }: DigestRange,
): Promise<Pick<DigestRows, "published">> {
  const published = await ask("published", id, from - POST_MEMORY);
  return {
    published: published.map((row) => ({
      metric: text(row["metric"]),
      shown: text(row["shown"]),
      windowStart: Number(row["windowStart"]),
      windowEnd: Number(row["windowEnd"]),
    })),
  };
}

async function parked(tx: Transaction, group: Group): Promise<number> {
  const lane = conversationKey({
    platform: group.platform,
    conversationId: group.externalId,
  });
  return tx.outbox.rows.count({ lane, state: "parked" });
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function instant(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}

function latest(instants: readonly (number | null)[]): number | null {
  const known = instants.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((a, b) => Math.max(a, b));
}

function spanRow(row: Raw): SpanRow {
  return { startedAt: Number(row["startedAt"]), lastBeatAt: Number(row["lastBeatAt"]) };
}

function runRow(row: Raw): RunRow {
  return {
    id: text(row["id"]),
    kind: text(row["kind"]) as QuestionKind,
    openedAt: Number(row["openedAt"]),
    closedAt: instant(row["closedAt"]),
    eligible: Number(row["eligible"]),
    survey: Number(row["survey"] ?? 0),
    private: text(row["surveyId"]).startsWith(CHECK_RUN),
    questions: questionList(parsed(text(row["questions"]))),
  };
}

function questionsOf(runs: readonly RunRow[]): ReadonlyMap<string, QuestionSnapshot> {
  return new Map(
    runs.flatMap((run) =>
      run.questions.map((question) => [questionKey(run.id, question.id), question] as const),
    ),
  );
}

function questionKey(runId: string, questionId: string): string {
  return `${runId} ${questionId}`;
}

function answerRow(row: Raw, questions: ReadonlyMap<string, QuestionSnapshot>): AnswerRow {
  const rating = Boolean(row["rating"]);
  const question = questions.get(questionKey(text(row["runId"]), text(row["questionId"])));
  const value = parsed(text(row["value"]));
  const chosen = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");
  const said = question?.kind === "text" ? chosen.join(" ") : "";
  const outside = question?.options.filter((option) => option.outsideN === true) ?? [];
  return {
    runId: text(row["runId"]),
    questionId: text(row["questionId"]),
    memberId: text(row["memberId"]),
    numeric: instant(row["numeric"]),
    rating,
    apart: apart(text(row["questionId"])),
    tags: rating || question?.kind === "text" ? [] : chosen,
    outsideN: rating && outside.some((option) => chosen.includes(option.id)),
    words: wordWeight(text(row["comment"])) + wordWeight(said),
    firstAnsweredAt: Number(row["firstAnsweredAt"]),
    answeredAt: Number(row["answeredAt"]),
  };
}

function apart(questionId: string): AnswerRow["apart"] {
  if (questionId.startsWith("staff:")) return "staff";
  return questionId.startsWith("unverified:") ? "unverified" : null;
}

function questionList(value: unknown): readonly QuestionSnapshot[] {
  return Array.isArray(value) ? (value as QuestionSnapshot[]) : [];
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return null;
  }
}

/** Chinese characters count one each, words of other scripts two: five is a short sentence. */
function wordWeight(words: string): number {
  const short = words.slice(0, 2_000);
  const chinese = short.match(/\p{Script=Han}/gu)?.length ?? 0;
  const others = short.match(/[\p{Script=Latin}\p{Script=Cyrillic}]+/gu)?.length ?? 0;
  return chinese + 2 * others;
}

function messageCounts(row: Raw | undefined): MessageCounts {
  const customers = Number(row?.["customers"] ?? 0);
  const sum = Number(row?.["polarity"] ?? 0);
  return {
    total: Number(row?.["total"] ?? 0),
    customers,
    speakers: Number(row?.["speakers"] ?? 0),
    polarity: customers === 0 ? null : Math.round((sum / customers) * 1_000) / 1_000,
  };
}

function uniqueCases(rows: readonly Raw[]): readonly CaseRow[] {
  const byId = new Map<string, CaseRow>();
  for (const row of rows) byId.set(text(row["id"]), caseRow(row));
  return [...byId.values()].sort((a, b) => a.number - b.number);
}

function caseRow(row: Raw): CaseRow {
  return {
    id: text(row["id"]),
    number: Number(row["number"]),
    state: text(row["state"]) as CaseState,
    severity: text(row["severity"]) as Severity,
    aspect: text(row["aspect"]) as Aspect,
    affected: Number(row["affected"]),
    assigneeId: row["assigneeId"] === null ? null : text(row["assigneeId"]),
    openedAt: Number(row["openedAt"]),
    lastReportAt: Number(row["lastReportAt"]),
    confirmedAt: instant(row["confirmedAt"]),
    firstReplyAt: instant(row["firstReplyAt"]),
    resolvedAt: instant(row["resolvedAt"]),
    closedAt: instant(row["closedAt"]),
    acknowledgeDueAt: instant(row["acknowledgeDueAt"]),
    updateDueAt: instant(row["updateDueAt"]),
    resolveDueAt: instant(row["resolveDueAt"]),
    reopened: Number(row["reopened"]),
  };
}
