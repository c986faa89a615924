import type { Survey } from "#entities/index.js";
import { openDataFolder, openForReading } from "#src/app/open-data.js";
import {
  archiveSurvey,
  findSurvey,
  latestRun,
  listSurveys,
  pauseSurvey,
  resumeSurvey,
  surveyResults,
} from "#src/app/tools.js";
import { describeSchedule } from "#src/scheduling/schedule-words.js";
import { formatInstant } from "#src/scheduling/zoned-time.js";
import { AppError } from "#src/shared/app-error.js";
import type { Transaction } from "#src/store/transaction.js";
import type { Output } from "./output.js";

export interface SurveyCommandOptions {
  readonly action: string;
  readonly number: string | undefined;
  readonly data?: string;
  readonly group?: string;
}

const CHANGES = { pause: pauseSurvey, archive: archiveSurvey } as const;

/** Lists surveys, shows results, or changes a survey's status. Throws `usage` and `not-found`. */
export async function surveyCommand(options: SurveyCommandOptions, output: Output): Promise<void> {
  switch (options.action) {
    case "list":
    case "results":
      return read(options, output);
    case "pause":
    case "archive":
    case "resume":
      return change(options, options.action, output);
    default:
      throw new AppError(
        "usage",
        `There is no survey action "${options.action}"; there are list, results, pause, resume, archive.`,
      );
  }
}

async function read(options: SurveyCommandOptions, output: Output): Promise<void> {
  const data = await openForReading(options.data);
  try {
    const lines = await data.store.read((tx) =>
      options.action === "list" ? list(tx, options.group) : results(tx, numberOf(options)),
    );
    for (const line of lines) await output.line(line);
  } finally {
    await data.close();
  }
}

async function list(tx: Transaction, name: string | undefined): Promise<readonly string[]> {
  const groups = await tx.directory.groups.find({ purpose: "customers" });
  const wanted = groups.filter(
    (group) => name === undefined || group.name === name || group.externalId === name,
  );
  if (name !== undefined && wanted.length === 0)
    throw new AppError("not-found", `There is no group "${name}".`);
  const byId = new Map(wanted.map((group) => [group.id, group]));
  const listed = await listSurveys(tx, [...byId.keys()]);
  return listed.map(({ survey, nextAt }) => {
    const group = byId.get(survey.groupId);
    const when = survey.pattern === null ? "by hand" : describeSchedule(survey.pattern, "en");
    const next =
      nextAt === null || group === undefined
        ? ""
        : `, next ${formatInstant(nextAt, group.timeZone, "en", "dateTime")}`;
    return `#${String(survey.number)} ${survey.title} [${survey.kind}] ${survey.status}, ${when}${next} — ${group?.name ?? ""}`;
  });
}

async function results(tx: Transaction, number: number): Promise<readonly string[]> {
  const survey = await surveyOf(tx, number);
  const run = await latestRun(tx, survey.id);
  if (run === null) return [`Survey #${String(number)} has not run yet.`];
  const group = await tx.directory.groupById(survey.groupId);
  const found = await surveyResults(tx, run, group?.language ?? "en");
  switch (found.kind) {
    case "open":
      return [`Open: ${String(found.n)} answered so far. The result is hidden until it closes.`];
    case "closed":
      return [JSON.stringify(found.result)];
    case "none":
      return ["There is nothing to show."];
  }
}

async function change(
  options: SurveyCommandOptions,
  action: "pause" | "archive" | "resume",
  output: Output,
): Promise<void> {
  const number = numberOf(options);
  const data = await openDataFolder(options.data ?? "./data");
  try {
    const outcome = await data.store.write(async (tx) => {
      const survey = await surveyOf(tx, number);
      const by = { at: Date.now(), by: "command-line" };
      if (action !== "resume") return CHANGES[action](tx, survey, by);
      const group = await tx.directory.groupById(survey.groupId);
      if (group === null) throw new AppError("not-found", "The group of this survey is gone.");
      return resumeSurvey(tx, survey, { ...by, group });
    });
    const words = {
      changed: "done",
      same: "it stood so already",
      archived: "it is archived for good",
    };
    output.say(`Survey #${String(number)}: ${words[outcome.kind]}.`);
  } finally {
    await data.close();
  }
}

async function surveyOf(tx: Transaction, number: number): Promise<Survey> {
  const survey = await findSurvey(tx, number);
  if (survey === null)
    throw new AppError(
      "not-found",
      `There is no survey #${String(number)}; see "huiyin survey list".`,
    );
  return survey;
}

function numberOf(options: SurveyCommandOptions): number {
  const number = Number(options.number?.replace(/^#/, ""));
  if (!Number.isInteger(number) || number < 1)
    throw new AppError(
      "usage",
      "Name the survey by its number, for example: huiyin survey results 3",
    );
  return number;
}
