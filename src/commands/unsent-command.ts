import type { Group, OutboxMessage } from "#entities/index.js";
import { unsentTexts } from "#src/i18n/unsent.js";
import { formatInstant } from "#src/scheduling/zoned-time.js";
import type { Answer, Call } from "./command-call.js";
import { groupsInReach } from "./command-scope.js";
import { shownWord } from "./command-words.js";
import { UNSENT_ACTS } from "./sub-words.js";

const MOST_SHOWN = 5;

/** What is asked about one message. */
interface Wish {
  readonly number: string;
  readonly act: "retry" | "drop";
}

/** Reads `12 retry` or `retry 12`; null when it is neither. Pure. */
export function readUnsentWords(args: readonly string[]): Wish | null {
  const acts = args.flatMap((word) => UNSENT_ACTS.get(word.toLowerCase()) ?? []);
  const numbers = args.filter((word) => /^[#＃]?\d{1,10}$/.test(word));
  const [act] = acts;
  const [number] = numbers;
  if (args.length !== 2 || act === undefined || number === undefined) return null;
  return { act, number: number.replace(/^[#＃]/, "") };
}

/** `unsent`: what could not be said; `unsent NUMBER retry|drop`: releases one of them, or lets it go. */
export async function unsentCommand(call: Call): Promise<Answer | null> {
  const { tx, at, place, args, language } = call;
  const texts = unsentTexts[language];
  const groups = await groupsInReach(tx, call);
  const wish = readUnsentWords(args);
  if (wish === null) return call.rest !== "" && call.tentative ? null : overview(call, groups);
  const seq = Number(wish.number);
  const row = await tx.outbox.rows.first({ seq, state: "parked" });
  const mine = row !== null && groups.some(({ id }) => id === row.groupId);
  if (!mine || !(await tx.outbox.release(row, { act: wish.act, at })))
    return { text: texts.unknown(wish.number) };
  const act = `outbox.${wish.act}`;
  await tx.record({ at, actorId: place.member.id, act, subject: `outbox:${String(seq)}` });
  return { text: wish.act === "retry" ? texts.retried(seq) : texts.dropped(seq) };
}

async function overview({ tx, language }: Call, groups: readonly Group[]): Promise<Answer> {
  const texts = unsentTexts[language];
  const groupId = groups.map(({ id }) => id);
  const where = { groupId, state: "parked" } as const;
  const rows =
    groupId.length === 0
      ? []
      : await tx.outbox.rows.find(where, { order: { seq: "asc" }, limit: MOST_SHOWN });
  if (rows.length === 0) return { text: texts.none };
  const lines = rows.map((row) => lineOf(row, groups, language));
  const word = shownWord("unsent", language);
  const [retry, drop] = language === "zh" ? ["再发", "不发"] : ["retry", "drop"];
  const choices = rows.map(({ seq }) => ({
    action: "command",
    choices: [
      { label: texts.retry(seq), value: `${word} ${String(seq)} ${retry}` },
      { label: texts.drop(seq), value: `${word} ${String(seq)} ${drop}` },
    ],
  }));
  const text = [texts.heading(await tx.outbox.rows.count(where)), ...lines].join("\n");
  return { text, choices, textWithoutButtons: `${text}\n${texts.how}` };
}

function lineOf(row: OutboxMessage, groups: readonly Group[], language: Call["language"]): string {
  const texts = unsentTexts[language];
  const group = groups.find(({ id }) => id === row.groupId);
  return texts.line({
    number: row.seq,
    kind: texts.kinds[row.kind],
    group: group?.name ?? "",
    at: formatInstant(row.createdAt, group?.timeZone ?? "UTC", language, "short"),
    why: texts.why(row.reason),
  });
}
