import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type {
  CaseAction,
  CaseActionOutcome,
  CaseDetail,
  CaseSummary,
  GroupInfo,
  Health,
  Overview,
} from "#src/console/contract/care.js";
import type { Page } from "#src/console/contract/common.js";
import { keys } from "./keys.js";
import { address, request, segment, withQuery } from "./request.js";

const CASES_A_PAGE = 30;

/** A span of days, both included. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

/** Which cases are listed. */
export interface CaseChoice {
  readonly state: "open" | "overdue" | "closed" | "all";
  readonly groupId: string | null;
}

/** The groups that are connected. */
export function useGroups() {
  return useQuery({
    queryKey: keys.groups,
    queryFn: async () => {
      const answer = await request<readonly GroupInfo[] | { readonly items: readonly GroupInfo[] }>(
        "/groups",
      );
      return "items" in answer ? answer.items : answer;
    },
  });
}

/** The figures of a group in a span. Null as group: nothing is asked. */
export function useOverview(groupId: string | null, span: Span) {
  return useQuery({
    queryKey: [...keys.overview, groupId, span.from, span.to],
    queryFn: () =>
      request<Overview>(
        withQuery(`/groups/${segment(groupId ?? "")}/overview`, { from: span.from, to: span.to }),
      ),
    enabled: groupId !== null,
    placeholderData: (before) => before,
  });
}

/** Where the picture of a digest is. */
export function cardAddress(
  groupId: string,
  span: Span,
  choice: { readonly audience: "staff" | "public"; readonly language: "zh" | "en" },
): string {
  return address(
    withQuery(`/groups/${segment(groupId)}/digest-card`, {
      from: span.from,
      to: span.to,
      audience: choice.audience,
      lang: choice.language,
    }),
  );
}

/** The list of cases, page by page. */
export function useCases(choice: CaseChoice) {
  return useInfiniteQuery({
    queryKey: [...keys.cases, "list", choice.state, choice.groupId],
    queryFn: ({ pageParam }) =>
      request<Page<CaseSummary>>(
        withQuery("/cases", {
          state: choice.state,
          groupId: choice.groupId,
          before: pageParam,
          limit: CASES_A_PAGE,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

/** One case with its words and its history. */
export function useCase(id: string | null) {
  return useQuery({
    queryKey: [...keys.cases, "one", id],
    queryFn: () => request<CaseDetail>(`/cases/${segment(id ?? "")}`),
    enabled: id !== null,
  });
}

/** Does something about a case. */
export function actOnCase(id: string, action: CaseAction): Promise<CaseActionOutcome> {
  return request<CaseActionOutcome>(`/cases/${segment(id)}/actions`, {
    method: "POST",
    body: action,
  });
}

/** Whether all parts work. */
export function useHealth() {
  return useQuery({ queryKey: keys.health, queryFn: () => request<Health>("/health") });
}
