import { Button } from "@mantine/core";
import { useState } from "react";
import type { PreviewLine } from "#src/console/contract/relay.js";
import { cx } from "../shared/cx.js";
import { clockTime, dayName } from "../shared/format.js";
import { AspectTags } from "../shared/tags.js";
import { useLanguage, useTexts } from "../shared/use-texts.js";
import classes from "./preview-table.module.css";

const FIRST_LINES = 120;

/** A paste line by line: who, when, what, what it is read as, and what is doubtful. */
export function PreviewTable({
  lines,
  timeZone,
  onStaff,
}: {
  readonly lines: readonly PreviewLine[];
  readonly timeZone: string;
  readonly onStaff: (name: string, staff: boolean) => void;
}) {
  const { preview: words } = useTexts().relay;
  const [all, setAll] = useState(false);
  const shown = all ? lines : lines.slice(0, FIRST_LINES);
  const { columns } = words;
  return (
    <>
      <table className={classes.table}>
        <thead>
          <tr>
            <th className={classes.number}>{columns.line}</th>
            <th>{columns.who}</th>
            <th>{columns.when}</th>
            <th>{columns.text}</th>
            <th>{columns.meaning}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((line) => (
            <Row key={`${String(line.from)}-${line.kind}`} {...{ line, timeZone, onStaff }} />
          ))}
        </tbody>
      </table>
      {shown.length < lines.length ? (
        <Button variant="subtle" onClick={() => setAll(true)}>
          {words.more(lines.length - shown.length)}
        </Button>
      ) : null}
    </>
  );
}

function Row({
  line,
  timeZone,
  onStaff,
}: {
  readonly line: PreviewLine;
  readonly timeZone: string;
  readonly onStaff: (name: string, staff: boolean) => void;
}) {
  const { preview: words } = useTexts().relay;
  const language = useLanguage();
  const place = { language, timeZone };
  const { at, name, kind, known, doubts } = line;
  const dim = known || kind === "system" || kind === "own";
  return (
    <tr
      className={cx(
        dim ? classes.dim : undefined,
        kind === "unclear" ? classes.unclear : undefined,
      )}
    >
      <td className={classes.number}>
        {line.from === line.to ? line.from : `${String(line.from)}–${String(line.to)}`}
      </td>
      <td className={classes.who}>
        {name === null ? null : (
          <button
            type="button"
            className={classes.name}
            title={line.staff ? words.unmarkStaff(name) : words.markStaff(name)}
            onClick={() => onStaff(name, !line.staff)}
          >
            {name}
          </button>
        )}
        {line.staff ? <span className={classes.badge}>{words.staff}</span> : null}
      </td>
      <td className={classes.when}>
        {at === null ? null : (
          <time dateTime={new Date(at).toISOString()}>
            {line.assumed ? `${words.assumed} ` : ""}
            {dayName(at, place)} {line.assumed ? "" : clockTime(at, place)}
          </time>
        )}
      </td>
      <td className={classes.text}>
        {line.media ? <span className={classes.badge}>{words.media}</span> : null}
        {line.media ? " " : null}
        {line.text}
      </td>
      <td className={classes.meaning}>
        <Meaning line={line} />
        {doubts.filter(isWorthALine).map((doubt) => (
          <span key={doubt} className={classes.doubt}>
            {words.doubts[doubt] ?? doubt}
          </span>
        ))}
      </td>
    </tr>
  );
}

/** A guessed time is seen at the time itself, and a note tells of all of them. */
function isWorthALine(doubt: string): boolean {
  return doubt !== "time-assumed";
}

function Meaning({ line }: { readonly line: PreviewLine }) {
  const { preview: words } = useTexts().relay;
  const { kind, known, vote, complaint, list } = line;
  if (known) return <span className={classes.badge}>{words.known}</span>;
  if (vote !== null) return <span className={classes.good}>{words.vote(vote)}</span>;
  if (list !== null) {
    const counted = list.counted + list.apart + list.unread > 0;
    return (
      <span className={classes.good}>
        {counted ? words.list(list.counted, list.apart, list.unread) : words.listNothing}
      </span>
    );
  }
  if (complaint !== null) {
    return (
      <span className={classes.tags}>
        <span className={classes.warm}>
          {[words.complaint, complaint.severity].filter(Boolean).join(" ")}
        </span>
        <AspectTags aspects={complaint.aspects} />
      </span>
    );
  }
  return <span className={classes.kind}>{words.kinds[kind] ?? kind}</span>;
}
