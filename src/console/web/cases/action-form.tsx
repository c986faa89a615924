import { Button, Group, Textarea } from "@mantine/core";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTexts } from "../shared/use-texts.js";
import classes from "./cases.module.css";

/** Actions that carry words. */
export type WrittenAction = "note" | "reply" | "resolve" | "dismiss" | "reopen";

const NEEDED: readonly WrittenAction[] = ["note", "reply", "resolve"];
const LONGEST = 2_000;

/** The words of an action, with whom they go to. */
export function ActionForm({
  action,
  isPending,
  onCancel,
  onSubmit,
}: {
  readonly action: WrittenAction;
  readonly isPending: boolean;
  readonly onCancel: () => void;
  readonly onSubmit: (text: string) => void;
}) {
  const { cases: words, shell } = useTexts();
  const [text, setText] = useState("");
  const [isMissing, setMissing] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const form = words.form[action];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const written = text.trim();
    if (written === "" && NEEDED.includes(action)) setMissing(true);
    else onSubmit(written);
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <Textarea
        label={form.label}
        description={form.hint}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={LONGEST}
        value={text}
        error={isMissing && text.trim() === "" ? words.needsText : null}
        ref={field}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="sm">
        <Button variant="default" onClick={onCancel}>
          {shell.cancel}
        </Button>
        <Button type="submit" loading={isPending}>
          {form.submit}
        </Button>
      </Group>
    </form>
  );
}
