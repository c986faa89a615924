import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { isAppError } from "#src/shared/app-error.js";
import { safeError } from "#src/shared/logger.js";
import { addBind } from "./bind-command.js";
import type { DemoCommandOptions } from "./demo-command.js";
import { EXIT } from "./exit-codes.js";
import { addKeys } from "./keys-command.js";
import type { Output } from "./output.js";
import { processOutput } from "./output.js";
import { addRelay } from "./relay-command.js";
import type { ReportOptions } from "./report-command.js";
import { addSlack } from "./slack-command.js";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function day(text: string): string {
  if (!DAY.test(text) || Number.isNaN(Date.parse(`${text}T00:00:00Z`))) {
    throw new InvalidArgumentError("expected a date such as 2026-11-20");
  }
  return text;
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d{1,5}$/.test(text) || number > 65_535) {
    throw new InvalidArgumentError("expected a port from 0 to 65535");
  }
  return number;
}

/**
 * Runs one command line. Returns the exit code; results go to stdout, everything for people to stderr.
 * Modules are loaded by the command that needs them, so that each starts quickly.
 */
export async function runCli(
  argv: readonly string[],
  output: Output = processOutput(),
): Promise<number> {
  let code: number = EXIT.ok;
  const program = buildProgram(output, (next) => {
    code = next;
  });
  try {
    await program.parseAsync([...argv]);
    return code;
  } catch (error) {
    return exitCodeOf(error, output);
  }
}

function exitCodeOf(error: unknown, output: Output): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (isAppError(error)) {
    output.say(error.message);
    if (error.detail.remedy !== undefined) output.say(error.detail.remedy);
    if (error.code === "invalid-config") return EXIT.config;
    return error.code === "usage" ? EXIT.usage : EXIT.failed;
  }
  const safe = safeError(error);
  output.say(
    `Something went wrong that should not have (${safe.type}). Please report it with these lines:`,
  );
  for (const frame of safe.stack ?? []) output.say(`  ${frame}`);
  return EXIT.failed;
}

function buildProgram(output: Output, setCode: (code: number) => void): Command {
  const program = new Command("huiyin")
    .description("Huiyin 回音: gives every customer in a group a voice and every voice an answer.")
    .version("0.1.0")
    .showHelpAfterError("(run huiyin --help for all commands)")
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ writeErr: (text) => output.say(text.trimEnd()) });
  addServing(program, output, setCode);
  addReading(program, output);
  addDoctor(program, output, setCode);
  addCare(program, output);
  addCopies(program, output);
  addOwner(program, output);
  addSlack(program, output);
  addRelay(program, output, setCode);
  addBind(program, output);
  addKeys(program, output);
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
  return program;
}

function dataOption(): Option {
  return new Option("--data <folder>", "data folder (default: HUIYIN_DATA, or DATABASE_URL)");
}

function addServing(program: Command, output: Output, setCode: (code: number) => void): void {
  program
    .command("serve")
    .description("run the service until it is told to stop")
    .action(async () => {
      const { serve } = await import("./serve-command.js");
      setCode(await serve(output));
    });
  program
    .command("demo")
    .description("open the console on a pretend neighbourhood group, on this machine alone")
    .option("--data <folder>", "where its data goes", "./data/demo")
    .option("--port <number>", "the port (default: HUIYIN_PORT, else free from 8787 on)", port)
    .option("--no-open", "do not open the browser")
    .option("--play", "play a written day in this terminal instead, and end", false)
    .option("--speed <lines>", "with --play: lines a second; 0 for all at once", Number, 25)
    .option("--story <file>", "with --play: another transcript")
    .action(async (options: DemoCommandOptions) => {
      const { demo } = await import("./demo-command.js");
      setCode(await demo(options, output));
    });
  program
    .command("replay <file>")
    .description("play a JSONL transcript through the simulated platform; - for standard input")
    .option("--data <folder>", "data folder", "./data/replay")
    .option("--digest", "let each group have its daily digests", false)
    .action(async (file: string, options: { data: string; digest: boolean }) => {
      const { replayFile } = await import("./replay-command.js");
      await replayFile(file, options, output);
    });
}

