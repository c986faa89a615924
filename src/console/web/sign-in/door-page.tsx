import { Button, Code, PasswordInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { signIn, useDoor } from "../api/access.js";
import { keys } from "../api/keys.js";
import { ApiError } from "../api/problem.js";
import { noteMode } from "../app/mode.js";
import { LanguageButton, ThemeButton } from "../app/preference-buttons.js";
import { BotMark } from "../shared/bot-mark.js";
import { problemWords } from "../shared/problem-words.js";
import { useTexts } from "../shared/use-texts.js";
import classes from "./door-page.module.css";
import { linkFailure } from "./link-failure.js";
import { signedOutReason } from "./signed-out.js";

function PasswordForm() {
  const { signIn: words } = useTexts().shell;
  const client = useQueryClient();
  const [password, setPassword] = useState("");
  const enter = useMutation({
    mutationFn: signIn,
    meta: { quiet: true },
    onSuccess: (identity) => {
      noteMode(identity.mode);
      // What another person read here before is not shown again.
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.me[0] });
      client.setQueryData(keys.me, identity);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    enter.mutate(password);
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <PasswordInput
        label={words.password}
        autoComplete="current-password"
        required
        withAsterisk={false}
        size="md"
        value={password}
        error={enter.isError ? problemWords(enter.error) : null}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" size="md" fullWidth loading={enter.isPending}>
        {words.submit}
      </Button>
    </form>
  );
}

/** Why somebody stands here: a link that was refused, or a session that ended. */
function Reason({ isDemo }: { readonly isDemo: boolean }) {
  const { signIn: words } = useTexts().shell;
  const failure = linkFailure();
  const reason = signedOutReason();
  if (reason !== null) {
    return (
      <p className={classes.reason} role="status">
        {reason === "left" ? words.signedOut : words.revoked}
      </p>
    );
  }
  if (failure === null) return null;
  const problem = failure instanceof ApiError ? failure.problem : null;
  return (
    <div className={classes.reason} role="alert">
      <p className={classes.reasonTitle}>{problem?.title ?? words.usedTitle}</p>
      <p>
        {isDemo && problem !== null ? words.demoRemedy : (problem?.remedy ?? problemWords(failure))}
      </p>
    </div>
  );
}

/** What somebody sees who is not signed in. */
export function DoorPage() {
  const { shell } = useTexts();
  const door = useDoor();
  const words = shell.signIn;
  const hasPassword = door.data?.hasPassword === true;
  return (
    <main className={classes.page}>
      <div className={classes.preferences}>
        <LanguageButton />
        <ThemeButton />
      </div>
      <section className={classes.card} aria-labelledby="door-title">
        <div className={classes.mark}>
          <BotMark size={44} />
        </div>
        <h1 id="door-title" className={classes.title}>
          {shell.product}
        </h1>
        <p className={classes.tagline}>{shell.tagline}</p>
        <Reason isDemo={door.data?.mode === "demo"} />
        {hasPassword ? <PasswordForm /> : null}
        <p className={classes.hint}>
          {door.data?.mode === "demo"
            ? words.demoHint
            : hasPassword
              ? words.serviceHint
              : words.noWay}
        </p>
        <figure className={classes.sample}>
          <figcaption>{words.terminal}</figcaption>
          <Code block>{`${location.origin}/#/in?t=…`}</Code>
        </figure>
      </section>
    </main>
  );
}
