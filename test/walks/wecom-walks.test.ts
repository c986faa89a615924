import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { staffRoomsWith } from "#src/app/wecom-wiring.js";
import { manualClock } from "#src/shared/clock.js";
import { Secret } from "#src/shared/secret.js";
import { openStore, type Store } from "#src/store/store.js";
import { ChatScript, MINUTE, MORNING } from "../support/chat-script.js";
import {
  CONSOLE,
  GROUP as STAFF_GROUP,
  type WecomScene,
  wecomScene,
} from "../support/wecom/wecom-scene.js";

const GROUP = "阳光里3群";

let store: Store;
let wecom: WecomScene;
let chat: ChatScript;

/** The shop without a staff room on its own platform, and a WeCom group where its staff read. */
async function open(more: { readonly assigned?: ReadonlyMap<string, string> } = {}): Promise<void> {
  store = await openStore({ dialect: "sqlite", file: ":memory:" });
  wecom = await wecomScene({ clock: manualClock(MORNING) });
  const rooms = staffRoomsWith([], {
    webhooks: new Map([[STAFF_GROUP, new Secret("https://wecom.example/?key=not-used-here")]]),
  });
  const assigned = [...(more.assigned ?? [])].map(
    ([group, conversationId]) => [group, { platform: "wecom", conversationId }] as const,
  );
  chat = await ChatScript.open(store, {
    others: [wecom.adapter],
    staffRooms: { ...rooms, assignedStaffRooms: new Map(assigned) },
    digests: true,
  });
  await chat.says(GROUP, "小陈", "大家早", { role: "staff" });
  for (const who of ["安安妈", "刘敏"]) await chat.says(GROUP, who, "早上好");
}

beforeEach(() => open());
afterEach(async () => {
  await chat.simulation.stop();
  await wecom.close();
  await store.close();
});

/** The words of the WeCom group, oldest first. */
function read(): readonly string[] {
  return wecom.server.lines.map((line) => (line.type === "image" ? "[picture]" : line.content));
}

describe("staff who read in a WeCom group", () => {
  it("get the alert there, with how to act elsewhere, and the group hears nothing of it", async () => {
    await chat.says(GROUP, "安安妈", "草莓下面一层都烂了");
    expect(read()).toHaveLength(1);
    expect(read()[0]).toMatch(/#1 .*｜阳光里3群\n安安妈：草莓下面一层都烂了/);
    expect(read()[0]).toContain(CONSOLE);
    expect(read()[0]).toMatch(/处理 1 /);
    expect(chat.said(GROUP, /#1/)).toEqual([]);
  });

  it("can do from a direct message what the alert names", async () => {
    await chat.says(GROUP, "安安妈", "草莓下面一层都烂了");
    const [, command = ""] = /(处理 1 \S+?)(?:｜|\n)/.exec(read()[0] ?? "") ?? [];
    await chat.tells("小陈", command);
    const row = await store.read((tx) => tx.cases.first({ number: 1 }));
    expect(row?.state).not.toBe("candidate");
  });

  it("get the day's digest as one message with its picture after it", async () => {
    await chat.says(GROUP, "安安妈", "草莓下面一层都烂了");
    await chat.until("2026-11-20T20:01");
    const digest = wecom.server.lines.filter((line) => line.type !== "image").at(-1);
    expect(digest?.content).toContain(GROUP);
    expect(digest?.content).toContain(CONSOLE);
    expect(wecom.server.lines.at(-1)?.type).toBe("image");
  });
});

describe("when the connection breaks after WeCom took the message", () => {
  it("an alert is sent again and says so", async () => {
    wecom.server.fail({ kind: "reset-after-accept" });
    await chat.says(GROUP, "安安妈", "草莓下面一层都烂了");
    await chat.passes(MINUTE);
    expect(read()).toHaveLength(2);
    expect(read()[0]).not.toContain("再次发送");
    expect(read()[1]).toMatch(/^（再次发送/);
  });

  it("a digest is there once, and staff are told to look", async () => {
    await chat.says(GROUP, "安安妈", "草莓下面一层都烂了");
    await chat.until("2026-11-20T19:59:59");
    const before = read().length;
    wecom.server.fail({ kind: "reset-after-accept" });
    await chat.until("2026-11-20T20:30");
    const after = read().slice(before);
    const digests = after.filter((text) => /小结|日报/.test(text) && !text.includes("可能没有"));
    expect(digests).toHaveLength(1);
    expect(after.filter((text) => text.includes("可能已经发出，也可能没有"))).toHaveLength(1);
  });
});

describe("which group's staff read where", () => {
  it("a group that had no staff room gets the one that was configured since", async () => {
    const bound = await store.read((tx) =>
      tx.directory.group({ platform: "simulated", conversationId: GROUP }),
    );
    await store.write((tx) =>
      bound === null
        ? Promise.resolve(null)
        : tx.directory.changeGroup(bound, { staffGroupId: null }),
    );
    await chat.says(GROUP, "安安妈", "草莓下面一层都烂了");
    expect(read()).toHaveLength(1);
  });

  it("a group with a room of its own by the configuration is read there, the others are not", async () => {
    await chat.simulation.stop();
    await wecom.close();
    await store.close();
    await open({ assigned: new Map([["翠湖2群", "不在配置里"]]) });
    await chat.says("翠湖2群", "老周", "草莓下面一层都烂了");
    expect(read()).toEqual([]);
    const parked = await store.read((tx) => tx.outbox.rows.find({ state: "parked" }));
    expect(parked.map((row) => row.reason)).toEqual(["gone"]);
    await chat.says(GROUP, "安安妈", "草莓下面一层都烂了");
    expect(read()).toHaveLength(1);
  });
});
