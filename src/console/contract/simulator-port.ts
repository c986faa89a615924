import type { Page } from "./common.js";
import type { LiveEvent } from "./live.js";
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
} from "./simulator.js";

/**
 * The pretend world as the HTTP edge reaches it. Faults are `AppError`s: `invalid-input` with the
 * field, `not-found` for an unknown room, line, member or scenario.
 */
export interface SimulatorPort {
  state(): SimulatorState;
  /** Newest first; `before` is a cursor of an earlier page. */
  lines(
    room: string,
    page: { readonly before?: string; readonly limit: number },
  ): Page<SimulatedLine>;
  insights(room: string, page: { readonly before?: string; readonly limit: number }): Page<Insight>;
  pulse(room: string): Promise<Pulse>;
  say(request: SayRequest): Promise<SimulatedLine>;
  react(lineId: string, request: ReactRequest): Promise<SimulatedLine>;
  recall(lineId: string, memberId: string): Promise<SimulatedLine>;
  edit(
    lineId: string,
    request: { readonly memberId: string; readonly text: string },
  ): Promise<SimulatedLine>;
  press(lineId: string, request: PressRequest): Promise<SimulatedLine>;
  clock(request: ClockRequest): Promise<SimulatorState>;
  look(room: string, look: Look): Promise<SimulatorState>;
  surveyNow(request: SurveyNowRequest): Promise<void>;
  scenario(id: string, change: "start" | "stop"): Promise<SimulatorState>;
  replay(request: ReplayRequest): Promise<SimulatorState>;
  stopReplay(): Promise<SimulatorState>;
  reset(): Promise<SimulatorState>;
  tick(item: "console"): Promise<SimulatorState>;
  /** What happened so far as a transcript (JSON lines) that `huiyin replay` takes. */
  exportTranscript(): string;
  /** The bytes of a posted picture (PNG), or null. */
  picture(id: string): Uint8Array | null;
  /** Calls back for everything a page should hear of. Returns how to stop. */
  watch(listener: (event: LiveEvent) => void): () => void;
}
