import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { readIdentity } from "../api/access.js";
import { applyEvent } from "../api/apply-event.js";
import { keys } from "../api/keys.js";
import { type LiveState, openLive } from "../api/live.js";
import { noteSignedOut } from "../sign-in/signed-out.js";

const LiveContext = createContext<LiveState>("connecting");

/** How the stream stands. */
export function useLiveState(): LiveState {
  return useContext(LiveContext);
}

/** Holds the one stream of the tab while somebody is signed in. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>("connecting");
  useEffect(
    () =>
      openLive({
        onEvent: (event) => applyEvent(client, event),
        onState: setState,
        onRefused: async () => {
          try {
            if ((await readIdentity()) !== null) return "again";
          } catch {
            return "again";
          }
          noteSignedOut("revoked");
          client.setQueryData(keys.me, null);
          return "stop";
        },
      }),
    [client],
  );
  return <LiveContext value={state}>{children}</LiveContext>;
}
