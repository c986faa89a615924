import { readFile } from "node:fs/promises";
import type * as takumi from "@takumi-rs/core";
import type { ImageSource, Node } from "@takumi-rs/core";
import { type Glyphs, loadGlyphs } from "./glyphs.js";

/** The one family under which every slice of the font is registered. */
export const FONT_FAMILY = "Noto Sans SC";

/** Decoded images and glyph outlines that stay in memory, bytes: measured flat over 400 cards. */
const CACHE_BYTES = 4 * 1024 * 1024;
const GLYPH_CACHE_BYTES = 32 * 1024 * 1024;
/** A card takes about 0.1 s; one that takes this long has gone wrong. */
const LONGEST_DRAWING_MS = 10_000;
/** Slices that are read at the same time. */
const READ_TOGETHER = 16;

type Library = Pick<typeof takumi, "Renderer" | "setGlyphCacheMaxBytes">;
type Renderer = InstanceType<Library["Renderer"]>;

/** Whether pictures can be drawn, and if not, why, in words for whoever runs the service. */
export interface PicturesReady {
  readonly ready: boolean;
  /** Empty when all is well. */
  readonly detail: string;
}

/** A tree to draw with the images that it names. */
export interface Drawing {
  readonly root: Node;
  readonly images: readonly ImageSource[];
  /** Pixels. */
  readonly width: number;
  /** Pixels per unit of the tree. */
  readonly scale: number;
}

/** Draws one picture at a time with one renderer, loaded when the first picture is wanted. */
export interface PictureEngine {
  readonly glyphs: () => Promise<Glyphs>;
  /** PNG. Rejects when the native module cannot load or a drawing fails. */
  draw(drawing: Drawing): Promise<Uint8Array>;
  /** Loads what is needed and tells how that and the last drawing went. Never rejects. */
  ready(): Promise<PicturesReady>;
}

/** How the native library comes in; tests let it fail. */
export type LoadLibrary = () => Promise<Library>;

/** Creates an engine that loads nothing yet. */
export function createEngine(
  load: LoadLibrary = () => import("@takumi-rs/core"),
  glyphsOf: () => Promise<Glyphs> = loadGlyphs,
): PictureEngine {
  let loadedGlyphs: Promise<Glyphs> | undefined;
  let loadedRenderer: Promise<Renderer> | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let lastFailure: string | null = null;
  const glyphs = (): Promise<Glyphs> => {
    loadedGlyphs ??= glyphsOf();
    return loadedGlyphs;
  };
  // Kept also when it failed: a module that is not there does not come later.
  const renderer = (): Promise<Renderer> => {
    loadedRenderer ??= startRenderer(load, glyphs);
    return loadedRenderer;
  };
  const drawNow = async (drawing: Drawing): Promise<Uint8Array> => {
    const by = await renderer();
    try {
      const bytes = await by.render(drawing.root, {
        width: drawing.width,
        devicePixelRatio: drawing.scale,
        format: "png",
        images: [...drawing.images],
        fontFamilies: [FONT_FAMILY],
        signal: AbortSignal.timeout(LONGEST_DRAWING_MS),
      });
      lastFailure = null;
      return bytes;
    } catch (error) {
      lastFailure = reasonOf(error);
      throw error;
    }
  };
  return {
    glyphs,
    draw(drawing) {
      const drawn = turn.then(() => drawNow(drawing));
      turn = drawn.catch(() => undefined);
      return drawn;
    },
    async ready() {
      try {
        await renderer();
      } catch (error) {
        return { ready: false, detail: `The drawing module cannot be loaded: ${reasonOf(error)}` };
      }
      return lastFailure === null
        ? { ready: true, detail: "" }
        : { ready: false, detail: `The last picture could not be drawn: ${lastFailure}` };
    },
  };
}

async function startRenderer(load: LoadLibrary, glyphs: () => Promise<Glyphs>): Promise<Renderer> {
  const { Renderer, setGlyphCacheMaxBytes } = await load();
  setGlyphCacheMaxBytes(GLYPH_CACHE_BYTES);
  const renderer = new Renderer({ cacheMaxBytes: CACHE_BYTES });
  const { slices } = await glyphs();
  for (let from = 0; from < slices.length; from += READ_TOGETHER) {
    const some = slices.slice(from, from + READ_TOGETHER);
    const read = await Promise.all(some.map(({ file }) => readFile(file)));
    // One after the other: the order of the slices is part of what is drawn.
    for (const [index, data] of read.entries()) {
      const unicodeRange = (some[index]?.ranges ?? []).map(([low, high]): [number, number] => [
        low,
        high,
      ]);
      await renderer.registerFont({ name: FONT_FAMILY, data, unicodeRange });
    }
  }
  return renderer;
}

/** One line, without paths of this machine. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [line = ""] = message.split("\n");
  return line.slice(0, 200);
}
