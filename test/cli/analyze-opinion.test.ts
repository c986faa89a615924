import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { analyzeLines } from "#src/cli/analyze-command.js";
import { COMPLAINT, type OpinionServer, opinionServer, says } from "../support/opinion-server.js";
import { collectingOutput, inputOf } from "./collecting-output.js";

/** Lines of which the shipped model is more or less sure; with the widest band some are uncertain. */
const LINES = [
  "草莓烂了一半，怎么吃",
  "有点软",
  "是不是少了一个",
  "还行吧，包装一般",
  "今天几点到",
];

/** One of them is called like what they speak of. */
const MEMBERS = ["草莓", "李娜", "王小明", "Anna", "Ben"];

interface Answer {
  readonly id: string;
  readonly score: number;
  readonly evidence: readonly { readonly source: string; readonly weight: number }[];
  readonly explain?: { readonly secondOpinion?: object };
}

describe("analyze --explain", () => {
  let server: OpinionServer;
  beforeEach(async () => {
    server = await opinionServer();
  });
  afterEach(async () => {
    await server.close();
  });

  async function analyze(
    explain: boolean,
    settings: Readonly<Record<string, string>>,
  ): Promise<readonly Answer[]> {
    const output = collectingOutput();
    const rows = LINES.map((text, index) =>
      JSON.stringify({ id: String(index), text, group: "g", member: MEMBERS[index] }),
    );
    await analyzeLines(inputOf(rows.join("\n")), output, {
      mode: "chat",
      explain,
      environment: settings,
    });
    return output.lines.map((line) => JSON.parse(line) as Answer);
  }

  const on = (): Record<string, string> => ({
    HUIYIN_SECOND_OPINION_URL: server.url,
    HUIYIN_SECOND_OPINION_MODEL: "small",
    HUIYIN_SECOND_OPINION_BAND: "0.5",
  });

  it("shows another model's opinion as one more piece of evidence, on uncertain lines alone", async () => {
    const answers = await analyze(true, on());
    const asked = answers.filter((answer) => answer.explain?.secondOpinion !== undefined);
    expect(asked.length).toBe(server.questions.length);
    expect(asked.length).toBeGreaterThan(0);
    for (const answer of asked) {
      expect(answer.explain?.secondOpinion).toEqual(COMPLAINT);
      expect(answer.evidence.at(-1)).toMatchObject({ source: "opinion", weight: 2.1972 });
    }
    expect(server.questions[0]?.line.text).toBe("[name]烂了一半,怎么吃");
    for (const { body } of server.questions) expect(body).not.toMatch(/草莓|李娜|小明|Anna|Ben/);
    const quiet = answers.filter((answer) => !asked.includes(answer));
    for (const answer of quiet)
      expect(answer.evidence.map((piece) => piece.source)).not.toContain("opinion");
    expect(server.questions.at(-1)?.before.length).toBeLessThanOrEqual(2);
  });

  it("judges the same with and without it, and says why there is no opinion", async () => {
    const plain = await analyze(true, {});
    server.behave(says("no"));
    const failed = await analyze(true, { ...on(), HUIYIN_SECOND_OPINION_DAILY_BUDGET: "1" });
    expect(failed.map((answer) => [answer.id, answer.score])).toEqual(
      plain.map((answer) => [answer.id, answer.score]),
    );
    const reasons = failed.flatMap((answer) => answer.explain?.secondOpinion ?? []);
    expect(reasons[0]).toEqual({ failed: "not_json" });
    for (const reason of reasons.slice(1)) expect(reason).toEqual({ failed: "over_budget" });
    expect(server.questions).toHaveLength(1);
  });

  it("opens no socket without --explain, or while it is off", async () => {
    await analyze(false, on());
    const answers = await analyze(true, {});
    expect(server.sockets()).toBe(0);
    for (const answer of answers) expect(answer.explain).not.toHaveProperty("secondOpinion");
  });
});
