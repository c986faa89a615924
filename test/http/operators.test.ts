import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { caseActionOutcome, caseDetail, caseSummary } from "#src/console/contract/care.js";
import { page } from "#src/console/contract/common.js";
import { type TestEdge, testEdge } from "../support/edge.js";

let edge: TestEdge;
let cookie: string;
let id: string;
beforeEach(async () => {
  edge = await testEdge();
  cookie = await edge.signIn();
  await edge.chat.says("staff", "小陈", "早", { role: "staff" });
  await edge.chat.says("水果群", "小李", "这批草莓全烂了，我要退款");
  const list = page(caseSummary).parse(await (await edge.ask(cookie, "/api/v1/cases")).json());
  id = list.items[0]?.id ?? "";
});
afterEach(() => edge.close());

async function act(json: object, lang = "en") {
  const answer = await edge.ask(cookie, `/api/v1/cases/${id}/actions?lang=${lang}`, {
    method: "POST",
    json,
  });
  return { status: answer.status, outcome: caseActionOutcome.safeParse(await answer.json()).data };
}

async function shown() {
  return caseDetail.parse(await (await edge.ask(cookie, `/api/v1/cases/${id}`)).json());
}

async function audited(act_: string): Promise<number> {
  return edge.store.read((tx) => tx.audit.count({ act: act_, subject: `case:${id}` }));
}

describe("the console and a colleague in the staff room, about one case", () => {
  it("in the same moment: one wins, the other is told who changed what, each is in the audit", async () => {
    const { version } = await shown();
    const results = await Promise.all([
      act({ action: "dismiss", version }),
      act({ action: "confirm", version }),
    ]);
    expect(results.filter(({ outcome }) => outcome?.done === true)).toHaveLength(1);
    const entries = await edge.store.read((tx) =>
      tx.audit.find({ subject: `case:${id}` }, { order: { seq: "asc" } }),
    );
    const acts = entries.filter((entry) => entry.actorId === "owner").map((entry) => entry.act);
    expect(acts).toEqual(["case.dismiss", "case.confirm.refused"]);
  });

  it("the console comes second: it is told who did what and when, and nothing is done", async () => {
    const { version } = await shown();
    await edge.chat.commands("staff", "小陈", "处理 1 接手");
    const { status, outcome } = await act({ action: "dismiss", version });
    expect(status).toBe(200);
    expect(outcome?.done).toBe(false);
    expect(outcome?.message).toMatch(/小陈/);
    expect(outcome?.message).toMatch(/confirmed/);
    expect(outcome?.case.state).toBe("confirmed");
    expect([await audited("case.dismiss"), await audited("case.dismiss.refused")]).toEqual([0, 1]);
    const chinese = await act({ action: "dismiss", version }, "zh");
    expect(chinese.outcome?.message).toMatch(/小陈.*改为/);
  });

  it("the colleague comes second: the room is told that the owner was faster", async () => {
    await act({ action: "dismiss", text: "joke" });
    await edge.chat.commands("staff", "小陈", "处理 1 解决 已补发");
    expect(edge.chat.posts.at(-1)?.text).toMatch(/店主/);
    expect((await shown()).state).toBe("dismissed");
  });

  it("undoing after the other's change is judged by what the case is now", async () => {
    const before = await shown();
    await act({ action: "dismiss", version: before.version });
    const dismissed = await shown();
    await edge.chat.commands("staff", "小陈", "处理 1 确认");
    const late = await act({ action: "confirm", version: dismissed.version });
    expect(late.outcome?.done).toBe(false);
    expect(late.outcome?.message).toMatch(/小陈/);
    expect([await audited("case.dismiss"), await audited("case.confirm")]).toEqual([1, 1]);
  });
});

describe("what the owner does in the console", () => {
  it("is done by the same rules as in the room, and told there by name", async () => {
    expect((await act({ action: "take" })).outcome?.case).toMatchObject({
      state: "confirmed",
      assignee: "店主",
    });
    const reply = await act({ action: "reply", text: "马上给您退款" });
    expect(reply.outcome?.done).toBe(true);
    const done = await act({ action: "resolve", text: "已退款" });
    expect(done.outcome?.case.state).toBe("told");
    await edge.chat.simulation.settle();
    expect(edge.chat.posts.some((post) => post.text.includes("马上给您退款"))).toBe(true);
    const { history } = await shown();
    expect(history.filter((entry) => entry.by === "店主").length).toBeGreaterThan(2);
  });

  it("needs words where the customer or a colleague will read them", async () => {
    for (const action of ["note", "reply"]) {
      expect((await act({ action, text: "  " })).status).toBe(400);
    }
    const silent = await act({ action: "resolve" });
    expect(silent.outcome?.done).toBe(false);
    expect((await shown()).history.some((entry) => entry.kind === "resolve")).toBe(false);
  });

  it("keeps a note although somebody changed the case meanwhile", async () => {
    const { version } = await shown();
    await edge.chat.commands("staff", "小陈", "处理 1 确认");
    const { outcome } = await act({ action: "note", text: "打过电话了", version });
    expect(outcome?.done).toBe(true);
    expect(outcome?.case.history.at(-1)).toMatchObject({ by: "店主", note: "打过电话了" });
  });

  it("is offered only where it can be done", async () => {
    expect((await shown()).actions.toSorted()).toEqual(
      ["confirm", "dismiss", "note", "reply", "resolve", "take"].toSorted(),
    );
    await act({ action: "dismiss" });
    expect((await shown()).actions.toSorted()).toEqual(["confirm", "note"]);
  });
});
