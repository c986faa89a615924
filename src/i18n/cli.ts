import type { Aspect, Language, Severity } from "#entities/vocabulary.js";
import { complaintTexts } from "./complaints.js";

interface CliTexts {
  readonly bot: string;
  botTo(member: string): string;
  readonly edited: string;
  vote(value: string): string;
  complaint(seen: {
    readonly number: number;
    readonly severity: Severity;
    readonly aspects: readonly Aspect[];
    readonly score: number;
    readonly evidence: readonly string[];
  }): string;
  demoEnd(end: {
    readonly lines: number;
    readonly cases: number;
    readonly votes: number;
    readonly digests: number;
    readonly folder: string;
  }): string;
}

/** Texts of the terminal. */
export const cliTexts: Readonly<Record<Language, CliTexts>> = {
  zh: {
    bot: "回音",
    botTo: (member) => `回音（只有${member}看得到）`,
    edited: "（改了上面那条）",
    vote: (value) => `记下一票：${value}`,
    complaint: ({ number, severity, aspects, score, evidence }) =>
      `投诉 #${String(number)} ${severity} ${aspects.map((aspect) => complaintTexts.zh.aspects[aspect]).join("、")}，把握 ${String(Math.round(score * 100))}%${evidence.length === 0 ? "" : `，依据“${evidence.join("”“")}”`}`,
    demoEnd: ({ lines, cases, votes, digests, folder }) =>
      `演完了：${String(lines)} 行聊天，${String(votes)} 份评分，${String(cases)} 件投诉，${String(digests)} 份小结。数据在 ${folder}。\n换一种看法：node dist/src/cli/main.js report --data ${folder} --group 阳光里3群 --from 2026-11-20 --to 2026-11-20 --format json`,
  },
  en: {
    bot: "Huiyin",
    botTo: (member) => `Huiyin (only ${member} sees this)`,
    edited: " (changed the message above)",
    vote: (value) => `counted one vote: ${value}`,
    complaint: ({ number, severity, aspects, score, evidence }) =>
      `complaint #${String(number)} ${severity} ${aspects.map((aspect) => complaintTexts.en.aspects[aspect]).join(", ")}, ${String(Math.round(score * 100))}% sure${evidence.length === 0 ? "" : `, because of “${evidence.join("”, “")}”`}`,
    demoEnd: ({ lines, cases, votes, digests, folder }) =>
      `The day is over: ${String(lines)} lines of chat, ${String(votes)} ratings, ${String(cases)} complaints, ${String(digests)} digests. The data is in ${folder}.`,
  },
};
