import { afterEach, beforeEach, expect, it } from "vitest";
import { forgetMember } from "#src/app/tools.js";
import { openStore } from "#src/store/store.js";
import { LoginWorld, STAFF } from "../support/login-world.js";
import { describeStores } from "../support/stores.js";

const HOUR = 3_600_000;
const TOPIC = "阳光花园团购群";
/** Two of them are called 小雨. */
const PEOPLE = {
  王: "王阿姨",
  李: "李叔",
  陈: "陈姐",
  赵: "小赵",
  雨甲: "小雨",
  雨乙: "小雨",
  钱: "钱大爷",
  孙: "孙女士",
};
const ASK = "调查 新建 今天的草莓您满意吗；决定：要不要换单层硬盒；开放：24小时";

describeStores("a log-in that changes every id", (kind) => {
  let world: LoginWorld;
  beforeEach(async () => {
    world = await LoginWorld.open(await openStore(await kind.fresh()));
    world.group("a", TOPIC, PEOPLE, "王阿姨");
    await world.login();
    await world.bind("a");
  });
  afterEach(() => world.close());

  async function open(): Promise<void> {
    await world.staff(ASK);
    await world.staff("调查 发 1 强制");
    expect(world.said("a").join("\n")).toContain("今天的草莓您满意吗");
  }

  /** Votes by the name of the voter, with one entry per person. */
  async function votes(): Promise<readonly string[]> {
    const rows = await world.store.read(async (tx) => {
      const answers = await tx.responses.rows.find({});
      const found = [];
      for (const { memberId, numeric } of answers)
        found.push(`${(await tx.directory.memberById(memberId))?.name ?? ""} ${String(numeric)}`);
      return found;
    });
    return rows.toSorted();
  }

  async function ids(...who: readonly string[]): Promise<readonly string[]> {
    const found = [];
    for (const one of who) found.push((await world.person("a", one)).id);
    return found;
  }

  it("while a survey is open and a case too, leaves votes and cases with their people", async () => {
    await open();
    const before = world.ours("a");
    for (const [who, score] of [
      ["王", 5],
      ["李", 4],
      ["陈", 3],
      ["赵", 5],
      ["雨甲", 2],
      ["雨乙", 5],
    ] as const)
      await world.says("a", who, String(score));
    await world.says("a", "李", "草莓烂了一半，要求退款");
    const known = await ids("王", "李", "陈", "赵");
    const rains = await ids("雨甲", "雨乙");
    const saidBefore = world.said("a").length;

    await world.chat.passes(HOUR);
    await world.login();

    expect(world.ours("a")).toBe(before);
    expect(await world.audit("room.found")).toEqual([`room:${before}`]);
    expect(await ids("王", "李", "陈", "赵")).toEqual(known);
    // Who is which 小雨 nobody can know: neither is taken for one of before, nor for the other.
    const apart = await ids("雨甲", "雨乙");
    expect(new Set([...apart, ...rains]).size).toBe(4);

    await world.says("a", "王", "改成4");
    await world.says("a", "钱", "5");
    await world.says("a", "雨甲", "3");
    expect(await votes()).toEqual(
      [
        "李叔 4",
        "陈姐 3",
        "王阿姨 4",
        "小赵 5",
        "小雨 2",
        "小雨 5",
        "小雨 3",
        "钱大爷 5",
      ].toSorted(),
    );
    // No vote was answered in the group, before or after.
    expect(world.said("a").slice(saidBefore)).toEqual([]);

    // The case is still 李叔's: what he says about it goes to it, and no second one is opened.
    await world.says("a", "李", "草莓的退款还没到，快点");
    const cases = await world.store.read((tx) => tx.cases.find({}));
    expect(cases).toHaveLength(1);

    await world.chat.passes(24 * HOUR);
    const result = world.chat.post(STAFF, /登录之前/);
    expect(result.text).toContain(
      // 王阿姨 has changed hers since.
      "其中 5 票投于微信重新登录之前，2 人登录后没能认出来；他们若又投过，会多算一票。",
    );
    expect(await world.staff("调查 结果 1")).toContain("其中 5 票投于微信重新登录之前");
    expect(world.said("a").join("\n")).not.toContain("登录");
  });

  it("says of a run that nothing happened to nothing about log-ins", async () => {
    await world.login();
    await world.chat.passes(HOUR);
    await open();
    for (const who of ["王", "李", "陈", "赵", "钱", "孙"]) await world.says("a", who, "5");
    await world.chat.passes(25 * HOUR);
    expect(world.chat.post(STAFF, /n=6/).text).not.toContain("登录");
  });

  it("recognises nobody and nothing when the puppet goes on with its session after a restart", async () => {
    const before = await ids("王", "雨甲", "雨乙");
    await world.restart();
    expect(await ids("王", "雨甲", "雨乙")).toEqual(before);
    expect(world.book.roomAddress(world.ours("a"))).toBe(world.room("a").id);
    expect(world.book.memberAddress(before[0] ?? "")).toBe(world.room("a").people.get("王")?.id);
    expect(await world.audit("account.new_epoch")).toEqual([]);
  });

  it("holds a room whose topic, owner or members are others, and everything that is to be said there", async () => {
    const before = world.ours("a");
    for (const change of [
      () => (world.room("a").topic = "阳光花园团购二群"),
      () => (world.room("a").owner = "李叔"),
      () => (world.room("a").topic = ""),
      () => {
        for (const person of [...world.room("a").people.values()].slice(0, 3)) person.name += "新";
      },
    ]) {
      const { topic, owner } = world.room("a");
      const names = [...world.room("a").people.values()].map((person) => person.name);
      change();
      await world.login();
      expect(world.room("a").place.state).toBe("held");
      expect(world.book.roomAddress(before)).toBeNull();
      Object.assign(world.room("a"), { topic, owner });
      [...world.room("a").people.values()].forEach((person, at) => {
        person.name = names[at] ?? "";
      });
    }
    // It was never lost for good.
    await world.login();
    expect(world.ours("a")).toBe(before);
  });

  it("binds neither of two rooms that are equally good, and staff say which it is", async () => {
    await open();
    await world.says("a", "王", "5");
    const before = world.ours("a");
    world.group("twin", TOPIC, PEOPLE, "王阿姨");
    await world.login();
    expect([world.room("a").place.state, world.room("twin").place.state]).toEqual(["held", "held"]);
    const list = await world.staff("绑定");
    const [first] = /^\d+(?= 阳光花园团购群)/m.exec(list) ?? [];
    // It may be the old one: that is asked, not assumed.
    expect(await world.staff(`绑定 ${first ?? ""}`)).toContain(`以前的群 1：${TOPIC}`);
    await world.bind("a", "旧 1");
    expect(world.room("a").place).toEqual({ state: "bound", conversationId: before });
    await world.says("a", "王", "改成4");
    expect(await votes()).toEqual(["王阿姨 4"]);
    // The twin's code for the same old group comes too late.
    expect(await world.staff("绑定")).not.toContain("以前的群");
  });

  it("holds both when the second of two like rooms is seen later", async () => {
    const before = world.ours("a");
    world.group("twin", TOPIC, PEOPLE, "王阿姨");
    await world.login({ sees: ["twin"] });
    expect(world.ours("twin")).toBe(before);
    await world.sees(["a"]);
    expect(world.room("a").place.state).toBe("held");
    expect(world.book.roomAddress(before)).toBeNull();
    await world.sees(["twin"]);
    expect(world.room("twin").place.state).toBe("held");
    expect(await world.audit("room.doubted")).toEqual([`room:${before}`]);
    // What staff have said is not doubted again.
    await world.bind("a", "旧 1");
    await world.sees(["twin", "a"]);
    expect(world.ours("a")).toBe(before);
    expect(world.room("twin").place.state).toBe("held");
  });

  it("does not take somebody for staff by a name, nor a room for the staff's", async () => {
    world.group("s", "店员群", { 甲: "店长", 乙: "小陈", 丙: "小周", 丁: "小吴" }, "店长");
    await world.sees(["s"]);
    await world.bind("s", "店员");
    await world.says("a", "陈", "早");
    const [leader = ""] = await ids("陈");
    await world.store.write(async (tx) => {
      const member = await tx.directory.member({ platform: "simulated", memberId: leader });
      for (const row of await tx.directory.memberships.find({ memberId: member?.id ?? "" }))
        await tx.directory.changeMembership(row, { role: "leader" });
    });
    await world.login();
    expect(world.room("s").place.state).toBe("held");
    expect(await ids("陈")).not.toEqual([leader]);
  });

  it("knows nobody in private by a name", async () => {
    const contact = () => world.room("a").people.get("王")?.id ?? "";
    await world.says("a", "王", "早");
    const [person] = await ids("王");
    expect(await world.book.direct(contact())).toBe(person);
    const old = contact();
    await world.login({ sees: [] });
    expect(await world.book.direct(contact())).toBeNull();
    expect(await world.book.direct(old)).toBeNull();
    await world.sees(["a"]);
    expect(await world.book.direct(contact())).toBe(person);
    expect(await world.book.direct("@a stranger called 王阿姨")).toBeNull();
  });

  it("keeps an opt-out, also of one of two with the same name", async () => {
    await world.says("a", "雨甲", "@小助手 退出");
    await world.says("a", "赵", "@小助手 退出");
    await world.login();
    const lines = () => world.store.read((tx) => tx.messages.rows.count({}));
    const before = await lines();
    for (const who of ["雨甲", "雨乙", "赵"]) await world.says("a", who, "今天的菜真新鲜");
    expect(await lines()).toBe(before);
    await world.says("a", "王", "今天的菜真新鲜");
    expect(await lines()).toBe(before + 1);
    // The one who had not opted out says so, and is read again.
    await world.says("a", "雨乙", "@小助手 加入");
    await world.says("a", "雨乙", "今天的菜真新鲜");
    expect(await lines()).toBe(before + 2);
  });

  it("finds nobody who was erased, by id or by name", async () => {
    await world.says("a", "王", "早");
    await world.says("a", "李", "早");
    const [person = "", other = ""] = await ids("王", "李");
    await world.store.write(async (tx) => {
      const member = await tx.directory.member({ platform: "simulated", memberId: person });
      await forgetMember(tx, { memberId: member?.id ?? "", tombstoneId: "gone-1", at: world.now });
    });
    const rows = await world.store.read(async (tx) => [
      await tx.identities.people.count({ personId: person }),
      await tx.identities.names.count({ personId: person }),
      await tx.identities.people.count({ personId: other }),
    ]);
    expect(rows).toEqual([0, 0, 1]);
    const again = await ids("王");
    expect(again).not.toEqual([person]);
    await world.login();
    expect(await ids("李")).toEqual([other]);
    expect(await ids("王")).not.toEqual([person]);
  });
});
