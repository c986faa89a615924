import { Button, PasswordInput, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { changePassword, useIdentity } from "../api/access.js";
import { keys } from "../api/keys.js";
import { isDemo } from "../app/mode.js";
import { announce, problemWords } from "../shared/problem-words.js";
import { useTexts } from "../shared/use-texts.js";
import { Section } from "./section.js";

const SHORTEST = 12;

function PasswordForm({ hasPassword }: { readonly hasPassword: boolean }) {
  const { password: words } = useTexts().settings;
  const client = useQueryClient();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [isLate, setLate] = useState(false);
  const isTooShort = next.length < SHORTEST;
  const change = useMutation({
    mutationFn: () => changePassword({ next, ...(current === "" ? {} : { current }) }),
    meta: { quiet: true },
    onSuccess: async () => {
      setCurrent("");
      setNext("");
      setLate(false);
      announce(words.saved);
      await client.invalidateQueries({ queryKey: keys.me });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setLate(true);
    if (!isTooShort) change.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {hasPassword ? (
          <PasswordInput
            label={words.current}
            description={words.currentHint}
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
        ) : null}
        <PasswordInput
          label={words.next}
          description={words.hint}
          autoComplete="new-password"
          value={next}
          error={
            isLate && isTooShort
              ? words.tooShort(next.length)
              : change.isError
                ? problemWords(change.error)
                : null
          }
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <Button type="submit" loading={change.isPending} style={{ alignSelf: "flex-start" }}>
          {hasPassword ? words.submitChange : words.submitNew}
        </Button>
      </Stack>
    </form>
  );
}

/** Sets or changes the owner password; the demo has none. */
export function PasswordSection() {
  const { password: words } = useTexts().settings;
  const hasPassword = useIdentity().data?.hasPassword === true;
  const hint = isDemo() ? words.demo : hasPassword ? words.some : words.none;
  return (
    <Section id="password" title={words.title} hint={hint}>
      {isDemo() ? null : <PasswordForm hasPassword={hasPassword} />}
    </Section>
  );
}
