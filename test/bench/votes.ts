import { createBenchApp } from "./bench-app.js";
import { type Bench, rounded } from "./figure.js";
import { rawInsertRate, VOTE_ROWS } from "./raw-insert.js";

const VOTES = 2_000;
const HOUR = 3_600_000;

/** A service that has just started still compiles its code in the first burst; the middle one counts. */
const BURSTS = 3;

interface Burst {
  /** Votes a second, from the first that is offered to the last that is handled. */
  readonly rate: number;
  readonly lost: number;
}

type BenchApp = Awaited<ReturnType<typeof createBenchApp>>;

/** 2,000 members vote at once on one survey of their group. */
async function burst(bench: BenchApp, room: string, handledBefore: number): Promise<Burst> {
  const { app, chat, store, handled } = bench;
  const now = Date.now();
  await store.write(async (tx) => {
    const group = await app.rooms.directory.ensureGroup(tx, {
      place: { platform: "simulated", conversationId: room },
      at: now,
    });
    await app.rooms.surveys.openFromTranscript(tx, {
      group,
      runId: `run-${room}`,
      kind: "csat",
      opensAt: now,
      closesAt: now + HOUR,
    });
  });
  const says = (index: number, text: string) => chat.emit(said(room, index, text));
  // The members are known: a burst answers a card, it does not introduce people.
  await speak(VOTES, (index) => says(index, `大家好${String(index)}`));
  await handled(handledBefore + VOTES);
  const began = performance.now();
  await speak(VOTES, (index) => says(index, String((index % 5) + 1)));
  await handled(handledBefore + 2 * VOTES);
  const seconds = (performance.now() - began) / 1_000;
  const counted = await store.read((tx) =>
    tx.responses.rows.count({ runId: `run-${room}`, rating: true }),
  );
  return { rate: VOTES / seconds, lost: VOTES - counted };
}

async function bursts(): Promise<readonly Burst[]> {
  const bench = await createBenchApp();
  const done: Burst[] = [];
  for (let round = 0; round < BURSTS; round += 1) {
    done.push(await burst(bench, `g${String(round)}`, round * 2 * VOTES));
  }
  await bench.close();
  return done;
}

function said(room: string, index: number, text: string) {
  const id = `${room}-${String(index)}-${text}`;
  return {
    type: "said" as const,
    id,
    at: Date.now(),
    room,
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
  const done = await bursts();
  const after = await rawInsertRate(VOTE_ROWS, VOTES);
  const floor = (before + after) / 2;
  const rate = middle(done.map((one) => one.rate));
  const lost = done.reduce((sum, one) => sum + one.lost, 0);
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
      value: lost,
      unit: "votes",
      floor: null,
      ratio: null,
      goal: "0",
      met: lost === 0,
    },
  ];
};

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
