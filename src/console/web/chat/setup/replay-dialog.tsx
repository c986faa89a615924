import { Button, FileButton, Group, Modal, SegmentedControl, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { stage } from "../../api/stage.js";
import { useTexts } from "../../shared/use-texts.js";
import { useScene } from "../stage/scene-context.js";
import { useChange } from "../stage/use-change.js";
import { exampleTranscript } from "./example-transcript.js";
import classes from "./setup.module.css";

const MOST_BYTES = 8_000_000;
const SPEEDS = { slow: 1, normal: 5, fast: 50, full: 0 } as const;
type Speed = keyof typeof SPEEDS;

/** Takes a transcript, as a file or pasted, and plays it into the pretend world. */
export function ReplayDialog({ onClose }: { readonly onClose: () => void }) {
  const { chat, shell } = useTexts();
  const words = chat.replay;
  const { scene } = useScene();
  const [text, setText] = useState("");
  const [name, setName] = useState<string | null>(null);
  const [speed, setSpeed] = useState<Speed>("normal");
  const [fault, setFault] = useState<string | null>(null);
  const start = useChange(async () => {
    const state = await stage.replay({
      name: name ?? words.pasted,
      transcript: text,
      speed: SPEEDS[speed],
    });
    onClose();
    return state;
  });

  const take = async (file: File | null): Promise<void> => {
    if (file === null) return;
    if (file.size > MOST_BYTES) {
      setFault(words.tooBig);
      return;
    }
    setName(file.name.slice(0, 120));
    setText(await file.text());
    setFault(null);
  };
  const begin = (): void => {
    if (text.trim() === "") setFault(words.needed);
    else start.mutate(undefined);
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={words.title}
      size="lg"
      closeButtonProps={{ "aria-label": shell.close }}
    >
      <Stack>
        <p className={classes.dialogHint}>{words.hint}</p>
        <Group>
          <FileButton
            accept=".jsonl,.ndjson,.json,.txt,application/jsonl,text/plain"
            onChange={(file) => void take(file)}
          >
            {(props) => (
              <Button variant="light" {...props}>
                {name ?? words.file}
              </Button>
            )}
          </FileButton>
          <Button variant="subtle" onClick={() => setText(exampleTranscript(scene))}>
            {words.example}
          </Button>
        </Group>
        <Textarea
          label={words.paste}
          rows={7}
          value={text}
          error={fault}
          spellCheck={false}
          classNames={{ input: classes.transcript ?? "" }}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div>
          <p className={classes.dialogLabel}>{words.speed}</p>
          <SegmentedControl
            fullWidth
            aria-label={words.speed}
            value={speed}
            onChange={(value) => setSpeed(value)}
            data={(Object.keys(SPEEDS) as Speed[]).map((value) => ({
              value,
              label: words.speeds[value],
            }))}
          />
        </div>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {shell.cancel}
          </Button>
          <Button loading={start.isPending} onClick={begin}>
            {words.start}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
