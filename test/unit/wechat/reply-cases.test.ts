import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseReply } from "#src/surveys/reply/parse-reply.js";
import { parseScale } from "#src/surveys/reply/scale.js";
import { type PlainVote, voteOfParse } from "#src/surveys/reply/vote-of-parse.js";
import { WechatScene } from "../../support/wechat/wechat-scene.js";

const CASE_FILE = new URL("../../../../shared/cases/reply-parse.jsonl", import.meta.url);
const present = existsSync(CASE_FILE);
if (!present)
  process.stdout.write(
    `shared reply cases not read through WeChat: ${CASE_FILE.pathname} is absent\n`,
  );

interface SharedCase {
  readonly text: string;
  readonly scale: string;
  readonly expect: PlainVote;
}

test.runIf(present)("each shared reply case means through WeChat what the file says", async () => {
  const cases = readFileSync(CASE_FILE, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as SharedCase);
  const scene = new WechatScene();
  await scene.start();
  try {
    const wrong: unknown[] = [];
    for (const { text, scale: name, expect: wanted } of cases) {
      await scene.says("wang", text);
      const event = scene.inbox.events.at(-1);
      if (event?.kind !== "message") throw new Error(`nothing was heard of ${text}`);
      // Repeated words come a minute apart, or they would be one line that came twice.
      scene.clock.advance(60_000);
      const scale = parseScale(name);
      const toOther = event.repliesTo?.ofBot === false;
      const direct = event.mentionsBot || event.repliesTo?.ofBot === true;
      const got = toOther ? null : voteOfParse(parseReply(event.text, scale, { direct }), scale);
      if (JSON.stringify(got) !== JSON.stringify(wanted)) wrong.push({ text, name, wanted, got });
    }
    expect(cases.length).toBeGreaterThan(200);
    expect(wrong).toEqual([]);
    process.stdout.write(`${String(cases.length)} shared reply cases read through WeChat\n`);
  } finally {
    await scene.close();
  }
});
