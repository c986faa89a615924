import type { Response, SurveyRun } from "#entities/index.js";
import type { Insight } from "#src/console/contract/simulator.js";
import { conversationFromKey } from "#src/platform/conversation.js";
import type { Transaction } from "#src/store/transaction.js";
import { lineIdOf } from "./timeline.js";

type VoteInsight = Extract<Insight, { kind: "vote" }>;

/** Whose votes are looked for. */
export interface VoteWatch {
  /** The page's ids of members by the product's keys. */
  readonly members: ReadonlyMap<string, string>;
  /** Votes given at this instant or later, epoch ms. */
  readonly since: number;
  /** Buttons that were pressed, with the line that carried them. */
  readonly presses: readonly {
    readonly memberKey: string;
    readonly at: number;
    readonly lineId: string;
  }[];
}

/** The ratings that these members gave, with how many of those asked had answered by then. */
export async function readVotes(
  tx: Transaction,
  watch: VoteWatch,
): Promise<readonly VoteInsight[]> {
  const given = await tx.responses.rows.find(
    {
      memberId: [...watch.members.keys()],
      answeredAt: { atLeast: watch.since },
      rating: true,
    },
    { order: { answeredAt: "asc", id: "asc" } },
  );
  if (given.length === 0) return [];
  const runIds = [...new Set(given.map((vote) => vote.runId))];
  const runs = await tx.runs.find({ id: runIds });
  const all = await tx.responses.rows.find({ runId: runIds, rating: true });
  const insights: VoteInsight[] = [];
  for (const vote of given) {
    const run = runs.find((one) => one.id === vote.runId);
    const group = run === undefined ? null : await tx.directory.groupById(run.groupId);
    if (run === undefined || group === null) continue;
    insights.push(insightOf(vote, { run, room: group.externalId, all, watch }));
  }
  return insights;
}

interface Around {
  readonly run: SurveyRun;
  readonly room: string;
  readonly all: readonly Response[];
  readonly watch: VoteWatch;
}

function insightOf(vote: Response, { run, room, all, watch }: Around): VoteInsight {
  const answered = all.filter(
    (one) => one.runId === run.id && one.firstAnsweredAt <= vote.answeredAt,
  );
  return {
    kind: "vote",
    id: `vote:${vote.id}:${String(vote.answeredAt)}`,
    room,
    at: vote.answeredAt,
    lineId: lineOf(vote, watch),
    memberId: watch.members.get(vote.memberId) ?? "",
    question: run.questions.find((question) => question.id === vote.questionId)?.text ?? "",
    value: shown(vote.value),
    answered: answered.length,
    eligible: run.eligible,
  };
}

/** The message that holds the vote, or the one whose button was pressed. */
function lineOf(vote: Response, { presses }: VoteWatch): string | null {
  if (vote.messageKey !== null && vote.via !== "button") {
    const cut = vote.messageKey.lastIndexOf("/");
    const { conversationId } = conversationFromKey(vote.messageKey.slice(0, cut));
    return lineIdOf(conversationId, decodeURIComponent(vote.messageKey.slice(cut + 1)));
  }
  const press = presses.find(
    (one) => one.memberKey === vote.memberId && one.at === vote.answeredAt,
  );
  return press?.lineId ?? null;
}

function shown(value: string): string {
  const parsed: unknown = JSON.parse(value);
  return Array.isArray(parsed) ? parsed.join("、") : String(parsed);
}
