import { afterEach, beforeEach, expect, it } from "vitest";
import type { PlatformInstallation } from "#entities/index.js";
import { Envelope, keyIdOf } from "#src/app/envelope.js";
import {
  CONFIGURED,
  forgetUnopened,
  keyUses,
  requireKeys,
  rotateKeys,
  tokenPlace,
} from "#src/app/sealed-tokens.js";
import { AppError } from "#src/shared/app-error.js";
import { Secret } from "#src/shared/secret.js";
import { openStore, type Store } from "#src/store/store.js";
import { describeStores } from "../../support/stores.js";

const KEYS = ["k1", "k2", "k3"].map((name) => `${name}-0123456789abcdef0123456789abcdef`);
const [K1 = "", K2 = "", K3 = ""] = KEYS;
const NOW = 1_795_140_000_000;

function envelope(...keys: readonly string[]): Envelope {
  return new Envelope(new Secret(keys.join(",")));
}

function row(id: string, sealedToken: string | null): PlatformInstallation {
  return {
    id,
    platform: "slack",
    workspace: `T-${id}`,
    name: "",
    appId: "",
    botUserId: "",
    botId: "",
    sealedToken,
    scopes: [],
    installedBy: "",
    installedAt: NOW,
    removedAt: null,
  };
}

function sealed(id: string, ...keys: readonly string[]): PlatformInstallation {
  return row(id, envelope(...keys).seal(`xoxb-${id}`, tokenPlace(id)));
}

describeStores("sealed tokens", ({ fresh }) => {
  let store: Store;
  beforeEach(async () => {
    store = await openStore(await fresh());
  });
  afterEach(() => store.close());

  async function keep(...rows: readonly PlatformInstallation[]): Promise<void> {
    await store.write((tx) => tx.installations.insertNew(rows, "id"));
  }

  async function tokenOf(id: string): Promise<string | null> {
    const found = await store.read((tx) => tx.installations.first({ id }));
    return found?.sealedToken ?? null;
  }

  it("all go under the newest key, once, with a line in the audit; the configured one has none", async () => {
    await keep(
      sealed("a", K1),
      sealed("b", K2),
      row("c", `${CONFIGURED}0123`),
      row("d", null),
      sealed("e", K3),
    );
    const both = envelope(K2, K1);
    expect(await rotateKeys(store, both, NOW)).toEqual({ moved: 1, current: 1, unopened: 1 });
    expect(await rotateKeys(store, both, NOW)).toEqual({ moved: 0, current: 2, unopened: 1 });
    expect(envelope(K2).open((await tokenOf("a")) ?? "", tokenPlace("a"))).toBe("xoxb-a");
    expect(envelope(K3).open((await tokenOf("e")) ?? "", tokenPlace("e"))).toBe("xoxb-e");
    expect(await tokenOf("c")).toBe(`${CONFIGURED}0123`);
    const audit = await store.read((tx) => tx.audit.find({ act: "keys.rotated" }));
    expect(audit.map(({ detail }) => detail)).toEqual([{ values: 1 }]);
  });

  it("that a running service changed meanwhile is left as the service wrote it", async () => {
    await keep(sealed("a", K1), sealed("b", K1));
    const meanwhile = sealed("b", K1).sealedToken;
    const racing: Store = {
      dialect: store.dialect,
      read: (work) => store.read(work),
      onWake: (listener) => store.onWake(listener),
      backup: (file) => store.backup(file),
      close: () => store.close(),
      write: (work) =>
        store.write(async (tx) => {
          const find = tx.installations.find.bind(tx.installations);
          tx.installations.find = async (...asked) => {
            const rows = await find(...asked);
            await tx.installations.update({ id: "b" }, { sealedToken: meanwhile });
            return rows;
          };
          return work(tx);
        }),
    };
    const { moved } = await rotateKeys(racing, envelope(K2, K1), NOW);
    expect(moved).toBe(1);
    expect(await tokenOf("b")).toBe(meanwhile);
  });

  it("are counted by key without showing key or token, and what needs care is named", async () => {
    await keep(sealed("a", K1), sealed("b", K2), sealed("c", K2), sealed("d", K3));
    const uses = await keyUses(store, envelope(K2, K1));
    expect(uses.map(({ values, state }) => [values, state])).toEqual([
      [2, "newest"],
      [1, "older"],
      [1, "unknown"],
    ]);
    const id = keyIdOf((await tokenOf("d")) ?? "");
    expect(uses[2]?.keyId).toBe(id);
    expect(JSON.stringify(uses)).not.toMatch(/xoxb|0123456789abcdef/);
  });

  it("without their key refuse the start with the variable's name and the way out", async () => {
    await requireKeys(store, null);
    await keep(sealed("a", K1));
    await requireKeys(store, new Secret(`${K2},${K1}`));
    for (const [key, said] of [
      [new Secret(K2), "HUIYIN_SECRET_KEY does not hold the right key"],
      [null, "HUIYIN_SECRET_KEY is not set"],
    ] as const) {
      const error = await requireKeys(store, key).catch((caught: unknown) => caught);
      if (!(error instanceof AppError)) throw new Error("the start was not refused");
      expect(error.code).toBe("invalid-config");
      expect(error.message).toContain(said);
      expect(error.message).not.toContain(K1);
      expect(error.detail.remedy).toContain("keys forget --yes");
      expect(error.detail.remedy).toContain("/slack/install");
    }
  });

  it("that no key opens are forgotten on demand and no others, and then the start is free", async () => {
    await keep(sealed("a", K1), sealed("b", K2), row("c", `${CONFIGURED}0123`));
    expect(await forgetUnopened(store, envelope(K2), NOW)).toBe(1);
    expect(await tokenOf("a")).toBeNull();
    expect(await tokenOf("b")).not.toBeNull();
    expect(await tokenOf("c")).toBe(`${CONFIGURED}0123`);
    await requireKeys(store, new Secret(K2));
    expect(await forgetUnopened(store, null, NOW)).toBe(1);
    await requireKeys(store, null);
    const audit = await store.read((tx) => tx.audit.find({ act: "slack.removed" }));
    expect(audit.map(({ subject }) => subject)).toEqual(["T-a", "T-b"]);
  });
});
