import { describe, expect, it } from "vitest";
import type { Group } from "#entities/index.js";
import { createDirectoryService } from "#src/directory/directory-service.js";
import type { InboundEvent, MessageEvent } from "#src/platform/inbound-event.js";
import { groupId, memberId, membershipId } from "#src/store/directory-store.js";
import type { Place } from "#src/store/place.js";
import type { Store } from "#src/store/store.js";
import { testStore } from "../../support/store.js";

const AT = Date.UTC(2026, 10, 20, 4);
const PLATFORM = "simulated";

class Door {
  readonly store: Store;
  readonly begun: string[] = [];
  readonly directory = createDirectoryService({
    ids: { group: groupId, member: memberId, membership: membershipId },
    defaults: {
      language: "zh",
      timeZone: "Asia/Shanghai",
      staffRooms: [{ platform: PLATFORM, conversationId: "staff" }],
    },
    onNewGroup: async (_tx, group: Group) => {
      this.begun.push(group.externalId);
    },
  });

  constructor(store: Store) {
    this.store = store;
  }

  hear(event: InboundEvent): Promise<Place | null> {
    return this.store.write((tx) => this.directory.place(tx, event));
  }
}

async function openDoor(): Promise<Door> {
  return new Door(await testStore());
}

function message(room: string, by: string, over: Partial<MessageEvent> = {}): MessageEvent {
  const conversation = { platform: PLATFORM, conversationId: room };
  return {
    kind: "message",
    eventId: `e-${room}-${by}`,
    at: AT,
    conversation,
    author: { platform: PLATFORM, memberId: by, name: by },
    text: "你好",
    message: { conversation, messageId: "m1" },
    mentionsBot: false,
    isDirect: false,
    ...over,
  };
}

function pressed(room: string, by: string, action: string): InboundEvent {
  const conversation = { platform: PLATFORM, conversationId: room };
  const author = { platform: PLATFORM, memberId: by, name: by };
  return { kind: "action", eventId: `a-${room}`, at: AT, conversation, author, action, value: "1" };
}

describe("the place of an event", () => {
  it("is kept once, with the group bound to the staff room of its platform", async () => {
    const door = await openDoor();
    await door.hear(message("staff", "小陈"));
    const place = await door.hear(message("g1", "阿珍"));
    await door.hear(message("g1", "阿珍"));
    expect(place?.group).toMatchObject({
      purpose: "customers",
      staffGroupId: groupId({ platform: PLATFORM, conversationId: "staff" }),
    });
    expect(place?.membership).toMatchObject({ role: "customer", joinedAt: AT });
    expect(door.begun).toEqual(["staff", "g1"]);
    expect(await door.store.read((tx) => tx.directory.members.count({}))).toBe(2);
  });

  it("makes everybody in a staff room staff, and follows a role that the platform states", async () => {
    const door = await openDoor();
    expect((await door.hear(message("staff", "小陈")))?.membership.role).toBe("staff");
    await door.hear(message("g1", "林姐"));
    const author = { platform: PLATFORM, memberId: "林姐", name: "林姐", role: "leader" as const };
    const place = await door.hear(message("g1", "林姐", { author }));
    expect(place?.membership.role).toBe("leader");
  });

  it("follows a changed name, and forgets none for an empty one", async () => {
    const door = await openDoor();
    await door.hear(message("g1", "u1"));
    const named = (name: string) => ({ author: { platform: PLATFORM, memberId: "u1", name } });
    expect((await door.hear(message("g1", "u1", named("阿珍"))))?.member.name).toBe("阿珍");
    expect((await door.hear(message("g1", "u1", named(""))))?.member.name).toBe("阿珍");
  });

  it("in private is the group the person joined last, and none for somebody of no group", async () => {
    const door = await openDoor();
    await door.hear(message("g1", "阿珍"));
    await door.hear(message("g2", "阿珍", { at: AT + 1 }));
    const alone = message("direct:阿珍", "阿珍", { isDirect: true });
    expect(await door.hear(alone)).toMatchObject({ direct: true, group: { externalId: "g2" } });
    expect(await door.hear(message("direct:路人", "路人", { isDirect: true }))).toBeNull();
    expect(door.begun).toEqual(["staff", "g1", "g2"]);
  });

  it("takes a button, a form or a recall in an unknown conversation for one alone with the bot", async () => {
    const door = await openDoor();
    await door.hear(message("g1", "阿珍"));
    const place = await door.hear(pressed("direct:阿珍", "阿珍", "vote"));
    expect(place).toMatchObject({ direct: true, group: { externalId: "g1" } });
    expect(await door.hear(pressed("direct:路人", "路人", "vote"))).toBeNull();
    expect((await door.hear(pressed("g1", "阿珍", "vote")))?.direct).toBe(false);
    expect(door.begun).toEqual(["staff", "g1"]);
  });
});

