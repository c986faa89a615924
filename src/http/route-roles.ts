import type { AccessRole } from "./access/access-rows.js";

/** Who may call a route: anybody who knocks, or signed-in people of these roles. */
export type Admission = "anyone" | readonly AccessRole[];

const OWNER: readonly AccessRole[] = ["owner"];

/**
 * Every route of the API and who may call it: the only place that says so. A route that is not here
 * cannot be mounted, and one that is here and not mounted fails the suite.
 */
export const ROUTE_ROLES = {
  "GET /door": "anyone",
  "POST /access/claim": "anyone",
  "POST /access/sign-in": "anyone",
  "POST /access/sign-out": OWNER,
  "POST /access/password": OWNER,
  "GET /access/me": OWNER,
  "GET /access/sessions": OWNER,
  "DELETE /access/sessions": OWNER,
  "DELETE /access/sessions/{id}": OWNER,
  "GET /groups": OWNER,
  "GET /groups/{id}/overview": OWNER,
  "GET /groups/{id}/digest-card": OWNER,
  "GET /cases": OWNER,
  "GET /cases/{id}": OWNER,
  "POST /cases/{id}/actions": OWNER,
  "GET /health": OWNER,
  "GET /wechat": OWNER,
  "GET /relay/groups": OWNER,
  "POST /relay/groups": OWNER,
  "POST /relay/groups/{id}/staff": OWNER,
  "POST /relay/groups/{id}/commands": OWNER,
  "POST /relay/groups/{id}/previews": OWNER,
  "POST /relay/groups/{id}/pastes": OWNER,
  "GET /relay/groups/{id}/tray": OWNER,
  "POST /relay/tray/{id}/taken": OWNER,
  "GET /relay/tray/{id}/picture": OWNER,
  "GET /relay/groups/{id}/questions": OWNER,
  "POST /relay/groups/{id}/surveys": OWNER,
  "GET /events": OWNER,
  "GET /simulator": OWNER,
  "GET /simulator/rooms/{room}/lines": OWNER,
  "GET /simulator/rooms/{room}/insights": OWNER,
  "GET /simulator/rooms/{room}/pulse": OWNER,
  "PUT /simulator/rooms/{room}/look": OWNER,
  "POST /simulator/lines": OWNER,
  "POST /simulator/lines/{id}/reactions": OWNER,
  "POST /simulator/lines/{id}/recall": OWNER,
  "POST /simulator/lines/{id}/edit": OWNER,
  "POST /simulator/lines/{id}/press": OWNER,
  "POST /simulator/clock": OWNER,
  "POST /simulator/surveys": OWNER,
  "POST /simulator/scenarios/{id}/start": OWNER,
  "POST /simulator/scenarios/{id}/stop": OWNER,
  "POST /simulator/replay": OWNER,
  "DELETE /simulator/replay": OWNER,
  "POST /simulator/reset": OWNER,
  "POST /simulator/checklist": OWNER,
  "GET /simulator/export": OWNER,
  "GET /simulator/pictures/{id}": OWNER,
} as const satisfies Readonly<Record<string, Admission>>;

/** Method and path of a route below /api/v1, as the table names it. */
export type RouteName = keyof typeof ROUTE_ROLES;

/** Who may call a route. Throws for a route that the table does not name: nothing opens by being forgotten. */
export function admissionOf(route: RouteName): Admission {
  if (!Object.hasOwn(ROUTE_ROLES, route)) {
    throw new Error(`Say in route-roles.ts who may call ${String(route)}.`);
  }
  return ROUTE_ROLES[route];
}
