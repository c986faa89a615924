import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { claim, readIdentity } from "../api/access.js";
import { keys } from "../api/keys.js";
import { noteMode } from "../app/mode.js";
import { PageLoader } from "../shared/states.js";
import { noteLinkFailure } from "./link-failure.js";

/**
 * Claims a one-time link before any page is drawn, and learns which mode the server runs in. A link
 * that is refused harms nobody who is signed in already.
 */
export function Arrival({
  token,
  children,
}: {
  readonly token: string | null;
  readonly children: ReactNode;
}) {
  const client = useQueryClient();
  const [isReady, setReady] = useState(false);
  const begun = useRef(false);
  useEffect(() => {
    // The token works once: a second run of this effect must not spend it again.
    if (begun.current) return;
    begun.current = true;
    const arrive = async (): Promise<void> => {
      if (token !== null) await claim(token).catch(noteLinkFailure);
      const identity = await readIdentity();
      if (identity !== null) noteMode(identity.mode);
      client.setQueryData(keys.me, identity);
    };
    // When the server cannot be reached the pages say so themselves.
    arrive()
      .catch(() => null)
      .finally(() => setReady(true));
  }, [client, token]);
  return isReady ? children : <PageLoader />;
}
