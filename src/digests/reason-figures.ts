import type { OptionSnapshot } from "#entities/types.js";
import { SMALLEST_N_FOR_TOP_DRIVER } from "#src/statistics/key-drivers.js";
import { randomIndex, seededRandom, seedFromText } from "#src/statistics/seeded-random.js";
import type { AnswerRow, RunRow } from "#src/store/digest-rows.js";
import type { ReasonFacts } from "./digest-facts.js";
import { groupBy } from "./group-by.js";

const RESAMPLES = 1_000;

interface Reason {
  readonly key: string;
  readonly option: OptionSnapshot;
  readonly memberId: string;
}

/** Reasons that people chose after a rating, most chosen first, and how many people chose any. */
export interface ReasonFigures {
  readonly reasons: readonly ReasonFacts[];
  readonly givers: number;
}

/**
 * Counts distinct people per reason. From 100 people on it also says, by a bootstrap with a fixed
 * seed, how surely the first is the first (§3.8): no ranking below that.
 */
export function reasonFigures(
  runs: readonly RunRow[],
  answers: readonly AnswerRow[],
  seed: string,
): ReasonFigures {
  const given = reasonsOf(runs, answers);
  const people = [...groupBy(given, (reason) => reason.memberId).values()].map((own) => [
    ...new Set(own.map((reason) => reason.key)),
  ]);
  const firsts = people.length < SMALLEST_N_FOR_TOP_DRIVER ? null : firstShares(people, seed);
  const reasons = [...groupBy(given, (reason) => reason.key)]
    .map(([key, some]) => ({
      key,
      aspect: some[0]?.option.aspect ?? null,
      label: some[0]?.option.label ?? "",
      count: new Set(some.map((reason) => reason.memberId)).size,
      firstShare: firsts === null ? null : (firsts.get(key) ?? 0),
    }))
    .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
  return {
    reasons: reasons.map(({ aspect, label, count, firstShare }) => ({
      aspect,
      label,
      count,
      firstShare,
    })),
    givers: people.length,
  };
}

function reasonsOf(runs: readonly RunRow[], answers: readonly AnswerRow[]): readonly Reason[] {
  const options = new Map(
    runs.flatMap((run) =>
      run.questions.flatMap((question) =>
        question.options.map(
          (option) => [`${run.id} ${question.id} ${option.id}`, option] as const,
        ),
      ),
    ),
  );
  return answers.flatMap(({ runId, questionId, memberId, tags, apart }) => {
    if (apart !== null) return [];
    return tags.flatMap((tag) => {
      const option = options.get(`${runId} ${questionId} ${tag}`);
      if (option === undefined || option.outsideN === true) return [];
      return [{ key: option.aspect ?? option.label, option, memberId }];
    });
  });
}

function firstShares(
  people: readonly (readonly string[])[],
  seed: string,
): ReadonlyMap<string, number> {
  const random = seededRandom(seedFromText(seed));
  const firsts = new Map<string, number>();
  for (let round = 0; round < RESAMPLES; round += 1) {
    const first = mostChosen(
      Array.from({ length: people.length }, () => people[randomIndex(random, people.length)] ?? []),
    );
    if (first !== null) firsts.set(first, (firsts.get(first) ?? 0) + 1 / RESAMPLES);
  }
  return firsts;
}

function mostChosen(people: readonly (readonly string[])[]): string | null {
  const counts = new Map<string, number>();
  for (const key of people.flat()) counts.set(key, (counts.get(key) ?? 0) + 1);
  const [best] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return best?.[0] ?? null;
}
