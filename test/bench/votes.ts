import { createBenchApp } from "./bench-app.js";
import { type Bench, rounded } from "./figure.js";
import { rawInsertRate, VOTE_ROWS } from "./raw-insert.js";

const VOTES = 2_000;
const HOUR = 3_600_000;

/** 2,000 members vote at once on one survey. Returns votes a second and how many were counted. */
async function burst(): Promise<{ readonly rate: number; readonly counted: number }> {
  const { app, chat, store, handled, close } = await createBenchApp();
  const now = Date.now();
  await store.write(async (tx) => {
    const group = await app.rooms.directory.ensureGroup(tx, {
      place: { platform: "simulated", conversationId: "g" },
      at: now,
    });
    await app.rooms.surveys.openFromTranscript(tx, {
      group,
      runId: "run",
      kind: "csat",
      opensAt: now,
      closesAt: now + HOUR,
    });
  });
  // The members are known: a burst answers a card, it does not introduce people.
  await speak(VOTES, (index) => chat.emit(said(index, "hello", `大家好${String(index)}`)));
  await handled(VOTES);
  const began = performance.now();
  await speak(VOTES, (index) => chat.emit(said(index, "vote", String((index % 5) + 1))));
  await handled(2 * VOTES);
  const seconds = (performance.now() - began) / 1_000;
  const counted = await store.read((tx) => tx.responses.rows.count({ rating: true }));
  await close();
  return { rate: VOTES / seconds, counted };
}

function said(index: number, what: string, text: string) {
  const id = `${what}-${String(index)}`;
  return {
    type: "said" as const,
    id,
    at: Date.now(),
    room: "g",
    person: { id: `p${String(index)}`, name: `邻居${String(index)}` },
    messageId: id,
    text,
  };
}

async function speak(count: number, one: (index: number) => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: count }, (_, index) => one(index)));
}

export const voteBench: Bench = async () => {
  const before = await rawInsertRate(VOTE_ROWS, VOTES);
  const { rate, counted } = await burst();
  const after = await rawInsertRate(VOTE_ROWS, VOTES);
  const floor = (before + after) / 2;
  const ratio = rate / floor;
  return [
    {
      bench: "votes",
      value: rounded(rate),
      unit: "votes/s",
      floor: rounded(floor),
      ratio: rounded(ratio),
      goal: "ratio >= 0.1667",
      met: ratio >= 1 / 6,
    },
    {
      bench: "votes-lost",
      value: VOTES - counted,
      unit: "votes",
      floor: null,
      ratio: null,
      goal: "0",
      met: counted === VOTES,
    },
  ];
};
