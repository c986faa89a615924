import { Badge, Button, Group, Skeleton } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Session } from "#src/console/contract/access.js";
import { revoke, signOut, useSessions } from "../api/access.js";
import { keys } from "../api/keys.js";
import { dayAndTime, relativeTime } from "../shared/format.js";
import { announce } from "../shared/problem-words.js";
import { ErrorState } from "../shared/states.js";
import { useLanguage, useTexts } from "../shared/use-texts.js";
import { noteSignedOut } from "../sign-in/signed-out.js";
import { Section } from "./section.js";
import classes from "./settings.module.css";

function useRevoke() {
  const client = useQueryClient();
  const { sessions: words } = useTexts().settings;
  return useMutation({
    mutationFn: revoke,
    onSuccess: async () => {
      announce(words.revoked);
      await client.invalidateQueries({ queryKey: keys.sessions });
    },
  });
}

function SessionRow({ session, now }: { readonly session: Session; readonly now: number }) {
  const language = useLanguage();
  const { sessions: words } = useTexts().settings;
  const end = useRevoke();
  return (
    <li className={classes.session}>
      <div>
        <div className={classes.agent}>
          {session.agent}
          {session.current ? (
            <Badge variant="light" size="sm" tt="none">
              {words.current}
            </Badge>
          ) : null}
        </div>
        <p className={classes.dim}>
          {`${words.seen(relativeTime(session.lastSeenAt, now, language))} · ${words.since(dayAndTime(session.createdAt, { language }))}`}
        </p>
      </div>
      {session.current ? null : (
        <Button
          variant="default"
          size="xs"
          aria-label={words.revokeOf(session.agent)}
          loading={end.isPending}
          onClick={() => end.mutate(session.id)}
        >
          {words.revoke}
        </Button>
      )}
    </li>
  );
}

function Actions({ others }: { readonly others: number }) {
  const { sessions: words } = useTexts().settings;
  const client = useQueryClient();
  const end = useRevoke();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      noteSignedOut("left");
      client.setQueryData(keys.me, null);
    },
  });
  return (
    <Group mt="md">
      {others > 0 ? (
        <Button variant="light" loading={end.isPending} onClick={() => end.mutate(null)}>
          {words.revokeOthers}
        </Button>
      ) : null}
      <Button variant="default" loading={leave.isPending} onClick={() => leave.mutate()}>
        {words.signOut}
      </Button>
    </Group>
  );
}

/** The signed-in browsers, each of which can be signed out from here. */
export function SessionsSection() {
  const { sessions: words } = useTexts().settings;
  const sessions = useSessions();
  const list = sessions.data;
  return (
    <Section id="sessions" title={words.title} hint={words.hint}>
      {sessions.isError ? (
        <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />
      ) : list === undefined ? (
        <Skeleton height={56} radius="md" />
      ) : (
        <>
          <ul className={classes.sessions}>
            {list.map((session) => (
              <SessionRow key={session.id} session={session} now={sessions.dataUpdatedAt} />
            ))}
          </ul>
          <Actions others={list.filter((session) => !session.current).length} />
        </>
      )}
    </Section>
  );
}
