import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { isSignedOut, statusOf } from "../api/problem.js";
import { announceProblem } from "../shared/problem-words.js";
import { noteSignedOut } from "../sign-in/signed-out.js";

const RETRIES = 2;

function isHopeless(error: unknown): boolean {
  const status = statusOf(error);
  return status !== null && status >= 400 && status < 500;
}

/** A lost session shows the door wherever it is noticed. */
function onFailure(error: unknown, client: QueryClient): void {
  if (!isSignedOut(error)) return;
  noteSignedOut("revoked");
  client.setQueryData(["me"], null);
}

/** What the pages know of the server. Reading is tried again for faults that may pass by themselves. */
export function makeQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error) => onFailure(error, client) }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _context, mutation) => {
        onFailure(error, client);
        if (mutation.meta?.["quiet"] !== true) announceProblem(error);
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => !isHopeless(error) && count < RETRIES,
      },
      mutations: { retry: false },
    },
  });
  return client;
}
