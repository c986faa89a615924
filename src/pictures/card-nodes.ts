import type { ImageSource, Node } from "@takumi-rs/core";
import { container, image, text } from "@takumi-rs/helpers";
import { type Glyphs, type Piece, piecesOf } from "./glyphs.js";

/** Style of a node, as CSS. */
export type Style = NonNullable<Parameters<typeof container>[0]["style"]>;

/** Collects the emoji that texts use while the tree is built. */
export class CardPen {
  readonly #glyphs: Glyphs;
  readonly #emoji = new Set<string>();

  constructor(glyphs: Glyphs) {
    this.#glyphs = glyphs;
  }

  /** A text of at most so many lines; what does not fit ends with "…". */
  words(words: string, style: Style, lines = 1): Node {
    const clamped: Style = { ...style, lineClamp: lines, textOverflow: "ellipsis" };
    const pieces = piecesOf(words, this.#glyphs);
    const [only] = pieces;
    if (only === undefined) return text({ text: " ", style: clamped });
    if (pieces.length === 1 && only.kind === "text") {
      return text({ text: only.text, style: clamped });
    }
    // Children in a block flow on as one text; in a flex box they would stand in columns.
    return container({
      style: { ...clamped, display: "block" },
      children: pieces.map((piece) => this.#inline(piece)),
    });
  }

  #inline(piece: Piece): Node {
    if (piece.kind === "text") return text({ text: piece.text, style: { display: "inline" } });
    this.#emoji.add(piece.name);
    return image({
      src: emojiSource(piece.name),
      style: {
        display: "inline-block",
        width: "1.1em",
        height: "1.1em",
        margin: "0 0.08em",
        verticalAlign: "-0.16em",
      },
    });
  }

  /** The drawings of every emoji that was written. */
  async images(): Promise<readonly ImageSource[]> {
    return Promise.all(
      [...this.#emoji].map(async (name) => ({
        src: emojiSource(name),
        data: await this.#glyphs.emoji(name),
      })),
    );
  }
}

/** A name within the drawing, no address: there is nothing to fetch. */
function emojiSource(name: string): string {
  return `emoji:${name}`;
}

/** Things beside each other. */
export function row(style: Style, children: readonly Node[]): Node {
  return container({
    style: { display: "flex", flexDirection: "row", ...style },
    children: [...children],
  });
}

/** Things below each other. */
export function column(style: Style, children: readonly Node[]): Node {
  return container({
    style: { display: "flex", flexDirection: "column", ...style },
    children: [...children],
  });
}

/** A coloured box with nothing in it; it keeps its size, which an empty text would not. */
export function box(style: Style): Node {
  return container({ style, children: [] });
}
