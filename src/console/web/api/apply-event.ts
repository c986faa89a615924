import type { QueryClient } from "@tanstack/react-query";
import type { LiveEvent, Topic } from "#src/console/contract/live.js";
import { keys } from "./keys.js";
import { liveInsights, liveLines } from "./streams.js";

const BY_TOPIC: Readonly<Record<Topic, readonly (readonly string[])[]>> = {
  groups: [keys.groups, keys.relay],
  cases: [keys.cases, keys.groups, keys.pulse],
  overview: [keys.overview, keys.pulse],
  health: [keys.health, keys.wechat],
  sessions: [keys.sessions],
};

function again(client: QueryClient, key: readonly string[]): void {
  void client.invalidateQueries({ queryKey: key });
}

/** Brings what the page knows up to date with one event. */
export function applyEvent(client: QueryClient, event: LiveEvent): void {
  switch (event.type) {
    case "hello":
      // What was read while the stream was being opened may lack what happened meanwhile.
      void client.invalidateQueries();
      return;
    case "reset":
      liveLines.clear();
      liveInsights.clear();
      void client.invalidateQueries();
      return;
    case "changed":
      for (const topic of event.topics) {
        for (const key of BY_TOPIC[topic]) again(client, key);
      }
      return;
    case "line":
      liveLines.put(event.line);
      return;
    case "insight":
      liveInsights.put(event.insight);
      again(client, keys.pulse);
      return;
    case "simulator":
      client.setQueryData(keys.simulator, { state: event.state, heardAt: performance.now() });
  }
}
