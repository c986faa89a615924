import { SIMULATED } from "#adapters/simulated/translate-inbound.js";
import type { OutboxMessage } from "#entities/index.js";
import { type Judged, memberKeyOf, type Simulation, type Verdict } from "#src/app/simulation.js";
import type { DeedLine } from "#src/app/transcript.js";
import type { Page } from "#src/console/contract/common.js";
import type { Insight } from "#src/console/contract/simulator.js";
import { messageKey } from "#src/platform/conversation.js";
import { readSends } from "./sends.js";
import { Shelf } from "./shelf.js";
import { lineIdOf } from "./timeline.js";
import { readVotes, type VoteWatch } from "./votes.js";

/** Insights of each room that are kept. */
const MOST_INSIGHTS = 2_000;

/** A message or an edit that the detector may have judged. */
interface Said {
  readonly line: Extract<DeedLine, { kind: "message" | "edit" }>;
  readonly messageId: string;
}

export type VerdictInsight = Extract<Insight, { kind: "verdict" }>;
export type VoteInsight = Extract<Insight, { kind: "vote" }>;

/** Sees what the bot makes of what happens: verdicts as they fall, votes and sends as the store holds them. */
export class Observer {
  readonly #insights = new Shelf<Insight>(MOST_INSIGHTS);
  readonly #onInsight: (insight: Insight) => void;
  readonly #verdicts = new Map<string, Verdict>();
  /** The same without the time: an edited message is judged at the time at which it was said first. */
  readonly #latest = new Map<string, Verdict>();
  #said: Said[] = [];
  #acted = new Map<string, number>();
  #presses: VoteWatch["presses"][number][] = [];
  #texts = new Map<string, string>();
  #lastSeq = 0;
  #waiting: readonly number[] = [];

  constructor(onInsight: (insight: Insight) => void) {
    this.#onInsight = onInsight;
  }

  page(room: string, page: { readonly before?: string; readonly limit: number }): Page<Insight> {
    return this.#insights.page(room, page);
  }

  /** The detector has judged a message. */
  judged(message: Judged, verdict: Verdict): void {
    this.#verdicts.set(keyOf(message), verdict);
    this.#latest.set(keyOf({ ...message, at: 0 }), verdict);
  }

  /** A member does something. */
  acted(line: DeedLine): void {
    this.#acted.set(line.member, Math.min(line.at, this.#acted.get(line.member) ?? line.at));
    if (line.kind === "message") this.#said.push({ line, messageId: line.id });
    if (line.kind === "edit") this.#said.push({ line, messageId: line.message });
    if (line.kind === "press")
      this.#presses.push({
        memberKey: memberKeyOf(line.member),
        at: line.at,
        lineId: lineIdOf(line.group, line.message),
      });
  }

  /** The bot says something under a key of the outbox. */
  spoke(key: string, text: string): void {
    this.#texts.set(key, text);
  }

  /** Turns everything since the last call into insights, and tells those of members' own deeds. */
  async look(simulation: Simulation): Promise<readonly (VerdictInsight | VoteInsight)[]> {
    const verdicts = await this.#lookAtVerdicts(simulation);
    const votes = await this.#lookAtVotes(simulation);
    await this.#lookAtSends(simulation);
    this.#verdicts.clear();
    this.#latest.clear();
    return [...verdicts, ...votes];
  }

  async #lookAtVerdicts({ app }: Simulation): Promise<readonly VerdictInsight[]> {
    const said = this.#said;
    this.#said = [];
    const judged = said.flatMap(({ line, messageId }) => {
      const memberKey = memberKeyOf(line.member);
      const { at, text } = line;
      const verdict =
        line.kind === "edit"
          ? this.#latest.get(keyOf({ memberKey, at: 0, text }))
          : this.#verdicts.get(keyOf({ memberKey, at, text }));
      return verdict === undefined ? [] : [{ line, messageId, verdict }];
    });
    if (judged.length === 0) return [];
    const keys = judged.map(({ line, messageId }) => keyOfMessage(line.group, messageId));
    const cases = await app.store.read(async (tx) => {
      const parts = await tx.caseMessages.find({ id: keys });
      const found = await tx.cases.find({ id: [...new Set(parts.map((part) => part.caseId))] });
      return new Map(
        parts.map((part) => [part.id, found.find((one) => one.id === part.caseId)] as const),
      );
    });
    return judged.map(({ line, messageId, verdict }, index) => {
      const found = cases.get(keys[index] ?? "");
      const lineId = lineIdOf(line.group, messageId);
      return this.#put({
        kind: "verdict",
        id: `verdict:${lineId}`,
        room: line.group,
        at: line.at,
        lineId,
        memberId: line.member,
        text: line.text,
        complaint: verdict.complaint,
        score: verdict.score,
        severity: verdict.severity,
        aspects: [...verdict.aspects],
        evidence: verdict.evidence.map((one) => ({ ...one })),
        caseNumber: found?.number ?? null,
        joined: found !== undefined && found.openedAt < line.at,
      });
    });
  }

  async #lookAtVotes({ app }: Simulation): Promise<readonly VoteInsight[]> {
    const acted = this.#acted;
    const presses = this.#presses;
    this.#acted = new Map();
    this.#presses = [];
    if (acted.size === 0) return [];
    const members = new Map([...acted.keys()].map((id) => [memberKeyOf(id), id] as const));
    const since = Math.min(...acted.values());
    const votes = await app.store.read((tx) => readVotes(tx, { members, since, presses }));
    return votes.map((vote) => this.#put(vote));
  }

  async #lookAtSends({ app, clock }: Simulation): Promise<void> {
    const rows = await app.store.read(async (tx) => {
      const fresh = await tx.outbox.rows.find(
        { seq: { above: this.#lastSeq } },
        { order: { seq: "asc" } },
      );
      const held = this.#waiting.length === 0 ? [] : [...this.#waiting];
      return [...(await tx.outbox.rows.find({ seq: held })), ...fresh];
    });
    this.#lastSeq = Math.max(this.#lastSeq, ...rows.map((row: OutboxMessage) => row.seq));
    this.#waiting = rows.filter((row) => row.state === "due").map((row) => row.seq);
    for (const insight of readSends(rows, { texts: this.#texts, now: clock.now() })) {
      const known = this.#insights.get(insight.id);
      const same = known?.kind === "send" && known.state === insight.state;
      if (!same || known.dueAt !== insight.dueAt) this.#put(insight);
    }
    this.#texts = new Map();
  }

  #put<One extends Insight>(insight: One): One {
    this.#insights.put(insight);
    this.#onInsight(insight);
    return insight;
  }
}

/** A message as the store names it. */
function keyOfMessage(room: string, messageId: string): string {
  return messageKey({
    conversation: { platform: SIMULATED, conversationId: room },
    messageId,
  });
}

function keyOf({ memberKey, at, text }: Judged): string {
  return `${memberKey} ${String(at)} ${text}`;
}
