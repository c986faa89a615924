import { Skeleton } from "@mantine/core";
import type { Health } from "#src/console/contract/care.js";
import { useHealth } from "../api/care.js";
import { cx } from "../shared/cx.js";
import { AlertIcon, CheckIcon } from "../shared/icons.js";
import { ErrorState } from "../shared/states.js";
import { useTexts } from "../shared/use-texts.js";
import { Section } from "./section.js";
import classes from "./settings.module.css";

function Mark({ isGood }: { readonly isGood: boolean }) {
  return (
    <span className={cx(classes.mark, isGood ? classes.good : classes.bad)}>
      {isGood ? <CheckIcon size={15} /> : <AlertIcon size={15} />}
    </span>
  );
}

function Report({ health }: { readonly health: Health }) {
  const { health: words } = useTexts().settings;
  const { adapters, pictures, troubles } = health;
  return (
    <>
      <p className={classes.status}>
        <Mark isGood={health.status === "ready"} />
        <strong>{health.status === "ready" ? words.ready : words.notReady}</strong>
      </p>
      {troubles.length === 0 ? null : (
        <ul className={classes.troubles}>
          {troubles.map((trouble) => (
            <li key={trouble}>{trouble}</li>
          ))}
        </ul>
      )}
      <dl className={classes.parts}>
        {adapters.length === 0 ? (
          <div className={classes.part}>
            <dt>{words.adapters}</dt>
            <dd>{words.noAdapters}</dd>
          </div>
        ) : (
          adapters.map(({ platform, state, detail }) => (
            <div key={platform} className={classes.part}>
              <dt>
                <Mark isGood={state === "ok"} />
                {words.names[platform] ?? platform}
              </dt>
              <dd>{[words.states[state] ?? state, detail].filter(Boolean).join(" · ")}</dd>
            </div>
          ))
        )}
        <div className={classes.part}>
          <dt>
            <Mark isGood={pictures.ready} />
            {words.pictures}
          </dt>
          <dd>
            {[pictures.ready ? words.picturesReady : words.picturesNot, pictures.detail]
              .filter(Boolean)
              .join(" · ")}
          </dd>
        </div>
      </dl>
    </>
  );
}

/** Whether all parts work, and what is wrong. */
export function HealthSection() {
  const { health: words } = useTexts().settings;
  const health = useHealth();
  return (
    <Section id="health" title={words.title}>
      {health.isError ? (
        <ErrorState error={health.error} onRetry={() => void health.refetch()} />
      ) : health.data === undefined ? (
        <Skeleton height={110} radius="md" />
      ) : (
        <Report health={health.data} />
      )}
    </Section>
  );
}
