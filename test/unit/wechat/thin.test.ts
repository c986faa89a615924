import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GROUP, WechatScene } from "../../support/wechat/wechat-scene.js";

let scene: WechatScene;
beforeEach(async () => {
  scene = new WechatScene();
  await scene.start();
});
afterEach(() => scene.close());

describe("through a puppet", () => {
  it("hears a text and says one", async () => {
    await scene.says("wang", "草莓烂了");
    expect(scene.inbox.texts).toEqual(["草莓烂了"]);
    const to = { platform: "wechat", conversationId: `room:${GROUP}` };
    await scene.adapter.send(to, { text: "收到" }, { key: "k", kind: "reply" });
    expect(scene.puppet.sent.map(({ to: room, text }) => [room, text])).toEqual([[GROUP, "收到"]]);
  });
});
