import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { CaseAction, CaseActionOutcome, CaseDetail } from "#src/console/contract/care.js";
import { actOnCase } from "../api/care.js";
import { keys } from "../api/keys.js";

/** How a case stands at once, before the server has answered; it goes back if that fails. */
const EXPECTED: Readonly<Partial<Record<CaseAction["action"], string>>> = {
  confirm: "confirmed",
  dismiss: "dismissed",
  resolve: "resolved",
  reopen: "reopened",
};

/** Does something about a case; the page shows at once what is expected of it. */
export function useCaseAction(
  id: string,
  onDone: (outcome: CaseActionOutcome, action: CaseAction) => void,
) {
  const client = useQueryClient();
  const key = [...keys.cases, "one", id];
  return useMutation({
    mutationFn: (action: CaseAction) => {
      // The server tells when the case has moved on since it was shown.
      const version = client.getQueryData<CaseDetail>(key)?.version;
      return actOnCase(id, { ...action, ...(version === undefined ? {} : { version }) });
    },
    onMutate: async ({ action }) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<CaseDetail>(key);
      const state = EXPECTED[action];
      if (before !== undefined && state !== undefined) {
        client.setQueryData<CaseDetail>(key, { ...before, state, actions: [] });
      }
      return { before };
    },
    onError: (_error, _action, context) => {
      client.setQueryData(key, context?.before);
    },
    onSuccess: (outcome, action) => {
      client.setQueryData(key, outcome.case);
      notifications.show({
        color: outcome.done ? "jade" : "clay",
        message: outcome.message,
        autoClose: 6_000,
      });
      onDone(outcome, action);
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.cases });
      void client.invalidateQueries({ queryKey: keys.groups });
    },
  });
}
