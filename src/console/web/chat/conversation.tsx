import { SegmentedControl, Skeleton } from "@mantine/core";
import { useMemo } from "react";
import type { Look } from "#src/console/contract/simulator.js";
import { stage, useLines } from "../api/stage.js";
import { ErrorState } from "../shared/states.js";
import { useTexts } from "../shared/use-texts.js";
import { Composer } from "./composer.js";
import classes from "./conversation.module.css";
import { HintBar } from "./hint-bar.js";
import { Announcer } from "./line/announcer.js";
import { visibleTo } from "./line/arrange-lines.js";
import { LineList } from "./line/line-list.js";
import { useScene } from "./stage/scene-context.js";
import { useMarkSeen } from "./stage/unread.js";
import { useChange } from "./stage/use-change.js";

function Header() {
  const { chat } = useTexts();
  const { scene } = useScene();
  const change = useChange((look: Look) => stage.look(scene.group.id, look));
  return (
    <header className={classes.header}>
      <div className={classes.titles}>
        <h2 className={classes.title}>
          {scene.isDirect ? chat.directTitle(scene.me.name) : scene.group.name}
        </h2>
        {scene.isDirect ? null : (
          <span className={classes.sub}>{chat.members(scene.group.memberIds.length)}</span>
        )}
      </div>
      {scene.isDirect ? null : (
        <SegmentedControl
          size="xs"
          radius="xl"
          aria-label={chat.look.label}
          value={scene.look}
          disabled={change.isPending}
          onChange={(value) => change.mutate(value)}
          data={[
            { value: "wechat", label: chat.look.wechat },
            { value: "slack", label: chat.look.slack },
          ]}
        />
      )}
    </header>
  );
}

function Waiting() {
  return (
    <div className={classes.waiting} aria-hidden="true">
      {[62, 40, 74, 52, 66].map((width) => (
        <div key={width} className={classes.waitingLine}>
          <Skeleton height={38} width={38} radius="md" />
          <Skeleton height={44} width={`${width}%`} radius="md" />
        </div>
      ))}
    </div>
  );
}

/** Middle column: the chat itself. */
export function Conversation() {
  const { chat } = useTexts();
  const { scene } = useScene();
  const { query, items } = useLines(scene.roomId);
  useMarkSeen(scene.roomId);
  const lines = useMemo(() => visibleTo(items, scene.me.id), [items, scene.me.id]);
  const older = {
    hasMore: query.hasNextPage,
    isLoading: query.isFetchingNextPage,
    load: () => void query.fetchNextPage(),
  };
  return (
    <section
      className={classes.conversation}
      data-pane="chat"
      data-look={scene.look}
      aria-label={scene.group.name}
    >
      <Header />
      {query.isError && lines.length === 0 ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <Waiting />
      ) : lines.length === 0 ? (
        <div className={classes.empty}>
          <p className={classes.emptyTitle}>{chat.empty.title}</p>
          <p>{scene.isDirect ? chat.empty.direct : chat.empty.hint}</p>
        </div>
      ) : (
        <LineList lines={lines} older={older} />
      )}
      <Announcer lines={lines} />
      <div className={classes.foot}>
        <HintBar lines={lines} />
        <Composer />
      </div>
    </section>
  );
}
