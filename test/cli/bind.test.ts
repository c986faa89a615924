import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { marksBy } from "#src/app/identity-key.js";
import { type OpenData, openDataFolder } from "#src/app/open-data.js";
import { StoredIdentities } from "#src/app/wechat-identities.js";
import { runCli } from "#src/cli/cli.js";
import { createDirectoryService } from "#src/directory/directory-service.js";
import { groupId, memberId, membershipId } from "#src/store/directory-store.js";
import { codeOf } from "../support/login-world.js";
import { collectingOutput } from "./collecting-output.js";

const NAMES = ["王阿姨", "李叔", "陈姐", "赵哥"];

describe("huiyin bind", () => {
  let folder: string;
  let data: OpenData;
  let book: StoredIdentities;
  beforeEach(async () => {
    vi.stubEnv("HUIYIN_LANGUAGE", "en");
    folder = mkdtempSync(join(tmpdir(), "huiyin-bind-"));
    data = await openDataFolder(folder);
    const directoryIds = { group: groupId, member: memberId, membership: membershipId };
    let made = 0;
    book = new StoredIdentities({
      store: data.store,
      platform: "wechat",
      marks: marksBy("test"),
      ids: { next: () => `own-${String((made += 1))}` },
      directoryIds,
      directory: () =>
        createDirectoryService({
          ids: directoryIds,
          defaults: { language: "en", timeZone: "Asia/Shanghai", staffRooms: [] },
          onNewGroup: async () => undefined,
        }),
    });
    await login("1");
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await data.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function login(session: string): Promise<void> {
    await book.begin({ account: "main", stableIds: false, session, at: Date.now() });
    await book.rooms([sighting(session)]);
  }

  function sighting(session: string) {
    const members = NAMES.map((name) => ({ id: `${name}-${session}`, name }));
    return { room: `@@${session}`, topic: "店员群", ownerName: "王阿姨", members, at: Date.now() };
  }

  async function huiyin(...words: string[]) {
    const output = collectingOutput();
    const code = await runCli(["node", "huiyin", ...words, "--data", folder], output);
    return { code, out: output.lines.join("\n"), err: output.said.join("\n") };
  }

  it("lists what waits, beside a service that has the data open", async () => {
    expect(await huiyin("bind")).toEqual({ code: 0, out: "1 店员群, about 4 people", err: "" });
  });

  it("gives the operator a code for the first staff room, and again after a log-in", async () => {
    const first = await huiyin("bind", "1", "--staff");
    expect(first.out).toMatch(/Then it is a staff room/);
    const said = { text: codeOf(first.out), at: Date.now() };
    expect(await book.heardInHeldRoom(sighting("1"), said)).toEqual({
      state: "bound",
      conversationId: "own-1",
    });
    const room = { platform: "wechat", conversationId: "own-1" };
    expect(await data.store.read((tx) => tx.directory.group(room))).toMatchObject({
      purpose: "staff",
      name: "店员群",
    });
    await login("2");
    // Neither a new one nor the old one is assumed.
    const unsaid = await huiyin("bind", "2");
    expect(unsaid.code).toBe(2);
    expect(unsaid.err).toMatch(/--as "店员群".*or --new/);
    const again = await huiyin("bind", "2", "--as", "店员群");
    await book.heardInHeldRoom(sighting("2"), { text: codeOf(again.out), at: Date.now() });
    expect(book.roomAddress("own-1")).toBe("@@2");
    expect((await huiyin("bind")).out).toMatch(/No WeChat group/);
  });

  it("says what is wrong with a number or a name", async () => {
    const unknown = await huiyin("bind", "7");
    expect(unknown.code).toBe(1);
    expect(unknown.err).toMatch(/number 7/);
    expect(await huiyin("bind", "x")).toMatchObject({ code: 2 });
    const nothing = await huiyin("bind", "1", "--as", "nothing");
    expect(nothing.code).toBe(2);
    expect(nothing.err).toMatch(/Not one lost group is called "nothing"/);
  });
});
