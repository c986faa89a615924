import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findBrowser } from "./find-browser.js";
import { startDemo, startService } from "./servers.js";

const ROOT = path.resolve(import.meta.dirname, "../../..");

/** Where the signed-in state of the demo is kept for the tests. */
export const SIGNED_IN = path.join(ROOT, "node_modules/.cache/huiyin-e2e/signed-in.json");

/** Signs in by the printed link, once for all tests, and keeps the cookie as a browser would. */
async function signIn(address: string, link: string): Promise<void> {
  const token = link.split("t=")[1] ?? "";
  const answer = await fetch(`${address}/api/v1/access/claim`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      origin: address,
      "sec-fetch-site": "same-origin",
    },
    body: JSON.stringify({ token }),
  });
  if (!answer.ok) throw new Error(`the link was refused: ${await answer.text()}`);
  const [pair = ""] = (answer.headers.get("set-cookie") ?? "").split(";");
  const [name = "", value = ""] = pair.split("=");
  const cookie = {
    name,
    value,
    domain: "127.0.0.1",
    path: "/",
    expires: -1,
    httpOnly: true,
    secure: false,
    sameSite: "Strict",
  };
  mkdirSync(path.dirname(SIGNED_IN), { recursive: true });
  writeFileSync(SIGNED_IN, JSON.stringify({ cookies: [cookie], origins: [] }));
}

/** Builds what is stale and starts the demo and the service; returns how to end them. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  if (findBrowser() === null) return async () => undefined;
  const build = spawnSync(process.execPath, [path.join(ROOT, ".tools/build.mjs"), "--if-needed"], {
    stdio: "inherit",
  });
  if (build.status !== 0) throw new Error("the build failed");
  const [demo, service] = await Promise.all([startDemo(), startService()]);
  await signIn(demo.address, demo.link);
  process.env["HUIYIN_E2E_DEMO"] = demo.address;
  process.env["HUIYIN_E2E_LINK"] = demo.link;
  process.env["HUIYIN_E2E_SERVICE"] = service.address;
  return async () => {
    await Promise.all([demo.stop(), service.stop()]);
  };
}
