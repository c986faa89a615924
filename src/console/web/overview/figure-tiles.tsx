import { Link } from "@tanstack/react-router";
import type { Overview } from "#src/console/contract/care.js";
import { cx } from "../shared/cx.js";
import { useTexts } from "../shared/use-texts.js";
import { Explain } from "./explain.js";
import { FigureTile } from "./figure-tile.js";
import classes from "./overview.module.css";

function CasesTile({ data }: { readonly data: Overview }) {
  const { overview: words } = useTexts();
  const { openCases, overdueCases } = data;
  return (
    <section className={classes.tile} aria-label={words.openCases}>
      <div className={classes.tileHead}>
        <h2 className={classes.tileName}>{words.openCases}</h2>
        <Explain name={words.openCases} text={words.help.openCases} />
      </div>
      <p className={classes.value}>
        <Link
          to="/cases"
          search={{ state: "open", group: data.group.id }}
          className={classes.valueLink}
        >
          {openCases}
        </Link>
      </p>
      <p className={cx(classes.change, overdueCases > 0 ? classes.down : classes.small)}>
        {overdueCases > 0 ? (
          <Link to="/cases" search={{ state: "overdue", group: data.group.id }}>
            {words.overdue(overdueCases)}
          </Link>
        ) : (
          words.overdue(0)
        )}
      </p>
    </section>
  );
}

/** The four numbers of the span. */
export function FigureTiles({ data }: { readonly data: Overview }) {
  const { overview: words } = useTexts();
  const { before } = data;
  return (
    <>
      <FigureTile
        card={{
          name: words.csat,
          unit: words.csatUnit,
          help: words.help.csat,
          kind: "share",
          now: data.csat,
          before: before.csat,
        }}
      />
      <FigureTile
        card={{
          name: words.nps,
          help: words.help.nps,
          kind: "score",
          now: data.nps,
          before: before.nps,
        }}
      />
      <FigureTile
        card={{
          name: words.participation,
          help: words.help.participation,
          kind: "share",
          now: data.participation,
          before: before.participation,
        }}
      />
      <CasesTile data={data} />
    </>
  );
}
