import type { ConsolePort } from "#src/console/contract/console-port.js";
import type { World } from "./world.js";

/** What is done on a page takes its turn in the world like everything else, and is exported with it. */
export function actsInTurn(world: World, console: Pick<ConsolePort, "act">): ConsolePort["act"] {
  return (id, request, by) =>
    world.engine.turn(async (life) => {
      const outcome = await console.act(id, request, by);
      if (outcome.done) {
        const { action, text } = request;
        life.note({
          kind: "act",
          at: life.now,
          case: outcome.case.number,
          action,
          ...(text === undefined ? {} : { text }),
          by: by.operatorId,
          language: by.language,
        });
      }
      await life.settle();
      return outcome;
    });
}
