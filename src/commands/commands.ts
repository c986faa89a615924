import type { DirectoryService } from "#src/directory/directory-service.js";
import { commandTexts } from "#src/i18n/commands.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import { type Asker, isAlone, pageOf, readPage, sayAnswer } from "./answer.js";
import type { Answer, Call, CommandCarrier, CommandHandler, CommandRooms } from "./command-call.js";
import { type ParsedCommand, parseCommand, parseCommandText, SLASH } from "./command-parser.js";
import { isStaff } from "./command-scope.js";
import { type CommandName, isStaffCommand, shownWord } from "./command-words.js";
import { helpCommand } from "./help-command.js";
import { judgeCall } from "./judge-call.js";
import { memberHandlers } from "./member-handlers.js";
import { staffHandlers } from "./staff-handlers.js";
import { foldWidth, splitArguments, trimBlanks } from "./text-scan.js";

export interface CommandDeps extends CommandRooms {
  readonly directory: DirectoryService;
  /** Names that the bot is called by, without the @. */
  readonly botNames: readonly string[];
}

/** The commands of every platform: read, allowed or refused, carried out, answered to the asker alone. */
export interface Commands {
  /**
   * Handles a command, or a text or button that is one. False when it was none: ordinary chat, a vote,
   * a customer's complaint.
   */
  handle(tx: Transaction, place: Place, event: CommandCarrier): Promise<boolean>;
}

const HANDLERS: Readonly<Record<CommandName, CommandHandler>> = {
  ...staffHandlers,
  ...memberHandlers,
  help: helpCommand,
};

/** What an opted-out member may still ask: everything else about them is not read. */
const OPEN_TO_OPTED_OUT: ReadonlySet<CommandName> = new Set([
  "help",
  "opt-in",
  "opt-out",
  "my-data",
  "erase",
]);

/** Creates the {@link Commands}. */
export function createCommands(deps: CommandDeps): Commands {
  return { handle: (tx, place, event) => handle(deps, tx, { place, event }) };
}

async function handle(deps: CommandDeps, tx: Transaction, asker: Asker): Promise<boolean> {
  const parsed = read(deps, asker);
  switch (parsed.kind) {
    case "none":
      return answerUnknown(tx, asker);
    case "near":
      return answerNear(tx, asker, parsed);
    case "command":
      return answerCommand(deps, tx, { ...asker, parsed });
  }
}

function read(deps: CommandDeps, asker: Asker): ParsedCommand {
  const { place, event } = asker;
  if (event.kind === "command") return parseCommandText(event.text);
  if (event.kind === "action") {
    return event.action === "command"
      ? parseCommandText(event.value)
      : { kind: "none", addressed: false };
  }
  return parseCommand(event.text, {
    botNames: deps.botNames,
    bare: isAlone(asker) || place.group.purpose === "staff",
    mentioned: event.mentionsBot && !isAlone(asker),
  });
}

/** True for a command of the platform itself, or its prefix in a text: nobody else would hear those. */
function isForUsAlone(event: CommandCarrier): boolean {
  if (event.kind === "command") return true;
  return event.kind === "message" && foldWidth(trimBlanks(event.text)).startsWith(SLASH);
}

/** Only what is surely meant for us is answered; another text may be anything. */
async function answerUnknown(tx: Transaction, asker: Asker): Promise<boolean> {
  if (!isForUsAlone(asker.event) || asker.place.member.optedOutAt !== null) return false;
  const texts = commandTexts[asker.place.group.language];
  await sayAnswer(tx, asker, { text: texts.unknown, neutral: true });
  return true;
}

