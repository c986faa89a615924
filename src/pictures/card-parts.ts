import type { Node } from "@takumi-rs/core";
import { image } from "@takumi-rs/helpers";
import type {
  CardBar,
  CardBars,
  CardCase,
  CardChange,
  CardTile,
  CardTrend,
  CardWaiting,
  CardWords,
  DigestCardModel,
} from "#src/console/charts/digest-card-model.js";
import { box, type CardPen, column, row, type Style } from "./card-nodes.js";
import { CARD_WIDTH, INK, MARGIN, PADDING } from "./card-style.js";

/** The name under which the chart is handed to the drawing. */
export const TREND_SOURCE = "chart:trend";
/** Size of the chart in units of the card. */
export const TREND_SIZE = { width: CARD_WIDTH - 2 * MARGIN - 2 * PADDING, height: 244 } as const;

const BAR_WIDTH = 250;
const MOST_BARS = 5;
const ARROWS = { up: "▲", down: "▼", same: "●" } as const;
const CHANGE_INK = { good: INK.good, bad: INK.bad, neutral: INK.neutral } as const;
const CASE_INK = {
  urgent: { back: INK.urgentBack, text: INK.bad, edge: INK.bad },
  open: { back: INK.openBack, text: INK.openText, edge: INK.bar },
  working: { back: INK.workingBack, text: INK.workingText, edge: INK.workingText },
} as const;

function panel(children: readonly Node[]): Node {
  return column(
    {
      backgroundColor: INK.panel,
      borderRadius: 18,
      border: `1px solid ${INK.edge}`,
      padding: `${PADDING - 4}px ${PADDING}px`,
      width: "100%",
    },
    children,
  );
}

function heading(pen: CardPen, title: string, aside: readonly Node[] = []): Node {
  return row({ justifyContent: "space-between", alignItems: "center", width: "100%", gap: 16 }, [
    pen.words(title, { fontSize: 20, fontWeight: 700, color: INK.text, flexShrink: 0 }),
    row({ gap: 14, alignItems: "center", minWidth: 0 }, aside),
  ]);
}

/** Title, group, day and the one sentence, on the colour of the product. */
export function headerPart(pen: CardPen, { header }: DigestCardModel): Node {
  return column(
    {
      width: "100%",
      padding: `34px ${MARGIN + 10}px 84px`,
      backgroundImage: "linear-gradient(120deg, #075e54 0%, #0b7a6b 52%, #14958a 100%)",
    },
    [
      row({ justifyContent: "space-between", alignItems: "center", gap: 24, width: "100%" }, [
        pen.words(header.title, {
          fontSize: 34,
          fontWeight: 800,
          color: INK.onBrand,
          flexShrink: 0,
        }),
        pen.words(header.date, { fontSize: 17, color: INK.onBrandSoft, flexShrink: 0 }),
      ]),
      pen.words(header.group, { fontSize: 18, color: INK.onBrandSoft, marginTop: 2 }),
      pen.words(
        header.sentence,
        { fontSize: 22, fontWeight: 600, color: INK.onBrand, marginTop: 14 },
        2,
      ),
    ],
  );
}

/** The three headline figures, laid over the lower edge of the header. */
export function tilesPart(pen: CardPen, tiles: readonly CardTile[]): Node {
  return row(
    { gap: 14, marginTop: -60, width: "100%" },
    tiles.map((tile) => tilePart(pen, tile)),
  );
}

function tilePart(pen: CardPen, tile: CardTile): Node {
  return column(
    {
      flexGrow: 1,
      flexBasis: 0,
      minWidth: 0,
      backgroundColor: INK.panel,
      borderRadius: 18,
      border: `1px solid ${INK.edge}`,
      padding: "16px 20px 14px",
    },
    [
      pen.words(tile.label, { fontSize: 16, fontWeight: 500, color: INK.muted }),
      figurePart(pen, tile),
      ...(tile.change === null ? [] : [changePart(pen, tile.change, { fontSize: 15 })]),
      box({ flexGrow: 1, minHeight: 6 }),
      ...tile.base.map((line) =>
        pen.words(line, { fontSize: 13, color: INK.faint, lineHeight: 1.45 }),
      ),
    ],
  );
}

