import { Skeleton, Tooltip } from "@mantine/core";
import type { Language } from "#entities/vocabulary.js";
import type { Pulse } from "#src/console/contract/simulator.js";
import type { ConsoleTexts } from "#src/i18n/console.js";
import { usePulse } from "../../api/stage.js";
import { percent, signed } from "../../shared/format.js";
import { useLanguage, useTexts } from "../../shared/use-texts.js";
import { useScene } from "../stage/scene-context.js";
import classes from "./feed.module.css";

interface Tile {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly base: string;
  readonly help: string;
}

const NONE = "–";

function tilesOf(pulse: Pulse, words: ConsoleTexts["chat"]["tiles"], language: Language): Tile[] {
  const { csat, nps, participation } = pulse;
  const base = (n: number): string => (n === 0 ? words.none : words.n(n));
  return [
    {
      id: "csat",
      name: words.csat,
      value: csat.value === null ? NONE : percent(csat.value, language),
      base: base(csat.n),
      help: words.help.csat,
    },
    {
      id: "nps",
      name: words.nps,
      value: nps.value === null ? NONE : signed(nps.value),
      base: base(nps.n),
      help: words.help.nps,
    },
    {
      id: "participation",
      name: words.participation,
      value: participation.value === null ? NONE : percent(participation.value, language),
      base:
        participation.eligible === 0
          ? words.none
          : words.of(participation.answered, participation.eligible),
      help: words.help.participation,
    },
    {
      id: "cases",
      name: words.openCases,
      value: String(pulse.openCases),
      base: pulse.waitingSends === 0 ? "" : `${words.waiting} ${pulse.waitingSends}`,
      help: words.help.openCases,
    },
  ];
}

/** The numbers of this moment beside the chat. */
export function PulseTiles() {
  const language = useLanguage();
  const { tiles } = useTexts().chat;
  const { scene } = useScene();
  const { data } = usePulse(scene.group.id);
  return (
    <div>
      <h2 className={classes.heading}>{tiles.title}</h2>
      {data === undefined ? (
        <Skeleton height={76} radius="md" />
      ) : (
        <ul className={classes.tiles}>
          {tilesOf(data, tiles, language).map((tile) => (
            <Tooltip key={tile.id} label={tile.help} multiline w={250}>
              <li className={classes.tile}>
                <span className={classes.tileName}>{tile.name}</span>
                <span className={classes.tileValue}>{tile.value}</span>
                <span className={classes.tileBase}>{tile.base}</span>
              </li>
            </Tooltip>
          ))}
        </ul>
      )}
    </div>
  );
}
