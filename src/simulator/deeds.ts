import type { DeedLine } from "#src/app/transcript.js";
import type {
  PressRequest,
  ReactRequest,
  SayRequest,
  SimulatedLine,
} from "#src/console/contract/simulator.js";
import { AppError } from "#src/shared/app-error.js";
import type { Life } from "./life.js";
import { lineIdOf } from "./timeline.js";

/** What a visitor types may be a command of the platform itself, where the room has such. */
const COMMAND = /^\/huiyin(?=\s|$)/i;
const LONGEST_QUOTE = 2_000;

type Base = Pick<DeedLine, "id" | "group" | "at" | "member" | "name" | "role">;

/** What a visitor says as a member. Throws `invalid-input` or `not-found` naming what is wrong. */
export function sayDeed(life: Life, { room, memberId, text, quote }: SayRequest): DeedLine {
  const base = deedOf(life, room, memberId);
  const command = COMMAND.exec(text.trim());
  if (command !== null && life.hasButtons(room)) {
    return { ...base, kind: "command", text: text.trim().slice(command[0].length).trim() };
  }
  const quoted = quote === undefined ? null : lineIn(life, room, quote);
  return {
    ...base,
    kind: "message",
    text,
    ...(quoted === null
      ? {}
      : { repliesTo: messageIdOf(quoted), quoted: quoted.text.slice(0, LONGEST_QUOTE) }),
  };
}

/** A reaction to a line. WeChat rooms have none. */
export function reactDeed(life: Life, lineId: string, request: ReactRequest): DeedLine {
  const line = lineOf(life, lineId);
  if (!life.hasButtons(line.room)) throw lacks("reactions", "reaction");
  const { reaction, change } = request;
  const base = deedOf(life, line.room, request.memberId);
  return { ...base, kind: "reaction", to: messageIdOf(line), reaction, change };
}

/** Takes one's own line back. */
export function recallDeed(life: Life, lineId: string, memberId: string): DeedLine {
  const line = ownLine(life, lineId, memberId);
  return { ...deedOf(life, line.room, memberId), kind: "recall", message: messageIdOf(line) };
}

/** Changes one's own line. WeChat rooms have no edits. */
export function editDeed(
  life: Life,
  lineId: string,
  { memberId, text }: { readonly memberId: string; readonly text: string },
): DeedLine {
  const line = ownLine(life, lineId, memberId);
  if (!life.hasButtons(line.room)) throw lacks("edits", "text");
  return { ...deedOf(life, line.room, memberId), kind: "edit", message: messageIdOf(line), text };
}

/** Presses a button of something the bot said. */
export function pressDeed(
  life: Life,
  lineId: string,
  { memberId, action, value }: PressRequest,
): DeedLine {
  const line = lineOf(life, lineId);
  const base = deedOf(life, line.room, memberId);
  if (line.onlyFor !== null && line.onlyFor !== memberId) {
    throw new AppError("invalid-input", "Only one other member sees these buttons.", {
      field: "memberId",
      expected: line.onlyFor,
    });
  }
  const row = line.choices.find(
    (one) => one.action === action && one.choices.some((choice) => choice.value === value),
  );
  if (row === undefined) {
    throw new AppError("invalid-input", "This line has no such button (any more).", {
      field: "value",
      expected: "the action and value of one of the line's buttons",
    });
  }
  return { ...base, kind: "press", message: messageIdOf(line), action, value };
}

function deedOf(life: Life, room: string, memberId: string): Base {
  const { name, role } = life.cast.memberIn(room, memberId);
  const id = life.nextId("v", room);
  // Nobody does two things in the same instant.
  return { id, group: room, at: life.now + 1, member: memberId, name, role };
}

function lineOf(life: Life, id: string): SimulatedLine {
  const line = life.timeline.get(id);
  if (line === undefined) throw new AppError("not-found", "There is no such line (any more).");
  if (!line.recalled) return line;
  throw new AppError("invalid-input", "This line was taken back.", { field: "id" });
}

function ownLine(life: Life, id: string, memberId: string): SimulatedLine {
  const line = lineOf(life, id);
  if (line.memberId === memberId && line.kind === "message") return line;
  throw new AppError("invalid-input", "Members change only what they said themselves.", {
    field: "memberId",
    expected: line.memberId ?? "nobody: the bot said it",
  });
}

function lineIn(life: Life, room: string, id: string): SimulatedLine {
  const line = life.timeline.get(id);
  if (line !== undefined && line.room === room && !line.recalled) return line;
  throw new AppError("invalid-input", "The quoted line is not in this room.", {
    field: "quote",
    expected: "the id of a line of the room",
  });
}

function messageIdOf(line: SimulatedLine): string {
  return line.id.slice(lineIdOf(line.room, "").length);
}

function lacks(what: string, field: string): AppError {
  return new AppError("invalid-input", `This room is like a WeChat group, which has no ${what}.`, {
    field,
    expected: "a room that is like Slack",
    remedy: "Let the room look like Slack, or write a line instead.",
  });
}
