import { expect, it } from "vitest";
import { RelayScript } from "../support/relay-script.js";
import { testStore } from "../support/store.js";

it("carries a complaint from pasted chat into the tray", async () => {
  const store = await testStore();
  const script = await RelayScript.open(store);
  const preview = await script.paste(
    [
      "张阿姨 2026/11/20 20:03",
      "草莓烂了一半，怎么吃啊，我要退款",
      "李叔 2026/11/20 20:04",
      "收到",
    ].join("\n"),
  );
  expect(preview.lines.map(({ name, text }) => [name, text])).toEqual([
    ["张阿姨", "草莓烂了一半，怎么吃啊，我要退款"],
    ["李叔", "收到"],
  ]);
  expect(preview.counts).toMatchObject({ messages: 2, fresh: 2, complaints: 1 });
  expect((await script.inTray("【投诉")).for).toBe("staff");
  await script.stop();
  await store.close();
});
