import type { Group } from "#entities/index.js";
import type { FileOrder } from "#src/platform/outbound-message.js";
import { parseDateRange } from "#src/scheduling/date-range.js";
import { TimeInputError } from "#src/scheduling/time-input-error.js";
import { localDay } from "#src/scheduling/zoned-time.js";
import { LONGEST_ANSWER } from "./answer.js";
import type { Answer, Call } from "./command-call.js";
import { groupHere, groupNamed, groupsInReach } from "./command-scope.js";
import { type ReportWords, readReportWords } from "./report-words.js";
import { unclearGroup } from "./unclear-group.js";

const DEFAULT_RANGE = "7d";
/** More groups than this in one answer are neither read nor waited for. */
const MOST_GROUPS = 30;

/** `report [days] [here|all|GROUP] [csv]`: the numbers of one group, or of several one below the other. */
export async function reportCommand(call: Call): Promise<Answer | null> {
  const words = readReportWords(call.args, call.at);
  const chosen = await groupsFor(call, words);
  if (chosen === null) return null;
  if ("text" in chosen) return chosen;
  const parts: string[] = [];
  const tables: string[] = [];
  for (const group of chosen.slice(0, MOST_GROUPS)) {
    try {
      const { shown, table } = await reportOf(call, group, words);
      parts.push(shown);
      tables.push(table);
    } catch (error) {
      if (error instanceof TimeInputError) return { text: error.wording[call.language] };
      throw error;
    }
  }
  const cut = chosen.length - parts.length;
  if (cut > 0) parts.push(call.texts.report.cut(cut));
  return { text: parts.join("\n\n"), ...fileOf(call, words, tables) };
}

/** The tables as one file, for platforms that take files; its mark lets a spreadsheet read Chinese. */
function fileOf(
  { texts, at, place }: Call,
  { csv }: ReportWords,
  tables: readonly string[],
): { readonly file?: FileOrder } {
  if (!csv) return {};
  const { fileSent: sent, fileRefused: refused } = texts.report;
  const name = `huiyin-report-${localDay(at, place.group.timeZone)}.csv`;
  return { file: { name, content: `\uFEFF${tables.join("\n\n")}\n`, sent, refused } };
}

async function groupsFor(
  call: Call,
  { scope, group: name }: ReportWords,
): Promise<readonly Group[] | Answer | null> {
  const { texts } = call;
  const groups = await groupsInReach(call.tx, call);
  if (groups.length === 0) return { text: texts.groups.none };
  if (name !== "") {
    const named = groupNamed(name, groups);
    if (named.kind === "found") return [named.group];
    return call.tentative ? null : { text: unclearGroup(texts, name, named) };
  }
  const here = groupHere(call);
  return scope === "all" || here === null ? groups : [here];
}

interface Report {
  /** As it fits into a chat. */
  readonly shown: string;
  /** As a whole. */
  readonly table: string;
}

async function reportOf(call: Call, group: Group, words: ReportWords): Promise<Report> {
  const { tx, at, language } = call;
  const { from, to } = parseDateRange(words.range ?? DEFAULT_RANGE, group.timeZone, at);
  const { digests } = call.rooms;
  const document = await digests.buildReport(tx, {
    group,
    from,
    to,
    audience: words.audience,
    language,
    generatedAt: at,
  });
  const table = digests.renderReport(document, words.csv ? "csv" : "text").trimEnd();
  if (!words.csv || table.length <= LONGEST_ANSWER) return { shown: table, table };
  const audience = words.audience === "public" ? " --audience public" : "";
  const name = group.name.replaceAll('"', '\\"');
  const shown = call.texts.report.csvTooLong(
    `huiyin report --group "${name}" --from ${from} --to ${to}${audience} --lang ${language} --format csv`,
  );
  return { shown, table };
}
