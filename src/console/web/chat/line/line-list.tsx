import { Loader } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import type { SimulatedLine } from "#src/console/contract/simulator.js";
import { cx } from "../../shared/cx.js";
import { DownIcon } from "../../shared/icons.js";
import { useTexts } from "../../shared/use-texts.js";
import { useScene } from "../stage/scene-context.js";
import { arrangeLines } from "./arrange-lines.js";
import { DayMark } from "./day-mark.js";
import classes from "./line.module.css";
import { LineItem } from "./line-item.js";
import { useStickToEnd } from "./use-stick-to-end.js";

const FIRST_SHOWN = 120;
const MORE_SHOWN = 80;
const EARLY_PX = 320;

/** Older lines: those at hand first, then those of the server. */
export interface Older {
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly load: () => void;
}

function useShown(lines: readonly SimulatedLine[], older: Older, room: string) {
  const [reach, setReach] = useState({ room, count: FIRST_SHOWN });
  const count = reach.room === room ? reach.count : FIRST_SHOWN;
  const shown = useMemo(() => lines.slice(-count), [lines, count]);
  const isAtHand = shown.length < lines.length;
  const more = (): void => {
    setReach({ room, count: count + MORE_SHOWN });
    if (!isAtHand && older.hasMore && !older.isLoading) older.load();
  };
  const back = (): void => {
    if (count > FIRST_SHOWN) setReach({ room, count: FIRST_SHOWN });
  };
  return { shown, hasMore: isAtHand || older.hasMore, more, back };
}

/** How many lines have come since the end was last in view. */
function useMissed(lines: readonly SimulatedLine[], isAtEnd: boolean): number {
  const newest = lines.at(-1)?.id;
  const [last, setLast] = useState(newest);
  // Known while drawing, so that no pill blinks up for a line that is followed.
  if (isAtEnd && last !== newest) setLast(newest);
  const from = isAtEnd ? -1 : lines.findIndex((line) => line.id === last);
  return from < 0 ? 0 : lines.length - 1 - from;
}

/** The lines of a room, following the newest, loading older ones on the way up. */
export function LineList({
  lines,
  older,
}: {
  readonly lines: readonly SimulatedLine[];
  readonly older: Older;
}) {
  const { chat } = useTexts();
  const { scene, focusedLine } = useScene();
  const { shown, hasMore, more, back } = useShown(lines, older, scene.roomId);
  const {
    place,
    isAtEnd,
    toEnd,
    onScroll: follow,
  } = useStickToEnd(scene.roomId, shown[0]?.id, shown.at(-1)?.id);
  const missed = useMissed(lines, isAtEnd);
  const entries = useMemo(
    () => arrangeLines(shown, { timeZone: scene.timeZone, times: scene.look === "wechat" }),
    [shown, scene.timeZone, scene.look],
  );
  useEffect(() => {
    if (focusedLine === null) return;
    const line = document.getElementById(`line-${focusedLine}`);
    line?.scrollIntoView({ block: "center" });
    line?.focus({ preventScroll: true });
  }, [focusedLine]);

  const onScroll = (): void => {
    follow();
    const top = place.current?.scrollTop ?? 0;
    if (top < EARLY_PX && hasMore && !older.isLoading) more();
    else if (isAtEnd) back();
  };
  return (
    <div className={cx(classes.room, scene.look === "wechat" ? classes.wechat : classes.slack)}>
      <div
        ref={place}
        className={classes.scroll}
        role="log"
        aria-live="off"
        aria-label={chat.log}
        tabIndex={0}
        onScroll={onScroll}
      >
        <div className={classes.lines}>
          <div className={classes.top}>
            {older.isLoading ? (
              <Loader size="sm" type="dots" color="gray" />
            ) : hasMore ? (
              <button type="button" className={classes.earlier} onClick={more}>
                {chat.earlier}
              </button>
            ) : (
              <span>{chat.beginning}</span>
            )}
          </div>
          {entries.map((entry) =>
            entry.kind === "line" ? (
              <LineItem key={entry.id} line={entry.line} follows={entry.follows} />
            ) : (
              <DayMark key={entry.id} at={entry.at} withDay={entry.kind === "day"} />
            ),
          )}
        </div>
      </div>
      {missed > 0 ? (
        <button type="button" className={classes.missed} onClick={() => toEnd(true)}>
          {chat.newLines(missed)}
          <DownIcon size={16} />
        </button>
      ) : null}
    </div>
  );
}
