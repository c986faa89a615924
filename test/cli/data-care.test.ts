import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { careForData, type DataCare } from "#src/app/data-care.js";
import { startService } from "#src/app/run-service.js";
import { forgetMember } from "#src/app/tools.js";
import { StoringInbox } from "#src/inbox/inbox.js";
import { systemClock } from "#src/shared/clock.js";
import { openStore } from "#src/store/store.js";
import { start } from "../support/command-line.js";
import { said as event } from "../unit/inbox/inbox-scene.js";

const MB = 1_048_576;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "huiyin-care-"));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

describe("a database file that goes away under a running service", () => {
  const harm: readonly [string, (file: string) => void][] = [
    ["moved", (file) => renameSync(file, `${file}.elsewhere`)],
    ["deleted", (file) => rmSync(file)],
    [
      "replaced by an older copy",
      (file) => {
        copyFileSync(file, `${file}.old`);
        renameSync(`${file}.old`, file);
      },
    ],
    ["without its log", (file) => rmSync(`${file}-wal`)],
  ];
  for (const [what, harmed] of harm) {
    it(`is noticed when it is ${what}: nothing is accepted, and the service says what to do`, async () => {
      const data = join(root, "data");
      const service = await startService({
        HUIYIN_DATA: data,
        HUIYIN_PORT: "0",
        HUIYIN_LOG_LEVEL: "error",
      });
      const base = `http://127.0.0.1:${String(service.port)}`;
      expect((await fetch(`${base}/readyz`)).status).toBe(200);
      harmed(join(data, "huiyin.sqlite"));
      const reason = await service.lost;
      expect(reason.message).toContain("moved, deleted or replaced");
      expect(reason.detail.remedy).toContain("huiyin restore");
      const ready = await fetch(`${base}/readyz`);
      expect([ready.status, await ready.text()]).toEqual([
        503,
        expect.stringContaining("moved, deleted or replaced"),
      ]);
      await service.stop();
    });
  }
});

describe("the program", () => {
  const serving = async (data: string, more: Readonly<Record<string, string>> = {}) => {
    const started = start(["serve"], {
      env: { HUIYIN_DATA: data, HUIYIN_PORT: "0", HUIYIN_LOG_LEVEL: "error", ...more },
    });
    let said = "";
    await new Promise<void>((resolve) => {
      started.child.stderr?.on("data", (text: string) => {
        said += text;
        if (said.includes("#/in?t=")) resolve();
      });
      void started.ended.then(() => resolve());
    });
    return { ...started, said: () => said };
  };

  it("ends with the reason and the remedy when its data went away", async () => {
    const data = join(root, "data");
    const { ended, said } = await serving(data);
    renameSync(join(data, "huiyin.sqlite"), join(data, "elsewhere"));
    expect((await ended).code).toBe(1);
    expect(said()).toContain("was moved, deleted or replaced while the service ran");
    expect(said()).toContain("huiyin restore");
  });

  it("ends with 1 after an error that nobody caught, having logged where and nobody's words", async () => {
    const plant = join(root, "plant.cjs");
    writeFileSync(
      plant,
      `setInterval(() => { if (process.listenerCount("uncaughtException") > 0) Promise.reject(new Error("王阿姨说草莓烂了")); }, 300);`,
    );
    const { ended, said } = await serving(join(root, "data"), {
      NODE_OPTIONS: `--require ${plant}`,
    });
    expect((await ended).code).toBe(1);
    expect(said()).toContain("an error that nobody caught");
    expect(said()).toContain("plant.cjs");
    expect(said()).not.toContain("草莓");
  });
});

describe("a full disk", () => {
  const disk = () => join(root, "disk");
  const mounted = (): boolean => {
    if (process.platform !== "linux") return false;
    mkdirSync(disk());
    return (
      spawnSync("mount", ["-t", "tmpfs", "-o", "size=48m,mode=700", "tmpfs", disk()]).status === 0
    );
  };
  const free = (): number => {
    const { bavail, bsize } = statfsSync(disk());
    return bavail * bsize;
  };
  const fill = (): void => {
    for (let part = 0; free() > 64 * 1024; part += 1) {
      const size = Math.min(free() - 32 * 1024, 4 * MB);
      writeFileSync(join(disk(), `filler-${String(part)}`), Buffer.alloc(size, 7));
    }
  };
  const empty = (): void => {
    execFileSync("sh", ["-c", `rm -f '${disk()}'/filler-*`]);
  };
  const fillTheFile = async (inbox: StoringInbox): Promise<void> => {
    for (let index = 0; index < 5_000; index += 1) {
      await inbox.accept(event(`full-${String(index)}`, { text: "满".repeat(500) }));
    }
  };

  it("refuses what is new, still reads and erases, and goes on when there is room", async () => {
    if (!mounted()) {
      process.stderr.write("SKIPPED: a full disk: this user may not mount a small one\n");
      return;
    }
    try {
      const location = { dialect: "sqlite", file: join(disk(), "huiyin.sqlite") } as const;
      const store = await openStore(location);
      const care: DataCare = careForData(store, location, disk());
      expect(existsSync(join(disk(), "reserve.bin"))).toBe(true);
      const inbox = new StoringInbox({
        store: care.store,
        clock: systemClock,
        refusal: () => care.refusal(),
      });
      await care.store.write((tx) =>
        tx.directory.addMember({
          id: "anna",
          platform: "simulated",
          externalId: "p1",
          name: "安娜",
          createdAt: 1,
          mutedAt: null,
          optedOutAt: null,
          erasedAt: null,
        }),
      );
      expect(await inbox.accept(event("before"))).toBe("accepted");
      fill();
      await expect(fillTheFile(inbox)).rejects.toMatchObject({ code: "store-full" });
      expect(await care.store.read((tx) => tx.directory.members.count({ name: "安娜" }))).toBe(1);
      await care.spend(() =>
        care.store.write((tx) =>
          forgetMember(tx, { memberId: "anna", tombstoneId: "tomb", at: 2 }),
        ),
      );
      expect(await care.store.read((tx) => tx.directory.members.count({ name: "安娜" }))).toBe(0);
      // The room that the reserve gave is for erasing, not for more of the same.
      care.look();
      await expect(inbox.accept(event("meanwhile"))).rejects.toMatchObject({ code: "store-full" });
      empty();
      care.look();
      expect(await inbox.accept(event("meanwhile"))).toBe("accepted");
      expect(existsSync(join(disk(), "reserve.bin"))).toBe(true);
      await store.close();
    } finally {
      spawnSync("umount", [disk()]);
    }
  });
});
