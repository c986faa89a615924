import { SIMULATED } from "#adapters/simulated/translate-inbound.js";
import type { TracedNumber } from "#entities/types.js";
import { buildReport, digestReadModel } from "#src/app/tools.js";
import type { Pulse } from "#src/console/contract/simulator.js";
import { conversationKey } from "#src/platform/conversation.js";
import { addLocalDays, localDay } from "#src/scheduling/zoned-time.js";
import { AppError } from "#src/shared/app-error.js";
import type { Life } from "./life.js";

/** The numbers of this moment are those of the last seven days, today included. */
const DAYS = 7;

/** The tiles beside the chat: the same numbers as in the report of these days. Throws `not-found`. */
export async function pulseOf(life: Life, room: string): Promise<Pulse> {
  const { now } = life;
  const place = { platform: SIMULATED, conversationId: room };
  return life.simulation.app.store.read(async (tx) => {
    const group = await tx.directory.group(place);
    if (group === null) throw new AppError("not-found", `There is no room "${room}".`);
    const to = localDay(now, group.timeZone);
    const document = await buildReport(digestReadModel, tx, {
      group,
      from: addLocalDays(to, 1 - DAYS),
      to,
      audience: "staff",
      language: group.language,
      generatedAt: now,
    });
    const waitingSends = await tx.outbox.rows.count({ lane: conversationKey(place), state: "due" });
    return { ...tiles(document.numbers), waitingSends };
  });
}

function tiles(numbers: readonly TracedNumber[]): Omit<Pulse, "waitingSends"> {
  const find = (id: string): TracedNumber | undefined => numbers.find((one) => one.id === id);
  // Where too few answered for a share, the count alone is told.
  const rating = (id: string, count: string): Pulse["csat"] => {
    const share = find(id);
    return { value: share?.value ?? null, n: share?.n ?? find(count)?.n ?? 0 };
  };
  const took = find("participation");
  return {
    csat: rating("csat.satisfied", "csat.answers"),
    nps: rating("nps", "nps.answers"),
    participation: {
      value: took?.value ?? null,
      answered: took?.numerator ?? 0,
      eligible: took?.denominator ?? 0,
    },
    openCases: find("cases.open")?.value ?? 0,
  };
}
