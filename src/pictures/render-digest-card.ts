import type { DigestCardModel } from "#src/console/charts/digest-card-model.js";
import { AppError } from "#src/shared/app-error.js";
import type { Picture } from "#src/shared/picture.js";
import { CARD_SCALE, CARD_WIDTH } from "./card-style.js";
import { createEngine, type PictureEngine, type PicturesReady } from "./engine.js";

/** The one engine of this process, which loads nothing before the first picture. */
const ENGINE = createEngine();

/** What a picture is drawn with; tests bring their own. */
export interface RenderOptions {
  readonly engine?: PictureEngine;
}

/**
 * Draws a digest's card: PNG, 1,600 pixels wide, as high as its content. The same model gives the
 * same bytes on one machine. Nothing is fetched. Rejects when the native module cannot load or the
 * drawing fails; the text of the digest then goes alone.
 */
export async function renderDigestCard(
  model: DigestCardModel,
  { engine = ENGINE }: RenderOptions = {},
): Promise<Picture> {
  const [{ layOutCard }, glyphs] = await Promise.all([import("./card-layout.js"), engine.glyphs()]);
  const { root, images } = await layOutCard(model, glyphs);
  const width = CARD_WIDTH * CARD_SCALE;
  const bytes = await engine.draw({ root, images, width, scale: CARD_SCALE });
  return { bytes, mediaType: "image/png", width, height: pngHeight(bytes), alt: model.alt };
}

/** Height of a PNG in pixels, from its first chunk. */
function pngHeight(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(20);
}

/** Draws what an outbound message orders. Throws `invalid-input` for an order that it does not know. */
export async function drawPicture(
  order: { readonly maker: string; readonly model: unknown },
  options: RenderOptions = {},
): Promise<Picture> {
  const { maker, model } = order;
  if (maker !== "digest-card" || !isDigestCard(model)) {
    throw new AppError("invalid-input", "This picture was ordered by another version.", {
      field: "picture",
      expected: "a digest card of version 1",
    });
  }
  return renderDigestCard(model, options);
}

/** Orders are written down and may outlive the version that wrote them. */
function isDigestCard(model: unknown): model is DigestCardModel {
  return typeof model === "object" && model !== null && "version" in model && model.version === 1;
}

/** Whether pictures can be drawn here, for the health page; loads the drawing module. Never rejects. */
export function picturesReady(engine: PictureEngine = ENGINE): Promise<PicturesReady> {
  return engine.ready();
}
