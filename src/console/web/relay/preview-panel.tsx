import { Button, Checkbox, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import type { PastePreview, PreviewLine, RelayGroup } from "#src/console/contract/relay.js";
import { useSetStaff } from "../api/relay.js";
import { AlertIcon, InfoIcon } from "../shared/icons.js";
import { useTexts } from "../shared/use-texts.js";
import { PreviewTable } from "./preview-table.js";
import classes from "./relay.module.css";

type Only = "all" | "marked" | "fresh";

/** What a paste was understood as: counts, notes, questions, line by line, and the confirmation. */
export function PreviewPanel({
  group,
  preview,
  busy,
  onSections,
  onAgain,
  onTake,
}: {
  readonly group: RelayGroup;
  readonly preview: PastePreview;
  readonly busy: boolean;
  readonly onSections: (sections: readonly number[]) => void;
  readonly onAgain: () => void;
  readonly onTake: () => void;
}) {
  const { preview: words } = useTexts().relay;
  const [only, setOnly] = useState<Only>("all");
  const marking = useSetStaff(group.id);
  const { counts, notes } = preview;
  const lines = preview.lines.filter((line) => isShown(line, only));
  return (
    <div className={classes.preview}>
      <h3 className={classes.subheading}>{words.title}</h3>
      <p className={classes.hint}>{words.notStored}</p>
      <p className={classes.counts}>
        {countWords(counts, words).map(({ text, warm }) => (
          <span key={text} className={warm ? classes.warm : classes.count}>
            {text}
          </span>
        ))}
      </p>
      {notes.map((note) => (
        <p key={note} className={classes.note}>
          <InfoIcon size={18} />
          <span>{note}</span>
        </p>
      ))}
      {counts.held > 0 ? (
        <p className={classes.warning}>
          <AlertIcon size={18} />
          <span>{words.counts.held}</span>
        </p>
      ) : null}
      {preview.asks.includes("sections") ? (
        <Sections preview={preview} busy={busy} onApply={onSections} />
      ) : null}
      <SegmentedControl
        className={classes.only ?? ""}
        size="xs"
        value={only}
        onChange={(next) => setOnly(next === "marked" || next === "fresh" ? next : "all")}
        data={Object.entries(words.only).map(([value, label]) => ({ value, label }))}
      />
      <PreviewTable
        lines={lines}
        timeZone={group.timeZone}
        onStaff={(name, staff) => marking.mutate({ name, staff }, { onSuccess: () => onAgain() })}
      />
      <div className={classes.buttons}>
        {preview.seal === null ? (
          preview.asks.length > 0 ? null : (
            <p className={classes.hint}>{words.nothingNew}</p>
          )
        ) : (
          <Button onClick={onTake} loading={busy}>
            {words.confirm(counts.fresh)}
          </Button>
        )}
      </div>
    </div>
  );
}

function isMarked({ kind, doubts }: PreviewLine): boolean {
  return kind === "unclear" || doubts.some((doubt) => doubt !== "time-assumed");
}

function isShown(line: PreviewLine, only: Only): boolean {
  if (only === "all") return true;
  if (only === "marked") return isMarked(line);
  return !line.known && (line.kind === "message" || line.kind === "list");
}

function countWords(
  counts: PastePreview["counts"],
  { counts: words }: ReturnType<typeof useTexts>["relay"]["preview"],
): readonly { readonly text: string; readonly warm: boolean }[] {
  return [
    { text: words.fresh(counts.fresh), warm: false },
    ...(counts.known > 0 ? [{ text: words.known(counts.known), warm: false }] : []),
    ...(counts.votes > 0 ? [{ text: words.votes(counts.votes), warm: false }] : []),
    ...(counts.complaints > 0 ? [{ text: words.complaints(counts.complaints), warm: true }] : []),
    ...(counts.unclear > 0 ? [{ text: words.unclear(counts.unclear), warm: true }] : []),
  ];
}

function Sections({
  preview,
  busy,
  onApply,
}: {
  readonly preview: PastePreview;
  readonly busy: boolean;
  readonly onApply: (sections: readonly number[]) => void;
}) {
  const { sections: words } = useTexts().relay.preview;
  const [chosen, setChosen] = useState<readonly number[]>([]);
  return (
    <fieldset className={classes.ask}>
      <legend>{words.title}</legend>
      {preview.sections.map(({ title, lines }, index) => {
        const names = preview.lines.filter(({ section }) => section === index);
        const who = [...new Set(names.flatMap(({ name }) => (name === null ? [] : [name])))];
        return (
          <Checkbox
            key={`${String(index)}-${title ?? ""}`}
            label={`${title ?? words.unnamed(index + 1)} · ${words.lines(lines)}`}
            description={who.slice(0, 4).join("、")}
            checked={chosen.includes(index)}
            onChange={(event) =>
              setChosen(
                event.currentTarget.checked
                  ? [...chosen, index]
                  : chosen.filter((one) => one !== index),
              )
            }
          />
        );
      })}
      <Button
        variant="light"
        loading={busy}
        disabled={chosen.length === 0}
        onClick={() => onApply(chosen)}
      >
        {chosen.length === 0 ? words.nothing : words.apply}
      </Button>
    </fieldset>
  );
}
