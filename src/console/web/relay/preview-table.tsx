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

interface RowProps {
  readonly line: PreviewLine;
  readonly timeZone: string;
  readonly onStaff: (name: string, staff: boolean) => void;
}

function Row({ line, timeZone, onStaff }: RowProps) {
  const { preview: words } = useTexts().relay;
  const { kind, known, doubts, media } = line;
  const dim = known || kind === "system" || kind === "own";
  const look = kind === "unclear" ? classes.unclear : dim ? classes.dim : undefined;
  return (
    <tr className={cx(look)}>
      <td className={classes.number}>{placeOf(line)}</td>
      <td className={classes.who}>
        <Speaker line={line} onStaff={onStaff} />
      </td>
      <td className={classes.when}>
        <When line={line} timeZone={timeZone} />
      </td>
      <td className={classes.text}>
        {media ? <span className={classes.badge}>{words.media}</span> : null}
        {media ? " " : null}
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

function placeOf({ from, to }: PreviewLine): string {
  return from === to ? String(from) : `${String(from)}–${String(to)}`;
}

/** The name is a button: it says that somebody runs the shop, or does not. */
function Speaker({ line, onStaff }: Pick<RowProps, "line" | "onStaff">) {
  const { preview: words } = useTexts().relay;
  const { name, staff } = line;
  if (name === null) return null;
  return (
    <>
      <button
        type="button"
        className={classes.name}
        title={staff ? words.unmarkStaff(name) : words.markStaff(name)}
        onClick={() => onStaff(name, !staff)}
      >
        {name}
      </button>
      {staff ? <span className={classes.badge}>{words.staff}</span> : null}
    </>
  );
}

function When({ line, timeZone }: Pick<RowProps, "line" | "timeZone">) {
  const { preview: words } = useTexts().relay;
  const language = useLanguage();
  const { at, assumed } = line;
  if (at === null) return null;
  const place = { language, timeZone };
  const day = dayName(at, place);
  return (
    <time dateTime={new Date(at).toISOString()}>
      {assumed ? `${words.assumed} ${day}` : `${day} ${clockTime(at, place)}`}
    </time>
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
