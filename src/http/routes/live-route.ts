import type { EdgeEnv } from "../edge.js";
import type { Endpoints } from "../endpoint.js";
import type { LiveHub } from "../live/live-hub.js";
import { HttpProblem } from "../problem.js";
import { signedIn } from "./access-routes.js";

const LONGEST_ID = 60;

/** The route of live updates: one stream per page, resumed by `Last-Event-ID`. */
export function addLiveRoute(endpoints: Endpoints, hub: LiveHub): void {
  endpoints.add({
    route: "GET /events",
    summary: "Live updates as server-sent events; resumes by Last-Event-ID.",
    answer: "text/event-stream",
    handle: async ({ session, context }) => {
      if (hub.full) throw new HttpProblem("unavailable", { retryAfter: 5 });
      const last = context.req.header("last-event-id")?.slice(0, LONGEST_ID);
      // A HEAD request has no page behind it that would ever close the stream.
      if (context.req.raw.method === "HEAD") return new Response(null);
      const bindings: EdgeEnv["Bindings"] | undefined = context.env;
      const outgoing = bindings?.outgoing;
      const cut = outgoing === undefined ? undefined : (): void => void outgoing.destroy();
      return new Response(hub.open(signedIn(session).id, last, cut), {
        headers: {
          "content-type": "text/event-stream; charset=utf-8",
          "cache-control": "no-store",
          // nginx would keep events back until its buffer is full.
          "x-accel-buffering": "no",
        },
      });
    },
  });
}
