import type { HeardState } from "../../api/stage.js";
import { useTexts } from "../../shared/use-texts.js";
import { ClockPanel } from "./clock-panel.js";
import { PersonaList } from "./persona-list.js";
import { RoomList } from "./room-list.js";
import { ScenarioList } from "./scenario-list.js";
import classes from "./setup.module.css";
import { ToolsPanel } from "./tools-panel.js";

/** Left column: where one is, who one is, what may happen; below, always in view, what time it is. */
export function SetupColumn({
  heard,
  onChosen,
}: {
  readonly heard: HeardState;
  readonly onChosen: () => void;
}) {
  const { setup } = useTexts().chat;
  return (
    <section className={classes.column} data-pane="setup" aria-label={setup.title}>
      <div className={classes.scroll}>
        <div className={classes.head}>
          <h1 className={classes.title}>{setup.title}</h1>
          <p className={classes.promise}>{setup.promise}</p>
        </div>
        <RoomList onChosen={onChosen} />
        <PersonaList onChosen={onChosen} />
        <ScenarioList />
        <ToolsPanel />
      </div>
      <ClockPanel heard={heard} />
    </section>
  );
}
