import { Button, Skeleton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { CaseSummary } from "#src/console/contract/care.js";
import type { useCases } from "../api/care.js";
import { isDemo } from "../app/mode.js";
import { relativeTime } from "../shared/format.js";
import { InboxIcon } from "../shared/icons.js";
import { EmptyState, ErrorState } from "../shared/states.js";
import { AspectTags, SeverityTag, StateTag } from "../shared/tags.js";
import { useLanguage, useTexts } from "../shared/use-texts.js";
import classes from "./cases.module.css";
import { DueNote } from "./due-note.js";
import { useNow } from "./use-now.js";

function Row({
  item,
  isOpen,
  onOpen,
}: {
  readonly item: CaseSummary;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}) {
  const language = useLanguage();
  const { cases: words } = useTexts();
  const now = useNow();
  return (
    <li id={`case-${item.id}`}>
      <button
        type="button"
        className={classes.row}
        aria-current={isOpen ? "true" : undefined}
        onClick={onOpen}
      >
        <span className={classes.rowTop}>
          <strong>{words.number(item.number)}</strong>
          <SeverityTag severity={item.severity} />
          <StateTag state={item.state} />
          <span className={classes.when}>{relativeTime(item.openedAt, now, language)}</span>
        </span>
        <span className={classes.excerpt}>{item.excerpt || words.noText}</span>
        <span className={classes.rowFoot}>
          <AspectTags aspects={item.aspects} />
          <span>{words.people(item.people)}</span>
          <span>{item.groupName}</span>
          <DueNote item={item} />
        </span>
      </button>
    </li>
  );
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }) {
  const { cases: words } = useTexts();
  if (isFiltered) return <EmptyState {...words.emptyOther} icon={<InboxIcon size={26} />} />;
  const { title, hint, action } = words.emptyOpen;
  return (
    <EmptyState title={title} hint={hint} icon={<InboxIcon size={26} />}>
      {isDemo() ? (
        <Button renderRoot={(props) => <Link to="/chat" {...props} />}>{action}</Button>
      ) : null}
    </EmptyState>
  );
}

/** The cases, page by page. */
export function CaseList({
  query,
  items,
  openId,
  isFiltered,
  onOpen,
}: {
  readonly query: ReturnType<typeof useCases>;
  readonly items: readonly CaseSummary[];
  readonly openId: string | null;
  readonly isFiltered: boolean;
  readonly onOpen: (id: string) => void;
}) {
  const { shell } = useTexts();
  if (query.isError && items.length === 0) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.isPending) {
    return (
      <div className={classes.waiting} aria-hidden="true">
        {[0, 1, 2, 3, 4].map((index) => (
          <Skeleton key={index} height={96} radius="md" />
        ))}
      </div>
    );
  }
  if (items.length === 0) return <Nothing isFiltered={isFiltered} />;
  return (
    <div className={classes.scroll}>
      <ul className={classes.list}>
        {items.map((item) => (
          <Row
            key={item.id}
            item={item}
            isOpen={item.id === openId}
            onOpen={() => onOpen(item.id)}
          />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button
          variant="subtle"
          fullWidth
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {shell.loadMore}
        </Button>
      ) : null}
    </div>
  );
}
