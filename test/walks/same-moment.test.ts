import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStore, type Store } from "#src/store/store.js";
import { ChatScript } from "../support/chat-script.js";

const GROUP = "阳光里3群";
const STAFF = "staff";

describe("lines of one and the same millisecond", () => {
  let store: Store;
  let chat: ChatScript;
  beforeEach(async () => {
    store = await openStore({ dialect: "sqlite", file: ":memory:" });
    chat = await ChatScript.open(store);
    await chat.says(STAFF, "小陈", "早", { role: "staff" });
  });
  afterEach(async () => {
    await chat.simulation.stop();
    await store.close();
  });

  /** Says all lines at one instant, as many as one batch or each by itself. */
  async function atOnce(lines: readonly string[], batched: boolean): Promise<void> {
    chat.simulation.clock.advance(1);
    const at = chat.simulation.clock.now();
    for (const [index, text] of lines.entries()) {
      const id = `${String(at)}-${String(index)}`;
      const person = { id: `住户${String(index)}`, name: `住户${String(index)}` };
      await chat.simulation.chat.emit({
        type: "said",
        id,
        at,
        room: GROUP,
        person,
        messageId: id,
        text,
      });
      if (!batched) await chat.simulation.settle();
    }
    await chat.simulation.settle();
  }

  it.each([true, false])(
    "are read in the order in which they came, so that +1 joins what was said before it (batched: %s)",
    async (batched) => {
      const greetings = Array.from({ length: 12 }, (_, index) => `早上好${String(index)}号楼`);
      await atOnce([...greetings, "草莓下面一层都烂了", "+1", "我家也是"], batched);
      const cases = await store.read((tx) => tx.cases.find({}));
      expect(cases.map((one) => one.affected)).toEqual([3]);
    },
  );
});
