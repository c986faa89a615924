import type { Insight } from "#src/console/contract/simulator.js";
import { cx } from "../../shared/cx.js";
import { clockTime } from "../../shared/format.js";
import { useLanguage, useTexts } from "../../shared/use-texts.js";
import { useScene } from "../stage/scene-context.js";
import classes from "./feed.module.css";

/** Something that the bot says: waiting, with the reason, or said. */
export function SendCard({ insight }: { readonly insight: Extract<Insight, { kind: "send" }> }) {
  const language = useLanguage();
  const { chat } = useTexts();
  const { scene } = useScene();
  const place = { language, timeZone: scene.timeZone };
  const kind = chat.feed.kinds[insight.messageKind] ?? insight.messageKind;
  const reason =
    insight.reason === null ? null : (chat.feed.reasons[insight.reason] ?? insight.reason);
  const isWaiting = insight.state === "waiting";
  return (
    <article className={cx(classes.card, isWaiting ? classes.waiting : classes.sent)}>
      <header className={classes.cardHead}>
        <strong>{chat.feed.send[insight.state]}</strong>
        <span>{kind}</span>
      </header>
      <p className={classes.preview}>{insight.preview}</p>
      <footer className={classes.cardFoot}>
        <time dateTime={new Date(insight.at).toISOString()}>{clockTime(insight.at, place)}</time>
        {isWaiting ? (
          <span>
            {[chat.feed.dueAt(clockTime(insight.dueAt, place)), reason].filter(Boolean).join(" · ")}
          </span>
        ) : null}
      </footer>
    </article>
  );
}
