import { Button, Skeleton } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect } from "react";
import type { GroupInfo, Overview } from "#src/console/contract/care.js";
import { type Span, useGroups, useOverview } from "../api/care.js";
import { stage, useSimulator } from "../api/stage.js";
import { isDemo } from "../app/mode.js";
import { useChange } from "../chat/stage/use-change.js";
import { ChartIcon } from "../shared/icons.js";
import { recallChoice, remember } from "../shared/preferences.js";
import { EmptyState, ErrorState } from "../shared/states.js";
import { useLanguage, useTexts } from "../shared/use-texts.js";
import { AspectBars } from "./aspect-bars.js";
import { CardPreview } from "./card-preview.js";
import { Controls } from "./controls.js";
import { FigureTiles } from "./figure-tiles.js";
import classes from "./overview.module.css";
import type { OverviewSearch } from "./overview-search.js";
import { spanOf } from "./span.js";
import { TrendPanel } from "./trend-panel.js";
import { useToday } from "./use-today.js";

const route = getRouteApi("/overview");
const GROUP_KEY = "huiyin.group";
const RANGE_KEY = "huiyin.range";

/** The first look at the numbers is the last step of the first minute. */
function useFirstLook(): void {
  const simulator = useSimulator(isDemo());
  const { mutate } = useChange(() => stage.tickConsole());
  const isOpen = simulator.data?.state.checklist.console === false;
  useEffect(() => {
    if (isOpen) mutate(undefined);
  }, [isOpen, mutate]);
}

function Waiting() {
  return (
    <div className={classes.grid} aria-hidden="true">
      {[0, 1, 2, 3].map((index) => (
        <Skeleton key={index} height={164} radius="lg" className={classes.span3 ?? ""} />
      ))}
      <Skeleton height={340} radius="lg" className={classes.span8 ?? ""} />
      <Skeleton height={340} radius="lg" className={classes.span4 ?? ""} />
    </div>
  );
}

function Figures({ data, span }: { readonly data: Overview; readonly span: Span }) {
  return (
    <div className={classes.grid}>
      <FigureTiles data={data} />
      <TrendPanel trend={data.trend} />
      <AspectBars aspects={data.aspects} />
      <CardPreview group={data.group} span={span} />
    </div>
  );
}

function GroupOverview({
  group,
  search,
}: {
  readonly group: GroupInfo;
  readonly search: OverviewSearch;
}) {
  const today = useToday(group);
  const span = today === null ? null : spanOf(search, today);
  const overview = useOverview(span === null ? null : group.id, span ?? { from: "", to: "" });
  if (overview.isError && overview.data === undefined) {
    return <ErrorState error={overview.error} onRetry={() => void overview.refetch()} />;
  }
  if (overview.data === undefined || span === null) return <Waiting />;
  return <Figures data={overview.data} span={span} />;
}

function remembered(search: OverviewSearch): OverviewSearch {
  const range = recallChoice(RANGE_KEY);
  const isKnown =
    range === "today" || range === "week" || range === "fortnight" || range === "month";
  return { ...(isKnown ? { range } : {}), ...search };
}

/** Satisfaction, participation and complaints of a group over a span of days. */
export function OverviewPage() {
  const { overview: words } = useTexts();
  const groups = useGroups();
  const search = remembered(route.useSearch());
  const navigate = route.useNavigate();
  useFirstLook();
  const wanted = search.group ?? recallChoice(GROUP_KEY);
  const language = useLanguage();
  const group =
    groups.data?.find((each) => each.id === wanted) ??
    groups.data?.find((each) => each.language === language) ??
    groups.data?.[0];
  const choose = (change: OverviewSearch): void => {
    if (change.group !== undefined) remember(GROUP_KEY, change.group);
    if (change.range !== undefined) remember(RANGE_KEY, change.range);
    void navigate({ search: (before) => ({ ...before, ...change }) });
  };
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>{words.title}</h1>
      {groups.isError ? (
        <ErrorState error={groups.error} onRetry={() => void groups.refetch()} />
      ) : groups.data === undefined ? (
        <Waiting />
      ) : group === undefined ? (
        <EmptyState
          title={words.empty.title}
          hint={words.empty.hint}
          icon={<ChartIcon size={26} />}
        >
          <Button renderRoot={(props) => <Link to="/settings" hash="connect" {...props} />}>
            {words.empty.action}
          </Button>
        </EmptyState>
      ) : (
        <>
          <Controls groups={groups.data} group={group} search={search} onChoose={choose} />
          <GroupOverview group={group} search={search} />
        </>
      )}
    </div>
  );
}
