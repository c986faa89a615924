import { Progress } from "@mantine/core";
import type { Scenario } from "#src/console/contract/simulator.js";
import { stage } from "../../api/stage.js";
import { CheckIcon, PauseIcon, PlayIcon } from "../../shared/icons.js";
import { useLanguage, useTexts } from "../../shared/use-texts.js";
import { useScene } from "../stage/scene-context.js";
import { useChange } from "../stage/use-change.js";
import classes from "./setup.module.css";

function ScenarioRow({ scenario }: { readonly scenario: Scenario }) {
  const language = useLanguage();
  const { scenarios } = useTexts().chat;
  const change = useChange((what: "start" | "stop") => stage.scenario(scenario.id, what));
  const { running, done, total } = scenario;
  const isFinished = !running && total > 0 && done >= total;
  const title = scenario.title[language];
  const word = running ? scenarios.stop : scenarios.start;
  return (
    <li className={classes.scenario}>
      <button
        type="button"
        className={classes.scenarioButton}
        aria-label={`${word}: ${title}`}
        aria-pressed={running}
        disabled={change.isPending}
        onClick={() => change.mutate(running ? "stop" : "start")}
      >
        {running ? (
          <PauseIcon size={16} />
        ) : isFinished ? (
          <CheckIcon size={16} />
        ) : (
          <PlayIcon size={16} />
        )}
      </button>
      <span className={classes.rowText}>
        <span className={classes.rowName}>{title}</span>
        <span className={classes.rowSub}>
          {running ? scenarios.progress(done, total) : scenario.description[language]}
        </span>
        {running ? (
          <Progress size={3} value={total === 0 ? 0 : (done / total) * 100} aria-label={title} />
        ) : null}
      </span>
    </li>
  );
}

/** Stories that play by themselves. */
export function ScenarioList() {
  const { scenarios } = useTexts().chat;
  const { scene } = useScene();
  return (
    <div className={classes.part}>
      <h2 className={classes.heading}>{scenarios.title}</h2>
      <ul className={classes.list}>
        {scene.state.scenarios.map((scenario) => (
          <ScenarioRow key={scenario.id} scenario={scenario} />
        ))}
      </ul>
    </div>
  );
}
