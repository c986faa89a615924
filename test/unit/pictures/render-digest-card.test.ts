import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { container } from "@takumi-rs/helpers";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createEngine } from "#src/pictures/engine.js";
import { both, charactersOf, joined } from "#src/pictures/font-characters.js";
import { type Glyphs, loadGlyphs, MISSING, piecesOf } from "#src/pictures/glyphs.js";
import { drawPicture, picturesReady, renderDigestCard } from "#src/pictures/render-digest-card.js";
import {
  badFriday,
  cardFor,
  goodWeek,
  type OrderedCard,
  ordered,
  writeAwkward,
} from "./card-scenes.js";

/** Pixels of a golden picture are a quarter of the card's in each direction: small, and still legible. */
const SHRINK = 4;
/** Pixels that may differ: a changed digit of a tile changes about eleven. */
const TOLERATED = 5;
const GOLDEN = new URL("../../fixtures/pictures/", import.meta.url);

/** Nothing may be fetched while a card is drawn. */
const fetched = vi.fn<typeof fetch>(() => {
  throw new Error("a picture asked the network for something");
});

beforeEach(() => {
  vi.stubGlobal("fetch", fetched);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

async function staffZh(): Promise<OrderedCard> {
  return cardFor(await badFriday("zh"), "staff");
}

/** The picture a quarter as wide and high, each pixel the mean of sixteen. */
function shrunk(bytes: Uint8Array): PNG {
  const whole = PNG.sync.read(Buffer.from(bytes));
  const small = new PNG({
    width: Math.floor(whole.width / SHRINK),
    height: Math.floor(whole.height / SHRINK),
  });
  for (let y = 0; y < small.height; y += 1) {
    for (let at = 0; at < small.width * 4; at += 1) {
      small.data[y * small.width * 4 + at] = meanAt(whole, at, y);
    }
  }
  return small;
}

/** The mean of a square of the whole picture, for one channel of one pixel of the small one. */
function meanAt(whole: PNG, at: number, y: number): number {
  const x = Math.floor(at / 4);
  let sum = 0;
  for (let place = 0; place < SHRINK ** 2; place += 1) {
    const row = y * SHRINK + Math.floor(place / SHRINK);
    const column = x * SHRINK + (place % SHRINK);
    sum += whole.data[(row * whole.width + column) * 4 + (at % 4)] ?? 0;
  }
  return Math.round(sum / SHRINK ** 2);
}

/** How many pixels differ from the golden picture; all of them when the size does. */
function differenceFromGolden(name: string, bytes: Uint8Array): number {
  const file = new URL(name, GOLDEN);
  const drawn = shrunk(bytes);
  if (!existsSync(file) && process.env["CI"] === undefined) {
    writeFileSync(file, PNG.sync.write(drawn, { deflateLevel: 9 }));
  }
  const golden = PNG.sync.read(readFileSync(file));
  if (golden.width !== drawn.width || golden.height !== drawn.height) return drawn.data.length;
  const { width, height } = golden;
  return pixelmatch(golden.data, drawn.data, undefined, width, height, { threshold: 0.1 });
}

describe("a digest's card", () => {
  it("looks as it was approved: Chinese, for staff", async () => {
    const { bytes, width, height, mediaType, alt } = await renderDigestCard(
      (await staffZh()).model,
    );
    expect(differenceFromGolden("staff.zh.png", bytes)).toBeLessThanOrEqual(TOLERATED);
    const { width: real, height: high } = PNG.sync.read(Buffer.from(bytes));
    expect({ width, height, mediaType }).toEqual({
      width: real,
      height: high,
      mediaType: "image/png",
    });
    expect(width).toBe(1_600);
    expect(alt).toContain("今日满意度日报");
  });

  it("looks as it was approved: English, for the group", async () => {
    const { bytes } = await renderDigestCard(cardFor(await goodWeek("en"), "public").model);
    expect(differenceFromGolden("public.en.png", bytes)).toBeLessThanOrEqual(TOLERATED);
  });

  it("with one other digit is not taken for it", async () => {
    const { model } = await staffZh();
    const [first, ...others] = model.tiles;
    if (first === undefined) throw new Error("no tile");
    const other = { ...model, tiles: [{ ...first, value: "86" }, ...others] };
    const { bytes } = await renderDigestCard(other);
    expect(differenceFromGolden("staff.zh.png", bytes)).toBeGreaterThan(TOLERATED);
  });

  it("is the same bytes each time, also by another engine", async () => {
    const { model } = await staffZh();
    const [once, again, elsewhere] = await Promise.all([
      renderDigestCard(model),
      renderDigestCard(model),
      renderDigestCard(model, { engine: createEngine() }),
    ]);
    expect(Buffer.compare(once.bytes, again.bytes)).toBe(0);
    expect(Buffer.compare(once.bytes, elsewhere.bytes)).toBe(0);
  });

  it("asks the network for nothing, with emoji and chart and rare letters in it", async () => {
    const cards = await ordered((tx) => writeAwkward(tx, "en"), "daily", "2026-11-20 20:00");
    await renderDigestCard(cardFor(cards, "staff").model, { engine: createEngine() });
    expect(fetched).not.toHaveBeenCalled();
  });

  it("is as high as its content, and never wider than told", async () => {
    const cards = await ordered((tx) => writeAwkward(tx, "zh"), "daily", "2026-11-20 20:00");
    const { model } = cardFor(cards, "staff");
    const whole = await renderDigestCard(model);
    const short = await renderDigestCard({ ...model, waiting: null, trend: null, bars: null });
    expect(whole.width).toBe(short.width);
    expect(whole.height).toBeGreaterThan(short.height + 800);
  });
});

describe("the letters of a card", () => {
  let glyphs: Glyphs;
  beforeEach(async () => {
    glyphs = await loadGlyphs();
  });

  const letters = (text: string): string =>
    piecesOf(text, glyphs)
      .map((piece) => (piece.kind === "text" ? piece.text : `{${piece.name}}`))
      .join("");

  it("are all there: each has a glyph in the font or is an emoji with a file", async () => {
    const scenes = await Promise.all([
      badFriday("zh"),
      badFriday("en"),
      goodWeek("zh"),
      goodWeek("en"),
    ]);
    const strings = (value: unknown): string[] => {
      if (typeof value === "string") return [value];
      return typeof value === "object" && value !== null
        ? Object.values(value).flatMap(strings)
        : [];
    };
    const words = scenes.flat().flatMap(({ model }) => strings(model));
    expect(words.length).toBeGreaterThan(200);
    expect(words.filter((word) => letters(word).includes(MISSING))).toEqual([]);
    for (const piece of words.flatMap((word) => piecesOf(word, glyphs))) {
      if (piece.kind === "emoji")
        expect((await glyphs.emoji(piece.name)).length).toBeGreaterThan(0);
      else
        for (const letter of piece.text)
          expect(glyphs.covers(letter.codePointAt(0) ?? 0)).toBe(true);
    }
  });

  it("that are rare are drawn, and what no font has is the sign for a missing one", () => {
    expect(letters("龘堃犇骉鱻")).toBe("龘堃犇骉鱻");
    expect(letters("䶮")).toBe(MISSING);
    expect(letters("a꧁b")).toBe(`a${MISSING}b`);
    expect(letters("𝓢𝓾𝓷")).toBe("Sun");
    expect(letters("a\u200Bb\u202Ec\u0000d")).toBe("abcd");
    expect(letters("两\n行")).toBe("两 行");
    expect(glyphs.covers(MISSING.codePointAt(0) ?? 0)).toBe(true);
  });

  it("that are emoji become pictures: families, flags, skin, keycaps, hearts", () => {
    expect(letters("👨‍👩‍👧‍👦")).toBe("{1f468-200d-1f469-200d-1f467-200d-1f466}");
    expect(letters("🇨🇳👍🏽1️⃣❤️")).toBe("{1f1e8-1f1f3}{1f44d-1f3fd}{31-20e3}{2764}");
    expect(letters("😊草莓🍓")).toBe("{1f60a}草莓{1f353}");
    expect(letters("© ▶ 1 #")).toBe("© ▶ 1 #");
  });

  it("are known from the font's own map, not from what the package states", async () => {
    const [slice] = glyphs.slices;
    const characters = await charactersOf(await readFile(slice?.file ?? ""));
    expect(characters.length).toBeGreaterThan(0);
    // Stated by the package as part of a file, without a glyph in it.
    expect(glyphs.covers(0xa9c1)).toBe(false);
    expect(glyphs.covers("草".codePointAt(0) ?? 0)).toBe(true);
    await expect(charactersOf(new Uint8Array(60))).rejects.toThrow(RangeError);
  });

  it("in ranges are joined and cut to what both have", () => {
    expect(
      joined([
        [5, 6],
        [1, 2],
        [3, 3],
      ]),
    ).toEqual([
      [1, 3],
      [5, 6],
    ]);
    expect(
      both(
        [
          [1, 5],
          [8, 9],
        ],
        [
          [0, 2],
          [4, 8],
          [20, 30],
        ],
      ),
    ).toEqual([
      [1, 2],
      [4, 5],
      [8, 8],
    ]);
  });
});

describe("an engine", () => {
  const broken = () =>
    createEngine(() =>
      Promise.reject(new Error("Cannot find module '@takumi-rs/core-linux'\nstack")),
    );

  it("whose native module cannot load says so, and rejects every picture", async () => {
    const engine = broken();
    const { model } = await staffZh();
    await expect(renderDigestCard(model, { engine })).rejects.toThrow("Cannot find module");
    const { ready, detail } = await picturesReady(engine);
    expect(ready).toBe(false);
    expect(detail).toContain("Cannot find module");
    expect(detail).not.toContain("stack");
  });

  it("is ready with nothing to say, and after a failed drawing tells of it until one succeeds", async () => {
    const engine = createEngine();
    expect(await picturesReady(engine)).toEqual({ ready: true, detail: "" });
    const root = container({ children: [] });
    const good = { root, images: [], width: 10, scale: 1 };
    await expect(engine.draw({ ...good, width: -1 })).rejects.toThrow(/./u);
    expect(await picturesReady(engine)).toMatchObject({ ready: false });
    await engine.draw({ ...good, root: container({ children: [], style: { height: 10 } }) });
    expect(await picturesReady(engine)).toEqual({ ready: true, detail: "" });
  });

  it("draws one picture at a time, in order, and goes on after a failure", async () => {
    const seen: string[] = [];
    let inHand = 0;
    class Renderer {
      async registerFont(): Promise<[]> {
        return [];
      }
      async render(root: { readonly id?: string }): Promise<Buffer<ArrayBuffer>> {
        inHand += 1;
        seen.push(`${root.id ?? ""}:${inHand}`);
        await new Promise((resolve) => setImmediate(resolve));
        inHand -= 1;
        if (root.id === "b") throw new Error("planned");
        return Buffer.from(root.id ?? "");
      }
    }
    const none = { slices: [], covers: () => true, hasEmoji: () => false };
    const engine = createEngine(
      () => Promise.resolve({ Renderer, setGlyphCacheMaxBytes: () => undefined } as never),
      () => Promise.resolve({ ...none, emoji: () => Promise.resolve(new Uint8Array()) }),
    );
    const draw = (id: string) =>
      engine.draw({
        root: { type: "container", id, children: [] },
        images: [],
        width: 1,
        scale: 1,
      });
    const ends = await Promise.allSettled([draw("a"), draw("b"), draw("c")]);
    expect(ends.map((end) => end.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(seen).toEqual(["a:1", "b:1", "c:1"]);
  });
});

describe("an order", () => {
  it("of another version or maker is refused", async () => {
    for (const order of [
      { maker: "digest-card", model: { version: 2 } },
      { maker: "digest-card", model: null },
      { maker: "meme", model: { version: 1 } },
    ]) {
      await expect(drawPicture(order)).rejects.toMatchObject({ code: "invalid-input" });
    }
  });

  it("that was written down is drawn like the model itself", async () => {
    const { model } = await staffZh();
    const order = { maker: "digest-card", model: JSON.parse(JSON.stringify(model)) as unknown };
    const [drawn, direct] = [await drawPicture(order), await renderDigestCard(model)];
    expect(Buffer.compare(drawn.bytes, direct.bytes)).toBe(0);
  });
});
