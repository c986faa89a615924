import { ActionIcon, SegmentedControl, Select } from "@mantine/core";
import { useGroups } from "../api/care.js";
import { KeyboardIcon } from "../shared/icons.js";
import { useTexts } from "../shared/use-texts.js";
import classes from "./cases.module.css";
import { CASE_FILTERS, type CasesSearch } from "./cases-search.js";

const EVERY = "*";

/** Which cases are listed; the choice is in the address. */
export function CaseFilters({
  search,
  onChoose,
  onHelp,
}: {
  readonly search: CasesSearch;
  readonly onChoose: (change: CasesSearch) => void;
  readonly onHelp: () => void;
}) {
  const { cases: words } = useTexts();
  const groups = useGroups();
  return (
    <div className={classes.filters}>
      <div className={classes.titleRow}>
        <h1 className={classes.title}>{words.title}</h1>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={34}
          aria-label={words.keys.open}
          onClick={onHelp}
          visibleFrom="sm"
        >
          <KeyboardIcon />
        </ActionIcon>
      </div>
      <SegmentedControl
        fullWidth
        aria-label={words.stateFilter}
        value={search.state ?? "open"}
        onChange={(value) => onChoose({ state: value })}
        data={CASE_FILTERS.map((value) => ({ value, label: words.states[value] }))}
      />
      <Select
        aria-label={words.group}
        value={search.group ?? EVERY}
        allowDeselect={false}
        onChange={(id) =>
          onChoose({ group: id === EVERY || id === null ? undefined : id } as CasesSearch)
        }
        data={[
          { value: EVERY, label: words.allGroups },
          ...(groups.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    </div>
  );
}
