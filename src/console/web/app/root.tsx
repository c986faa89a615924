import { Outlet } from "@tanstack/react-router";
import { useEffect } from "react";
import { useIdentity } from "../api/access.js";
import { ErrorState, PageLoader } from "../shared/states.js";
import { DoorPage } from "../sign-in/door-page.js";
import { noteSignedIn } from "../sign-in/signed-out.js";
import { LiveProvider } from "./live-provider.js";
import { Shell } from "./shell.js";

/** The frame of all pages; whoever is not signed in sees the door instead. */
export function Root() {
  const identity = useIdentity();
  const isInside = identity.data !== null && identity.data !== undefined;
  useEffect(() => {
    if (isInside) noteSignedIn();
  }, [isInside]);
  if (identity.isError) {
    return <ErrorState error={identity.error} onRetry={() => void identity.refetch()} />;
  }
  if (identity.data === undefined) return <PageLoader />;
  if (identity.data === null) return <DoorPage />;
  return (
    <LiveProvider>
      <Shell identity={identity.data}>
        <Outlet />
      </Shell>
    </LiveProvider>
  );
}
