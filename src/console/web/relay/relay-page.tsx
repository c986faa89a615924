import { Button, SegmentedControl, Select } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { RelayGroup } from "#src/console/contract/relay.js";
import { useRelayGroups } from "../api/relay.js";
import { cx } from "../shared/cx.js";
import { dayAndTime } from "../shared/format.js";
import { RelayIcon } from "../shared/icons.js";
import { EmptyState, ErrorState, PageLoader } from "../shared/states.js";
import { useLanguage, useTexts } from "../shared/use-texts.js";
import { CommandBox } from "./command-box.js";
import { NewGroup } from "./new-group.js";
import { PasteDesk } from "./paste-desk.js";
import classes from "./relay.module.css";
import type { RelayPart } from "./relay-search.js";
import { SurveyForm } from "./survey-form.js";
import { TrayList } from "./tray-list.js";

/** Groups without a bot account: chat is pasted in at the left, and carried out from the right. */
export function RelayPage() {
  const { relay } = useTexts();
  const { group: chosen, part = "paste" } = useSearch({ from: "/relay" });
  const navigate = useNavigate({ from: "/relay" });
  const groups = useRelayGroups();
  const [making, setMaking] = useState(false);
  if (groups.isError)
    return <ErrorState error={groups.error} onRetry={() => void groups.refetch()} />;
  if (groups.data === undefined) return <PageLoader />;
  const group = groups.data.find(({ id }) => id === chosen) ?? groups.data[0];
  const show = (id: string): void => {
    void navigate({ search: (before) => ({ ...before, group: id }) });
  };
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <div>
          <h1 className={classes.title}>{relay.title}</h1>
          <p className={classes.intro}>{relay.intro}</p>
        </div>
        <div className={classes.chooser}>
          {groups.data.length === 0 ? null : (
            <Select
              aria-label={relay.chooseGroup}
              data={groups.data.map(({ id, name }) => ({ value: id, label: name }))}
              value={group?.id ?? null}
              onChange={(id) => (id === null ? undefined : show(id))}
              allowDeselect={false}
            />
          )}
          <Button variant="light" onClick={() => setMaking(true)}>
            {relay.newGroup}
          </Button>
        </div>
      </header>
      {making ? (
        <NewGroup
          onClose={() => setMaking(false)}
          onMade={(made) => {
            setMaking(false);
            show(made.id);
          }}
        />
      ) : null}
      {group === undefined ? (
        <EmptyState title={relay.none.title} hint={relay.none.hint} icon={<RelayIcon size={26} />}>
          <Button onClick={() => setMaking(true)}>{relay.newGroup}</Button>
        </EmptyState>
      ) : (
        <Desk
          key={group.id}
          group={group}
          part={part}
          onPart={(next) => void navigate({ search: (before) => ({ ...before, part: next }) })}
        />
      )}
    </div>
  );
}

function Desk({
  group,
  part,
  onPart,
}: {
  readonly group: RelayGroup;
  readonly part: RelayPart;
  readonly onPart: (part: RelayPart) => void;
}) {
  const { relay } = useTexts();
  const trayLabel =
    group.waiting === 0 ? relay.parts.tray : `${relay.parts.tray} · ${String(group.waiting)}`;
  return (
    <>
      <Facts group={group} />
      <SegmentedControl
        className={cx(classes.parts)}
        fullWidth
        value={part}
        onChange={(next) => onPart(next === "tray" ? "tray" : "paste")}
        data={[
          { value: "paste", label: relay.parts.paste },
          { value: "tray", label: trayLabel },
        ]}
      />
      <div className={classes.columns}>
        <div className={cx(classes.column, part === "paste" ? undefined : classes.aside)}>
          <PasteDesk group={group} />
        </div>
        <div className={cx(classes.column, part === "tray" ? undefined : classes.aside)}>
          <TrayList group={group} />
          <SurveyForm group={group} />
          <CommandBox group={group} />
        </div>
      </div>
    </>
  );
}

function Facts({ group }: { readonly group: RelayGroup }) {
  const { facts } = useTexts().relay;
  const language = useLanguage();
  const when = (at: number): string => dayAndTime(at, { language, timeZone: group.timeZone });
  const { openSurvey, lastPasteAt } = group;
  return (
    <div className={classes.facts}>
      <p>
        {[
          facts.members(group.members),
          facts.waiting(group.waiting),
          lastPasteAt === null ? facts.noPaste : facts.lastPaste(when(lastPasteAt)),
        ].join(" · ")}
      </p>
      {openSurvey === null ? null : (
        <p className={classes.open}>
          {facts.survey(openSurvey.title, openSurvey.answers, when(openSurvey.closesAt))}
        </p>
      )}
    </div>
  );
}
