import { z } from "@hono/zod-openapi";
import {
  caseAction,
  caseActionOutcome,
  caseDetail,
  caseSummary,
  group,
  health,
  overview,
} from "#src/console/contract/care.js";
import { day, page } from "#src/console/contract/common.js";
import type { ConsolePort } from "#src/console/contract/console-port.js";
import { wechatView } from "#src/console/contract/wechat.js";
import type { Endpoints } from "../endpoint.js";
import { signedIn } from "./access-routes.js";

const LARGEST_PAGE = 100;
const USUAL_PAGE = 30;

/** How a page of a list is asked for. */
export const pageQuery = {
  before: z.string().min(1).max(600).optional(),
  limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(USUAL_PAGE),
};

const id = z.string().min(1).max(300);
const span = { from: day, to: day };

/** The routes of groups, figures, cases and health. */
export function addCareRoutes(endpoints: Endpoints, port: ConsolePort): void {
  addGroups(endpoints, port);
  addCases(endpoints, port);
  endpoints.add({
    route: "GET /health",
    summary: "Whether everything works, and what is wrong.",
    answer: health,
    handle: () => port.health(),
  });
  endpoints.add({
    route: "GET /wechat",
    summary: "The session of the WeChat account, with the code to scan while nobody is logged in.",
    answer: wechatView,
    handle: () => port.wechat(),
  });
}

function addGroups(endpoints: Endpoints, port: ConsolePort): void {
  endpoints.add({
    route: "GET /groups",
    summary: "The customers' groups.",
    answer: z.array(group),
    handle: () => port.groups(),
  });
  endpoints.add({
    route: "GET /groups/{id}/overview",
    summary: "The figures of a group for a span of days.",
    query: z.strictObject(span),
    answer: overview,
    handle: ({ param, query }) => port.overview(param("id"), query),
  });
  endpoints.add({
    route: "GET /groups/{id}/digest-card",
    summary: "The picture of a digest.",
    query: z.strictObject({
      ...span,
      audience: z.enum(["staff", "public"]).default("staff"),
    }),
    answer: "image/png",
    handle: async ({ param, query, language }) =>
      pngResponse(await port.digestCard({ groupId: param("id"), language, ...query })),
  });
}

/** A picture as an answer. */
export function pngResponse(bytes: Uint8Array): Response {
  return new Response(new Uint8Array(bytes), {
    headers: { "content-type": "image/png", "cache-control": "private, no-store" },
  });
}

function addCases(endpoints: Endpoints, port: ConsolePort): void {
  endpoints.add({
    route: "GET /cases",
    summary: "Complaint cases, the newest first.",
    query: z.strictObject({
      state: z.enum(["open", "overdue", "closed", "all"]).default("open"),
      groupId: id.optional(),
      ...pageQuery,
    }),
    answer: page(caseSummary),
    handle: ({ query: { state, groupId, before, limit } }) =>
      port.cases({
        state,
        limit,
        ...(groupId === undefined ? {} : { groupId }),
        ...(before === undefined ? {} : { before }),
      }),
  });
  endpoints.add({
    route: "GET /cases/{id}",
    summary: "One case with its words, people and history.",
    answer: caseDetail,
    handle: ({ param }) => port.case(param("id")),
  });
  endpoints.add({
    route: "POST /cases/{id}/actions",
    summary: "Do something about a case. Whoever comes second is told what changed.",
    body: caseAction,
    answer: caseActionOutcome,
    handle: ({ param, body, session, language }) =>
      port.act(param("id"), body, { operatorId: signedIn(session).role, language }),
  });
}
