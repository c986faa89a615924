import type { ImageSource, Node } from "@takumi-rs/core";
import type { DigestCardModel } from "#src/console/charts/digest-card-model.js";
import { CardPen, column } from "./card-nodes.js";
import {
  barsPart,
  footerPart,
  headerPart,
  TREND_SIZE,
  TREND_SOURCE,
  tilesPart,
  trendPart,
  waitingPart,
  wordsPart,
} from "./card-parts.js";
import { CARD_WIDTH, INK, MARGIN } from "./card-style.js";
import { FONT_FAMILY } from "./engine.js";
import type { Glyphs } from "./glyphs.js";
import { trendSvg } from "./trend-svg.js";

/** The whole card as a tree, with every image that it shows. */
export async function layOutCard(
  model: DigestCardModel,
  glyphs: Glyphs,
): Promise<{ readonly root: Node; readonly images: readonly ImageSource[] }> {
  const pen = new CardPen(glyphs);
  const { waiting, trend, bars } = model;
  const root = column(
    { width: CARD_WIDTH, backgroundColor: INK.page, fontFamily: FONT_FAMILY, lineHeight: 1.4 },
    [
      headerPart(pen, model),
      column({ padding: `0 ${MARGIN}px 22px`, gap: 14, width: "100%" }, [
        tilesPart(pen, model.tiles),
        ...(waiting === null ? [] : [waitingPart(pen, waiting)]),
        ...(trend === null ? [] : [trendPart(pen, trend)]),
        ...(bars === null ? [] : [barsPart(pen, bars)]),
        ...model.words.map((words) => wordsPart(pen, words)),
        footerPart(pen, model),
      ]),
    ],
  );
  const chart = trend === null ? [] : [await chartImage(model, trend.data)];
  return { root, images: [...(await pen.images()), ...chart] };
}

async function chartImage(
  { language }: DigestCardModel,
  data: NonNullable<DigestCardModel["trend"]>["data"],
): Promise<ImageSource> {
  const svg = await trendSvg(data, language, TREND_SIZE);
  // A new chart each time: nothing of it is worth keeping.
  return { src: TREND_SOURCE, data: new TextEncoder().encode(svg), cache: "none" };
}
