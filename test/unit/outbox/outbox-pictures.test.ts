import { describe, expect, it, vi } from "vitest";
import type { DrawPicture } from "#src/outbox/picture-for.js";
import type { PictureOrder } from "#src/platform/outbound-message.js";
import { PlatformError } from "#src/platform/platform-error.js";
import { MINUTE } from "#src/shared/clock.js";
import { type Logger, silentLogger } from "#src/shared/logger.js";
import type { Picture } from "#src/shared/picture.js";
import { outboxScene, SHOP } from "./outbox-scene.js";

const ORDER: PictureOrder = { maker: "digest-card", model: { version: 1 }, alt: "满意率 85%" };
const DRAWN: Picture = {
  bytes: new Uint8Array([1, 2, 3]),
  mediaType: "image/png",
  width: 1_600,
  height: 2_400,
  alt: "满意率 85%",
};
const message = { text: "日报", picture: ORDER };
const able = { pictures: true };
const drawing = () => vi.fn<DrawPicture>(() => Promise.resolve(DRAWN));

describe("a message that brings a picture", () => {
  it("goes out with the picture, drawn from what was ordered", async () => {
    const draw = drawing();
    const { say, run, chat, row } = await outboxScene({ capabilities: able, parts: { draw } });
    await say("digest:1", { kind: "digest", message });
    await run();
    expect(draw).toHaveBeenCalledExactlyOnceWith(ORDER);
    expect(chat.posts).toMatchObject([{ text: "日报", picture: DRAWN }]);
    expect(await row("digest:1")).toMatchObject({ state: "sent", message: null });
  });

  it("goes out as text where the room shows none, and nothing is drawn", async () => {
    const draw = drawing();
    const { say, run, chat } = await outboxScene({ parts: { draw } });
    await say("digest:1", { kind: "digest", message });
    await run();
    expect(draw).not.toHaveBeenCalled();
    expect(chat.posts).toMatchObject([{ text: "日报", picture: null }]);
  });

  it("goes out as text when drawing fails, and the log says why", async () => {
    const warn = vi.fn<Logger["warn"]>();
    const logger: Logger = { ...silentLogger, warn };
    const draw: DrawPicture = () => Promise.reject(new Error("no native module"));
    const { say, run, chat, row } = await outboxScene({
      capabilities: able,
      parts: { draw, logger },
    });
    await say("digest:1", { kind: "digest", message });
    await run();
    expect(chat.posts).toMatchObject([{ text: "日报", picture: null }]);
    expect(await row("digest:1")).toMatchObject({ state: "sent", maybeSent: false });
    expect(warn).toHaveBeenCalledOnce();
    expect(warn.mock.calls[0]?.[1]).toContain("picture");
  });

  it("whose drawing outlives the turn is not sent by a turn that is over, but once by the next", async () => {
    const scene = await outboxScene({ capabilities: able });
    const draw = vi.fn<DrawPicture>(() => Promise.resolve(DRAWN));
    // Time passes while the first drawing is made.
    draw.mockImplementationOnce(() => {
      scene.clock.advance(MINUTE);
      return Promise.resolve(DRAWN);
    });
    const worker = scene.another({ draw });
    await scene.say("digest:1", { kind: "digest", message });
    for (let steps = 0; steps < 10; steps += 1) {
      await worker.step();
      scene.clock.advance(MINUTE);
    }
    expect(scene.chat.posts.map((post) => post.key)).toEqual(["digest:1"]);
    expect(await scene.row("digest:1")).toMatchObject({ state: "sent" });
  });

  it("is drawn anew when a send has to be repeated, and a digest is still said once", async () => {
    const draw = drawing();
    const { say, run, chat, later } = await outboxScene({ capabilities: able, parts: { draw } });
    chat.failNext(new PlatformError("unreachable", "planned"));
    await say("digest:1", { kind: "digest", message });
    await run();
    expect(chat.posts).toEqual([]);
    await later(MINUTE);
    expect(chat.posts).toMatchObject([{ picture: DRAWN }]);
    expect(draw).toHaveBeenCalledTimes(2);
  });

  it("loses the order on its way: the adapter gets bytes, never the model", async () => {
    const scene = await outboxScene({ capabilities: able, parts: { draw: drawing() } });
    await scene.say("digest:1", { kind: "digest", message });
    await scene.run();
    expect(JSON.stringify(scene.chat.posts)).not.toContain("digest-card");
  });
});

describe("rooms of one platform with different looks", () => {
  const choices = [{ action: "vote", choices: [{ label: "5", value: "5" }] }];
  const card = { text: "点一个", choices, textWithoutButtons: "回复1到5" };
  const member = { platform: "simulated", memberId: "王" };

  it("get buttons or numbers, each as its room has them", async () => {
    const { say, run, chat } = await outboxScene();
    chat.setLook(SHOP.conversationId, "wechat");
    await say("card:1", { message: card });
    await run();
    chat.setLook(SHOP.conversationId, "slack");
    await say("card:2", { message: card });
    await run();
    expect(chat.posts).toMatchObject([
      { text: "回复1到5", choices: [] },
      { text: "点一个", choices },
    ]);
  });

  it("are told private things in the room, or directly", async () => {
    const { say, run, chat } = await outboxScene();
    chat.setLook(SHOP.conversationId, "slack");
    await say("reply:1", { onlyFor: member });
    await run();
    chat.setLook(SHOP.conversationId, "wechat");
    await say("reply:2", { onlyFor: member });
    await run();
    expect(chat.posts).toMatchObject([
      { room: SHOP.conversationId, onlyFor: "王" },
      { room: "direct:王", onlyFor: null },
    ]);
  });

  it("have their messages changed, or not", async () => {
    const { say, run, chat, row, store, clock } = await outboxScene();
    const edit = (key: string) =>
      store.write((tx) =>
        tx.outbox.edit({ key, editsKey: "card:1", message: { text: key }, at: clock.now() }),
      );
    await say("card:1", { kind: "survey" });
    await run();
    chat.setLook(SHOP.conversationId, "wechat");
    await edit("edit:1");
    await run();
    expect(await row("edit:1")).toMatchObject({ state: "dropped", reason: "cannot-edit" });
    chat.setLook(SHOP.conversationId, "slack");
    await edit("edit:2");
    await run();
    expect(chat.posts).toMatchObject([{ text: "edit:2" }]);
  });
});
