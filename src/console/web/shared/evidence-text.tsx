import classes from "./evidence-text.module.css";
import { useCaseWords, useTexts } from "./use-texts.js";

/** A piece of a text that spoke for the verdict; offsets in UTF-16 units. */
export interface EvidencePiece {
  readonly start: number;
  readonly end: number;
  readonly source: string;
  readonly weight: number;
}

/** A stretch of text, and why it is marked. */
export interface Stretch {
  readonly start: number;
  readonly text: string;
  readonly pieces: readonly EvidencePiece[];
}

/** Cuts a text at the edges of its evidence. Pieces outside the text are left out; they may overlap. */
export function markEvidence(text: string, pieces: readonly EvidencePiece[]): readonly Stretch[] {
  const inside = pieces.filter(({ start, end }) => start >= 0 && end <= text.length && start < end);
  const edges = new Set([0, text.length]);
  for (const { start, end } of inside) edges.add(start).add(end);
  const sorted = [...edges].sort((one, other) => one - other);
  return sorted.slice(0, -1).map((start, index) => {
    const end = sorted[index + 1] ?? text.length;
    return {
      start,
      text: text.slice(start, end),
      pieces: inside.filter((piece) => piece.start <= start && piece.end >= end),
    };
  });
}

/** A sentence with the words marked that made the bot take it for a complaint. */
export function EvidenceText({
  text,
  pieces,
}: {
  readonly text: string;
  readonly pieces: readonly EvidencePiece[];
}) {
  const words = useCaseWords();
  const { chat } = useTexts();
  // What pleads against a complaint is told, not marked.
  const speaking = pieces.filter((piece) => piece.weight > 0);
  return (
    <span className={classes.text} title={speaking.length > 0 ? chat.feed.highlighted : undefined}>
      {markEvidence(text, speaking).map((stretch) =>
        stretch.pieces.length === 0 ? (
          stretch.text
        ) : (
          <mark
            key={stretch.start}
            className={classes.mark}
            title={[...new Set(stretch.pieces.map((piece) => words.source(piece.source)))].join(
              ", ",
            )}
          >
            {stretch.text}
          </mark>
        ),
      )}
    </span>
  );
}
