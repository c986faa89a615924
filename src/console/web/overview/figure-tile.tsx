import type { Figure } from "#src/console/contract/care.js";
import { cx } from "../shared/cx.js";
import { useLanguage, useTexts } from "../shared/use-texts.js";
import { Explain } from "./explain.js";
import {
  type Change,
  changeOf,
  type FigureKind,
  SMALL_SAMPLE,
  valueInWords,
} from "./figure-words.js";
import classes from "./overview.module.css";

/** A figure with its name, its explanation and how it is written. */
export interface FigureCard {
  readonly name: string;
  readonly unit?: string;
  readonly help: string;
  readonly kind: FigureKind;
  readonly now: Figure;
  readonly before: Figure;
}

const SIGNS = { up: "▲", down: "▼", same: "●" } as const;

function ChangeLine({
  change,
  card,
}: {
  readonly change: Change | null;
  readonly card: FigureCard;
}) {
  const language = useLanguage();
  const words = useTexts().overview.change;
  if (change === null) return <p className={classes.noChange}>{words.none}</p>;
  const word = { up: words.better, down: words.worse, same: words.same }[change.direction];
  const before = card.before.value;
  const isSmall = Math.min(card.now.n, card.before.n) < SMALL_SAMPLE;
  const unit = card.kind === "share" && change.direction !== "same" ? ` ${words.points}` : "";
  return (
    <p className={cx(classes.change, isSmall ? classes.small : classes[change.direction])}>
      <span aria-hidden="true">{SIGNS[change.direction]}</span>
      <strong>{change.direction === "same" ? word : `${change.amount}${unit}`}</strong>
      <span className={classes.changeWords}>
        {[
          change.direction === "same" ? null : word,
          before === null ? null : words.before(valueInWords(before, card.kind, language)),
          isSmall ? words.small : null,
        ]
          .filter(Boolean)
          .join(" · ")}
      </span>
    </p>
  );
}

function baseOf(figure: Figure, kind: FigureKind, words: ReturnType<typeof useTexts>["overview"]) {
  const { numerator, denominator, n } = figure;
  if (kind === "share" && figure.id.startsWith("participation")) {
    return numerator === null || denominator === null ? null : words.of(numerator, denominator);
  }
  return n === 0 ? null : words.n(n);
}

/** One number: value, base, interval, and the change against the span before. */
export function FigureTile({ card }: { readonly card: FigureCard }) {
  const language = useLanguage();
  const { overview } = useTexts();
  const { now, kind } = card;
  const write = (value: number): string => valueInWords(value, kind, language);
  const isShown = now.value !== null && !now.suppressed;
  const interval =
    isShown && now.low !== null && now.high !== null
      ? overview.interval(write(now.low), write(now.high))
      : null;
  return (
    <section className={classes.tile} aria-label={card.name}>
      <div className={classes.tileHead}>
        <h2 className={classes.tileName}>{card.name}</h2>
        <Explain name={card.name} text={card.help} />
      </div>
      <p className={classes.value}>
        {isShown && now.value !== null ? write(now.value) : "–"}
        {isShown && card.unit !== undefined ? <small>{card.unit}</small> : null}
      </p>
      <p className={classes.base}>
        {now.suppressed
          ? overview.hidden(now.n)
          : [baseOf(now, kind, overview) ?? overview.noAnswers, interval]
              .filter(Boolean)
              .join(" · ")}
      </p>
      <ChangeLine change={changeOf(now, card.before, kind)} card={card} />
    </section>
  );
}
