import { type Command, InvalidArgumentError } from "commander";
import type { Output } from "./output.js";

function roomNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("expected the number of a room");
  return Number(text);
}

interface BindOptions {
  readonly data?: string;
  readonly staff: boolean;
  readonly as?: string;
  readonly new: boolean;
}

/** Adds `huiyin bind` to the program: WeChat rooms that wait to be vouched for, and codes for them. */
export function addBind(program: Command, output: Output): void {
  program
    .command("bind")
    .argument("[number]", "the number of a room in the list", roomNumber)
    .description(
      "list the WeChat groups that are not bound yet; with a number, print a code to be said in that group (10 minutes, once)",
    )
    .option("--data <folder>", "data folder (default: HUIYIN_DATA, or DATABASE_URL)")
    .option("--staff", "make it a staff room", false)
    .option("--as <group>", "it goes on as this group, which was lost with a log-in")
    .option("--new", "it is a new group, although one of its name was lost", false)
    .action(async (number: number | undefined, options: BindOptions) => {
      const { codeForRoom, listHeldRooms } = await import("#src/app/bind-tools.js");
      if (number === undefined) {
        for (const line of await listHeldRooms(options.data)) await output.line(line);
        return;
      }
      const { data, staff, as = null, new: isNew } = options;
      await output.line(await codeForRoom(data, { number, staff, as, isNew }));
    });
}
