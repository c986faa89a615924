import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { RelayGroup } from "#src/console/contract/relay.js";
import { useCommand } from "../api/relay.js";
import { useTexts } from "../shared/use-texts.js";
import classes from "./relay.module.css";

/** A line for staff commands; the answer lies in the tray. */
export function CommandBox({ group }: { readonly group: RelayGroup }) {
  const { command } = useTexts().relay;
  const [text, setText] = useState("");
  const telling = useCommand(group.id);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    telling.mutate(text, { onSuccess: () => setText("") });
  };
  return (
    <section className={classes.section} aria-labelledby="relay-command">
      <h2 id="relay-command" className={classes.heading}>
        {command.title}
      </h2>
      <p className={classes.hint}>{command.hint}</p>
      <form className={classes.line} onSubmit={submit}>
        <TextInput
          aria-label={command.title}
          placeholder={command.placeholder}
          value={text}
          maxLength={500}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="light"
          loading={telling.isPending}
          disabled={text.trim() === ""}
        >
          {command.submit}
        </Button>
      </form>
    </section>
  );
}
