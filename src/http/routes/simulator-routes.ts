import { z } from "@hono/zod-openapi";
import { page } from "#src/console/contract/common.js";
import {
  clockRequest,
  editRequest,
  insight,
  lookRequest,
  pressRequest,
  pulse,
  reactRequest,
  recallRequest,
  replayRequest,
  sayRequest,
  simulatedLine,
  simulatorState,
  surveyNowRequest,
  tickRequest,
} from "#src/console/contract/simulator.js";
import type { SimulatorPort } from "#src/console/contract/simulator-port.js";
import type { Endpoints } from "../endpoint.js";
import { HttpProblem } from "../problem.js";
import { LARGEST_TRANSCRIPT_BODY } from "../read-body.js";
import { pageQuery, pngResponse } from "./care-routes.js";

const listQuery = z.strictObject(pageQuery);

/** The routes of the pretend group; mounted in the demo only. */
export function addSimulatorRoutes(endpoints: Endpoints, port: SimulatorPort): void {
  addRooms(endpoints, port);
  addLines(endpoints, port);
  addTime(endpoints, port);
  addFiles(endpoints, port);
}

function pageOf({ before, limit }: z.output<typeof listQuery>) {
  return { limit, ...(before === undefined ? {} : { before }) };
}

function addRooms(endpoints: Endpoints, port: SimulatorPort): void {
  endpoints.add({
    route: "GET /simulator",
    summary: "Rooms, people, clock and scenarios.",
    answer: simulatorState,
    handle: async () => port.state(),
  });
  endpoints.add({
    route: "GET /simulator/rooms/{room}/lines",
    summary: "What was said in a room, the newest first.",
    query: listQuery,
    answer: page(simulatedLine),
    handle: async ({ param, query }) => port.lines(param("room"), pageOf(query)),
  });
  endpoints.add({
    route: "GET /simulator/rooms/{room}/insights",
    summary: "What the bot made of it, the newest first.",
    query: listQuery,
    answer: page(insight),
    handle: async ({ param, query }) => port.insights(param("room"), pageOf(query)),
  });
  endpoints.add({
    route: "GET /simulator/rooms/{room}/pulse",
    summary: "The numbers of this moment.",
    answer: pulse,
    handle: ({ param }) => port.pulse(param("room")),
  });
  endpoints.add({
    route: "PUT /simulator/rooms/{room}/look",
    summary: "Make a room behave like Slack or like WeChat.",
    body: lookRequest,
    answer: simulatorState,
    handle: ({ param, body }) => port.look(param("room"), body.look),
  });
}

function addLines(endpoints: Endpoints, port: SimulatorPort): void {
  endpoints.add({
    route: "POST /simulator/lines",
    summary: "Say something as a pretend member.",
    body: sayRequest,
    answer: simulatedLine,
    handle: ({ body: { quote, ...said } }) =>
      port.say({ ...said, ...(quote === undefined ? {} : { quote }) }),
  });
  endpoints.add({
    route: "POST /simulator/lines/{id}/reactions",
    summary: "React to a line, or take the reaction back.",
    body: reactRequest,
    answer: simulatedLine,
    handle: ({ param, body }) => port.react(param("id"), body),
  });
  endpoints.add({
    route: "POST /simulator/lines/{id}/recall",
    summary: "Take a line back.",
    body: recallRequest,
    answer: simulatedLine,
    handle: ({ param, body }) => port.recall(param("id"), body.memberId),
  });
  endpoints.add({
    route: "POST /simulator/lines/{id}/edit",
    summary: "Change a line.",
    body: editRequest,
    answer: simulatedLine,
    handle: ({ param, body }) => port.edit(param("id"), body),
  });
  endpoints.add({
    route: "POST /simulator/lines/{id}/press",
    summary: "Press a button of a line.",
    body: pressRequest,
    answer: simulatedLine,
    handle: ({ param, body }) => port.press(param("id"), body),
  });
}

function addTime(endpoints: Endpoints, port: SimulatorPort): void {
  endpoints.add({
    route: "POST /simulator/clock",
    summary: "Change the speed of the clock, or jump.",
    body: clockRequest,
    answer: simulatorState,
    handle: ({ body: { rate, jump } }) =>
      port.clock({
        ...(rate === undefined ? {} : { rate }),
        ...(jump === undefined ? {} : { jump }),
      }),
  });
  endpoints.add({
    route: "POST /simulator/surveys",
    summary: "Ask a question in a room now.",
    body: surveyNowRequest,
    answer: null,
    handle: ({ body }) => port.surveyNow(body),
  });
  for (const change of ["start", "stop"] as const) {
    endpoints.add({
      route: `POST /simulator/scenarios/{id}/${change}`,
      summary: change === "start" ? "Let a scenario begin." : "End a scenario.",
      answer: simulatorState,
      handle: ({ param }) => port.scenario(param("id"), change),
    });
  }
  endpoints.add({
    route: "POST /simulator/reset",
    summary: "Begin again with the seeded three weeks.",
    answer: simulatorState,
    handle: () => port.reset(),
  });
  endpoints.add({
    route: "POST /simulator/checklist",
    summary: "Tick an item of the first minute.",
    body: tickRequest,
    answer: simulatorState,
    handle: ({ body }) => port.tick(body.item),
  });
}

function addFiles(endpoints: Endpoints, port: SimulatorPort): void {
  endpoints.add({
    route: "POST /simulator/replay",
    summary: "Play a transcript.",
    body: replayRequest,
    largest: LARGEST_TRANSCRIPT_BODY,
    answer: simulatorState,
    handle: ({ body }) => port.replay(body),
  });
  endpoints.add({
    route: "DELETE /simulator/replay",
    summary: "Stop playing.",
    answer: simulatorState,
    handle: () => port.stopReplay(),
  });
  endpoints.add({
    route: "GET /simulator/export",
    summary: "What happened so far, as a transcript.",
    answer: "application/x-ndjson",
    handle: async () =>
      new Response(port.exportTranscript(), {
        headers: {
          "content-type": "application/x-ndjson; charset=utf-8",
          "content-disposition": 'attachment; filename="huiyin-transcript.jsonl"',
          "cache-control": "no-store",
        },
      }),
  });
  endpoints.add({
    route: "GET /simulator/pictures/{id}",
    summary: "A picture that was posted.",
    answer: "image/png",
    handle: async ({ param }) => {
      const bytes = port.picture(param("id"));
      if (bytes === null) throw new HttpProblem("not-found");
      return pngResponse(bytes);
    },
  });
}
