import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { startService } from "#src/app/run-service.js";
import { run, start } from "../support/command-line.js";
import { cookieOf } from "../support/edge.js";

const PASSWORD = "correct horse battery";
const folder = mkdtempSync(join(tmpdir(), "huiyin-owner-"));
const data = join(folder, "data");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const environment = { HUIYIN_DATA: data, HUIYIN_PORT: "0", HUIYIN_LOG_LEVEL: "error" };

function post(base: string, path: string, json: object): Promise<Response> {
  return fetch(`${base}/api/v1/access/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(json),
  });
}

describe("a service that other machines can reach", () => {
  it("does not start without an owner, and says which command makes one", async () => {
    const { code, err } = await run(["serve"], {
      env: { ...environment, HUIYIN_HOST: "0.0.0.0" },
    });
    expect(code).toBe(78);
    expect(err).toContain("huiyin owner password");
  });

  it("starts once there is one, and then needs no link", async () => {
    const set = await run(["owner", "password", "--data", data], { input: `${PASSWORD}\n` });
    expect([set.code, set.out]).toEqual([0, ""]);
    expect(set.err).not.toContain(PASSWORD);
    const { child, ended } = start(["serve"], {
      env: { ...environment, HUIYIN_HOST: "0.0.0.0" },
    });
    let said = "";
    await new Promise<void>((resolve) => {
      child.stderr?.on("data", (text: string) => {
        said += text;
        if (said.includes("Console:")) resolve();
      });
      void ended.then(() => resolve());
    });
    child.kill("SIGTERM");
    expect((await ended).code).toBe(0);
    expect(said).toContain("Console: http://0.0.0.0:");
    expect(said).not.toContain("#/in");
  });
});

describe("beside a running service", () => {
  it("the command line issues a link that works once, sets the password and signs everybody out", async () => {
    const service = await startService(environment);
    const base = `http://127.0.0.1:${String(service.port)}`;
    const link = await run(["owner", "link", "--data", data]);
    expect(link.code).toBe(0);
    const token = link.out.trim().split("#/in?t=")[1] ?? "";
    const claimed = await post(base, "claim", { token });
    expect(claimed.status).toBe(200);
    expect((await post(base, "claim", { token })).status).toBe(404);
    const me = (): Promise<Response> =>
      fetch(`${base}/api/v1/access/me`, { headers: { cookie: cookieOf(claimed) } });
    expect((await me()).status).toBe(200);
    const file = join(folder, "password");
    writeFileSync(file, "a quite new password\n");
    const set = await run(["owner", "password", "--data", data, "--file", file]);
    expect(set.code).toBe(0);
    expect((await me()).status).toBe(401);
    expect((await post(base, "sign-in", { password: PASSWORD })).status).toBe(401);
    const again = await post(base, "sign-in", { password: "a quite new password" });
    expect(again.status).toBe(200);
    const out = await run(["owner", "sign-out", "--data", data]);
    expect(out.err).toContain("Signed out: 1 browser.");
    expect(await service.stop()).toBe(true);
  });

  it("a password of the configuration is put in place at the start", async () => {
    const service = await startService({ ...environment, HUIYIN_OWNER_PASSWORD: PASSWORD });
    expect(service.firstLink).toBeNull();
    const base = `http://127.0.0.1:${String(service.port)}`;
    expect((await post(base, "sign-in", { password: PASSWORD })).status).toBe(200);
    await service.stop();
  });
});

describe("a password", () => {
  it("that is made for the owner is printed once, on standard output alone", async () => {
    const { code, out, err } = await run(["owner", "password", "--data", data, "--generate"]);
    expect([code, out.trim()]).toEqual([0, expect.stringMatching(/^[a-z2-9]{20}$/)]);
    expect(err).not.toContain(out.trim());
  });

  it.each([
    ["too short", ["owner", "password"], "short\n"],
    ["missing", ["owner", "password"], ""],
    ["in a file that is not there", ["owner", "password", "--file", "/nowhere"], ""],
    ["for an action that there is not", ["owner", "steal"], ""],
  ])("%s changes nothing (exit 2)", async (_, args, input) => {
    const { code, err } = await run([...args, "--data", data], { input });
    expect(code).toBe(2);
    expect(err).not.toBe("");
  });
});
