import type { LiveEvent } from "#src/console/contract/live.js";
import { address } from "./request.js";

/** How the stream of live events stands. */
export type LiveState = "connecting" | "open" | "lost";

/** What a page does with the stream. */
export interface LiveHandlers {
  readonly onEvent: (event: LiveEvent) => void;
  readonly onState: (state: LiveState) => void;
  /** The server refused the stream: the session may be gone. Decides whether to go on trying. */
  readonly onRefused: () => Promise<"again" | "stop">;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

/**
 * The one stream of a tab. The browser reconnects by itself with `Last-Event-ID`; a stream that was
 * refused is opened anew, and then everything is read again (`reset`), for its place is not known.
 * Returns how to stop.
 */
export function openLive(handlers: LiveHandlers): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MS;
  let stopped = false;

  const connect = (isFresh: boolean): void => {
    handlers.onState("connecting");
    source = new EventSource(address("/events"), { withCredentials: true });
    source.addEventListener("open", () => {
      wait = FIRST_WAIT_MS;
      handlers.onState("open");
      if (!isFresh) handlers.onEvent({ type: "reset" });
    });
    source.addEventListener("message", ({ data }: MessageEvent<string>) => {
      handlers.onEvent(JSON.parse(data) as LiveEvent);
    });
    source.addEventListener("error", () => {
      if (stopped) return;
      handlers.onState("lost");
      if (source?.readyState === EventSource.CLOSED) void reopen();
    });
  };

  const reopen = async (): Promise<void> => {
    source?.close();
    if ((await handlers.onRefused()) === "stop" || stopped) return;
    timer = setTimeout(() => connect(false), wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  };

  connect(true);
  return () => {
    stopped = true;
    clearTimeout(timer);
    source?.close();
  };
}
