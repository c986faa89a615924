// Rotates keys in a process of its own, which kills itself in the middle: while the n-th transaction
// is open with its changes made, or right after it was committed.
import "reflect-metadata";
import { Envelope } from "#src/app/envelope.js";
import { rotateKeys } from "#src/app/sealed-tokens.js";
import { Secret } from "#src/shared/secret.js";
import { openStore, type Store } from "#src/store/store.js";

const [file = "", keys = "", nth = "0", when = ""] = process.argv.slice(2);

function die(): void {
  process.kill(process.pid, "SIGKILL");
}

/** The store, dying in or after the n-th transaction. */
function mortal(store: Store): Store {
  let writes = 0;
  return {
    dialect: store.dialect,
    read: (work) => store.read(work),
    onWake: (listener) => store.onWake(listener),
    backup: (target) => store.backup(target),
    close: () => store.close(),
    write: async (work) => {
      writes += 1;
      const last = writes === Number(nth);
      const result = await store.write(async (tx) => {
        const done = await work(tx);
        if (last && when === "inside") die();
        return done;
      });
      if (last && when === "after") die();
      return result;
    },
  };
}

const store = await openStore({ dialect: "sqlite", file });
const done = await rotateKeys(mortal(store), new Envelope(new Secret(keys)), Date.now());
await store.close();
process.stdout.write(JSON.stringify(done));
