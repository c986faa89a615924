import { readBindWords } from "./bind-command.js";
import { readCaseWords } from "./case-words.js";
import { type CommandName, PHRASES } from "./command-words.js";
import { readReportWords } from "./report-words.js";
import { settingOf, splitSetting } from "./setting-words.js";
import { CASE_ACTS, COMPLAINT_FILTERS, DIGEST_ACTS, leadingAct, SURVEY_ACTS } from "./sub-words.js";
import { foldWidth, trimMarks } from "./text-scan.js";
import { readUnsentWords } from "./unsent-command.js";

/**
 * How sure it is that a text that begins with a command word is that command, by the words that
 * follow: `sure`, `maybe` (a name may follow that only the store knows), `no`.
 */
export type Likelihood = "sure" | "maybe" | "no";

/** What is judged. */
export interface Candidate {
  readonly name: CommandName;
  readonly args: readonly string[];
  readonly rest: string;
  readonly glued: boolean;
  readonly at: number;
}

const POLITE: ReadonlySet<string> = new Set([
  "",
  "吧",
  "一下",
  "谢谢",
  "谢谢啦",
  "please",
  "pls",
  "thanks",
  "thank you",
]);
const LONGEST_NAME = 40;
const LONGEST_GLUED_NAME = 12;
const SHORTEST_IMPROVEMENT = 4;

/** Judges the words after a command. Pure. */
export function judgeCall(candidate: Candidate): Likelihood {
  switch (candidate.name) {
    case "report":
      return judgeReport(candidate);
    case "survey":
      return judgeSurvey(candidate);
    case "complaints":
      return judgeComplaints(candidate);
    case "case":
      return judgeCase(candidate);
    case "improve":
      return judgeImprovement(candidate);
    case "member":
      return judgeName(candidate);
    case "settings":
      return judgeSettings(candidate);
    case "digest":
      return judgeDigest(candidate);
    case "unsent":
      return isPolite(candidate.rest) || readUnsentWords(candidate.args) !== null ? "sure" : "no";
    case "bind":
      return isPolite(candidate.rest) || readBindWords(candidate.args) !== null ? "sure" : "no";
    case "help":
      return judgeHelp(candidate);
    case "erase":
      return isPolite(candidate.rest) || eraseCodeOf(candidate.rest) !== null ? "sure" : "no";
    case "my-cases":
    case "mute":
    case "unmute":
    case "my-data":
    case "opt-out":
    case "opt-in":
      return isPolite(candidate.rest) ? "sure" : "no";
  }
}

function isPolite(rest: string): boolean {
  return POLITE.has(trimMarks(foldWidth(rest)));
}

function judgeReport({ args, glued, at }: Candidate): Likelihood {
  const { group } = readReportWords(args, at);
  if (group === "") return "sure";
  return glued || args.length > 6 || group.length > LONGEST_NAME ? "no" : "maybe";
}

function judgeSurvey({ args, rest, glued }: Candidate): Likelihood {
  if (rest === "") return "sure";
  const found = leadingAct(SURVEY_ACTS, rest);
  if (found === null) return "no";
  if (found.act === "list") return args.length <= 3 ? "sure" : "no";
  if (found.act === "new") return glued ? "maybe" : "sure";
  return /^#?\d{1,9}(?:\s|$)/.test(foldWidth(found.rest)) ? "sure" : "no";
}

function judgeComplaints({ args, rest, glued }: Candidate): Likelihood {
  if (rest === "") return "sure";
  if (args.length === 1 && COMPLAINT_FILTERS.has(foldWidth(rest))) return "sure";
  return glued || args.length > 3 || rest.length > LONGEST_NAME ? "no" : "maybe";
}

function judgeCase({ rest }: Candidate): Likelihood {
  if (rest === "") return "sure";
  const words = readCaseWords(rest);
  if (words === null) return "no";
  return words.tail === "" || leadingAct(CASE_ACTS, words.tail) !== null ? "sure" : "maybe";
}

function judgeImprovement({ rest, glued }: Candidate): Likelihood {
  if (rest === "") return "sure";
  return glued || rest.length < SHORTEST_IMPROVEMENT ? "no" : "maybe";
}

function judgeName({ args, rest, glued }: Candidate): Likelihood {
  if (rest === "") return "sure";
  const longest = glued ? LONGEST_GLUED_NAME : LONGEST_NAME;
  return args.length > 4 || rest.length > longest ? "no" : "maybe";
}

function judgeSettings({ args, rest, glued }: Candidate): Likelihood {
  if (rest === "" || settingOf(rest) !== null) return "sure";
  // The name of a group may stand before the item, or alone.
  return !glued && (splitSetting(rest) !== null || args.length <= 2) ? "maybe" : "no";
}

function judgeDigest({ args, rest }: Candidate): Likelihood {
  if (rest === "") return "sure";
  const found = leadingAct(DIGEST_ACTS, rest);
  if (found === null || args.length > 3) return "no";
  return /^[#＃]?[0-9a-zA-Z-]{0,40}$/.test(found.rest) ? "sure" : "no";
}

function judgeHelp({ rest, glued }: Candidate): Likelihood {
  if (isPolite(rest)) return "sure";
  if (glued) return "no";
  const topic = trimMarks(foldWidth(rest));
  return PHRASES.some(({ phrase }) => phrase === topic) ? "sure" : "no";
}

/** The four digits of a confirmed erasure ("确认 4821", "confirm 4821"); null for other words. */
export function eraseCodeOf(rest: string): string | null {
  return /^(?:确认|confirm)\s?(\d{4})$/.exec(trimMarks(foldWidth(rest)))?.[1] ?? null;
}
