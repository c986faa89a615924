import type { Language } from "#entities/vocabulary.js";
import { openForReading } from "#src/app/open-data.js";
import { buildReport, digestReadModel, nearestGroups, renderReport } from "#src/app/tools.js";
import { AppError } from "#src/shared/app-error.js";
import type { Output } from "./output.js";

export interface ReportOptions {
  readonly data?: string;
  readonly group: string;
  readonly from: string;
  readonly to: string;
  readonly audience: "staff" | "public";
  readonly lang: Language;
  readonly format: "text" | "json" | "csv";
}

/** Prints the report of a group. Throws `not-found` with the nearest names for an unknown group. */
export async function printReport(options: ReportOptions, output: Output): Promise<void> {
  if (options.from > options.to)
    throw new AppError("usage", `--from ${options.from} is after --to ${options.to}.`);
  const data = await openForReading(options.data);
  try {
    const text = await data.store.read(async (tx) => {
      const groups = await tx.directory.groups.find({ purpose: "customers" });
      const group = groups.find(
        (one) => one.name === options.group || one.externalId === options.group,
      );
      if (group === undefined) {
        const near = nearestGroups(options.group, groups);
        const hint =
          near.length === 0 ? "No group is known yet." : `Did you mean: ${near.join(", ")}?`;
        throw new AppError("not-found", `There is no group "${options.group}". ${hint}`);
      }
      const document = await buildReport(digestReadModel, tx, {
        group,
        from: options.from,
        to: options.to,
        audience: options.audience,
        language: options.lang,
        generatedAt: Date.now(),
      });
      return renderReport(document, options.format);
    });
    await output.line(text);
  } finally {
    await data.close();
  }
}
