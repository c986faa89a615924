import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import type { Page } from "#src/console/contract/common.js";
import type {
  ClockRequest,
  Insight,
  Look,
  PressRequest,
  Pulse,
  ReactRequest,
  ReplayRequest,
  SayRequest,
  SimulatedLine,
  SimulatorState,
  SurveyNowRequest,
} from "#src/console/contract/simulator.js";
import { keys } from "./keys.js";
import { address, command, request, segment, withQuery } from "./request.js";
import { mergeStream, type Streamed, type StreamList } from "./stream-list.js";
import { liveInsights, liveLines } from "./streams.js";

const LINES_A_PAGE = 50;
const INSIGHTS_A_PAGE = 30;
const ROOT = "/simulator";

/** The pretend world, and when the page heard of it (`performance.now`), to let its clock run on. */
export interface HeardState {
  readonly state: SimulatorState;
  readonly heardAt: number;
}

function heard(state: SimulatorState): HeardState {
  return { state, heardAt: performance.now() };
}

/** The pretend world as it is now; kept up to date by the stream. */
export function useSimulator(enabled = true) {
  return useQuery({
    queryKey: keys.simulator,
    queryFn: async () => heard(await request<SimulatorState>(ROOT)),
    enabled,
  });
}

function useStream<T extends Streamed>(
  room: string,
  list: StreamList<T>,
  source: { readonly key: readonly string[]; readonly path: string; readonly limit: number },
) {
  const query = useInfiniteQuery({
    queryKey: [...source.key, room],
    queryFn: ({ pageParam }) =>
      request<Page<T>>(
        withQuery(`${ROOT}/rooms/${segment(room)}/${source.path}`, {
          before: pageParam,
          limit: source.limit,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const arrived = useSyncExternalStore(list.watch, () => list.of(room));
  const pages = query.data?.pages;
  const items = useMemo(() => (pages ? mergeStream(pages, arrived) : []), [pages, arrived]);
  return { query, items };
}

/** What was said in a room, oldest first, with what arrives. */
export function useLines(room: string) {
  return useStream<SimulatedLine>(room, liveLines, {
    key: keys.lines,
    path: "lines",
    limit: LINES_A_PAGE,
  });
}

/** What the bot made of it, oldest first. */
export function useInsights(room: string) {
  return useStream<Insight>(room, liveInsights, {
    key: keys.insights,
    path: "insights",
    limit: INSIGHTS_A_PAGE,
  });
}

/** The numbers of this moment. */
export function usePulse(room: string) {
  return useQuery({
    queryKey: [...keys.pulse, room],
    queryFn: () => request<Pulse>(`${ROOT}/rooms/${segment(room)}/pulse`),
    placeholderData: (before) => before,
  });
}

const post = <T>(path: string, body: unknown): Promise<T> =>
  request<T>(ROOT + path, { method: "POST", body });

const onLine = (lineId: string, what: string): string => `/lines/${segment(lineId)}/${what}`;

async function changedState(
  path: string,
  call: { method: "POST" | "PUT" | "DELETE"; body?: unknown },
) {
  return heard(await request<SimulatorState>(ROOT + path, call));
}

/** Everything that can be done to the pretend world. */
export const stage = {
  async say(line: SayRequest): Promise<SimulatedLine> {
    const said = await post<SimulatedLine>("/lines", line);
    liveLines.putIfNew(said);
    return said;
  },
  async react(lineId: string, reaction: ReactRequest): Promise<void> {
    liveLines.put(await post<SimulatedLine>(onLine(lineId, "reactions"), reaction));
  },
  async recall(lineId: string, memberId: string): Promise<void> {
    liveLines.put(await post<SimulatedLine>(onLine(lineId, "recall"), { memberId }));
  },
  async edit(lineId: string, change: { readonly memberId: string; readonly text: string }) {
    liveLines.put(await post<SimulatedLine>(onLine(lineId, "edit"), change));
  },
  press: (lineId: string, press: PressRequest): Promise<SimulatedLine> =>
    post<SimulatedLine>(onLine(lineId, "press"), press),
  clock: (change: ClockRequest) => changedState("/clock", { method: "POST", body: change }),
  look: (room: string, look: Look) =>
    changedState(`/rooms/${segment(room)}/look`, { method: "PUT", body: { look } }),
  survey: (asked: SurveyNowRequest): Promise<void> =>
    command(`${ROOT}/surveys`, { method: "POST", body: asked }),
  scenario: (id: string, change: "start" | "stop") =>
    changedState(`/scenarios/${segment(id)}/${change}`, { method: "POST", body: {} }),
  replay: (asked: ReplayRequest) => changedState("/replay", { method: "POST", body: asked }),
  stopReplay: () => changedState("/replay", { method: "DELETE" }),
  reset: () => changedState("/reset", { method: "POST", body: {} }),
  tickConsole: () => changedState("/checklist", { method: "POST", body: { item: "console" } }),
};

/** Where the transcript can be downloaded. */
export const exportAddress = address(`${ROOT}/export`);
