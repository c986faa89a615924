import { Skeleton } from "@mantine/core";
import type { CaseDetail } from "#src/console/contract/care.js";
import { useCase, useGroups } from "../api/care.js";
import { EvidenceText } from "../shared/evidence-text.js";
import { dayAndTime } from "../shared/format.js";
import { ErrorState } from "../shared/states.js";
import { AspectTags, SeverityTag, StateTag } from "../shared/tags.js";
import { useCaseWords, useLanguage, useTexts } from "../shared/use-texts.js";
import { CaseActions } from "./case-actions.js";
import classes from "./cases.module.css";
import { DueNote } from "./due-note.js";

/** Where and in which language times of a case are shown. */
function usePlace(groupId: string) {
  const language = useLanguage();
  const group = useGroups().data?.find((each) => each.id === groupId);
  return { language, timeZone: group?.timeZone };
}

function Head({ item }: { readonly item: CaseDetail }) {
  const { cases: words } = useTexts();
  const place = usePlace(item.groupId);
  return (
    <header className={classes.panelHead}>
      <div className={classes.panelTitle}>
        <h2>{words.number(item.number)}</h2>
        <SeverityTag severity={item.severity} />
        <StateTag state={item.state} />
        <AspectTags aspects={item.aspects} />
      </div>
      <p className={classes.facts}>
        <span>{item.groupName}</span>
        <span>{words.opened(dayAndTime(item.openedAt, place))}</span>
        <span>{words.people(item.people)}</span>
        <span>{item.assignee === null ? words.nobody : words.assignee(item.assignee)}</span>
        <DueNote item={item} />
      </p>
    </header>
  );
}

function Said({ item }: { readonly item: CaseDetail }) {
  const { cases: words } = useTexts();
  const place = usePlace(item.groupId);
  return (
    <section>
      <h3 className={classes.heading}>{words.said}</h3>
      <ul className={classes.messages}>
        {item.messages.map((message) => (
          <li key={message.id} className={classes.message}>
            <p className={classes.messageHead}>
              <strong>{message.member}</strong>
              <time dateTime={new Date(message.at).toISOString()}>
                {dayAndTime(message.at, place)}
              </time>
            </p>
            <p>
              {message.text === null ? (
                <em>{words.noText}</em>
              ) : (
                <EvidenceText text={message.text} pieces={message.evidence} />
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function History({ item }: { readonly item: CaseDetail }) {
  const { cases: words } = useTexts();
  const names = useCaseWords();
  const place = usePlace(item.groupId);
  return (
    <section>
      <h3 className={classes.heading}>{words.history}</h3>
      <ol className={classes.history}>
        {item.history.map((entry, index) => (
          // The history only grows at its end.
          <li key={`${index} ${entry.at}`} className={classes.entry}>
            <p className={classes.entryHead}>
              <strong>{names.act(entry.kind)}</strong>
              <span>{entry.by === null ? words.bot : entry.by}</span>
              <time dateTime={new Date(entry.at).toISOString()}>{dayAndTime(entry.at, place)}</time>
            </p>
            <p className={classes.note}>{names.note(entry.kind, entry.note)}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** One case: what was said, why it was taken for a complaint, what happened, and what can be done. */
export function CasePanel({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const detail = useCase(id);
  if (detail.isError && detail.data === undefined) {
    return <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />;
  }
  if (detail.data === undefined) {
    return (
      <div className={classes.waiting} aria-hidden="true">
        <Skeleton height={64} radius="md" />
        <Skeleton height={140} radius="md" />
        <Skeleton height={200} radius="md" />
      </div>
    );
  }
  const item = detail.data;
  return (
    <article className={classes.panel}>
      <Head item={item} />
      <CaseActions item={item} onClose={onClose} />
      <Said item={item} />
      <History item={item} />
    </article>
  );
}
