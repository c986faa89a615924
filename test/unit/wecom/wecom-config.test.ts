import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { loadWecomConfig } from "#src/app/wecom-config.js";
import { staffRoomsWith } from "#src/app/wecom-wiring.js";

const KEY = "693a91f6-7eab-4bc4-97a0-0ec2sifa5aaa";
const ADDRESS = `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${KEY}`;

function faultOf(value: string): string {
  try {
    loadWecomConfig({ HUIYIN_WECOM_WEBHOOKS: value });
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
}

describe("WeCom's configuration", () => {
  it("is none when nothing is set", () => {
    expect(loadWecomConfig({})).toBeNull();
    expect(loadWecomConfig({ HUIYIN_WECOM_WEBHOOKS: "  " })).toBeNull();
  });

  it("reads addresses, keys alone, and a file with a line for each", () => {
    const config = loadWecomConfig({ HUIYIN_WECOM_WEBHOOKS: `店长群=${ADDRESS}, 二店 = ${KEY}` });
    expect(
      [...(config?.webhooks ?? [])].map(([name, address]) => [name, address.reveal()]),
    ).toEqual([
      ["店长群", ADDRESS],
      ["二店", ADDRESS],
    ]);
    const folder = mkdtempSync(join(tmpdir(), "huiyin-wecom-"));
    writeFileSync(join(folder, "hooks"), `店长群=${ADDRESS}\n二店=${KEY}\n`);
    const fromFile = loadWecomConfig({ HUIYIN_WECOM_WEBHOOKS_FILE: join(folder, "hooks") });
    expect([...(fromFile?.webhooks.keys() ?? [])]).toEqual(["店长群", "二店"]);
    rmSync(folder, { recursive: true });
    expect(() => loadWecomConfig({ HUIYIN_WECOM_WEBHOOKS_FILE: join(folder, "hooks") })).toThrow(
      /cannot be read/,
    );
  });

  it.each([
    ["no name", ADDRESS],
    ["a name alone", "店长群"],
    ["a name twice", `a=${KEY},a=${KEY}`],
    ["a name with a slash", `a/b=${KEY}`],
    ["plain http to elsewhere", `a=${ADDRESS.replace("https", "http")}`],
    ["an address without a key", "a=https://qyapi.weixin.qq.com/cgi-bin/webhook/send"],
    ["credentials in the address", `a=https://u:p@qyapi.weixin.qq.com/send?key=${KEY}`],
    ["no address", "a=file:///etc/passwd?key=12345678"],
  ])("refuses %s, and never repeats what was set", (_what, value) => {
    const message = faultOf(value);
    expect(message).toMatch(/HUIYIN_WECOM_WEBHOOKS: expected name=address pairs/);
    expect(message).not.toContain(KEY);
  });

  it("does not show an address however it is printed", () => {
    const config = loadWecomConfig({ HUIYIN_WECOM_WEBHOOKS: `店长群=${KEY}` });
    expect(inspect(config, { depth: 9, showHidden: true }) + JSON.stringify(config)).not.toContain(
      KEY,
    );
  });
});

describe("the staff rooms with WeCom", () => {
  const wecom = loadWecomConfig({ HUIYIN_WECOM_WEBHOOKS: `a=${KEY},b=${KEY}` });
  const slack = { platform: "slack", conversationId: "C1" };

  it("are the named ones and all of WeCom's; the first of these serves who has none", () => {
    expect(staffRoomsWith([slack], null)).toEqual({ staffRooms: [slack], sharedStaffRoom: null });
    expect(staffRoomsWith([slack], wecom)).toEqual({
      staffRooms: [
        slack,
        { platform: "wecom", conversationId: "a" },
        { platform: "wecom", conversationId: "b" },
      ],
      sharedStaffRoom: { platform: "wecom", conversationId: "a" },
    });
  });

  it("put the one first that was named", () => {
    const b = { platform: "wecom", conversationId: "b" };
    expect(staffRoomsWith([b], wecom).sharedStaffRoom).toEqual(b);
  });
});
