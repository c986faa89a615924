import { Popover, SegmentedControl, Select } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { useState } from "react";
import type { GroupInfo } from "#src/console/contract/care.js";
import { dayInWords } from "../shared/format.js";
import { useLanguage, useTexts } from "../shared/use-texts.js";
import classes from "./overview.module.css";
import { type OverviewSearch, PRESET_DAYS, type Preset } from "./overview-search.js";
import { presetOf, spanOf } from "./span.js";
import { useToday } from "./use-today.js";

/** What is chosen, and how to choose otherwise. */
interface ControlsProps {
  readonly groups: readonly GroupInfo[];
  readonly group: GroupInfo;
  readonly search: OverviewSearch;
  readonly onChoose: (change: OverviewSearch) => void;
}

function RangePicker({
  today,
  search,
  onChoose,
}: {
  readonly today: string;
  readonly search: OverviewSearch;
  readonly onChoose: (change: OverviewSearch) => void;
}) {
  const span = spanOf(search, today);
  const [days, setDays] = useState<[string | null, string | null]>([span.from, span.to]);
  return (
    <DatePicker
      type="range"
      allowSingleDateInRange
      value={days}
      defaultDate={span.to}
      maxDate={today}
      onChange={(next) => {
        setDays(next);
        const [from, to] = next;
        if (from !== null && to !== null) onChoose({ range: "custom", from, to });
      }}
    />
  );
}

function RangeControl({ group, search, onChoose }: Omit<ControlsProps, "groups">) {
  const { overview: words } = useTexts();
  const today = useToday(group);
  const [isPicking, setPicking] = useState(false);
  const presets: readonly Preset[] = [...(Object.keys(PRESET_DAYS) as Preset[]), "custom"];
  const choose = (preset: Preset): void => {
    setPicking(preset === "custom");
    if (preset !== "custom") onChoose({ range: preset });
  };
  return (
    <Popover opened={isPicking} onChange={setPicking} position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <SegmentedControl
          className={classes.presets ?? ""}
          aria-label={words.range}
          value={presetOf(search)}
          onChange={(value) => choose(value)}
          data={presets.map((value) => ({
            value,
            label:
              value === "custom" ? (
                <span onPointerUp={() => setPicking(true)}>{words.presets.custom}</span>
              ) : (
                words.presets[value]
              ),
          }))}
        />
      </Popover.Target>
      <Popover.Dropdown aria-label={words.pickRange}>
        {today === null ? null : (
          <RangePicker
            today={today}
            search={search}
            onChoose={(change) => {
              setPicking(false);
              onChoose(change);
            }}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

/** Which group and which days. */
export function Controls({ groups, group, search, onChoose }: ControlsProps) {
  const language = useLanguage();
  const { overview: words } = useTexts();
  const today = useToday(group);
  const span = today === null ? null : spanOf(search, today);
  return (
    <div className={classes.controls}>
      <Select
        className={classes.group ?? ""}
        aria-label={words.group}
        data={groups.map(({ id, name }) => ({ value: id, label: name }))}
        value={group.id}
        allowDeselect={false}
        onChange={(id) => {
          if (id !== null) onChoose({ group: id });
        }}
      />
      <RangeControl group={group} search={search} onChoose={onChoose} />
      <p className={classes.shown}>
        {span === null
          ? ""
          : words.shown(
              dayInWords(span.from, language),
              dayInWords(span.to, language),
              group.timeZone,
            )}
      </p>
    </div>
  );
}
