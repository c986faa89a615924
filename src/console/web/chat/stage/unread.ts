import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { SimulatorState } from "#src/console/contract/simulator.js";
import { liveLines } from "../../api/streams.js";
import { directRoomOf } from "./scene.js";

/** How many lines of a room had arrived by the stream when it was last on show. */
const seen = new Map<string, number>();

/** Remembers that everything in a room has been on show. Kept while the tab is open. */
export function useMarkSeen(room: string): void {
  const stamp = useSyncExternalStore(liveLines.watch, liveLines.stamp);
  useEffect(() => {
    seen.set(room, liveLines.of(room).size);
  }, [room, stamp]);
}

function newsOf(room: string): number {
  const arrived = liveLines.of(room).size;
  const before = seen.get(room) ?? 0;
  // After a reset the stream begins anew.
  if (arrived < before) seen.delete(room);
  return Math.max(0, arrived - before);
}

/** How many lines have come into each room that is not on show, since it last was. */
export function useUnread(state: SimulatorState, shown: string): ReadonlyMap<string, number> {
  const stamp = useSyncExternalStore(liveLines.watch, liveLines.stamp);
  return useMemo(() => {
    const rooms = [
      ...state.rooms.map((room) => room.id),
      ...state.members.map((member) => directRoomOf(member.id)),
    ];
    const news = rooms
      .filter((room) => room !== shown)
      .map((room): [string, number] => [room, newsOf(room)]);
    // The stamp stands for what the stream holds.
    return new Map(stamp < 0 ? [] : news);
  }, [state, shown, stamp]);
}
