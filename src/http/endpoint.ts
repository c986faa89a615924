import { z } from "@hono/zod-openapi";
import type { Language } from "#entities/vocabulary.js";
import { problem } from "#src/console/contract/common.js";
import { httpTexts } from "#src/i18n/http.js";
import type { SessionRow } from "./access/access-rows.js";
import { type EdgeContext, type HttpApp, languageOf } from "./edge.js";
import { HttpProblem } from "./problem.js";
import { LARGEST_BODY, readJsonBody } from "./read-body.js";
import { admissionOf, type RouteName } from "./route-roles.js";

/** Where the API lives. */
export const API = "/api/v1";

/** One call of an endpoint: its inputs as the schemas made them. */
export interface Call<Body, Query> {
  readonly body: Body;
  readonly query: Query;
  /** A part of the path, decoded. Throws `not-found` for text that cannot be decoded or is too long. */
  readonly param: (name: string) => string;
  readonly language: Language;
  readonly session: SessionRow | null;
  readonly context: EdgeContext;
}

/** One route of the API. */
export interface Endpoint<Body extends z.ZodType, Query extends z.ZodType> {
  readonly route: RouteName;
  /** One sentence for the OpenAPI file. */
  readonly summary: string;
  readonly body?: Body;
  /** Fields of the query; others than these and `lang` are refused. */
  readonly query?: Query;
  /** Largest body, bytes. */
  readonly largest?: number;
  /** What a good answer looks like: a schema for JSON, a media type for anything else, null for 204. */
  readonly answer: z.ZodType | string | null;
  /** Returns the JSON to answer with, or a whole response. */
  readonly handle: (call: Call<z.output<Body>, z.output<Query>>) => Promise<unknown>;
}

const LONGEST_PARAM = 600;
/** What was expected, in the reader's language. */
const WORDS = { zh: z.locales.zhCN().localeError, en: z.locales.en().localeError };
const NOTHING = z.undefined();
const noQuery = z.strictObject({});

/** Mounts endpoints; each is written into the OpenAPI file. */
export class Endpoints {
  readonly #app: HttpApp;

  constructor(app: HttpApp) {
    this.#app = app;
  }

  /** Mounts one endpoint at the place and for the roles that the table of routes names. */
  add<Body extends z.ZodType = typeof NOTHING, Query extends z.ZodType = typeof noQuery>(
    endpoint: Endpoint<Body, Query>,
  ): void {
    const { method, path } = placeOf(endpoint.route);
    this.#describe(endpoint, method, path);
    const admission = admissionOf(endpoint.route);
    const routed = path.replaceAll(/\{([a-zA-Z]{1,40})\}/g, ":$1");
    this.#app.on(method.toUpperCase(), `${API}${routed}`, async (context) => {
      const session = context.get("session");
      if (admission !== "anyone") {
        if (session === null) throw new HttpProblem("not-signed-in");
        if (!admission.includes(session.role)) throw new HttpProblem("forbidden-role");
      }
      const answer = await endpoint.handle(await callOf(endpoint, context, session));
      if (answer instanceof Response) return answer;
      return answer === undefined ? context.body(null, 204) : context.json(answer);
    });
  }

  #describe(
    endpoint: Pick<
      Endpoint<z.ZodType, z.ZodType>,
      "route" | "summary" | "body" | "query" | "answer"
    >,
    method: Method,
    path: string,
  ): void {
    const { body, query, answer } = endpoint;
    const names = [...path.matchAll(/\{([a-zA-Z]{1,40})\}/g)].map((match) => match[1] ?? "");
    const params = z.object(Object.fromEntries(names.map((name) => [name, z.string()])));
    this.#app.openAPIRegistry.registerPath({
      method,
      path: `${API}${path}`,
      summary: endpoint.summary,
      ...(admissionOf(endpoint.route) === "anyone" ? { security: [] } : {}),
      request: {
        params,
        ...(query instanceof z.ZodObject ? { query } : {}),
        ...(body === undefined
          ? {}
          : { body: { required: true, content: { "application/json": { schema: body } } } }),
      },
      responses: {
        ...good(answer),
        default: {
          description: "A problem (RFC 9457).",
          content: { "application/problem+json": { schema: problem } },
        },
      },
    });
  }
}

type Method = "get" | "post" | "put" | "delete";

function placeOf(route: RouteName): { readonly method: Method; readonly path: string } {
  const [verb = "", path = ""] = route.split(" ");
  const method = (["get", "post", "put", "delete"] as const).find(
    (one) => one === verb.toLowerCase(),
  );
  if (method === undefined) throw new Error(`The table of routes has an unknown method: ${route}`);
  return { method, path };
}

function good(answer: z.ZodType | string | null) {
  if (answer === null) return { 204: { description: "Done." } };
  const content =
    typeof answer === "string"
      ? { [answer]: { schema: z.string() } }
      : { "application/json": { schema: answer } };
  return { 200: { description: "Done.", content } };
}

async function callOf<Body extends z.ZodType, Query extends z.ZodType>(
  endpoint: Endpoint<Body, Query>,
  context: EdgeContext,
  session: SessionRow | null,
): Promise<Call<z.output<Body>, z.output<Query>>> {
  const language = languageOf(context);
  const { lang: _, ...query } = context.req.query();
  const json = await bodyOf(context, endpoint.largest ?? LARGEST_BODY);
  if (endpoint.body === undefined && json !== undefined && !isEmpty(json)) {
    throw new HttpProblem("invalid-input", fieldFault(firstKey(json), language));
  }
  return {
    body: checked(endpoint.body, endpoint.body === undefined ? undefined : json, language),
    query: checked(endpoint.query ?? noQuery, query, language) as z.output<Query>,
    param: (name) => paramOf(context, name),
    language,
    session,
    context,
  };
}

function firstKey(json: unknown): string | undefined {
  return typeof json === "object" && json !== null ? Object.keys(json)[0] : undefined;
}

function isEmpty(json: unknown): boolean {
  return typeof json === "object" && json !== null && Object.keys(json).length === 0;
}

async function bodyOf(context: EdgeContext, most: number): Promise<unknown> {
  const { method } = context.req;
  return method === "GET" || method === "HEAD" ? undefined : readJsonBody(context.req.raw, most);
}

function paramOf(context: EdgeContext, name: string): string {
  const value = context.req.param(name) ?? "";
  if (value === "" || value.length > LONGEST_PARAM) throw new HttpProblem("not-found");
  return value;
}

function checked<Schema extends z.ZodType>(
  schema: Schema | undefined,
  input: unknown,
  language: Language,
): z.output<Schema> {
  if (schema === undefined) return undefined as z.output<Schema>;
  const parsed = schema.safeParse(input, { error: WORDS[language] });
  if (parsed.success) return parsed.data;
  throw new HttpProblem("invalid-input", faultsOf(parsed.error, language));
}

/** The first fault, by the field that it is about. */
function faultsOf(error: z.ZodError, language: Language): { field?: string; expected?: string } {
  const [issue] = error.issues;
  if (issue === undefined) return {};
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return fieldFault([...path, issue.keys[0] ?? ""].join("."), language);
  }
  return { ...(path.length === 0 ? {} : { field: path.join(".") }), expected: issue.message };
}

function fieldFault(
  field: string | undefined,
  language: Language,
): { field?: string; expected?: string } {
  return {
    ...(field === undefined ? {} : { field }),
    expected: httpTexts[language].unknownField,
  };
}
