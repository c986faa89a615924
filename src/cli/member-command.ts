import { randomUUID } from "node:crypto";
import type { Member } from "#entities/index.js";
import { DiskReserve } from "#src/app/disk-reserve.js";
import { openDataFolder, openForReading } from "#src/app/open-data.js";
import { exportMember, finishForgetting, forgetMember } from "#src/app/tools.js";
import { AppError } from "#src/shared/app-error.js";
import type { Transaction } from "#src/store/transaction.js";
import type { Output } from "./output.js";

export interface MemberCommandOptions {
  readonly action: string;
  /** Name, platform id or our own id. */
  readonly name: string;
  readonly data?: string;
  readonly platform?: string;
  readonly yes: boolean;
}

/** Exports or forgets one member. Throws `usage` and `not-found`; a name that several bear is never guessed. */
export async function memberCommand(options: MemberCommandOptions, output: Output): Promise<void> {
  if (options.action === "export") return exportOne(options, output);
  if (options.action === "forget") return forgetOne(options, output);
  throw new AppError(
    "usage",
    `There is no member action "${options.action}"; there are export and forget.`,
  );
}

async function exportOne(options: MemberCommandOptions, output: Output): Promise<void> {
  const data = await openForReading(options.data);
  try {
    const everything = await data.store.read(async (tx) => {
      const member = await findMember(tx, options);
      return exportMember(tx, member.id);
    });
    await output.line(JSON.stringify(everything, null, 2));
  } finally {
    await data.close();
  }
}

async function forgetOne(options: MemberCommandOptions, output: Output): Promise<void> {
  if (!options.yes)
    throw new AppError("usage", "Forgetting cannot be undone. Say --yes when you are sure.");
  const data = await openDataFolder(options.data ?? "./data");
  try {
    // Also on a full disk, where deleting needs room as well.
    const reserve = new DiskReserve(data.folder);
    await reserve.spend(() =>
      data.store.write(async (tx) => {
        const member = await findMember(tx, options);
        await forgetMember(tx, { memberId: member.id, tombstoneId: randomUUID(), at: Date.now() });
      }),
    );
    // The service is not running beside this: nothing is in hand, and nothing has to wait.
    await data.store.write((tx) => finishForgetting(tx, Date.now()));
    output.say("Forgotten: name, ids and words are gone; the counts stay.");
  } finally {
    await data.close();
  }
}

async function findMember(tx: Transaction, options: MemberCommandOptions): Promise<Member> {
  const { name, platform } = options;
  const where = platform === undefined ? {} : { platform };
  const byId = await tx.directory.members.first({ id: name });
  if (byId !== null) return byId;
  const byExternalId = await tx.directory.members.find({ ...where, externalId: name });
  const found =
    byExternalId.length > 0 ? byExternalId : await tx.directory.members.find({ ...where, name });
  const [only, ...others] = found;
  if (only === undefined) throw new AppError("not-found", `There is no member "${name}".`);
  if (others.length > 0) {
    const ids = found.map((member) => `${member.platform}: ${member.id}`).join(", ");
    throw new AppError(
      "usage",
      `${String(found.length)} members are called "${name}". Name one by id: ${ids}`,
    );
  }
  return only;
}
