import { Progress } from "@mantine/core";
import type { Insight } from "#src/console/contract/simulator.js";
import { cx } from "../../shared/cx.js";
import { clockTime } from "../../shared/format.js";
import { useLanguage, useTexts } from "../../shared/use-texts.js";
import { useScene } from "../stage/scene-context.js";
import classes from "./feed.module.css";

/** An answer that was counted, and how many have answered by now. */
export function VoteCard({ insight }: { readonly insight: Extract<Insight, { kind: "vote" }> }) {
  const language = useLanguage();
  const { chat } = useTexts();
  const { scene } = useScene();
  const { answered, eligible } = insight;
  const name = scene.memberById.get(insight.memberId)?.name ?? "?";
  const words = chat.feed.answered(answered, eligible);
  return (
    <article className={cx(classes.card, classes.vote)}>
      <header className={classes.cardHead}>
        <strong>{chat.feed.vote}</strong>
        <span>{chat.feed.voteValue(name, insight.value)}</span>
      </header>
      <p className={classes.dim}>{insight.question}</p>
      <Progress
        size={5}
        value={eligible === 0 ? 0 : (answered / eligible) * 100}
        aria-label={words}
      />
      <footer className={classes.cardFoot}>
        <time dateTime={new Date(insight.at).toISOString()}>
          {clockTime(insight.at, { language, timeZone: scene.timeZone })}
        </time>
        <span>{words}</span>
      </footer>
    </article>
  );
}
