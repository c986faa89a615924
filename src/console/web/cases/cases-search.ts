/** What the address of the complaints page says: the filter, and which case is open. */
export interface CasesSearch {
  readonly state?: CaseFilterState;
  readonly group?: string;
  readonly id?: string;
  /** A case by its number, as chats name it; becomes an id once it is found. */
  readonly number?: number;
}

/** Which cases are listed. */
export type CaseFilterState = (typeof CASE_FILTERS)[number];

export const CASE_FILTERS = ["open", "overdue", "closed", "all"] as const;

function isFilter(value: unknown): value is CaseFilterState {
  return CASE_FILTERS.some((filter) => filter === value);
}

/** Reads the address; anything else in it is left out. */
export function readCasesSearch(search: Readonly<Record<string, unknown>>): CasesSearch {
  const { state, group, id, number } = search;
  return {
    ...(isFilter(state) ? { state } : {}),
    ...(typeof group === "string" ? { group } : {}),
    ...(typeof id === "string" ? { id } : {}),
    ...(typeof number === "number" && Number.isInteger(number) && number > 0 ? { number } : {}),
  };
}
