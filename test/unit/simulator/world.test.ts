import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type PretendWorld, pretendWorld, START } from "./pretend-world.js";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

describe("the pretend world", () => {
  let scene: PretendWorld;
  beforeEach(async () => {
    scene = await pretendWorld();
  });
  afterEach(() => scene.world.engine.stop());

  it("begins at half past five with its past played, and the ordinary day under way", () => {
    const state = scene.world.state();
    expect(state.now).toBe(START);
    expect(state.seeding).toBeNull();
    expect(state.rooms.map((room) => [room.id, room.memberIds.length])).toEqual([
      ["lane-staff", 1],
      ["dock-staff", 1],
      ["lane", 4],
      ["dock", 4],
    ]);
    expect(state.scenarios.filter((one) => one.running).map((one) => one.id)).toEqual([
      "ordinary-day",
    ]);
    expect(state.checklist).toEqual({
      complained: false,
      voted: false,
      digest: false,
      console: false,
    });
    expect(scene.events.map((event) => event.type)).not.toContain("line");
    expect(scene.events.map((event) => event.type)).toContain("reset");
  });

  it("plays votes and the staff's work of the past as the product takes them", async () => {
    const { store } = scene.world.life.simulation.app;
    const found = await store.read(async (tx) => ({
      votes: (await tx.responses.rows.find({ rating: true })).map((vote) => vote.numeric),
      cases: (await tx.cases.find({}, { order: { number: "asc" } })).map((one) => one.state),
    }));
    expect(found.votes.toSorted((a, b) => Number(a) - Number(b))).toEqual([2, 3, 4, 4, 5, 5]);
    expect(found.cases[0]).toBe("told");
    expect(found.cases).toContain("dismissed");
    // A room like Slack has buttons, one like WeChat numbers.
    expect(scene.lines("lane").map((line) => line.text)).toContain("2，鸡蛋碎了");
    expect(scene.lines("dock").filter((line) => line.text === "5")).toEqual([]);
  });

  it("shows a complaint of a visitor with the words that told, its case and the staff's alert", async () => {
    const line = await scene.world.say({ room: "lane", memberId: "yun", text: "虾不新鲜，臭了" });
    expect(line).toMatchObject({ room: "lane", memberId: "yun", text: "虾不新鲜，臭了" });
    const [verdict] = scene.insights("lane", "verdict");
    expect(verdict).toMatchObject({ lineId: line.id, complaint: true, joined: false });
    expect(verdict?.caseNumber).toBeGreaterThan(1);
    for (const { text, start, end } of verdict?.evidence ?? [])
      expect(line.text.slice(start, end)).toBe(text);
    expect(scene.botLine("lane-staff", /臭了/).kind).toBe("alert");
    expect(scene.world.state().checklist.complained).toBe(true);
    expect(scene.events.some((event) => event.type === "insight")).toBe(true);
  });

  it("shows a verdict for ordinary lines too, and leaves the checklist alone when others complain", async () => {
    await scene.world.say({ room: "dock", memberId: "ann", text: "What a nice day" });
    expect(scene.insights("dock", "verdict")[0]).toMatchObject({
      complaint: false,
      severity: null,
    });
    scene.real.advance(0);
    await scene.world.engine.beat();
    scene.real.advance(5 * SECOND);
    await scene.world.engine.beat();
    expect(scene.insights("lane", "verdict")[0]).toMatchObject({ memberId: "bo", complaint: true });
    expect(scene.world.state().checklist.complained).toBe(false);
  });

  it("counts a pressed button as a vote, with how many of those asked have answered", async () => {
    const card = scene.botLine("dock", /satisfied/);
    const choice = card.choices[0]?.choices[3];
    await scene.world.press(card.id, {
      memberId: "raj",
      action: card.choices[0]?.action ?? "",
      value: choice?.value ?? "",
    });
    const [vote] = scene.insights("dock", "vote");
    expect(vote).toMatchObject({ memberId: "raj", value: "4", answered: 1, lineId: card.id });
    expect(vote?.eligible).toBeGreaterThan(1);
    expect(scene.world.state().checklist.voted).toBe(true);
  });

  it("counts a number as a vote where there are no buttons", async () => {
    const line = await scene.world.say({ room: "lane", memberId: "yun", text: "4" });
    expect(scene.botLine("lane", /满意/).choices).toEqual([]);
    expect(scene.insights("lane", "vote")[0]).toMatchObject({
      memberId: "yun",
      value: "4",
      lineId: line.id,
    });
  });

  it("answers a command to the asker alone: hidden where it is like Slack, in a direct chat where it is like WeChat", async () => {
    const typed = await scene.world.say({
      room: "dock",
      memberId: "kit",
      text: "/huiyin report 7d",
    });
    expect(typed).toMatchObject({ kind: "command", onlyFor: "kit" });
    expect(scene.lines("dock").at(-1)).toMatchObject({ memberId: null, onlyFor: "kit" });
    await scene.world.say({ room: "lane", memberId: "yun", text: "@小助手 帮助" });
    expect(scene.lines("direct:yun").at(-1)).toMatchObject({ memberId: null, onlyFor: null });
  });

  it("takes back, changes and reacts to lines, and judges changed words again", async () => {
    const line = await scene.world.say({ room: "dock", memberId: "ann", text: "Nice loaf" });
    const edited = await scene.world.edit(line.id, {
      memberId: "ann",
      text: "The loaf was mouldy",
    });
    expect(edited).toMatchObject({ id: line.id, edited: true, text: "The loaf was mouldy" });
    expect(scene.insights("dock", "verdict")[0]).toMatchObject({
      lineId: line.id,
      complaint: true,
      text: "The loaf was mouldy",
    });
    const liked = await scene.world.react(line.id, {
      memberId: "raj",
      reaction: "👍",
      change: "added",
    });
    expect(liked.reactions).toEqual([{ reaction: "👍", memberIds: ["raj"] }]);
    const unliked = await scene.world.react(line.id, {
      memberId: "raj",
      reaction: "👍",
      change: "removed",
    });
    expect(unliked.reactions).toEqual([]);
    const gone = await scene.world.recall(line.id, "ann");
    expect(gone).toMatchObject({ recalled: true, text: "" });
  });

  it("quotes a line, so that what another member adds joins the same case", async () => {
    const first = await scene.world.say({ room: "lane", memberId: "yun", text: "米里有虫子" });
    const second = await scene.world.say({
      room: "lane",
      memberId: "bo",
      text: "我家也是",
      quote: first.id,
    });
    expect(second.quote).toEqual({ lineId: first.id, memberId: "yun", text: "米里有虫子" });
    const [joined, opened] = scene.insights("lane", "verdict");
    expect(joined).toMatchObject({ lineId: second.id, joined: true });
    expect(joined?.caseNumber).toBe(opened?.caseNumber);
  });

  it("jumps to the digest of the evening, saying on the way what scenarios bring", async () => {
    const state = await scene.world.clock({ jump: "digest" });
    expect(state.now).toBe(Date.parse("2026-11-20T20:00:00+08:00"));
    expect(state.checklist.digest).toBe(true);
    expect(state.scenarios[0]).toMatchObject({ running: false, done: 6, total: 6 });
    const digest = scene.botLine("lane-staff", /日报/);
    expect(digest.at).toBe(state.now);
    const dinner = scene.lines("lane").find((line) => line.text === "晚饭吃什么");
    expect(dinner?.at).toBe(START + 90 * MINUTE);
    const again = await scene.world.clock({ jump: "digest" });
    expect(again.now).toBe(Date.parse("2026-11-21T20:00:00+08:00"));
    const morning = await scene.world.clock({ jump: "tomorrow" });
    expect(morning.now).toBe(Date.parse("2026-11-22T09:00:00+08:00"));
  });

  it("brings the digest's picture with it", async () => {
    await scene.world.clock({ jump: "digest" });
    const { picture, id } = scene.botLine("lane-staff", /日报/);
    expect(picture?.alt).not.toBe("");
    expect(picture?.url).toBe(`/api/v1/simulator/pictures/${encodeURIComponent(id)}`);
    const bytes = scene.world.picture(id);
    expect(
      Buffer.from(bytes ?? [])
        .subarray(1, 4)
        .toString("latin1"),
    ).toBe("PNG");
    expect(scene.world.picture("none")).toBeNull();
  });

  it.each([
    { rate: 1, expected: 2 * SECOND },
    { rate: 60, expected: 2 * MINUTE },
    { rate: 0, expected: 0 },
  ] as const)("lets two seconds be $expected ms at rate $rate", async ({ rate, expected }) => {
    await scene.world.engine.beat();
    await scene.world.clock({ rate });
    scene.real.advance(2 * SECOND);
    await scene.world.engine.beat();
    expect(scene.world.state()).toMatchObject({ rate, now: START + expected });
  });

  it("does not leap after the machine has slept", async () => {
    await scene.world.engine.beat();
    scene.real.advance(8 * 60 * MINUTE);
    await scene.world.engine.beat();
    expect(scene.world.state().now).toBe(START + 5 * SECOND);
  });

  it("does one thing at a time, in the order in which it was asked", async () => {
    const texts = Array.from({ length: 12 }, (_, index) => `第${String(index)}句`);
    const said = await Promise.all([
      ...texts.map((text) => scene.world.say({ room: "lane", memberId: "yun", text })),
      scene.world.engine.beat(),
      scene.world.clock({ jump: "digest" }),
    ]);
    expect(said).toHaveLength(14);
    const heard = scene.lines("lane").filter((line) => texts.includes(line.text));
    expect(heard.map((line) => line.text)).toEqual(texts);
    expect(new Set(heard.map((line) => line.at)).size).toBe(12);
  });

  it("starts over with an empty slate", async () => {
    await scene.world.say({ room: "lane", memberId: "yun", text: "虾不新鲜，臭了" });
    await scene.world.clock({ jump: "digest", rate: 60 });
    await scene.world.reset();
    await scene.world.engine.ready();
    const state = scene.world.state();
    expect(state.now).toBe(START);
    expect(state.checklist).toMatchObject({ complained: false, digest: false });
    expect(scene.lines("lane").some((line) => line.text.includes("臭了"))).toBe(false);
  });

  it("tells the numbers of the report", async () => {
    const pulse = await scene.world.pulse("lane");
    // Three answers are too few for a share.
    expect(pulse).toMatchObject({ csat: { value: null }, openCases: 1, waitingSends: 0 });
    expect(pulse.participation).toMatchObject({ answered: 3 });
  });

  it("pages through lines, newest first", () => {
    const first = scene.world.lines("lane", { limit: 3 });
    const second = scene.world.lines("lane", { limit: 3, before: first.next ?? "" });
    expect(first.items).toHaveLength(3);
    const at = [...first.items, ...second.items].map((line) => line.at);
    expect(at).toEqual(at.toSorted((a, b) => b - a));
    expect(second.items[0]?.id).not.toBe(first.items[2]?.id);
  });

  it("changes how a room looks and behaves", async () => {
    await scene.world.look("lane", "slack");
    expect(scene.world.state().rooms.find((room) => room.id === "lane")?.look).toBe("slack");
    await scene.world.say({ room: "lane", memberId: "yun", text: "/huiyin 帮助" });
    expect(scene.lines("lane").at(-1)).toMatchObject({ memberId: null, onlyFor: "yun" });
  });

  it("says which sends wait for the end of quiet hours, and when they went", async () => {
    await scene.world.clock({ jump: "tomorrow" });
    const sends = scene.insights("lane", "send");
    expect(sends.length).toBeGreaterThan(0);
    for (const send of sends) expect(["sent", "failed"]).toContain(send.state);
  });
});
