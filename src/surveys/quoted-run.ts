import type { SurveyRun } from "#entities/index.js";
import type { QuestionSnapshot } from "#entities/types.js";
import type { Language } from "#entities/vocabulary.js";
import type { MessageEvent } from "#src/platform/inbound-event.js";
import type { Transaction } from "#src/store/transaction.js";
import { isRating } from "./cast-vote.js";
import type { GroupMemory } from "./open-runs.js";
import { speaksOf } from "./reply/topic-match.js";
import { followUpsOf } from "./run-questions.js";
import { pollHeading } from "./survey-card.js";
import { followKeyOf } from "./survey-keys.js";

/** What a message answers by quoting it or standing in its thread. */
export type Quoted =
  /** It quotes nothing. */
  | { readonly kind: "nothing" }
  | { readonly kind: "question"; readonly run: SurveyRun; readonly question: QuestionSnapshot }
  /** It quotes the bot, but none of these questions. */
  | { readonly kind: "bot" }
  /** It speaks to somebody else. */
  | { readonly kind: "other" };

/** Runs that may be quoted, and where their cards are known. */
export interface QuoteScope {
  readonly runs: readonly SurveyRun[];
  readonly memberId: string;
  readonly language: Language;
  /** Keeps the cards' message ids for later messages of the transaction. */
  readonly memory?: GroupMemory;
}

/**
 * Finds the question that a message quotes: by the message id where the platform tells it, else by
 * the quoted words, and not at all when those fit two questions. A thread under a card counts as a
 * quote of it.
 */
export async function findQuoted(
  tx: Transaction,
  event: MessageEvent,
  scope: QuoteScope,
): Promise<Quoted> {
  const quote = event.repliesTo;
  const { threadId } = event.conversation;
  const messageIds = [quote?.messageId, threadId].filter((id) => id !== undefined);
  if (messageIds.length > 0) {
    const found = await byMessageId(tx, messageIds, scope);
    if (found !== null) return found;
  }
  if (quote === undefined) return { kind: "nothing" };
  if (quote.ofBot === false || (quote.ofBot !== true && quote.author !== undefined)) {
    return { kind: "other" };
  }
  const spoken = byWords(quote.text ?? "", scope);
  if (spoken !== null) return spoken;
  return quote.ofBot === true ? { kind: "bot" } : { kind: "other" };
}

type FoundQuestion = Extract<Quoted, { readonly kind: "question" }>;

async function byMessageId(
  tx: Transaction,
  messageIds: readonly string[],
  scope: QuoteScope,
): Promise<FoundQuestion | null> {
  const cards = await cardsOf(tx, scope);
  for (const run of scope.runs) {
    const question = run.questions.find(isRating);
    const card = cards.get(run.id);
    if (question !== undefined && card !== undefined && messageIds.includes(card)) {
      return { kind: "question", run, question };
    }
  }
  return byFollowUp(tx, messageIds, scope);
}

/** Message id of each card that was sent, by run id. */
async function cardsOf(
  tx: Transaction,
  { runs, memory }: QuoteScope,
): Promise<ReadonlyMap<string, string>> {
  if (memory?.cards !== undefined) return memory.cards;
  const keys = new Map(
    runs.flatMap((run) => (run.cardKey === null ? [] : [[run.cardKey, run.id] as const])),
  );
  const rows =
    keys.size === 0 ? [] : await tx.outbox.rows.find({ key: [...keys.keys()], act: "send" });
  const cards = new Map<string, string>();
  for (const row of rows) {
    const runId = keys.get(row.key);
    if (runId !== undefined && row.messageId !== null) cards.set(runId, row.messageId);
  }
  if (memory !== undefined) memory.cards = cards;
  return cards;
}

async function byFollowUp(
  tx: Transaction,
  messageIds: readonly string[],
  { runs, memberId }: QuoteScope,
): Promise<FoundQuestion | null> {
  const asked = new Map(
    runs.flatMap((run) =>
      followUpsOf(run).map(
        (question) => [followKeyOf(run.id, question.id, memberId), { run, question }] as const,
      ),
    ),
  );
  if (asked.size === 0) return null;
  const rows = await tx.outbox.rows.find({ key: [...asked.keys()], messageId: [...messageIds] });
  const [row] = rows;
  const found = row === undefined ? undefined : asked.get(row.key);
  return found === undefined ? null : { kind: "question", ...found };
}

function byWords(text: string, { runs, language }: QuoteScope): FoundQuestion | null {
  if (text === "") return null;
  const questions = runs.flatMap((run) =>
    run.questions.map((question) => ({ kind: "question", run, question }) as const),
  );
  const fits = questions.filter(({ question }) =>
    speaksOf(text, isRating(question) ? pollHeading(question, language) : question.text),
  );
  const [first, ...rest] = fits;
  if (first === undefined) return null;
  return rest.length === 0 ? first : closest(text, fits);
}

/** Of several that fit, the one whose words the quote holds whole; none when that is not one. */
function closest(text: string, fits: readonly FoundQuestion[]): FoundQuestion | null {
  const whole = fits.filter(({ question }) => text.includes(question.text));
  return whole.length === 1 ? (whole[0] ?? null) : null;
}