async function answerNear(
  tx: Transaction,
  asker: Asker,
  near: Extract<ParsedCommand, { kind: "near" }>,
): Promise<boolean> {
  const { place, event } = asker;
  const staff = await isStaff(tx, asker);
  const allowed = staff || !isStaffCommand(near.meant);
  const args = splitArguments(near.rest);
  const likely = judgeCall({
    name: near.meant,
    args,
    rest: near.rest,
    glued: false,
    at: event.at,
  });
  // A customer's slip is only taken for one when nothing else is said.
  const sure = staff && near.addressed ? likely !== "no" : likely === "sure";
  if (!allowed || !sure || place.member.optedOutAt !== null) return false;
  const { language } = place.group;
  const texts = commandTexts[language];
  const chinese = /[\u4e00-\u9fff]/.test(near.typed);
  const word = shownWord(near.meant, chinese ? "zh" : "en");
  const line = near.rest === "" ? word : `${word} ${near.rest}`;
  await sayAnswer(tx, asker, {
    text: texts.near(near.typed, line),
    choices: [{ action: "command", choices: [{ label: line.slice(0, 60), value: line }] }],
    textWithoutButtons: texts.nearWithoutButtons(near.typed, line),
    neutral: true,
  });
  return true;
}

interface Asked extends Asker {
  readonly parsed: Extract<ParsedCommand, { kind: "command" }>;
}

async function answerCommand(deps: CommandDeps, tx: Transaction, asked: Asked): Promise<boolean> {
  const { place, event, parsed } = asked;
  const { name } = parsed;
  if (place.member.optedOutAt !== null && !OPEN_TO_OPTED_OUT.has(name)) return false;
  const { rest, page } = readPage(name, parsed.rest);
  const args = splitArguments(rest);
  const likely = judgeCall({ name, args, rest, glued: parsed.glued, at: event.at });
  const staff = await isStaff(tx, asked);
  const texts = commandTexts[place.group.language];
  if (isStaffCommand(name) && !staff) {
    if (likely !== "sure") return fileWhatWasSaid(deps, tx, asked);
    await sayAnswer(tx, asked, { text: texts.refused(name), neutral: true });
    return true;
  }
  const strict = !parsed.addressed || !isStaffCommand(name);
  if (strict && likely === "no") return answerUnknown(tx, asked);
  const call: Call = {
    tx,
    place,
    event,
    at: event.at,
    language: place.group.language,
    texts,
    name,
    args,
    rest,
    tentative: !parsed.addressed && likely !== "sure",
    rooms: deps,
    botNames: deps.botNames,
  };
  const answer = await HANDLERS[name](call);
  if (answer === null) return false;
  await sayAnswer(tx, asked, paged(answer, call, page));
  return true;
}

/**
 * "投诉 草莓烂了" of a customer is a complaint. Said in plain words it goes on to the complaints room by
 * itself; as a command of the platform, or with its prefix, it would end here, so it is filed.
 */
async function fileWhatWasSaid(
  deps: CommandDeps,
  tx: Transaction,
  { place, event, parsed }: Asked,
): Promise<boolean> {
  if (!isForUsAlone(event)) return false;
  if (parsed.name !== "complaints" || place.group.purpose === "staff") {
    return answerUnknown(tx, { place, event });
  }
  const { text } = await deps.complaints.file(tx, place, {
    text: parsed.rest,
    eventId: event.eventId,
    at: event.at,
  });
  await sayAnswer(tx, { place, event }, { text });
  return true;
}

/** One page of a long answer, with the way to the next. */
function paged(answer: Answer, call: Call, wanted: number): Answer {
  const { text, page, pages } = pageOf(answer.text, wanted);
  if (pages === 1) return answer;
  const { texts, language, name, rest } = call;
  const next = `${shownWord(name, language)} ${rest} p${String(page + 1)}`.replace("  ", " ");
  const last = page === pages;
  const foot = last ? texts.lastPage(page, pages) : texts.more(page, pages, next);
  const buttons = last
    ? []
    : [{ action: "command", choices: [{ label: texts.nextPage, value: next }] }];
  return {
    text: `${text}\n${foot}`,
    choices: [...(last ? (answer.choices ?? []) : []), ...buttons],
    ...(answer.neutral === undefined ? {} : { neutral: answer.neutral }),
    ...(answer.file === undefined ? {} : { file: answer.file }),
  };
}
