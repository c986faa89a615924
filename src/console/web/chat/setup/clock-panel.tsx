import { Loader, Tooltip } from "@mantine/core";
import type { ClockRequest } from "#src/console/contract/simulator.js";
import { type HeardState, stage } from "../../api/stage.js";
import { cx } from "../../shared/cx.js";
import { clockTime, dayName } from "../../shared/format.js";
import { FastIcon, PauseIcon, PlayIcon } from "../../shared/icons.js";
import { useLanguage, useTexts } from "../../shared/use-texts.js";
import { useScene } from "../stage/scene-context.js";
import { useChange } from "../stage/use-change.js";
import { useWorldNow } from "../stage/use-world-now.js";
import classes from "./setup.module.css";

const JUMPS = ["digest", "tomorrow"] as const;

function Face({ heard }: { readonly heard: HeardState }) {
  const language = useLanguage();
  const { clock } = useTexts().chat;
  const { timeZone } = useScene().scene;
  const now = useWorldNow(heard);
  const place = { language, timeZone };
  return (
    <div className={classes.face} title={clock.zone(timeZone)}>
      <span className={classes.time} role="timer" aria-label={clock.label}>
        {clockTime(now, place)}
      </span>
      <span className={classes.date}>
        {dayName(now, place)}
        {heard.state.rate === 0 ? ` · ${clock.paused}` : ""}
      </span>
    </div>
  );
}

/** The clock of the pretend world: how fast it goes, and two places to jump to. */
export function ClockPanel({ heard }: { readonly heard: HeardState }) {
  const { clock } = useTexts().chat;
  const change = useChange((request: ClockRequest) => stage.clock(request));
  const { rate } = heard.state;
  const speeds = [
    { rate: 0, label: clock.pause, help: clock.pause, Icon: PauseIcon },
    { rate: 1, label: clock.play, help: clock.playHelp, Icon: PlayIcon },
    { rate: 60, label: clock.fast, help: clock.fastHelp, Icon: FastIcon },
  ] as const;
  return (
    <div className={classes.clock} role="group" aria-label={clock.title}>
      <Face heard={heard} />
      <div className={classes.speeds} role="group" aria-label={clock.speed}>
        {speeds.map(({ rate: speed, label, help, Icon }) => (
          <Tooltip key={speed} label={help} openDelay={400}>
            <button
              type="button"
              className={cx(classes.speed)}
              aria-pressed={speed === rate}
              onClick={() => change.mutate({ rate: speed })}
            >
              <Icon size={16} />
              {label}
            </button>
          </Tooltip>
        ))}
      </div>
      <div className={classes.jumps}>
        {JUMPS.map((where) => (
          <button
            key={where}
            type="button"
            className={classes.jump}
            disabled={change.isPending}
            onClick={() => change.mutate({ jump: where })}
          >
            {change.isPending && change.variables.jump === where ? (
              <Loader size={14} color="jade" />
            ) : null}
            {clock[where]}
          </button>
        ))}
      </div>
      <p role="status" className={classes.hidden}>
        {change.isPending && change.variables.jump !== undefined ? clock.jumping : ""}
      </p>
    </div>
  );
}
