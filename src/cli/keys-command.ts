import type { Command } from "commander";
import type { KeyUse } from "#src/app/sealed-tokens.js";
import { AppError } from "#src/shared/app-error.js";
import type { Output } from "./output.js";

const LOST =
  "If their key is lost: huiyin keys forget --yes, then connect Slack anew under /slack/install.";

interface DataOptions {
  readonly data?: string;
}

/** Adds `huiyin keys list|rotate|forget` to the program. */
export function addKeys(program: Command, output: Output): void {
  const keys = program
    .command("keys")
    .description("the keys of HUIYIN_SECRET_KEY, which seal the tokens of connected workspaces");
  const folder = [
    "--data <folder>",
    "data folder (default: HUIYIN_DATA, or DATABASE_URL)",
  ] as const;
  keys
    .command("list")
    .description("how many tokens are sealed with which key; shows no key and no token")
    .option(...folder)
    .action((options: DataOptions) => list(options, output));
  keys
    .command("rotate")
    .description(
      "put every token under the first key of HUIYIN_SECRET_KEY=new,old; may run beside the service and again",
    )
    .option(...folder)
    .action((options: DataOptions) => rotate(options, output));
  keys
    .command("forget")
    .description(
      "forget the tokens that no key opens, when a key is lost; connect Slack again then",
    )
    .option(...folder)
    .option("--yes", "really forget", false)
    .action((options: DataOptions & { yes: boolean }) => forget(options, output));
  for (const command of keys.commands) command.exitOverride().copyInheritedSettings(program);
}

/** One line per key. */
export function keyLine({ keyId, values, state }: KeyUse): string {
  const remedy = { newest: "", older: "; run huiyin keys rotate", unknown: ", which is not set" };
  return `${counted(values)} under the ${state} key ${keyId}${remedy[state]}`;
}

async function list({ data }: DataOptions, output: Output): Promise<void> {
  const { listKeyUses } = await import("#src/app/key-tools.js");
  const uses = await listKeyUses(data);
  for (const use of uses) await output.line(keyLine(use));
  if (uses.length === 0) output.say("Nothing is sealed.");
}

async function rotate({ data }: DataOptions, output: Output): Promise<void> {
  const { rotateConfiguredKeys } = await import("#src/app/key-tools.js");
  const { moved, current, unopened } = await rotateConfiguredKeys(data);
  await output.line(
    `${counted(moved)} put under the newest key; ${String(current)} ${current === 1 ? "was" : "were"} under it already.`,
  );
  if (unopened > 0)
    throw new AppError("conflict", `${counted(unopened)} opened by no key, and left as they are.`, {
      remedy: `Put the key that sealed them behind the others in HUIYIN_SECRET_KEY and run this again. ${LOST}`,
    });
  output.say("The older keys in HUIYIN_SECRET_KEY are not needed any more.");
}

async function forget(
  { data, yes }: DataOptions & { readonly yes: boolean },
  output: Output,
): Promise<void> {
  if (!yes)
    throw new AppError("usage", "Forgetting cannot be undone. Say --yes when the key is lost.");
  const { forgetUnopenedTokens } = await import("#src/app/key-tools.js");
  const forgotten = await forgetUnopenedTokens(data);
  await output.line(
    forgotten === 0
      ? "Every token opens: nothing was forgotten."
      : `${counted(forgotten)} forgotten. Start Huiyin and connect Slack again under /slack/install.`,
  );
}

function counted(values: number): string {
  return `${String(values)} ${values === 1 ? "token" : "tokens"}`;
}
