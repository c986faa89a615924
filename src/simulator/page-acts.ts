import type { ConsolePort } from "#src/console/contract/console-port.js";
import type { RelayPort } from "#src/console/contract/relay-port.js";
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

/** Relay mode in the pretend world: what is pasted takes its turn, and what follows follows at once. */
export function relayInTurn(world: World, relay: RelayPort): RelayPort {
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> =>
    world.engine.turn(async (life) => {
      const result = await work();
      await life.settle();
      return result;
    });
  return {
    ...relay,
    create: (...call) => inTurn(() => relay.create(...call)),
    setStaff: (...call) => inTurn(() => relay.setStaff(...call)),
    preview: (...call) => inTurn(() => relay.preview(...call)),
    take: (...call) => inTurn(() => relay.take(...call)),
    setTaken: (...call) => inTurn(() => relay.setTaken(...call)),
    tell: (...call) => inTurn(() => relay.tell(...call)),
    survey: (...call) => inTurn(() => relay.survey(...call)),
  };
}
