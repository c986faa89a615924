import { useSimulator } from "../api/stage.js";
import { isDemo } from "../app/mode.js";

/** The present moment, for "in 20 minutes"; in the demo the pretend one. Epoch ms. */
export function useNow(): number {
  const simulator = useSimulator(isDemo());
  return simulator.data?.state.now ?? Date.now();
}
