import { Drawer } from "@mantine/core";
import { useDisclosure, useHotkeys, useMediaQuery } from "@mantine/hooks";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo } from "react";
import { useCases } from "../api/care.js";
import { InboxIcon } from "../shared/icons.js";
import { EmptyState } from "../shared/states.js";
import { useTexts } from "../shared/use-texts.js";
import { CaseFilters } from "./case-filters.js";
import { CaseList } from "./case-list.js";
import { CasePanel } from "./case-panel.js";
import classes from "./cases.module.css";
import type { CasesSearch } from "./cases-search.js";
import { KeysHelp } from "./keys-help.js";
import { useCaseNumber } from "./use-case-number.js";

const route = getRouteApi("/cases");
const NARROW = "(max-width: 900px)";

function without(search: CasesSearch, ...names: readonly (keyof CasesSearch)[]): CasesSearch {
  return Object.fromEntries(
    Object.entries(search).filter(([name]) => names.every((each) => each !== name)),
  );
}

/** The list, the open case, and how to move between them. */
function useSelection(search: CasesSearch) {
  const navigate = route.useNavigate();
  const list = useCases({ state: search.state ?? "open", groupId: search.group ?? null });
  const items = useMemo(() => (list.data?.pages ?? []).flatMap((page) => page.items), [list.data]);
  const byNumber = useCaseNumber(search.number);
  const openId = search.id ?? byNumber;
  const choose = useCallback(
    (change: CasesSearch) =>
      void navigate({
        search: (before) => ({ ...without(before, "number"), ...change }),
      }),
    [navigate],
  );
  const close = useCallback(
    () => void navigate({ search: (before) => without(before, "id", "number") }),
    [navigate],
  );
  const step = (by: 1 | -1): void => {
    const at = items.findIndex((item) => item.id === openId);
    const next = items[at < 0 ? 0 : Math.min(items.length - 1, Math.max(0, at + by))];
    if (next !== undefined) choose({ id: next.id });
  };
  return { list, items, openId, choose, close, step };
}

/** Complaint cases: the list at the left, one case beside it; on a phone it lies over the list. */
export function CasesPage() {
  const { cases: words, shell } = useTexts();
  const search = route.useSearch();
  const { list, items, openId, choose, close, step } = useSelection(search);
  const isNarrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false });
  const [isHelpOpen, help] = useDisclosure();
  useHotkeys([
    ["J", () => step(1)],
    ["K", () => step(-1)],
    ["shift+?", help.open],
    ["?", help.open],
    ["Escape", close],
  ]);
  useEffect(() => {
    if (openId !== null)
      document.getElementById(`case-${openId}`)?.scrollIntoView({ block: "nearest" });
  }, [openId]);
  const panel = openId === null ? null : <CasePanel key={openId} id={openId} onClose={close} />;
  return (
    <div className={classes.page}>
      <section className={classes.side} aria-label={words.list}>
        <CaseFilters search={search} onChoose={choose} onHelp={help.open} />
        <CaseList
          query={list}
          items={items}
          openId={openId}
          isFiltered={(search.state ?? "open") !== "open" || search.group !== undefined}
          onOpen={(id) => choose({ id })}
        />
      </section>
      {isNarrow ? (
        <Drawer
          opened={openId !== null}
          onClose={close}
          position="right"
          size="100%"
          title={words.detail}
          closeButtonProps={{ "aria-label": shell.close }}
        >
          {panel}
        </Drawer>
      ) : (
        <section className={classes.detail} aria-label={words.detail}>
          {panel ?? (
            <EmptyState title={words.title} hint={words.choose} icon={<InboxIcon size={26} />} />
          )}
        </section>
      )}
      <KeysHelp isOpen={isHelpOpen} onClose={help.close} />
    </div>
  );
}
