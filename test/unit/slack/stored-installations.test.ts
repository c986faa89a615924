import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Installation } from "#adapters/slack/installation.js";
import { Envelope } from "#src/app/envelope.js";
import { StoredInstallations } from "#src/app/slack-installations.js";
import { MINUTE, manualClock } from "#src/shared/clock.js";
import { silentLogger } from "#src/shared/logger.js";
import { Secret } from "#src/shared/secret.js";
import type { Store } from "#src/store/store.js";
import { testStore } from "../../support/store.js";

const KEY_1 = "k1-0123456789abcdef0123456789abcdef";
const KEY_2 = "k2-0123456789abcdef0123456789abcdef";
const PLACE = { table: "platform_installation", row: "r", column: "sealedToken" };

function envelope(...keys: readonly string[]): Envelope {
  return new Envelope(new Secret(keys.join(",")));
}

describe("a sealed value", () => {
  it("opens with its key in its place, and is different each time it is sealed", () => {
    const one = envelope(KEY_1);
    const sealed = one.seal("xoxb-秘密", PLACE);
    expect(one.open(sealed, PLACE)).toBe("xoxb-秘密");
    expect(one.seal("xoxb-秘密", PLACE)).not.toBe(sealed);
    expect(sealed).not.toContain("xoxb");
    expect(() => one.open(sealed, { ...PLACE, row: "another" })).toThrow(/damaged/);
    expect(() => one.open(sealed, { ...PLACE, column: "another" })).toThrow(/damaged/);
  });

  it("does not open when a single bit was changed, or a part is missing", () => {
    const one = envelope(KEY_1);
    const sealed = one.seal("xoxb-secret", PLACE);
    for (let at = 0; at < sealed.length; at += 1)
      for (const bit of [1, 2, 4]) {
        const code = sealed.charCodeAt(at) ^ bit;
        const changed = sealed.slice(0, at) + String.fromCharCode(code) + sealed.slice(at + 1);
        expect(() => one.open(changed, PLACE)).toThrow(/sealed/);
      }
    for (const broken of ["", "v1", sealed.slice(0, -4), `${sealed}.x`])
      expect(() => one.open(broken, PLACE)).toThrow(/sealed/);
  });

  it("moves to a new key while the old one still opens it, and names a key that is gone", () => {
    const sealed = envelope(KEY_1).seal("xoxb-secret", PLACE);
    const both = envelope(KEY_2, KEY_1);
    expect(both.isOld(sealed)).toBe(true);
    const moved = both.reseal(sealed, PLACE);
    expect(both.isOld(moved)).toBe(false);
    expect(envelope(KEY_2).open(moved, PLACE)).toBe("xoxb-secret");
    expect(() => envelope(KEY_2).open(sealed, PLACE)).toThrow(/unknown key/);
  });

  it("is not made with a short key", () => {
    expect(() => envelope("short")).toThrow(/at least 32/);
    expect(() => envelope(KEY_1, "")).toThrow(/at least 32/);
  });
});

describe("the installations in our database", () => {
  let store: Store;
  const clock = manualClock(1_795_140_000_000);
  const installation: Installation = {
    team: "T1",
    teamName: "阳光里",
    appId: "A1",
    botUserId: "U0",
    botId: "B0",
    token: new Secret("xoxb-installed"),
    scopes: ["chat:write"],
    installedBy: "U9",
  };
  const book = (keys: readonly string[] | null, configured: string | null = null) =>
    new StoredInstallations({
      store,
      clock,
      logger: silentLogger,
      envelope: keys === null ? null : envelope(...keys),
      configured: configured === null ? null : new Secret(configured),
    });

  beforeEach(async () => {
    store = await testStore();
  });
  afterEach(() => store.close());

  it("keep a token sealed and give it back, also after a restart", async () => {
    await book([KEY_1]).save(installation, clock.now());
    const [row] = await store.read((tx) => tx.installations.find({}));
    expect(JSON.stringify(row)).not.toContain("xoxb-installed");
    const found = await book([KEY_1]).find("T1");
    expect(found?.token.reveal()).toBe("xoxb-installed");
    expect(found).toMatchObject({ teamName: "阳光里", botUserId: "U0", scopes: ["chat:write"] });
    expect(await book([KEY_1]).find("T2")).toBeNull();
  });

  it("without the key know nothing, and all is well again when Slack is connected anew", async () => {
    await book([KEY_1]).save(installation, clock.now());
    const changed = book([KEY_2]);
    expect(await changed.find("T1")).toBeNull();
    await changed.save({ ...installation, token: new Secret("xoxb-again") }, clock.now());
    expect((await changed.find("T1"))?.token.reveal()).toBe("xoxb-again");
  });

  it("forget the token of a workspace that removed the app, and take it back when it returns", async () => {
    const one = book([KEY_1]);
    await one.save(installation, clock.now());
    expect(await one.find("T1")).not.toBeNull();
    await one.remove("T1", clock.now());
    expect(await one.find("T1")).toBeNull();
    const [row] = await store.read((tx) => tx.installations.find({}));
    expect(row).toMatchObject({ sealedToken: null, removedAt: clock.now() });
    await one.save(installation, clock.now());
    expect(await one.find("T1")).not.toBeNull();
    const acts = await store.read((tx) => tx.audit.find({}, { order: { seq: "asc" } }));
    expect(acts.map(({ act }) => act)).toEqual([
      "slack.connected",
      "slack.removed",
      "slack.connected",
    ]);
  });

  it("never write down the token of the configuration, and believe only the one that stands there", async () => {
    const one = book(null, "xoxb-configured");
    await one.save({ ...installation, token: new Secret("xoxb-configured") }, clock.now());
    const [row] = await store.read((tx) => tx.installations.find({}));
    expect(JSON.stringify(row)).not.toContain("xoxb-configured");
    expect((await one.find("T1"))?.token.reveal()).toBe("xoxb-configured");
    expect(await book(null, "xoxb-another").find("T1")).toBeNull();
  });

  it("see within half a minute what another process did", async () => {
    const here = book([KEY_1]);
    expect(await here.find("T1")).toBeNull();
    await book([KEY_1]).save(installation, clock.now());
    clock.advance(MINUTE);
    expect(await here.find("T1")).not.toBeNull();
  });
});
