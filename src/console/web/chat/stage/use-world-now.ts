import { useEffect, useState } from "react";
import type { HeardState } from "../../api/stage.js";

const TICK_MS = { 0: 60_000, 1: 1_000, 60: 200 } as const;

/** The pretend time, running on between the server's words about it. Epoch ms. */
export function useWorldNow({ state, heardAt }: HeardState): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), TICK_MS[state.rate]);
    return () => clearInterval(timer);
  }, [state.rate, heardAt]);
  return state.now + Math.max(0, now - heardAt) * state.rate;
}