describe("somebody who opted out", () => {
  async function optedOut(door: Door): Promise<void> {
    const place = await door.hear(message("g1", "阿珍"));
    if (place === null) throw new Error("no place");
    await door.store.write((tx) => tx.directory.changeMember(place.member, { optedOutAt: AT }));
  }

  it("has no place for what they say, do or change", async () => {
    const door = await openDoor();
    await optedOut(door);
    expect(await door.hear(message("g1", "阿珍"))).toBeNull();
    expect(await door.hear(pressed("g1", "阿珍", "vote"))).toBeNull();
    expect(await door.hear(pressed("g1", "阿珍", "case.unsolved"))).toBeNull();
  });

  it("may still speak to the bot about themselves, which keeps nothing new of them", async () => {
    const door = await openDoor();
    await optedOut(door);
    const author = {
      platform: PLATFORM,
      memberId: "阿珍",
      name: "新名字",
      role: "leader" as const,
    };
    const spoken = await door.hear(message("g2", "阿珍", { mentionsBot: true, author }));
    expect(spoken?.member.name).toBe("阿珍");
    const again = await door.hear(message("g1", "阿珍", { mentionsBot: true, author }));
    expect(again?.membership.role).toBe("customer");
    expect(await door.hear(pressed("g1", "阿珍", "command"))).not.toBeNull();
    expect(await door.store.read((tx) => tx.directory.memberships.count({}))).toBe(1);
  });
});

describe("a group", () => {
  it("finds its staff room there before anybody has spoken in it", async () => {
    const door = await openDoor();
    await door.hear(message("g1", "阿珍"));
    const room = await door.store.read((tx) =>
      tx.directory.group({ platform: PLATFORM, conversationId: "staff" }),
    );
    expect(room).toMatchObject({ purpose: "staff", staffGroupId: null });
    expect(door.begun).toEqual(["staff", "g1"]);
  });

  it("changes its name, language, zone and room, and nothing that was not named", async () => {
    const door = await openDoor();
    const place = { platform: PLATFORM, conversationId: "g1" };
    const change = (request: object) =>
      door.store.write((tx) => door.directory.ensureGroup(tx, { place, at: AT, ...request }));
    await change({ name: "阳光里3群" });
    const changed = await change({ language: "en", timeZone: "Asia/Urumqi" });
    expect(changed).toMatchObject({ name: "阳光里3群", language: "en", timeZone: "Asia/Urumqi" });
    expect(await door.store.read((tx) => tx.directory.group(place))).toMatchObject({
      name: "阳光里3群",
      language: "en",
    });
  });

  it("gives a member another role", async () => {
    const door = await openDoor();
    const place = await door.hear(message("g1", "林姐"));
    if (place === null) throw new Error("no place");
    const at = { groupId: place.group.id, memberId: place.member.id };
    await door.store.write((tx) => door.directory.setRole(tx, at, "staff"));
    expect((await door.hear(message("g1", "林姐")))?.membership.role).toBe("staff");
  });
});
