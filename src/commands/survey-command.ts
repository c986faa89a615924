import type { Group, Survey } from "#entities/index.js";
import { surveyTexts } from "#src/i18n/surveys.js";
import { describeSchedule } from "#src/scheduling/schedule-words.js";
import { formatInstant } from "#src/scheduling/zoned-time.js";
import type { OpenOutcome } from "#src/surveys/open-run.js";
import { staffResult } from "#src/surveys/staff-result.js";
import type { StatusOutcome } from "#src/surveys/survey-status.js";
import type { Answer, Call } from "./command-call.js";
import { groupNamed, groupsInReach } from "./command-scope.js";
import { leadingAct, SURVEY_ACTS, type SurveyAct } from "./sub-words.js";
import { newSurvey } from "./survey-new.js";
import { foldWidth } from "./text-scan.js";
import { unclearGroup } from "./unclear-group.js";
import { usageOf } from "./usage.js";

type NumberedAct = Exclude<SurveyAct, "list" | "new">;

const FORCE: ReadonlySet<string> = new Set(["force", "强制", "照发"]);

/** `survey [list|new|run|pause|resume|close|results|archive]`. */
export async function surveyCommand(call: Call): Promise<Answer | null> {
  const found = leadingAct(SURVEY_ACTS, call.rest);
  if (call.rest === "") return list(call, "");
  if (found === null) return call.tentative ? null : { text: usageOf(call) };
  if (found.act === "list") return list(call, found.rest);
  if (found.act === "new") return newSurvey(call, found.rest);
  const match = /^#?(\d{1,9})(?:\s+(\S+))?$/.exec(foldWidth(found.rest));
  if (match === null) return call.tentative ? null : { text: usageOf(call) };
  return numbered(call, found.act, {
    number: Number(match[1]),
    force: FORCE.has(match[2] ?? ""),
  });
}

async function list(call: Call, name: string): Promise<Answer> {
  const { tx, texts } = call;
  const groups = await groupsInReach(tx, call);
  const named = name === "" ? null : groupNamed(name, groups);
  if (named !== null && named.kind !== "found") return { text: unclearGroup(texts, name, named) };
  const wanted = named === null ? groups : [named.group];
  const listed = await call.rooms.surveys.list(
    tx,
    wanted.map((group) => group.id),
  );
  if (listed.length === 0) return { text: texts.survey.empty };
  const lines = listed.map(({ survey, nextAt }) => {
    const group = wanted.find((one) => one.id === survey.groupId);
    return lineOf(call, { survey, nextAt, group });
  });
  return { text: [texts.survey.heading(listed.length), ...lines, texts.survey.foot].join("\n") };
}

function lineOf(
  { texts, language }: Call,
  one: {
    readonly survey: Survey;
    readonly nextAt: number | null;
    readonly group: Group | undefined;
  },
): string {
  const { survey, nextAt, group } = one;
  const { number, title, kind, status, pattern } = survey;
  return texts.survey.line({
    number,
    title,
    group: group?.name ?? "",
    type: texts.survey.types[kind] ?? kind,
    status: texts.survey.status[status],
    when: pattern === null ? null : describeSchedule(pattern, language),
    next: nextAt === null || group === undefined ? null : when(group, nextAt, language),
  });
}

function when(group: Group, at: number, language: Call["language"]): string {
  return formatInstant(at, group.timeZone, language, "short");
}

interface Found {
  readonly survey: Survey;
  readonly group: Group;
}

/** A survey of a group in reach; one of other shops is as good as none. */
async function find(call: Call, number: number): Promise<Found | null> {
  const survey = await call.rooms.surveys.find(call.tx, number);
  if (survey === null) return null;
  const groups = await groupsInReach(call.tx, call);
  const group = groups.find((one) => one.id === survey.groupId);
  return group === undefined ? null : { survey, group };
}

async function numbered(
  call: Call,
  act: NumberedAct,
  { number, force }: { readonly number: number; readonly force: boolean },
): Promise<Answer> {
  const found = await find(call, number);
  if (found === null) return { text: call.texts.survey.notFound(number) };
  const { tx, at, place, texts } = call;
  const { surveys } = call.rooms;
  const { survey, group } = found;
  const change = { at, by: place.member.id };
  switch (act) {
    case "run":
      return { text: opened(call, found, await surveys.openNow(tx, survey, { ...change, force })) };
    case "pause":
      return { text: stood(call, await surveys.pause(tx, survey, change), survey, "paused") };
    case "archive":
      return { text: stood(call, await surveys.archive(tx, survey, change), survey, "archived") };
    case "resume": {
      const outcome = await surveys.resume(tx, survey, { ...change, group });
      if (outcome.kind !== "changed") return { text: stood(call, outcome, survey, "paused") };
      const next = outcome.nextAt === null ? null : when(group, outcome.nextAt, call.language);
      return { text: texts.survey.resumed(number, next) };
    }
    case "close":
      return close(call, survey);
    case "results":
      return { text: await results(call, found) };
  }
}

function opened(call: Call, { survey, group }: Found, outcome: OpenOutcome): string {
  const { texts, language } = call;
  const { number, title } = survey;
  switch (outcome.kind) {
    case "opened":
      return texts.survey.opened(title, group.name, when(group, outcome.run.closesAt, language));
    case "not-opened":
      return texts.survey.notOpened(number);
    case "deferred":
      return texts.survey.deferred(when(group, outcome.until, language));
    case "needs-decision":
      return texts.survey.decisionFor(number);
    case "inactive":
      return texts.survey.inactive(number);
  }
}

function stood(
  { texts }: Call,
  outcome: StatusOutcome,
  survey: Survey,
  wanted: "paused" | "archived",
): string {
  const { number, status } = survey;
  const words = texts.survey;
  switch (outcome.kind) {
    case "changed":
      return words[wanted](number);
    case "same":
      return words.already(number, words.status[status]);
    case "archived":
      return words.already(number, words.status.archived);
  }
}

async function close(call: Call, survey: Survey): Promise<Answer> {
  const { tx, at, place, texts } = call;
  const run = await call.rooms.surveys.latestRun(tx, survey.id);
  if (run === null || run.state !== "open") return { text: texts.survey.noOpenRun(survey.number) };
  await call.rooms.surveys.closeNow(tx, run, { at, by: place.member.id });
  return { text: texts.survey.closed(survey.number) };
}

async function results(call: Call, { survey, group }: Found): Promise<string> {
  const { tx, texts, language } = call;
  const run = await call.rooms.surveys.latestRun(tx, survey.id);
  if (run === null) return texts.survey.noRun(survey.number);
  const found = await call.rooms.surveys.results(tx, run, language);
  switch (found.kind) {
    case "none":
      return texts.survey.noRun(survey.number);
    case "open":
      return surveyTexts[language].stillOpen(found.n, when(group, found.closesAt, language));
    case "closed":
      return staffResult(found.result, language);
  }
}
