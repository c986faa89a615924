import { Button } from "@mantine/core";
import { useState } from "react";
import type { RelayGroup, TrayItemInfo } from "#src/console/contract/relay.js";
import { trayPicture, useSetTaken, useTray } from "../api/relay.js";
import { cx } from "../shared/cx.js";
import { dayAndTime } from "../shared/format.js";
import { CheckIcon, CopyIcon, DownloadIcon, InboxIcon } from "../shared/icons.js";
import { PictureDialog } from "../shared/picture-dialog.js";
import { announce } from "../shared/problem-words.js";
import { EmptyState, ErrorState, PageLoader } from "../shared/states.js";
import { useLanguage, useTexts } from "../shared/use-texts.js";
import classes from "./relay.module.css";

const MOST_DONE = 10;
const MOST_OPEN = 3;

/** What is to be carried into the chat, with copy buttons; what was carried lies below. */
export function TrayList({ group }: { readonly group: RelayGroup }) {
  const { tray } = useTexts().relay;
  const items = useTray(group.id);
  return (
    <section className={classes.section} aria-labelledby="relay-tray">
      <h2 id="relay-tray" className={classes.heading}>
        {tray.title}
      </h2>
      <p className={classes.hint}>{tray.hint}</p>
      {items.isError ? (
        <ErrorState error={items.error} onRetry={() => void items.refetch()} />
      ) : items.data === undefined ? (
        <PageLoader />
      ) : (
        <Items group={group} items={items.data} />
      )}
    </section>
  );
}

function Items({
  group,
  items,
}: {
  readonly group: RelayGroup;
  readonly items: readonly TrayItemInfo[];
}) {
  const { tray } = useTexts().relay;
  // The oldest waits longest, and texts of one matter follow each other.
  const waiting = items
    .filter(({ takenAt, text }) => takenAt === null && text !== null)
    .toReversed();
  const open = waiting.filter((item) => item.for !== "member");
  const single = waiting.filter((item) => item.for === "member");
  const done = items.filter((item) => !waiting.includes(item)).slice(0, MOST_DONE);
  return (
    <>
      {open.length === 0 ? (
        <EmptyState
          title={tray.empty.title}
          hint={tray.empty.hint}
          icon={<InboxIcon size={24} />}
        />
      ) : (
        <ul className={classes.items} aria-label={tray.waiting}>
          {open.map((item) => (
            <Item key={item.id} item={item} group={group} />
          ))}
        </ul>
      )}
      {single.length === 0 ? null : (
        <details className={classes.options} open={single.length <= MOST_OPEN}>
          <summary>{`${tray.inPrivate} · ${String(single.length)}`}</summary>
          <ul className={classes.items}>
            {single.map((item) => (
              <Item key={item.id} item={item} group={group} />
            ))}
          </ul>
        </details>
      )}
      {done.length === 0 ? null : (
        <details className={classes.options}>
          <summary>{`${tray.done} · ${String(done.length)}`}</summary>
          <ul className={classes.items}>
            {done.map((item) => (
              <Item key={item.id} item={item} group={group} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

interface ItemProps {
  readonly item: TrayItemInfo;
  readonly group: RelayGroup;
}

function Item({ item, group }: ItemProps) {
  const { tray } = useTexts().relay;
  const { text, picture } = item;
  const kind = tray.kinds[item.kind] ?? item.kind;
  return (
    <li className={cx(classes.item, item.for === "staff" ? classes.forStaff : undefined)}>
      <ItemHead item={item} group={group} kind={kind} />
      {text === null ? (
        <p className={classes.dim}>{tray.gone}</p>
      ) : (
        <p className={classes.words}>{text}</p>
      )}
      {picture === null ? null : (
        <ItemPicture id={item.id} alt={picture.alt} title={tray.pictureOf(kind)} />
      )}
      <ItemButtons item={item} />
    </li>
  );
}

function ItemHead({ item, group, kind }: ItemProps & { readonly kind: string }) {
  const { tray } = useTexts().relay;
  const language = useLanguage();
  const whom = {
    group: tray.forGroup,
    staff: tray.forStaff,
    member: tray.forMember(item.to ?? ""),
  };
  return (
    <div className={classes.itemHead}>
      <strong>{kind}</strong>
      <span className={item.for === "staff" ? classes.warm : classes.count}>{whom[item.for]}</span>
      <time className={classes.dim} dateTime={new Date(item.putAt).toISOString()}>
        {dayAndTime(item.putAt, { language, timeZone: group.timeZone })}
      </time>
    </div>
  );
}

function ItemPicture({
  id,
  alt,
  title,
}: {
  readonly id: string;
  readonly alt: string;
  readonly title: string;
}) {
  const [looking, setLooking] = useState(false);
  return (
    <>
      <button type="button" className={classes.picture} onClick={() => setLooking(true)}>
        <img src={trayPicture(id)} alt={alt} loading="lazy" />
      </button>
      {looking ? (
        <PictureDialog
          picture={{ url: trayPicture(id), alt }}
          title={title}
          onClose={() => setLooking(false)}
        />
      ) : null}
    </>
  );
}

function ItemButtons({ item }: Pick<ItemProps, "item">) {
  const { tray } = useTexts().relay;
  const taking = useSetTaken();
  const { id, text, picture, takenAt } = item;
  const waits = takenAt === null;
  const copy = async (words: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(words);
      announce(tray.copied);
    } catch {
      announce(tray.copyFailed);
    }
  };
  const done = item.for === "staff" ? tray.seen : tray.taken;
  return (
    <div className={classes.buttons}>
      {text === null ? null : (
        <Button
          size="compact-md"
          variant="light"
          leftSection={<CopyIcon size={17} />}
          onClick={() => void copy(text)}
        >
          {tray.copy}
        </Button>
      )}
      {picture === null ? null : (
        <Button
          size="compact-md"
          variant="light"
          component="a"
          href={trayPicture(id)}
          download="huiyin-digest.png"
          leftSection={<DownloadIcon size={17} />}
        >
          {tray.picture}
        </Button>
      )}
      <Button
        size="compact-md"
        variant={waits ? "default" : "subtle"}
        loading={taking.isPending}
        {...(waits ? { leftSection: <CheckIcon size={17} /> } : {})}
        onClick={() => taking.mutate({ id, taken: waits })}
      >
        {waits ? done : tray.undo}
      </Button>
    </div>
  );
}
