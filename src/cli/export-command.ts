import { openForReading } from "#src/app/open-data.js";
import { createComplaints } from "#src/app/tools.js";
import { createDetector } from "#src/complaints/detection/detector.js";
import { AppError } from "#src/shared/app-error.js";
import type { Transaction } from "#src/store/transaction.js";
import type { Output } from "./output.js";

const PAGE = 1_000;

/** Rows of each kind of export, a page at a time. */
const EXPORTS: Readonly<
  Record<string, (tx: Transaction, offset: number) => Promise<readonly object[]>>
> = {
  labels: async (tx, offset) => {
    if (offset > 0) return [];
    return createComplaints({ detector: createDetector() }).exportLabels(tx);
  },
  cases: (tx, offset) => tx.cases.find({}, { order: { number: "asc" }, limit: PAGE, offset }),
  answers: async (tx, offset) => {
    const rows = await tx.responses.rows.find({}, { order: { id: "asc" }, limit: PAGE, offset });
    // Who answered stays here: an export of answers is for counting.
    return rows.map(({ runId, questionId, value, numeric, answeredAt, via, rating }) => ({
      runId,
      questionId,
      value: numeric ?? value,
      answeredAt,
      via,
      rating,
    }));
  },
};

/** Prints rows as JSON lines. Throws `usage` for an unknown kind. */
export async function exportRows(
  what: string,
  options: { readonly data?: string },
  output: Output,
): Promise<void> {
  const rows = EXPORTS[what];
  if (rows === undefined) {
    throw new AppError(
      "usage",
      `There is no export "${what}"; there are ${Object.keys(EXPORTS).join(", ")}.`,
    );
  }
  const data = await openForReading(options.data);
  try {
    for (let offset = 0; ; offset += PAGE) {
      const page = await data.store.read((tx) => rows(tx, offset));
      for (const row of page) await output.line(JSON.stringify(row));
      if (page.length < PAGE) break;
    }
  } finally {
    await data.close();
  }
}
