import { Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Insight } from "#src/console/contract/simulator.js";
import { cx } from "../../shared/cx.js";
import { EvidenceText } from "../../shared/evidence-text.js";
import { clockTime, percent } from "../../shared/format.js";
import { AspectTags, SeverityTag } from "../../shared/tags.js";
import { useCaseWords, useLanguage, useTexts } from "../../shared/use-texts.js";
import { useScene } from "../stage/scene-context.js";
import classes from "./feed.module.css";

type Verdict = Extract<Insight, { kind: "verdict" }>;

const MOST_SOURCES = 4;

/** The kinds of evidence and how much each weighs, the heaviest first. */
function Sources({ evidence }: { readonly evidence: Verdict["evidence"] }) {
  const { chat } = useTexts();
  const words = useCaseWords();
  // The same words may speak twice, as a word of the list and to the model.
  const distinct = new Map(evidence.map((piece) => [`${piece.source} ${piece.text}`, piece]));
  const heaviest = [...distinct.values()]
    .sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight))
    .slice(0, MOST_SOURCES);
  if (heaviest.length === 0) return null;
  return (
    <ul className={classes.sources} aria-label={chat.feed.evidence}>
      {heaviest.map((piece) => (
        <li key={`${piece.source} ${piece.text}`} className={classes.source}>
          <span>{piece.text === "" ? words.source(piece.source) : piece.text}</span>
          <small>{words.source(piece.source)}</small>
        </li>
      ))}
    </ul>
  );
}

/** What the bot made of one line, with the words it went by. */
export function VerdictCard({
  insight,
  onShowLine,
}: {
  readonly insight: Verdict;
  readonly onShowLine: () => void;
}) {
  const language = useLanguage();
  const { chat } = useTexts();
  const { scene, focusLine, enterRoom } = useScene();
  const { complaint, joined, severity, caseNumber } = insight;
  const name = scene.memberById.get(insight.memberId)?.name ?? "?";
  const showLine = (): void => {
    if (insight.room !== scene.roomId) enterRoom(insight.room);
    onShowLine();
    focusLine(insight.lineId);
  };
  return (
    <article className={cx(classes.card, complaint ? classes.complaint : classes.ordinary)}>
      <header className={classes.cardHead}>
        <strong>
          {complaint ? (joined ? chat.feed.joined : chat.feed.complaint) : chat.feed.notComplaint}
        </strong>
        {severity === null ? null : <SeverityTag severity={severity} />}
        <AspectTags aspects={insight.aspects} />
        <Tooltip label={chat.feed.scoreHelp} multiline w={250}>
          <span className={classes.score}>{chat.feed.score(percent(insight.score, language))}</span>
        </Tooltip>
      </header>
      <p className={classes.said}>
        <span className={classes.who}>{name}</span>
        <EvidenceText text={insight.text} pieces={complaint ? insight.evidence : []} />
      </p>
      {complaint ? <Sources evidence={insight.evidence} /> : null}
      <footer className={classes.cardFoot}>
        <time dateTime={new Date(insight.at).toISOString()}>
          {clockTime(insight.at, { language, timeZone: scene.timeZone })}
        </time>
        <button type="button" className={classes.textLink} onClick={showLine}>
          {chat.feed.showLine}
        </button>
        {caseNumber === null ? null : (
          <Link to="/cases" search={{ number: caseNumber }} className={classes.textLink}>
            {chat.feed.openCase(caseNumber)}
          </Link>
        )}
      </footer>
    </article>
  );
}
