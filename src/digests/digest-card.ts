import type { DigestCardModel } from "#src/console/charts/digest-card-model.js";
import type { PictureOrder } from "#src/platform/outbound-message.js";
import { digestCharts } from "./digest-charts.js";
import type { DigestDocument } from "./digest-document.js";
import { type PublicCardSources, publicCard } from "./public-card.js";
import { type StaffCardSources, staffCard } from "./staff-card.js";

/** The card of a digest or report, from the same facts and numbers as its text. Pure. */
export function digestCard(sources: StaffCardSources | PublicCardSources): DigestCardModel {
  return "rows" in sources ? staffCard(sources) : publicCard(sources);
}

/**
 * The order for a digest's picture as a part of its message; nothing where a digest is only one
 * quiet line.
 */
export function pictureOf(sources: StaffCardSources | PublicCardSources): {
  readonly picture?: PictureOrder;
} {
  if (!isWorthAPicture(sources.document)) return {};
  const model = digestCard(sources);
  const charts = digestCharts(model);
  const more = charts.length === 0 ? {} : { charts };
  return { picture: { maker: "digest-card", model, alt: model.alt, ...more } };
}

function isWorthAPicture({ weight }: DigestDocument): boolean {
  return weight === "news";
}
