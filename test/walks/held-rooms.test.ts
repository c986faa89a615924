import { afterEach, beforeEach, expect, it } from "vitest";
import { openStore } from "#src/store/store.js";
import { codeOf, LoginWorld, STAFF } from "../support/login-world.js";
import { describeStores } from "../support/stores.js";

const MINUTE = 60_000;
const PEOPLE = { 王: "王阿姨", 李: "李叔", 陈: "陈姐", 赵: "小赵" };

describeStores("a room that nobody has vouched for", (kind) => {
  let world: LoginWorld;
  beforeEach(async () => {
    world = await LoginWorld.open(await openStore(await kind.fresh()));
    world.group("a", "阳光花园团购群", PEOPLE, "王阿姨");
    world.group("b", "别的群", PEOPLE, "李叔");
    await world.login();
  });
  afterEach(() => world.close());

  it("is listened to: nothing said, no member, no case, no group; staff are told", async () => {
    await world.says("a", "王", "草莓烂了，退钱！孩子吃了拉肚子");
    await world.says("a", "李", "5分");
    expect(world.chat.posts.filter((post) => post.room !== STAFF)).toEqual([]);
    const kept = await world.store.read(async (tx) => ({
      groups: await tx.directory.groups.count({ purpose: "customers" }),
      members: await tx.directory.members.count({}),
      cases: await tx.cases.count({}),
      messages: await tx.messages.rows.count({}),
      events: await tx.inboxEvents.count({}),
    }));
    // The only member and the only event are of the staff room.
    expect(kept).toEqual({ groups: 0, members: 1, cases: 0, messages: 0, events: 1 });
    expect(world.chat.post(STAFF, /还没绑定/).text).toMatch(/1 阳光花园团购群，约 4 人\n2 别的群/);
    expect(await world.staff("绑定")).toMatch(/1 阳光花园团购群，约 4 人，已有 2 条消息没有处理/);
  });

  it("is served from the moment on that a code from staff is said in it", async () => {
    const code = codeOf(await world.staff("绑定 1 新"));
    await world.says("a", "王", `绑定 ${code}`);
    expect(world.chat.post(STAFF, /已绑定/).text).toContain("阳光花园团购群");
    await world.says("a", "王", "草莓烂了一半，要求退款");
    const { group, cases } = await world.store.read(async (tx) => ({
      group: await tx.directory.group({ platform: "simulated", conversationId: world.ours("a") }),
      cases: await tx.cases.count({}),
    }));
    expect(group).toMatchObject({ name: "阳光花园团购群", purpose: "customers", leftAt: null });
    expect(cases).toBe(1);
    expect(world.chat.post(STAFF, /草莓烂了一半/).text).toContain("阳光花园团购群");
    expect(await world.audit("room.bound")).toEqual([`room:${world.ours("a")}`]);
    expect(await world.audit("room.code")).toHaveLength(1);
    // The other one waits on.
    expect(await world.staff("绑定")).toMatch(/^(?!.*阳光)[\s\S]*2 别的群/);
  });

  it("is not bound by a code for another room, a wrong, a late or a used one", async () => {
    const code = codeOf(await world.staff("绑定 1 新"));
    await world.says("b", "李", `绑定 ${code}`);
    expect(world.room("b").place.state).toBe("held");
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, "0");
    await world.says("a", "王", `绑定 ${wrong}`);
    expect(world.room("a").place.state).toBe("held");
    await world.chat.passes(10 * MINUTE);
    await world.says("a", "王", `绑定 ${code}`);
    expect(world.room("a").place.state).toBe("held");
    const next = codeOf(await world.staff("绑定 1 新"));
    await world.says("a", "王", next);
    expect(world.room("a").place.state).toBe("bound");
    const again = codeOf(await world.staff("绑定 2 新"));
    await world.says("b", "李", next === again ? wrong : next);
    expect(world.room("b").place.state).toBe("held");
  });

  it("makes a code void after five wrong ones", async () => {
    const code = codeOf(await world.staff("绑定 1 新"));
    for (let n = 1; n <= 5; n += 1) {
      const wrong = String((Number(code) + n) % 1_000_000).padStart(6, "0");
      await world.says("a", "赵", wrong);
    }
    await world.says("a", "王", `绑定 ${code}`);
    expect(world.room("a").place.state).toBe("held");
  });

  it("gives no code to customers, nor to staff where customers read", async () => {
    await world.bind("a");
    await world.says("a", "王", "/huiyin 绑定 2");
    expect(world.said("a").join("\n")).not.toMatch(/\d{6}/);
    const conversationId = world.ours("a");
    await world.says("a", "李", "早");
    const { id } = await world.person("a", "李");
    await world.store.write(async (tx) => {
      const member = await tx.directory.member({ platform: "simulated", memberId: id });
      const group = await tx.directory.group({ platform: "simulated", conversationId });
      const place = await tx.directory.membership(group?.id ?? "", member?.id ?? "");
      if (place !== null) await tx.directory.changeMembership(place, { role: "staff" });
    });
    await world.says("a", "李", "@小助手 绑定 2 新");
    expect(world.said("a").join("\n")).not.toMatch(/\d{6}/);
    expect(world.chat.posts.at(-1)?.text).toMatch(/口令不能让顾客看到/);
    expect(await world.store.read((tx) => tx.identities.codes.count({}))).toBe(0);
  });

  it("can become a staff room, and groups bound from there send their alerts there", async () => {
    await world.bind("b", "店员");
    const staffRoom = world.ours("b");
    const asked = world.chat.posts.length;
    await world.says("b", "李", "绑定 1 新");
    const code = codeOf(
      world.chat.posts
        .slice(asked)
        .map((post) => post.text)
        .join("\n"),
    );
    await world.says("a", "王", code);
    await world.says("a", "王", "草莓烂了一半，要求退款");
    expect(world.chat.post(staffRoom, /草莓烂了一半/).text).toContain("阳光花园团购群");
  });

  it("keeps no id of the platform and no name in its rows", async () => {
    await world.bind("a");
    await world.says("a", "王", "早");
    const rows = await world.store.read(async (tx) =>
      JSON.stringify([
        await tx.identities.accounts.find({}),
        await tx.identities.rooms.find({}),
        await tx.identities.people.find({}),
        await tx.identities.names.find({}),
        await tx.identities.codes.find({}),
      ]),
    );
    for (const word of ["@@a-", "@王-", "@self", ...Object.values(PEOPLE)])
      expect(rows).not.toContain(word);
  });
});
