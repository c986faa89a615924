import type { CommandHandler } from "./command-call.js";
import type { MemberCommand } from "./command-words.js";
import {
  eraseCommand,
  muteCommand,
  myCasesCommand,
  myDataCommand,
  optInCommand,
  optOutCommand,
  unmuteCommand,
} from "./own-commands.js";

/** What each command of a member about themselves does. */
export const memberHandlers: Readonly<Record<Exclude<MemberCommand, "help">, CommandHandler>> = {
  mute: muteCommand,
  unmute: unmuteCommand,
  "opt-out": optOutCommand,
  "opt-in": optInCommand,
  "my-data": myDataCommand,
  "my-cases": myCasesCommand,
  erase: eraseCommand,
};