function figurePart(pen: CardPen, tile: CardTile): Node {
  if (tile.value === null) {
    return row({ height: 58, alignItems: "center" }, [
      // Words take two lines where a number takes one.
      pen.words(
        tile.instead,
        { fontSize: 22, fontWeight: 600, color: INK.faint, lineHeight: 1.2 },
        2,
      ),
    ]);
  }
  return row({ height: 58, alignItems: "baseline", gap: 4 }, [
    ...(tile.prefix === ""
      ? []
      : [pen.words(tile.prefix, { fontSize: 18, color: INK.muted, flexShrink: 0 })]),
    pen.words(tile.value, {
      fontSize: 46,
      fontWeight: 800,
      color: INK.text,
      lineHeight: 1.25,
      flexShrink: 0,
    }),
    pen.words(tile.unit, { fontSize: 18, color: INK.muted }),
  ]);
}

function changePart(pen: CardPen, change: CardChange, style: Style): Node {
  const color = CHANGE_INK[change.tone];
  const weight = change.tone === "neutral" ? 500 : 700;
  const arrow = change.direction === "same" ? 9 : 12;
  return row({ alignItems: "center", gap: 6, minWidth: 0 }, [
    pen.words(ARROWS[change.direction], { fontSize: arrow, color, flexShrink: 0 }),
    pen.words(change.text, { fontWeight: weight, color, ...style }),
  ]);
}

/** What waits on a person: counts, then the first cases. */
export function waitingPart(pen: CardPen, waiting: CardWaiting): Node {
  const counts = waiting.counts.map((count) =>
    pen.words(count, { fontSize: 15, fontWeight: 500, color: INK.muted, flexShrink: 0 }),
  );
  return panel([
    heading(pen, waiting.title, counts),
    ...waiting.cases.map((one) => casePart(pen, one)),
    ...(waiting.rest === null
      ? []
      : [pen.words(waiting.rest, { fontSize: 15, color: INK.muted, marginTop: 12 }, 2)]),
  ]);
}

function casePart(pen: CardPen, one: CardCase): Node {
  const ink = CASE_INK[one.tone];
  return row({ marginTop: 14, gap: 14, width: "100%", alignItems: "stretch" }, [
    box({ width: 5, borderRadius: 3, backgroundColor: ink.edge, flexShrink: 0 }),
    column({ flexGrow: 1, flexBasis: 0, minWidth: 0, gap: 5 }, [
      row({ alignItems: "center", gap: 10, width: "100%" }, [
        pen.words(one.number, { fontSize: 16, fontWeight: 700, color: INK.text, flexShrink: 0 }),
        pill(pen, one.aspect, INK.tag, INK.text),
        pill(pen, one.status, ink.back, ink.text),
        pen.words(one.people, { fontSize: 14, color: INK.muted, minWidth: 0 }),
      ]),
      ...(one.excerpt === ""
        ? []
        : [pen.words(one.excerpt, { fontSize: 17, color: INK.text, lineHeight: 1.45 }, 2)]),
    ]),
  ]);
}

function pill(pen: CardPen, words: string, backgroundColor: string, color: string): Node {
  return row({ backgroundColor, borderRadius: 12, padding: "2px 11px", flexShrink: 0 }, [
    pen.words(words, { fontSize: 14, fontWeight: 500, color }),
  ]);
}

/** The trend with its legend; the chart itself comes as an image. */
export function trendPart(pen: CardPen, trend: CardTrend): Node {
  const { current, previous } = trend.legend;
  const legend = (sign: Node, words: string): Node =>
    row({ alignItems: "center", gap: 7 }, [
      sign,
      pen.words(words, { fontSize: 14, color: INK.muted }),
    ]);
  return panel([
    heading(pen, trend.title, [
      legend(box({ width: 22, height: 4, borderRadius: 2, backgroundColor: INK.brand }), current),
      ...(previous === null
        ? []
        : [
            legend(
              row(
                { gap: 4 },
                [0, 1, 2].map(() => box({ width: 6, height: 3, backgroundColor: "#8591a3" })),
              ),
              previous,
            ),
          ]),
    ]),
    image({
      src: TREND_SOURCE,
      width: TREND_SIZE.width,
      height: TREND_SIZE.height,
      style: { marginTop: 6 },
    }),
    ...(trend.note === null
      ? []
      : [pen.words(trend.note, { fontSize: 13, color: INK.faint, marginTop: 2 }, 2)]),
  ]);
}