function addReading(program: Command, output: Output): void {
  program
    .command("analyze [file]")
    .description("judge JSONL messages from a file or standard input")
    .addOption(
      new Option("--mode <mode>", "what the lines are")
        .choices(["chat", "reviews"])
        .default("chat"),
    )
    .option("--explain", "say what each signal found", false)
    .action(
      async (file: string | undefined, options: { mode: "chat" | "reviews"; explain: boolean }) => {
        const { analyzeLines } = await import("./analyze-command.js");
        const { inputLines } = await import("./read-lines.js");
        await analyzeLines(inputLines(file ?? "-"), output, options);
      },
    );
  program
    .command("parse-reply [file]")
    .description("read votes from JSONL replies from a file or standard input")
    .action(async (file: string | undefined) => {
      const { parseReplyLines } = await import("./parse-reply-command.js");
      const { inputLines } = await import("./read-lines.js");
      await parseReplyLines(inputLines(file ?? "-"), output);
    });
  program
    .command("report")
    .description("print the numbers of a group for a span of days")
    .addOption(dataOption())
    .requiredOption("--group <name>", "the group")
    .requiredOption("--from <date>", "first day, in the group's time zone", day)
    .requiredOption("--to <date>", "last day, inclusive", day)
    .addOption(
      new Option("--audience <who>", "for whom").choices(["staff", "public"]).default("staff"),
    )
    .addOption(new Option("--lang <language>", "zh or en").choices(["zh", "en"]).default("zh"))
    .addOption(
      new Option("--format <format>", "how").choices(["text", "json", "csv"]).default("text"),
    )
    .action(async (options: ReportOptions) => {
      const { printReport } = await import("./report-command.js");
      await printReport(options, output);
    });
}

function addDoctor(program: Command, output: Output, setCode: (code: number) => void): void {
  program
    .command("doctor")
    .description("check the installation and how well the watch judges, or the way to one platform")
    .addArgument(
      new Argument("[part]", "what Slack says of the token; what WeChat and WeCom need").choices([
        "slack",
        "wechat",
      ]),
    )
    .addOption(dataOption())
    .action(async (part: string | undefined, options: { data?: string }) => {
      if (part === "slack") {
        const { checkSlack } = await import("./slack-command.js");
        setCode(await checkSlack(output));
        return;
      }
      if (part === "wechat") {
        const { checkWechat } = await import("./wechat-command.js");
        setCode(await checkWechat(options, output));
        return;
      }
      const { doctor } = await import("./doctor-command.js");
      setCode(await doctor(options, output));
    });
}

function addCare(program: Command, output: Output): void {
  program
    .command("survey <action> [number]")
    .description("list surveys, show results, or change one (list|results|pause|resume|archive)")
    .addOption(dataOption())
    .option("--group <name>", "only this group")
    .action(
      async (
        action: string,
        number: string | undefined,
        options: { data?: string; group?: string },
      ) => {
        const { surveyCommand } = await import("./survey-command.js");
        await surveyCommand({ action, number, ...options }, output);
      },
    );
  program
    .command("export <what>")
    .description("export labels, cases or answers as JSON lines (labels|cases|answers)")
    .addOption(dataOption())
    .action(async (what: string, options: { data?: string }) => {
      const { exportRows } = await import("./export-command.js");
      await exportRows(what, options, output);
    });
  program
    .command("member <action> <name>")
    .description("export everything kept of a member, or forget them (export|forget)")
    .addOption(dataOption())
    .option("--platform <name>", "the platform the id belongs to")
    .option("--yes", "really forget", false)
    .action(
      async (
        action: string,
        name: string,
        options: { data?: string; platform?: string; yes: boolean },
      ) => {
        const { memberCommand } = await import("./member-command.js");
        await memberCommand({ action, name, ...options }, output);
      },
    );
}

function addCopies(program: Command, output: Output): void {
  program
    .command("backup <file>")
    .description("write a consistent copy of the SQLite data to a new file, with its manifest")
    .addOption(dataOption())
    .action(async (file: string, options: { data?: string }) => {
      const { backupData } = await import("./backup-command.js");
      await backupData(file, options, output);
    });
  program
    .command("restore <file>")
    .description("put a backup into a data folder that no service uses")
    .addOption(dataOption())
    .option("--replace", "put what is there now aside", false)
    .action(async (file: string, options: { data?: string; replace: boolean }) => {
      const { restoreData } = await import("./backup-command.js");
      await restoreData(file, options, output);
    });
  program
    .command("migrate")
    .description("bring the schema of the data up to date")
    .addOption(dataOption())
    .action(async (options: { data?: string }) => {
      const { migrateCommand } = await import("./migrate-command.js");
      await migrateCommand(options, output);
    });
}

function addOwner(program: Command, output: Output): void {
  program
    .command("owner <action>")
    .description(
      "the owner's sign-in to the console: set the password (from the keyboard, a pipe or a file), print a one-time link, sign everybody out (password|link|sign-out)",
    )
    .addOption(dataOption())
    .option("--file <path>", "read the password from the first line of a file")
    .option("--generate", "make a password and print it once", false)
    .action(
      async (action: string, options: { data?: string; file?: string; generate: boolean }) => {
        const { ownerCommand } = await import("./owner-command.js");
        await ownerCommand({ action, ...options }, output);
      },
    );
}
