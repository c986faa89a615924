import { useMutation, useQueryClient } from "@tanstack/react-query";
import { keys } from "../../api/keys.js";
import type { HeardState } from "../../api/stage.js";

/** Does something to the pretend world and shows how it stands afterwards. */
export function useChange<T>(change: (input: T) => Promise<HeardState>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (state) => client.setQueryData(keys.simulator, state),
  });
}
