import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { commandTexts } from "#src/i18n/commands.js";
import { HOUR } from "#src/shared/clock.js";
import { SlackHands } from "../support/slack/slack-hands.js";
import { SlackProduct } from "../support/slack/slack-product.js";

const MORNING = Date.parse("2026-11-20T10:00:00+08:00");
const { fileSent, fileRefused } = commandTexts.zh.report;
const opened = z.object({ channel: z.object({ id: z.string() }) });

let product: SlackProduct;
let hands: SlackHands;
beforeAll(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: MORNING });
});
afterAll(() => {
  vi.useRealTimers();
});
beforeEach(async () => {
  vi.setSystemTime(MORNING);
  product = await SlackProduct.open();
  hands = new SlackHands(product);
  await hands.says("staff", "chen", "早");
  await hands.says("group", "wang", "草莓下面一层都烂了");
  product.clock.advance(HOUR);
  vi.setSystemTime(product.clock.now());
});
afterEach(() => product.close());

/** The conversation of somebody and the bot. */
async function directOf(who: string): Promise<string> {
  const users = product.user(who);
  return opened.parse(await product.workspace.ask("conversations.open", { users })).channel.id;
}

/** The channels that files were shown in, with their names. */
function shared(): readonly { readonly channel: string; readonly id: string }[] {
  return product.workspace.callsOf("files.completeUploadExternal").map(({ fields }) => {
    const [file] = z.array(z.object({ id: z.string() })).parse(JSON.parse(fields["files"] ?? "[]"));
    return { channel: fields["channel_id"] ?? "", id: file?.id ?? "" };
  });
}

describe("report csv", () => {
  it("comes as a file to the asker alone, and says so where it was asked", async () => {
    const told = await hands.commands("staff", "chen", "report 7d csv");
    expect(told).toBe(fileSent);
    const [file, ...others] = shared();
    expect(others).toEqual([]);
    expect(file?.channel).toBe(await directOf("chen"));
    const [address] = product.workspace.callsOf("files.getUploadURLExternal");
    expect(address?.fields["filename"]).toMatch(/^huiyin-report-2026-11-20\.csv$/);
    expect(Number(address?.fields["length"])).toBeGreaterThan(100);
    // Nothing of it stands in a channel.
    for (const channel of ["group", "staff"])
      expect(JSON.stringify(await product.history(channel))).not.toContain(file?.id);
    const row = await product.store.read((tx) =>
      tx.outbox.rows.first({ kind: "reply" }, { order: { seq: "desc" } }),
    );
    expect(row).toMatchObject({ state: "sent", message: null });
  });

  it("is said in words with the missing permission named when Slack takes no file", async () => {
    const body = { ok: false, error: "missing_scope", needed: "files:write" };
    product.workspace.fail({ kind: "answer", status: 200, body }, "files.getUploadURLExternal");
    const told = await hands.commands("staff", "chen", "report 7d csv");
    expect(told).toContain(fileRefused);
    expect(told).toContain("files:write");
    expect(told.length).toBeGreaterThan(fileRefused.length + 50);
    expect(shared()).toEqual([]);
  });

  it("is refused to a customer, and without csv stays words", async () => {
    await hands.commands("group", "wang", "report 7d csv");
    expect(await hands.commands("staff", "chen", "report 7d")).not.toBe(fileSent);
    expect(shared()).toEqual([]);
  });

  it("brings the file once when the note beside it gets lost", async () => {
    product.workspace.fail({ kind: "answer", status: 500, body: {} }, "respond");
    await hands.commands("staff", "chen", "report 7d csv");
    expect(shared()).toHaveLength(1);
  });
});
