import { useQuery } from "@tanstack/react-query";
import type { CaseSummary } from "#src/console/contract/care.js";
import type { Page } from "#src/console/contract/common.js";
import { keys } from "../api/keys.js";
import { request, withQuery } from "../api/request.js";

/** Finds a case by the number that chats name. Null while it is looked for and when there is none. */
export function useCaseNumber(number: number | undefined): string | null {
  const query = useQuery({
    queryKey: [...keys.cases, "number", number],
    // Lists begin below the cursor: the one after the number has the case on top.
    queryFn: () =>
      request<Page<CaseSummary>>(
        withQuery("/cases", { state: "all", before: (number ?? 0) + 1, limit: 1 }),
      ),
    enabled: number !== undefined,
  });
  const found = query.data?.items[0];
  return found !== undefined && found.number === number ? found.id : null;
}
