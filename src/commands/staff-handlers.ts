import { bindCommand } from "./bind-command.js";
import { caseCommand } from "./case-command.js";
import type { CommandHandler } from "./command-call.js";
import type { StaffCommand } from "./command-words.js";
import { complaintsCommand } from "./complaints-command.js";
import { digestCommand } from "./digest-command.js";
import { improveCommand } from "./improve-command.js";
import { memberCommand } from "./member-command.js";
import { reportCommand } from "./report-command.js";
import { settingsCommand } from "./settings-command.js";
import { surveyCommand } from "./survey-command.js";
import { unsentCommand } from "./unsent-command.js";

/** What each command of staff does. */
export const staffHandlers: Readonly<Record<StaffCommand, CommandHandler>> = {
  report: reportCommand,
  survey: surveyCommand,
  complaints: complaintsCommand,
  case: caseCommand,
  improve: improveCommand,
  member: memberCommand,
  settings: settingsCommand,
  digest: digestCommand,
  unsent: unsentCommand,
  bind: bindCommand,
};
