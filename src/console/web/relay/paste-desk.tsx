import { Button, FileButton, Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { PastePreview, PreviewRequest, RelayGroup } from "#src/console/contract/relay.js";
import { usePreview, useTakePaste } from "../api/relay.js";
import { announce } from "../shared/problem-words.js";
import { useTexts } from "../shared/use-texts.js";
import { PreviewPanel } from "./preview-panel.js";
import classes from "./relay.module.css";

const LARGEST_FILE = 4 * 1_048_576;

type DateOrder = "auto" | "day-first" | "month-first";

/** Takes a paste or a file, shows what is understood, and hands it in when that is confirmed. */
export function PasteDesk({ group }: { readonly group: RelayGroup }) {
  const { paste, preview: words } = useTexts().relay;
  const [text, setText] = useState("");
  const [file, setFile] = useState<{ readonly name: string; readonly base64: string } | null>(null);
  const [day, setDay] = useState("");
  const [order, setOrder] = useState<DateOrder>("auto");
  const [shown, setShown] = useState<{
    readonly request: PreviewRequest;
    readonly preview: PastePreview;
  } | null>(null);
  const reading = usePreview(group.id);
  const taking = useTakePaste(group.id);

  const choose = async (picked: File | null): Promise<void> => {
    if (picked === null) return;
    if (picked.size > LARGEST_FILE) return announce(paste.tooLarge);
    setFile({ name: picked.name, base64: base64Of(new Uint8Array(await picked.arrayBuffer())) });
    setShown(null);
  };
  const look = (sections?: readonly number[]): void => {
    if (file === null && text.trim() === "") return announce(paste.nothing);
    const request: PreviewRequest = {
      ...(file === null ? { text } : { file }),
      ...(day === "" ? {} : { day }),
      ...(order === "auto" ? {} : { dateOrder: order }),
      ...(sections === undefined ? {} : { sections: [...sections] }),
    };
    reading.mutate(request, { onSuccess: (preview) => setShown({ request, preview }) });
  };
  const clear = (): void => {
    setText("");
    setFile(null);
    setShown(null);
  };
  const take = (): void => {
    const seal = shown?.preview.seal ?? null;
    if (shown === null || seal === null) return;
    taking.mutate(
      { ...shown.request, seal },
      {
        onSuccess: (outcome) => {
          announce(words.taken(outcome.taken, outcome.known));
          clear();
        },
        onError: () => setShown(null),
      },
    );
  };
  return (
    <section className={classes.section} aria-labelledby="relay-paste">
      <h2 id="relay-paste" className={classes.heading}>
        {paste.title}
      </h2>
      <p className={classes.hint}>{paste.hint}</p>
      {file === null ? (
        <Words
          text={text}
          rows={shown === null ? 16 : 6}
          onText={(next) => {
            setText(next);
            setShown(null);
          }}
        />
      ) : (
        <p className={classes.file}>{paste.fileChosen(file.name)}</p>
      )}
      <Options day={day} order={order} onDay={setDay} onOrder={setOrder} />
      <div className={classes.buttons}>
        <Button onClick={() => look()} loading={reading.isPending}>
          {paste.preview}
        </Button>
        <FileChoice onFile={(picked) => void choose(picked)} />
        {file === null && text === "" ? null : (
          <Button variant="subtle" onClick={clear}>
            {paste.clear}
          </Button>
        )}
      </div>
      {shown === null ? null : (
        <PreviewPanel
          group={group}
          preview={shown.preview}
          busy={taking.isPending || reading.isPending}
          onSections={look}
          onAgain={() => look(shown.request.sections)}
          onTake={take}
        />
      )}
    </section>
  );
}

function FileChoice({ onFile }: { readonly onFile: (file: File | null) => void }) {
  const { paste } = useTexts().relay;
  return (
    <FileButton onChange={onFile} accept=".txt,.csv,.log,text/plain">
      {(props) => (
        <Button variant="default" {...props}>
          {paste.file}
        </Button>
      )}
    </FileButton>
  );
}

function Words({
  text,
  rows,
  onText,
}: {
  readonly text: string;
  readonly rows: number;
  readonly onText: (text: string) => void;
}) {
  const { paste } = useTexts().relay;
  return (
    <Textarea
      aria-label={paste.text}
      placeholder={paste.placeholder}
      value={text}
      onChange={(event) => onText(event.currentTarget.value)}
      autosize
      minRows={6}
      maxRows={rows}
    />
  );
}

function Options({
  day,
  order,
  onDay,
  onOrder,
}: {
  readonly day: string;
  readonly order: DateOrder;
  readonly onDay: (day: string) => void;
  readonly onOrder: (order: DateOrder) => void;
}) {
  const { paste } = useTexts().relay;
  return (
    <details className={classes.options}>
      <summary>{paste.options}</summary>
      <div className={classes.pair}>
        <TextInput
          type="date"
          label={paste.day}
          description={paste.dayHint}
          value={day}
          onChange={(event) => onDay(event.currentTarget.value)}
        />
        <Select
          label={paste.order}
          data={Object.entries(paste.orders).map(([value, label]) => ({ value, label }))}
          value={order}
          onChange={(next) => onOrder(isOrder(next) ? next : "auto")}
          allowDeselect={false}
        />
      </div>
    </details>
  );
}

function isOrder(value: string | null): value is DateOrder {
  return value === "auto" || value === "day-first" || value === "month-first";
}

function base64Of(bytes: Uint8Array): string {
  const step = 0x8000;
  let binary = "";
  for (let at = 0; at < bytes.length; at += step) {
    binary += String.fromCharCode(...bytes.subarray(at, at + step));
  }
  return btoa(binary);
}
