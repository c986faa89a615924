import type { Overview } from "#src/console/contract/care.js";
import { cx } from "../shared/cx.js";
import { signed } from "../shared/format.js";
import { useCaseWords, useTexts } from "../shared/use-texts.js";
import classes from "./overview.module.css";

const MOST = 7;

/** What complaints are about, the most frequent first. */
export function AspectBars({ aspects }: { readonly aspects: Overview["aspects"] }) {
  const { overview: words } = useTexts();
  const names = useCaseWords();
  const sorted = aspects.toSorted((one, other) => other.count - one.count).slice(0, MOST);
  const longest = Math.max(1, ...sorted.map(({ count }) => count));
  return (
    <section className={cx(classes.panel, classes.span4)} aria-label={words.aspects}>
      <div className={classes.panelHead}>
        <div>
          <h2 className={classes.panelTitle}>{words.aspects}</h2>
          <p className={classes.panelHint}>{words.aspectsHint}</p>
        </div>
      </div>
      {sorted.length === 0 ? (
        <p className={classes.nothing}>{words.noAspects}</p>
      ) : (
        <ul className={classes.bars}>
          {sorted.map(({ aspect, count, before }) => (
            <li key={aspect} className={classes.bar}>
              <span className={classes.barName}>{names.aspect(aspect)}</span>
              <span className={classes.track} aria-hidden="true">
                <span className={classes.fill} style={{ width: `${(count / longest) * 100}%` }} />
              </span>
              <span className={classes.count}>{words.aspectCount(count)}</span>
              <span
                className={cx(
                  classes.delta,
                  count > before && classes.worse,
                  count < before && classes.better,
                )}
                title={words.change.before(String(before))}
              >
                {signed(count - before)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
