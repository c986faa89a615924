import { helpTexts } from "#src/i18n/command-help.js";
import { isAlone } from "./answer.js";
import type { Answer, Call } from "./command-call.js";
import { isStaff } from "./command-scope.js";
import {
  type CommandName,
  isStaffCommand,
  MEMBER_COMMANDS,
  PHRASES,
  STAFF_COMMANDS,
} from "./command-words.js";
import { foldWidth, trimMarks } from "./text-scan.js";

/** The command that a word means; null for any other word. */
export function topicOf(word: string): CommandName | null {
  const topic = trimMarks(foldWidth(word));
  return PHRASES.find(({ phrase }) => phrase === topic)?.name ?? null;
}

/** `help`: what this person can do here; `help COMMAND`: one command in full. */
export async function helpCommand(call: Call): Promise<Answer | null> {
  const staff = await isStaff(call.tx, call);
  const topic = call.rest === "" ? null : topicOf(call.rest);
  if (topic !== null && (staff || !isStaffCommand(topic))) return detailed(call, topic);
  return overview(call, staff);
}

function detailed({ language }: Call, topic: CommandName): Answer {
  const { usage, about, details } = helpTexts[language].entries[topic];
  return { text: [usage, about, ...details].join("\n"), neutral: true };
}

function overview(call: Call, staff: boolean): Answer {
  const texts = helpTexts[call.language];
  const line = (name: CommandName): string => {
    const { usage, about } = texts.entries[name];
    return `· ${usage} — ${about}`;
  };
  const { group } = call.place;
  const bare = isAlone(call) || group.purpose === "staff";
  const how = bare ? texts.howHere : texts.howInGroup(botNameOf(call));
  const lines = staff
    ? [
        texts.staffHeading,
        ...STAFF_COMMANDS.map(line),
        texts.aboutYou,
        ...MEMBER_COMMANDS.filter((name) => name !== "help").map(line),
        how,
        texts.more,
      ]
    : [
        texts.memberHeading,
        texts.complain,
        ...MEMBER_COMMANDS.filter((name) => name !== "help").map(line),
        how,
      ];
  return { text: lines.join("\n"), neutral: true };
}

function botNameOf({ botNames, language }: Call): string {
  return botNames[0] ?? (language === "zh" ? "回音" : "Huiyin");
}
