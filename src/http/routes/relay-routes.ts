import { z } from "@hono/zod-openapi";
import {
  bankQuestionInfo,
  createRelayGroupRequest,
  pasteOutcome,
  pastePreview,
  pasteRequest,
  previewRequest,
  relayCommandRequest,
  relayGroup,
  relayStaffRequest,
  relaySurveyOutcome,
  relaySurveyRequest,
  trayItem,
  trayTakenRequest,
} from "#src/console/contract/relay.js";
import type { RelayOperator, RelayPort } from "#src/console/contract/relay-port.js";
import type { Call, Endpoints } from "../endpoint.js";
import { LARGEST_TRANSCRIPT_BODY } from "../read-body.js";
import { signedIn } from "./access-routes.js";
import { pngResponse } from "./care-routes.js";

/** The routes of relay mode: groups, pastes, tray, surveys. */
export function addRelayRoutes(endpoints: Endpoints, port: RelayPort): void {
  addGroups(endpoints, port);
  addPastes(endpoints, port);
  addTray(endpoints, port);
  addSurveys(endpoints, port);
}

function operatorOf({
  session,
  language,
}: Pick<Call<unknown, unknown>, "session" | "language">): RelayOperator {
  return { operatorId: signedIn(session).role, language };
}

function addGroups(endpoints: Endpoints, port: RelayPort): void {
  endpoints.add({
    route: "GET /relay/groups",
    summary: "Groups whose chat staff carry in and out by hand.",
    answer: z.array(relayGroup),
    handle: () => port.groups(),
  });
  endpoints.add({
    route: "POST /relay/groups",
    summary: "Make such a group.",
    body: createRelayGroupRequest,
    answer: relayGroup,
    handle: (call) => port.create(call.body, operatorOf(call)),
  });
  endpoints.add({
    route: "POST /relay/groups/{id}/staff",
    summary: "Say whether a display name belongs to somebody who runs the shop.",
    body: relayStaffRequest,
    answer: relayGroup,
    handle: (call) => port.setStaff(call.param("id"), call.body, operatorOf(call)),
  });
  endpoints.add({
    route: "POST /relay/groups/{id}/commands",
    summary: "Say a staff command; its answer lies in the tray.",
    body: relayCommandRequest,
    answer: null,
    handle: (call) => port.tell(call.param("id"), call.body.text, operatorOf(call)),
  });
}

function addPastes(endpoints: Endpoints, port: RelayPort): void {
  endpoints.add({
    route: "POST /relay/groups/{id}/previews",
    summary: "What pasted or uploaded chat is understood as, line by line; nothing is stored.",
    body: previewRequest,
    largest: LARGEST_TRANSCRIPT_BODY,
    answer: pastePreview,
    handle: (call) => port.preview(call.param("id"), call.body, operatorOf(call)),
  });
  endpoints.add({
    route: "POST /relay/groups/{id}/pastes",
    summary: "Take a paste that was previewed.",
    body: pasteRequest,
    largest: LARGEST_TRANSCRIPT_BODY,
    answer: pasteOutcome,
    handle: (call) => port.take(call.param("id"), call.body, operatorOf(call)),
  });
}

function addTray(endpoints: Endpoints, port: RelayPort): void {
  endpoints.add({
    route: "GET /relay/groups/{id}/tray",
    summary: "What is to be carried into the chat, the newest first.",
    answer: z.array(trayItem),
    handle: ({ param }) => port.tray(param("id")),
  });
  endpoints.add({
    route: "POST /relay/tray/{id}/taken",
    summary: "Note that an item was carried out, or was not after all.",
    body: trayTakenRequest,
    answer: trayItem,
    handle: ({ param, body }) => port.setTaken(param("id"), body.taken),
  });
  endpoints.add({
    route: "GET /relay/tray/{id}/picture",
    summary: "The picture of an item.",
    answer: "image/png",
    handle: async ({ param }) => pngResponse(await port.picture(param("id"))),
  });
}

function addSurveys(endpoints: Endpoints, port: RelayPort): void {
  endpoints.add({
    route: "GET /relay/groups/{id}/questions",
    summary: "The ready-made questions in the group's language.",
    answer: z.array(bankQuestionInfo),
    handle: ({ param }) => port.questions(param("id")),
  });
  endpoints.add({
    route: "POST /relay/groups/{id}/surveys",
    summary: "Open a survey, so that its text lies in the tray.",
    body: relaySurveyRequest,
    answer: relaySurveyOutcome,
    handle: (call) => port.survey(call.param("id"), call.body, operatorOf(call)),
  });
}
