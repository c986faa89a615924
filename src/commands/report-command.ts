import type { Group } from "#entities/index.js";
import { parseDateRange } from "#src/scheduling/date-range.js";
import { TimeInputError } from "#src/scheduling/time-input-error.js";
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
  for (const group of chosen.slice(0, MOST_GROUPS)) {
    try {
      parts.push(await reportOf(call, group, words));
    } catch (error) {
      if (error instanceof TimeInputError) return { text: error.wording[call.language] };
      throw error;
    }
  }
  const cut = chosen.length - parts.length;
  if (cut > 0) parts.push(call.texts.report.cut(cut));
  return { text: parts.join("\n\n") };
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

async function reportOf(call: Call, group: Group, words: ReportWords): Promise<string> {
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
  const text = digests.renderReport(document, words.csv ? "csv" : "text").trimEnd();
  if (!words.csv || text.length <= LONGEST_ANSWER) return text;
  const audience = words.audience === "public" ? " --audience public" : "";
  const name = group.name.replaceAll('"', '\\"');
  return call.texts.report.csvTooLong(
    `huiyin report --group "${name}" --from ${from} --to ${to}${audience} --lang ${language} --format csv`,
  );
}
