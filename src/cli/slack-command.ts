import { type Command, InvalidArgumentError, Option } from "commander";
import { EXIT } from "./exit-codes.js";
import type { Output } from "./output.js";

function origin(text: string): string {
  const usable = URL.canParse(text) && new URL(text).protocol === "https:";
  if (!usable) throw new InvalidArgumentError("expected an address such as https://huiyin.example");
  return new URL(text).origin;
}

/** Adds `huiyin slack manifest|import` to the program; `huiyin doctor slack` stands with the doctor. */
export function addSlack(program: Command, output: Output): void {
  const slack = program
    .command("slack")
    .description("connect Slack: the app's manifest, and an import of what was said before");
  slack
    .command("manifest")
    .description("print the app manifest to paste into Slack; without --url for Socket Mode")
    .option("--url <address>", "public address of this service", origin)
    .addOption(new Option("--lang <language>", "zh or en").choices(["zh", "en"]).default("en"))
    .action(async (options: { url?: string; lang: "zh" | "en" }) => {
      const { slackManifest } = await import("#src/app/slack-tools.js");
      const { url = null, lang } = options;
      for (const line of slackManifest({ publicUrl: url, language: lang }).trimEnd().split("\n"))
        await output.line(line);
    });
  slack
    .command("import <file>")
    .description(
      "read a workspace export (zip), so that digests know the time before; stop the service first",
    )
    .option("--data <folder>", "data folder (default: HUIYIN_DATA, or DATABASE_URL)")
    .action(async (file: string, options: { data?: string }) => {
      await runImport(file, options, output);
    });
  for (const command of slack.commands) command.exitOverride().copyInheritedSettings(program);
}

async function runImport(
  file: string,
  options: { readonly data?: string },
  output: Output,
): Promise<void> {
  const { importFile } = await import("#src/app/slack-tools.js");
  const count = await importFile(file, options.data, ({ day, messages }) =>
    output.say(`${day}: ${String(messages)} messages so far`),
  );
  for (const broken of count.broken) await output.line(`! ${broken}`);
  await output.line(
    `${String(count.messages)} messages of ${String(count.channels)} channels from ${String(count.files)} files; ${String(count.duplicates)} were known already.`,
  );
}

/** Prints what Slack says about the configured token. Exit code 1 when something needs care. */
export async function checkSlack(output: Output): Promise<number> {
  const { checkConfiguredSlack } = await import("#src/app/slack-tools.js");
  const { facts, troubles } = await checkConfiguredSlack();
  for (const fact of facts) await output.line(fact);
  for (const trouble of troubles) await output.line(`! ${trouble}`);
  await output.line(
    troubles.length === 0 ? "Nothing needs care." : `${String(troubles.length)} need care.`,
  );
  return troubles.length === 0 ? EXIT.ok : EXIT.failed;
}
