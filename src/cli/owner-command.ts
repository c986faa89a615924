import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { issueOwnerLink, setOwnerPassword, signEverybodyOut } from "#src/app/owner.js";
import { AppError } from "#src/shared/app-error.js";
import { askSecret } from "./ask-secret.js";
import type { Output } from "./output.js";

export interface OwnerCommandOptions {
  readonly action: string;
  readonly data?: string;
  /** The password is the first line of this file. */
  readonly file?: string;
  /** Make a password and print it once. */
  readonly generate: boolean;
}

/** Letters and digits that are not taken for each other. */
const READABLE = "abcdefghjkmnpqrstuvwxyz23456789";
/** 20 of 31 characters: 99 bits. */
const GENERATED_LENGTH = 20;

/** Sets the owner's password, prints a one-time link, or signs everybody out. Throws `usage`. */
export async function ownerCommand(options: OwnerCommandOptions, output: Output): Promise<void> {
  switch (options.action) {
    case "password":
      return changePassword(options, output);
    case "link": {
      const link = await issueOwnerLink(options.data);
      output.say("This link signs in whoever opens it first, within 10 minutes:");
      return output.line(link);
    }
    case "sign-out": {
      const count = await signEverybodyOut(options.data);
      output.say(`Signed out: ${String(count)} ${count === 1 ? "browser" : "browsers"}.`);
      return;
    }
    default:
      throw new AppError(
        "usage",
        `There is no owner action "${options.action}"; there are password, link and sign-out.`,
      );
  }
}

async function changePassword(options: OwnerCommandOptions, output: Output): Promise<void> {
  const password = options.generate ? generated() : await chosen(options);
  await setOwnerPassword(options.data, password);
  if (options.generate) await output.line(password);
  output.say("The owner's password is set. Everybody who was signed in has been signed out.");
}

function generated(): string {
  return Array.from({ length: GENERATED_LENGTH }, () => READABLE[randomInt(READABLE.length)]).join(
    "",
  );
}

async function chosen({ file }: OwnerCommandOptions): Promise<string> {
  if (file !== undefined) return firstLine(fileText(file));
  const first = await askSecret("New password of the owner (12 characters or more): ");
  if (!process.stdin.isTTY) return first;
  const again = await askSecret("Once more: ");
  if (first !== again) throw new AppError("usage", "The two were not the same. Nothing changed.");
  return first;
}

function fileText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new AppError("usage", `The file ${file} cannot be read.`, { cause });
  }
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? "";
}