/** Complaints by aspect as bars, or in words where no numbers are told. */
export function barsPart(pen: CardPen, { title, aside, bars, nothing }: CardBars): Node {
  const shown = bars.slice(0, MOST_BARS);
  const most = Math.max(1, ...shown.map((bar) => bar.size ?? 0));
  return panel([
    heading(pen, title, [pen.words(aside, { fontSize: 14, color: INK.muted })]),
    ...(nothing === null
      ? []
      : [pen.words(nothing, { fontSize: 17, color: INK.muted, marginTop: 10 })]),
    ...(shown.length === 0
      ? []
      : [
          column(
            { gap: 11, marginTop: 14, width: "100%" },
            shown.map((bar, index) => barPart(pen, bar, { most, isFirst: index === 0 })),
          ),
        ]),
  ]);
}

function barPart(
  pen: CardPen,
  bar: CardBar,
  { most, isFirst }: { readonly most: number; readonly isFirst: boolean },
): Node {
  const size = bar.size;
  const label = pen.words(bar.label, {
    fontSize: 16,
    color: INK.text,
    width: 128,
    flexShrink: 0,
  });
  const figure = pen.words(bar.text, {
    fontSize: size === null ? 15 : 17,
    fontWeight: size === null ? 400 : 700,
    color: size === null ? INK.muted : INK.text,
    flexShrink: 0,
  });
  const length = size === null ? 0 : Math.max(6, Math.round((size / most) * BAR_WIDTH));
  const line = box({
    width: length,
    height: 20,
    borderRadius: 6,
    backgroundColor: isFirst ? INK.barFirst : INK.bar,
    flexShrink: 0,
  });
  return row({ alignItems: "center", gap: 12, width: "100%" }, [
    label,
    ...(size === null ? [] : [line]),
    figure,
    ...(bar.change === null ? [] : [changePart(pen, bar.change, { fontSize: 14 })]),
  ]);
}

/** Words for the group: one sentence as it is, several as a list. */
export function wordsPart(pen: CardPen, { title, lines }: CardWords): Node {
  return panel([
    heading(pen, title),
    ...lines.map((line) =>
      row({ gap: 10, marginTop: 9, width: "100%", alignItems: "flex-start" }, [
        ...(lines.length === 1 ? [] : [dot()]),
        column({ flexGrow: 1, flexBasis: 0, minWidth: 0 }, [
          pen.words(line, { fontSize: 17, color: INK.text, lineHeight: 1.5 }, 3),
        ]),
      ]),
    ),
  ]);
}

function dot(): Node {
  return box({
    width: 7,
    height: 7,
    borderRadius: 4,
    marginTop: 10,
    backgroundColor: INK.brand,
    flexShrink: 0,
  });
}

/** What the bot missed, how words are kept private, and who says all this. */
export function footerPart(pen: CardPen, { footer }: DigestCardModel): Node {
  return column({ width: "100%", gap: 8, padding: "2px 8px 0" }, [
    ...(footer.missed === null
      ? []
      : [
          row({ alignItems: "center", gap: 10 }, [
            pen.words(footer.missed, { fontSize: 14, fontWeight: 500, color: INK.openText }, 2),
          ]),
        ]),
    row({ justifyContent: "space-between", gap: 20, width: "100%", alignItems: "flex-start" }, [
      column({ flexGrow: 1, flexBasis: 0, minWidth: 0 }, [
        pen.words(footer.privacy, { fontSize: 13, color: INK.faint, lineHeight: 1.45 }, 2),
      ]),
      pen.words(footer.by, { fontSize: 13, color: INK.faint, flexShrink: 0 }),
    ]),
  ]);
}
