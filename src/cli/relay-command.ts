import { type Command, InvalidArgumentError } from "commander";
import type { PastePreview, PreviewLine } from "#src/console/contract/relay.js";
import { EXIT } from "./exit-codes.js";
import { type Output, printable } from "./output.js";

interface ReadFlags {
  readonly group: string;
  readonly data?: string;
  readonly day?: string;
  readonly part?: readonly number[];
  readonly create: boolean;
  readonly dryRun: boolean;
}

function day(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError("expected a day such as 2026-11-20");
}

function parts(text: string): readonly number[] {
  const numbers = text.split(",").map((part) => Number(part) - 1);
  if (numbers.every((number) => Number.isInteger(number) && number >= 0)) return numbers;
  throw new InvalidArgumentError("expected numbers of parts such as 1,3");
}

/** Adds `huiyin relay read|tray` to the program. */
export function addRelay(program: Command, output: Output, setCode: (code: number) => void): void {
  const relay = program
    .command("relay")
    .description("groups without a bot account: read copied chat, show what to carry out");
  relay
    .command("read <file>")
    .description("read copied chat or a #接龙 list from a text file, or from - (standard input)")
    .requiredOption("--group <name>", "the relay group it belongs to")
    .option("--data <folder>", "data folder (default: HUIYIN_DATA); stop the service first")
    .option("--day <day>", "the day on which it was copied (default: today)", day)
    .option(
      "--part <numbers>",
      "which conversations of the file are this group's, such as 1,3",
      parts,
    )
    .option("--create", "make the group when there is none of that name", false)
    .option("--dry-run", "show what is understood and store nothing", false)
    .action(async (file: string, flags: ReadFlags) => {
      setCode(await read(file, flags, output));
    });
  relay
    .command("tray")
    .description("print what is to be carried into a group, oldest first")
    .requiredOption("--group <name>", "the relay group")
    .option("--data <folder>", "data folder (default: HUIYIN_DATA, or DATABASE_URL)")
    .action(async ({ group, data }: { group: string; data?: string }) => {
      const { trayItems } = await import("#src/app/relay-tools.js");
      const items = await trayItems(group, data);
      output.say(
        items.length === 0 ? "The tray is empty." : `${String(items.length)} to carry out.`,
      );
      for (const { kind, for: audience, to, text } of items) {
        const whom = { group: "the group", staff: "staff", member: `${to ?? ""} in private` };
        await output.line(`--- ${kind}, for ${printable(whom[audience])}`);
        for (const line of printable(text ?? "").split("\n")) await output.line(line);
      }
    });
  for (const command of relay.commands) command.exitOverride().copyInheritedSettings(program);
}

async function read(file: string, flags: ReadFlags, output: Output): Promise<number> {
  const { readChatFile } = await import("#src/app/relay-tools.js");
  const { part, ...rest } = flags;
  const { preview, outcome } = await readChatFile({
    file,
    ...rest,
    ...(part === undefined ? {} : { sections: part }),
    onProgress: (words) => output.say(words),
  });
  for (const note of preview.notes) output.say(note);
  if (flags.dryRun) for (const line of preview.lines) await output.line(printable(wordsOf(line)));
  if (preview.asks.length > 0) return askParts(preview, output);
  const facts = factsOf(preview.counts);
  await output.line(outcome === null && !flags.dryRun ? `Nothing new: ${facts}.` : `${facts}.`);
  // A file in which nobody says anything is none that was meant.
  return preview.counts.messages === 0 ? EXIT.failed : EXIT.ok;
}

function factsOf(counts: PastePreview["counts"]): string {
  return [
    `${String(counts.fresh)} new`,
    `${String(counts.known)} known already`,
    `${String(counts.votes)} answers`,
    `${String(counts.complaints)} like complaints`,
    `${String(counts.unclear)} left out`,
  ].join(", ");
}

function askParts({ sections }: PastePreview, output: Output): number {
  output.say("The file seems to hold more than one conversation, or another group's:");
  for (const [index, { title, lines }] of sections.entries()) {
    output.say(`  ${String(index + 1)}: ${title ?? "(without a heading)"}, ${String(lines)} lines`);
  }
  output.say("Say which are this group's with --part, for example --part 1.");
  return EXIT.failed;
}

function wordsOf(line: PreviewLine): string {
  const { from, kind, name, at, text, known, vote, complaint, doubts } = line;
  const marks = [
    known ? "known" : kind,
    ...(vote === null ? [] : [`answer ${vote}`]),
    ...(complaint === null
      ? []
      : [`complaint ${complaint.severity ?? ""} ${complaint.aspects.join("+")}`]),
    ...doubts,
  ];
  const when = at === null ? "-" : new Date(at).toISOString();
  return [
    String(from),
    when,
    name ?? "-",
    `[${marks.join(", ")}]`,
    text.replaceAll("\n", " / "),
  ].join("\t");
}
