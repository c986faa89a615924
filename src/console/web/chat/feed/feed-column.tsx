import { Switch } from "@mantine/core";
import { useMemo, useState } from "react";
import type { Insight } from "#src/console/contract/simulator.js";
import { useInsights } from "../../api/stage.js";
import { EyeIcon } from "../../shared/icons.js";
import { EmptyState, ErrorState, PageLoader } from "../../shared/states.js";
import { useTexts } from "../../shared/use-texts.js";
import { useScene } from "../stage/scene-context.js";
import { Checklist } from "./checklist.js";
import classes from "./feed.module.css";
import { PulseTiles } from "./pulse-tiles.js";
import { SendCard } from "./send-card.js";
import { VerdictCard } from "./verdict-card.js";
import { VoteCard } from "./vote-card.js";

const MOST = 60;

function Card({
  insight,
  onShowLine,
}: {
  readonly insight: Insight;
  readonly onShowLine: () => void;
}) {
  switch (insight.kind) {
    case "verdict":
      return <VerdictCard insight={insight} onShowLine={onShowLine} />;
    case "vote":
      return <VoteCard insight={insight} />;
    case "send":
      return <SendCard insight={insight} />;
  }
}

function Feed({ onShowLine }: { readonly onShowLine: () => void }) {
  const { chat } = useTexts();
  const { scene } = useScene();
  const { query, items } = useInsights(scene.group.id);
  const [withOrdinary, setWithOrdinary] = useState(true);
  const shown = useMemo(() => {
    const wanted = items.filter(
      (item) => withOrdinary || item.kind !== "verdict" || item.complaint,
    );
    return wanted.slice(-MOST).toReversed();
  }, [items, withOrdinary]);
  if (query.isError && items.length === 0) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.isPending) return <PageLoader />;
  return (
    <>
      <div className={classes.feedHead}>
        <h2 className={classes.heading}>
          {chat.feed.title}
          <span className={classes.live}>{chat.feed.live}</span>
        </h2>
        <Switch
          size="xs"
          label={chat.feed.showAll}
          checked={withOrdinary}
          onChange={(event) => setWithOrdinary(event.currentTarget.checked)}
        />
      </div>
      {shown.length === 0 ? (
        <EmptyState title={chat.feed.title} hint={chat.feed.empty} icon={<EyeIcon size={26} />} />
      ) : (
        <ul className={classes.cards}>
          {shown.map((insight) => (
            <li key={insight.id}>
              <Card insight={insight} onShowLine={onShowLine} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Right column: the first minute, the numbers of the moment, and what the bot made of each line. */
export function FeedColumn({ onShowLine }: { readonly onShowLine: () => void }) {
  const { chat } = useTexts();
  return (
    <section className={classes.column} data-pane="feed" aria-label={chat.feed.title}>
      <Checklist />
      <PulseTiles />
      <Feed onShowLine={onShowLine} />
    </section>
  );
}
