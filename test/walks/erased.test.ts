import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { directRoom } from "#adapters/simulated/simulated-chat.js";
import { finishForgetting, forgetMember } from "#src/app/tools.js";
import { openStore, type Store } from "#src/store/store.js";
import { ChatScript, MINUTE } from "../support/chat-script.js";

const GROUP = "阳光里3群";
/** An account that stands nowhere else, also inside the id of the direct conversation. */
const CANARY = "canary-7f3a91";

describe("an erased member", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "huiyin-erased-"));
  let file = "";
  let store: Store;
  let chat: ChatScript;
  let turn = 0;
  beforeEach(async () => {
    turn += 1;
    file = path.join(folder, `${String(turn)}.sqlite`);
    store = await openStore({ dialect: "sqlite", file });
    chat = await ChatScript.open(store);
    await chat.says("staff", "小陈", "早", { role: "staff" });
    await chat.says(GROUP, CANARY, "早上好");
    await chat.says(GROUP, CANARY, "草莓下面一层都烂了");
    await chat.tells(CANARY, "我的数据");
    await chat.commands(GROUP, CANARY, "我的反馈", "customer");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** How often the account stands in the files of the store, byte by byte. */
  function traces(): number {
    let count = 0;
    for (const name of readdirSync(folder)) {
      if (!name.startsWith(path.basename(file))) continue;
      const bytes = readFileSync(path.join(folder, name));
      for (let at = bytes.indexOf(CANARY); at >= 0; at = bytes.indexOf(CANARY, at + 1)) count += 1;
    }
    return count;
  }

  it("who asked for it in private stands nowhere in the database file, once the answer is out", async () => {
    await chat.tells(CANARY, "删除");
    const room = directRoom(CANARY);
    const question = chat.post(room, /删除/);
    await chat.presses({ room, who: CANARY }, question, "删除");
    expect(chat.seen(room).length).toBeGreaterThan(1);
    await chat.passes(MINUTE);
    expect(await store.write((tx) => finishForgetting(tx, chat.simulation.clock.now()))).toBe(0);
    await chat.simulation.stop();
    await store.close();
    expect(traces()).toBe(0);
  });

  it("whom the operator erases stands nowhere either, though they only spoke to the bot alone last", async () => {
    const member = await store.read((tx) => tx.directory.members.first({ externalId: CANARY }));
    await chat.simulation.stop();
    await store.write((tx) =>
      forgetMember(tx, {
        memberId: member?.id ?? "",
        tombstoneId: "f".repeat(32),
        at: chat.simulation.clock.now(),
      }),
    );
    await store.write((tx) => finishForgetting(tx, chat.simulation.clock.now()));
    await store.close();
    expect(traces()).toBe(0);
  });

  it("who comes back is served as somebody new", async () => {
    await chat.tells(CANARY, "删除");
    const room = directRoom(CANARY);
    await chat.presses({ room, who: CANARY }, chat.post(room, /删除/), "删除");
    await chat.says(GROUP, CANARY, "我又来了");
    await chat.tells(CANARY, "帮助");
    await store.write((tx) => finishForgetting(tx, chat.simulation.clock.now()));
    const before = chat.seen(room).length;
    await chat.tells(CANARY, "帮助");
    expect(chat.seen(room)).toHaveLength(before + 1);
    await chat.simulation.stop();
    await store.close();
  });
});
