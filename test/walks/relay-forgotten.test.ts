import { expect, it } from "vitest";
import { finishForgetting } from "#src/directory/forget-contacts.js";
import { forgetMember } from "#src/directory/forget-member.js";
import { RelayScript } from "../support/relay-script.js";
import { testStore } from "../support/store.js";

it("forgets a member of a relay group: nothing in lines or trays leads back to them", async () => {
  const store = await testStore();
  const script = await RelayScript.open(store);
  await script.paste(
    "张阿姨 2026/11/20 19:03\n草莓烂了一半，怎么吃啊，我要退款\n李叔 2026/11/20 19:04\n收到",
  );
  await script.tell("处理 1 接手");
  await script.tell("处理 1 解决 已退款 12 元");
  const at = script.simulation.clock.now();
  await store.write(async (tx) => {
    const member = await tx.directory.members.first({ name: "张阿姨" });
    await forgetMember(tx, { memberId: member?.id ?? "", tombstoneId: "tombstone-1", at });
    await finishForgetting(tx, at);
  });
  const left = await store.read(async (tx) => ({
    tray: await tx.tray.find({}),
    lines: await tx.relayLines.find({}),
  }));
  expect(left.lines).toHaveLength(1);
  expect(JSON.stringify(left.tray)).not.toMatch(/张阿姨|草莓烂了/);
  expect(left.tray.some(({ text }) => text !== null)).toBe(true);
  await script.stop();
  await store.close();
});
