import type { TracedNumber } from "#entities/types.js";
import type { CardChange, CardTile } from "#src/console/charts/digest-card-model.js";
import type { CardTexts } from "#src/i18n/cards.js";
import { participationRate } from "#src/statistics/response-rates.js";
import type { DigestRows } from "#src/store/digest-rows.js";
import type { DigestDocument } from "./digest-document.js";
import type { StaffFacts } from "./digest-facts.js";
import { withEarlierWeeks, within } from "./digest-window.js";
import { plain, signed, type Wording } from "./digest-words.js";
import type { Changes } from "./judge-changes.js";

/** What the parts of a staff card are made from. */
export interface StaffTileSources {
  readonly rows: DigestRows;
  readonly facts: StaffFacts;
  readonly document: DigestDocument;
  readonly changes: Changes;
  readonly wording: Wording;
  readonly texts: CardTexts;
}

/** An interval narrower than this is left out, in the figure's own unit. */
const NARROW = { share: 0.1, score: 20 } as const;

/** How a figure is written. */
interface Figure {
  readonly id: "csat" | "nps";
  /** Its id in the text's list of numbers. */
  readonly headline: string;
  readonly label: string;
  readonly kind: "share" | "score";
  readonly fewBase: string;
}

/** Satisfied share, NPS and participation, each with its own base, as the text tells them. */
export function staffTiles(sources: StaffTileSources): readonly CardTile[] {
  const { tiles } = sources.texts;
  return [
    ratingTile(sources, {
      id: "csat",
      headline: "csat.satisfied",
      label: tiles.csat,
      kind: "share",
      fewBase: tiles.fewBase,
    }),
    ratingTile(sources, {
      id: "nps",
      headline: "nps",
      label: tiles.nps,
      kind: "score",
      fewBase: tiles.fewNpsBase,
    }),
    participationTile(sources),
  ];
}

function numberOf(document: DigestDocument, id: string): TracedNumber | undefined {
  return document.numbers.find((number) => number.id === id);
}

function ratingTile(sources: StaffTileSources, figure: Figure): CardTile {
  const { document, texts, facts } = sources;
  const { id, label, headline } = figure;
  const empty: CardTile = {
    id,
    label,
    value: null,
    prefix: "",
    unit: "",
    instead: texts.tiles.notMeasured,
    change: null,
    base: [texts.tiles.notMeasuredBase],
  };
  const told = numberOf(document, headline);
  if (told === undefined) return empty;
  if (told.suppressed || told.value === null) {
    const answers = numberOf(document, `${id}.answers`)?.value ?? null;
    return answers === null
      ? { ...empty, instead: texts.tiles.tooFew, base: [texts.tiles.tooFewBase(facts.k)] }
      : { ...empty, instead: texts.tiles.few(answers), base: [figure.fewBase] };
  }
  return {
    ...empty,
    value: figureWords(figure, told.value),
    unit: figure.kind === "share" ? "%" : "",
    change: changeOf(sources, figure),
    base: basesOf(sources, figure, told),
  };
}

function figureWords({ kind }: Figure, value: number): string {
  return kind === "share" ? String(Math.round(value * 100)) : plain(value);
}

function basesOf(
  { document, texts: { tiles } }: StaffTileSources,
  figure: Figure,
  told: TracedNumber,
): readonly string[] {
  const before = numberOf(document, `${figure.headline}.before`);
  const percent = figure.kind === "share" ? "%" : "";
  const n = told.n ?? 0;
  const range = rangeOf(figure, told, tiles);
  return [
    figure.kind === "share" ? tiles.base(n, range) : tiles.npsBase(n, range),
    before === undefined || before.value === null
      ? tiles.noEarlier
      : tiles.earlier(`${figureWords(figure, before.value)}${percent}`, before.n ?? 0),
  ];
}

/** The interval in words; null where it is narrow. */
function rangeOf(
  figure: Figure,
  { low, high }: TracedNumber,
  tiles: CardTexts["tiles"],
): string | null {
  if (low === null || high === null || high - low < NARROW[figure.kind]) return null;
  const [from, to] = [figureWords(figure, low), figureWords(figure, high)];
  return figure.kind === "share" ? `${from}–${to}%` : tiles.range(from, to);
}

/** The tested difference of the text; where nothing could be tested there is no change to show. */
function changeOf(
  { document, changes, texts }: StaffTileSources,
  { id, kind }: Figure,
): CardChange | null {
  const difference = numberOf(document, `${id}.change`)?.value ?? null;
  if (difference === null) return null;
  const direction = changes.get(id)?.direction ?? null;
  const shown = signed(kind === "share" ? difference * 100 : difference);
  return {
    direction: shown === "0" ? "same" : difference > 0 ? "up" : "down",
    text: texts.tiles.points(shown, kind, direction ?? "none"),
    tone: direction === null ? "neutral" : direction === "up" ? "good" : "bad",
  };
}

function participationTile({ rows, facts, document, texts }: StaffTileSources): CardTile {
  const { tiles } = texts;
  const told = numberOf(document, "participation");
  const open = facts.runs.filter((run) => run.open);
  const openBase =
    open.length === 0
      ? []
      : [
          tiles.participationOpen(
            open.reduce((sum, run) => sum + run.answered, 0),
            open.reduce((sum, run) => sum + run.eligible, 0),
          ),
        ];
  const tile: CardTile = {
    id: "participation",
    label: tiles.participation,
    value: null,
    prefix: "",
    unit: "",
    instead: tiles.notMeasured,
    change: null,
    base: openBase.length > 0 ? openBase : [tiles.notAskedBase],
  };
  if (told === undefined || told.value === null) return tile;
  const before = participationBefore(rows, facts);
  const shown = Math.round(told.value * 100);
  const difference = before === null ? null : shown - before;
  const closed = facts.runs.filter((run) => !run.open).length;
  return {
    ...tile,
    value: String(shown),
    unit: "%",
    change:
      difference === null
        ? null
        : {
            direction: difference === 0 ? "same" : difference > 0 ? "up" : "down",
            text: tiles.points(signed(difference), "share", null),
            tone: "neutral",
          },
    base: [
      tiles.participationBase(told.numerator ?? 0, told.denominator ?? 0, closed),
      ...(before === null ? [] : [tiles.participationEarlier(`${before}%`)]),
      ...openBase,
    ].slice(0, 2),
  };
}

/** Whole percent of those asked who answered, in postings that closed in the same days of earlier weeks. */
function participationBefore(rows: DigestRows, facts: StaffFacts): number | null {
  const { earlier } = withEarlierWeeks({ from: facts.from, to: facts.to }, facts.timeZone);
  let answered = 0;
  let eligible = 0;
  for (const run of rows.runs) {
    if (run.private || !earlier.some((stretch) => within(run.closedAt, stretch))) continue;
    const people = new Set(
      rows.answers
        .filter((answer) => answer.runId === run.id && answer.rating && !answer.outsideN)
        .map((answer) => answer.memberId),
    ).size;
    answered += people;
    eligible += Math.max(run.eligible, people);
  }
  const rate = participationRate(answered, eligible);
  return rate === null ? null : Math.round(rate.value * 100);
}
